"""`srs backup`: copy the collection."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from srs.cli.arguments import parser
from srs.cli.output import show
from srs.errors import SrsError


def run(argv: list[str]) -> int:
    """Copy the collection as it stands now, and print where to."""
    arguments = _parser().parse_args(argv)
    from srs.store.collection import Collection

    target = Path(arguments.file).expanduser() if arguments.file else None
    if target is not None and target.exists():
        raise SrsError(f"{target} is there already; name a file that is not.")
    with Collection.open() as collection:
        show(str(collection.back_up(target)))
    return 0


def _parser() -> ArgumentParser:
    about = (
        "Copy the collection, whole and as it stands at one instant, while srs may be running. "
        "To go back to a copy, put it in the place of collection.db."
    )
    found = parser("backup", about, "srs backup ~/Sync/srs.db")
    found.add_argument("file", nargs="?", metavar="FILE", help="by default among the backups")
    return found
