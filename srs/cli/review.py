"""`srs review`: straight into a sitting."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser, positive_count, positive_minutes


def run(argv: list[str]) -> int:
    """Review what is due, on the screen or line by line."""
    arguments = _parser().parse_args(argv)
    from srs.cli import screen

    if not arguments.plain and screen.is_terminal():
        return screen.start(
            straight_to_review=True,
            scope=arguments.scope,
            limit=arguments.limit,
            minutes=arguments.minutes,
        )
    from srs.cli.plain import Conversation
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        return Conversation(desk).hold(arguments.scope, arguments.limit, arguments.minutes)
    finally:
        desk.close()


def _parser() -> ArgumentParser:
    about = "Review what is due: everything, or the cards of a topic or deck."
    found = parser("review", about, "srs review serving --limit 20")
    found.add_argument("scope", nargs="?", metavar="TOPIC|DECK", help="a topic path or deck name")
    found.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers and pipes"
    )
    found.add_argument("--limit", type=positive_count, metavar="N", help="stop after N answers")
    found.add_argument("--minutes", type=positive_minutes, metavar="M", help="stop after M minutes")
    return found
