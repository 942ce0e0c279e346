"""Keeping files and folders as sources, so that a later start takes up their changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select, update

from srs.store import locations
from srs.store.ingest.files import stored_path
from srs.store.tables import sources


def keep(
    connection: Connection, paths: Sequence[Path], ms: int, *, format_name: str | None
) -> None:
    """Keep files and folders as sources, in the caller's transaction.

    `format_name` is the dialect that was asked for, None where it is recognised.
    """
    for path in paths:
        stored = source_path(path)
        known = connection.execute(select(sources.c.id).where(sources.c.path == stored)).first()
        if known is None:
            values = {"path": stored, "format": format_name, "added_ms": ms}
            connection.execute(sources.insert().values(values))
        else:
            connection.execute(
                update(sources).where(sources.c.path == stored).values(format=format_name)
            )


def source_path(path: Path) -> str:
    """Return the path under which a source is known to the collection."""
    return locations.BUNDLED if path.absolute() == locations.bundled_decks() else stored_path(path)
