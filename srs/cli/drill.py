"""`srs drill`: numeric questions with fresh numbers."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser, positive_count


def run(argv: list[str]) -> int:
    """Ask drills, on the screen or line by line."""
    arguments = _parser().parse_args(argv)
    from srs.cli import screen

    if not arguments.plain and screen.is_terminal():
        return screen.start(
            straight_to_review=True, scope=arguments.scope, limit=arguments.limit, drill=True
        )
    from srs.cli.plain import Conversation
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        return Conversation(desk).drill(arguments.scope, arguments.limit)
    finally:
        desk.close()


def _parser() -> ArgumentParser:
    about = (
        "Ask the numeric questions of a topic or deck, or all, with numbers drawn anew. Type the "
        "answer with its unit: 64 GB, 1.2e6/s, 5.4k, 40 %. Drills never move a schedule; without "
        "--limit there are ten."
    )
    found = parser("drill", about, "srs drill drills/memory --limit 5")
    found.add_argument("scope", nargs="?", metavar="TOPIC|DECK", help="a topic path or deck name")
    found.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers and pipes"
    )
    found.add_argument("--limit", type=positive_count, metavar="N", help="stop after N answers")
    return found
