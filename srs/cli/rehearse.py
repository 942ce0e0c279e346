"""`srs rehearse`: tell a story aloud against the clock, then score it."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser


def run(argv: list[str]) -> int:
    """Rehearse the next prompt, or the one named, on the screen or line by line."""
    arguments = _parser().parse_args(argv)
    from srs.cli import screen
    from srs.practice.desk import open_desk

    listing = arguments.list or arguments.json
    if not listing and not arguments.plain and screen.is_terminal():
        return screen.start(rehearse=True, scope=arguments.prompt)
    desk = open_desk()
    try:
        from srs.cli.output import tell

        said = desk.reread()
        if said:
            tell(said)
        repertoire = desk.repertoire()
        if listing:
            from srs.cli.rehearsal_list import show_list

            return show_list(repertoire, arguments.prompt, as_json=arguments.json)
        from srs.cli.plain_rehearsal import Telling

        return Telling(repertoire).hold(arguments.prompt)
    finally:
        desk.close()


def _parser() -> ArgumentParser:
    about = (
        "Tell a story aloud against the clock, then score it line by line. Without a name it is "
        "the prompt that is due, or one you have not rehearsed yet. The score schedules the prompt."
    )
    found = parser("rehearse", about, "srs rehearse serving")
    found.add_argument(
        "prompt",
        nargs="?",
        metavar="PROMPT|KIND",
        help="a part of the prompt's text, its id, or a kind: data-integrity, serving, "
        "monitoring, trade-off, design",
    )
    found.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers and pipes"
    )
    found.add_argument("--list", action="store_true", help="list the prompts and how they went")
    found.add_argument("--json", action="store_true", help="list them as JSON")
    return found
