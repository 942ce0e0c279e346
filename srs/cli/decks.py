"""`srs decks`: list the decks, leave one out of the queue, take it in again."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json
from srs.practice.phrases import counted


def run(argv: list[str]) -> int:
    """List the decks, or enable or disable one."""
    found = _parser()
    arguments = found.parse_args(argv)
    if arguments.change and not arguments.name:
        found.error(f"name the deck to {arguments.change}")
    from srs.store import decks, locations
    from srs.store.collection import Collection

    with Collection.open() as collection:
        if arguments.change:
            enabled = arguments.change == "enable"
            name = decks.set_enabled(collection, arguments.name, enabled)
            show(f"{name} is {'in the queue again' if enabled else 'left out of the queue'}.")
            return 0
        listed = decks.listed(collection)
    if arguments.json:
        show_json([asdict(deck) for deck in listed])
        return 0
    if not listed:
        show("There are no decks yet: srs begins with its own, srs import PATH adds yours.")
        return 0
    width = max(len(deck.name) for deck in listed)
    for deck in listed:
        left_out = "" if deck.enabled else "  disabled"
        seen = f"{deck.seen} of {counted(deck.cards, 'card')} seen"
        show(f"{deck.name:{width}}  {seen:>22}  {locations.deck_file(deck.path)}{left_out}")
    return 0


def _parser() -> ArgumentParser:
    about = "List the decks. A disabled deck keeps its history and is not asked."
    found = parser("decks", about, 'srs decks disable "Serving path"')
    found.add_argument("change", nargs="?", choices=["enable", "disable"], help="what to do")
    found.add_argument("name", nargs="?", metavar="NAME", help="the deck's name")
    add_json(found)
    return found
