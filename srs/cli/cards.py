"""`srs cards`: the cards that want attention."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json, tell

FILTERS = ("suspended", "flagged", "leech")
TITLE = 60


def run(argv: list[str]) -> int:
    """List suspended, flagged and leech cards."""
    arguments = _parser().parse_args(argv)
    from srs.render.plain import one_line
    from srs.store import cards, locations
    from srs.store.collection import Collection

    wanted = [cards.Filter(name) for name in FILTERS if getattr(arguments, name)]
    with Collection.open() as collection, collection.reading_sql() as execute:
        listed = cards.listed(execute, wanted or list(cards.Filter))
    if arguments.json:
        show_json(
            [{**asdict(card), "file": str(locations.deck_file(card.deck_path))} for card in listed]
        )
        return 0
    if not listed:
        show("No card is suspended, flagged or a leech." if not wanted else "There is none.")
        return 0
    for card in listed:
        marks = [
            mark for mark, holds in (("leech", card.leech), ("suspended", card.suspended)) if holds
        ]
        if card.flag is not None:
            marks.append(f"flagged: {card.flag}")
        show(f"{card.id:6}  {card.topic}  {one_line(card.front, TITLE)}")
        show(f"        {', '.join(marks)}; {locations.deck_file(card.deck_path)}:{card.line}")
    tell("srs unsuspend ID asks a card again.")
    return 0


def _parser() -> ArgumentParser:
    about = "List the cards that are suspended, flagged or leeches, or only some of these."
    found = parser("cards", about, "srs cards --leech")
    for name in FILTERS:
        found.add_argument(f"--{name}", action="store_true", help=f"only those: {name}")
    add_json(found)
    return found
