"""`srs mock`: a timed mock interview."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser, positive_minutes

KINDS = ("concepts", "design", "stories", "mixed")


def run(argv: list[str]) -> int:
    """Hold a mock interview, on the screen or line by line."""
    arguments = _parser().parse_args(argv)
    from srs.cli import screen

    if not arguments.plain and screen.is_terminal():
        from srs.tui.opening import WantedMock

        wanted = WantedMock(arguments.minutes, arguments.kind, arguments.company, arguments.resume)
        return screen.start(mock=wanted)
    from srs.cli.output import tell
    from srs.cli.plain_mock import Interviewing
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        if said := desk.reread():
            tell(said)
        interview = desk.mock(
            minutes=arguments.minutes,
            kind=arguments.kind,
            company=arguments.company,
            resume=arguments.resume,
        )
        return Interviewing(desk.collection).hold(interview)
    finally:
        desk.close()


def _parser() -> ArgumentParser:
    about = (
        "A timed interview drawn from your decks, by company and by what you are likeliest to have "
        "forgotten: warm-up questions, a design prompt with probes, a story. It moves no schedule. "
        "What was scored is kept, and --resume goes on with an interview that was cut off."
    )
    found = parser("mock", about, "srs mock --minutes 20 --company startup")
    found.add_argument(
        "--minutes", type=positive_minutes, default=45.0, metavar="M", help="45 unless given"
    )
    found.add_argument("--company", metavar="P", help="the kind of company; srs weak lists them")
    found.add_argument("--kind", choices=KINDS, default="mixed", help="mixed unless given")
    found.add_argument("--resume", action="store_true", help="go on with the last one")
    found.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers and pipes"
    )
    return found
