"""`srs search`: find cards by their text."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict

from srs.cli.arguments import add_json, parser, positive_count
from srs.cli.output import show, show_json, tell

MOST = 50
TITLE = 60


def run(argv: list[str]) -> int:
    """List the cards whose text has every word."""
    found = _parser()
    arguments = found.parse_args(argv)
    text = " ".join(arguments.text)
    if not text.strip():
        found.error("say what to search for")
    from srs.render.plain import one_line
    from srs.store import locations
    from srs.store.collection import Collection
    from srs.store.search import search

    with Collection.open() as collection:
        cards = search(collection, text, arguments.limit)
    if arguments.json:
        show_json(
            [{**asdict(card), "file": str(locations.deck_file(card.deck_path))} for card in cards]
        )
        return 0
    if not cards:
        show("No card has that text.")
        return 0
    for card in cards:
        show(f"{card.id:6}  {card.topic}  {one_line(card.front, TITLE)}")
        show(f"        {locations.deck_file(card.deck_path)}:{card.line}")
    if len(cards) == arguments.limit:
        tell(f"There may be more than {arguments.limit}; --limit N shows more.")
    return 0


def _parser() -> ArgumentParser:
    about = (
        "Find the cards whose question or answer has every word given, each at the beginning of "
        "a word, in capitals or not."
    )
    found = parser("search", about, "srs search batch latency")
    found.add_argument("text", nargs="+", metavar="TEXT", help="words, or a part of one")
    found.add_argument("--limit", type=positive_count, default=MOST, metavar="N", help="at most N")
    add_json(found)
    return found
