"""`srs restore`: go back to a backup."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.arguments import parser
from srs.cli.output import show
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.store.collection import Collection


def run(argv: list[str]) -> int:
    """Put a backup in the collection's place."""
    arguments = _parser().parse_args(argv)
    from srs.exchange import complete
    from srs.store import locations
    from srs.store.restoring import restore

    source = Path(arguments.file).expanduser()

    def fill(collection: Collection) -> None:
        complete.read(collection, source)

    done = restore(
        locations.collection_file(), source, fill if complete.is_complete(source) else None
    )
    if done.kept is not None:
        show(f"What was there is kept as {done.kept}.")
    found = done.diagnosis
    show(
        f"Restored {source}: {counted(found.cards, 'card')}, {counted(found.reviews, 'review')}, "
        f"{counted(found.events, 'event')}; every card is as its log says."
    )
    return 0


def _parser() -> ArgumentParser:
    about = (
        "Put a backup, or a complete JSON, in the place of the collection, once it is proved "
        "sound. What was there is copied to the backups first."
    )
    found = parser("restore", about, "srs restore ~/Sync/srs.db")
    found.add_argument("file", metavar="FILE", help="as srs backup or srs export made it")
    return found
