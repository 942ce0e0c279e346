"""`srs focus`: a sitting on the weakest cards of a topic."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser, positive_count, positive_minutes


def run(argv: list[str]) -> int:
    """Ask a topic's weakest cards, on the screen or line by line."""
    arguments = _parser().parse_args(argv)
    from srs.cli import screen

    if not arguments.plain and screen.is_terminal():
        return screen.start(
            straight_to_review=True,
            scope=arguments.scope,
            limit=arguments.limit,
            minutes=arguments.minutes,
            focus=True,
        )
    from srs.cli.plain import Conversation
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        return Conversation(desk).focus(arguments.scope, arguments.limit, arguments.minutes)
    finally:
        desk.close()


def _parser() -> ArgumentParser:
    about = (
        "Ask the cards of a topic or deck that you are likeliest to have forgotten on the day of "
        "the interview, or today when none is set; twenty unless told. A card you answered today "
        "is practised without moving its schedule."
    )
    found = parser("focus", about, "srs focus serving/batching --minutes 10")
    found.add_argument("scope", metavar="TOPIC|DECK", help="a topic path or deck name")
    found.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers and pipes"
    )
    found.add_argument("--limit", type=positive_count, metavar="N", help="stop after N answers")
    found.add_argument("--minutes", type=positive_minutes, metavar="M", help="stop after M minutes")
    return found
