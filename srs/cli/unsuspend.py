"""`srs unsuspend`: ask suspended cards again."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import parser
from srs.cli.output import show
from srs.errors import SrsError
from srs.practice.phrases import counted


def run(argv: list[str]) -> int:
    """Take cards into the queue again."""
    found = _parser()
    arguments = found.parse_args(argv)
    if bool(arguments.ids) == arguments.all:
        found.error("give the ids that srs cards lists, or --all")
    from srs.schedule.model import EventKind
    from srs.store import cards, log
    from srs.store.collection import Collection

    with Collection.open() as collection:
        with collection.reading_sql() as execute:
            suspended = {card.id for card in cards.listed(execute, [cards.Filter.SUSPENDED])}
        wanted = suspended if arguments.all else set(arguments.ids)
        strangers = sorted(wanted - suspended)
        if strangers:
            raise SrsError(
                f"Card {strangers[0]} is not suspended; srs cards --suspended lists all."
            )
        for card_id in sorted(wanted):
            log.record_event(collection, card_id, EventKind.UNSUSPEND)
    show(f"{counted(len(wanted), 'card')} back in the queue.")
    return 0


def _parser() -> ArgumentParser:
    about = "Ask suspended cards again, leeches too."
    found = parser("unsuspend", about, "srs unsuspend 12 31")
    found.add_argument("ids", nargs="*", type=int, metavar="ID", help="as srs cards lists them")
    found.add_argument("--all", action="store_true", help="every suspended card")
    return found
