"""Keeping files and folders as sources, so that a later start takes up their changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from srs.store import locations
from srs.store.collection import first, insert
from srs.store.ingest.files import stored_path
from srs.store.queue import Execute


def keep(execute: Execute, paths: Sequence[Path], ms: int, *, format_name: str | None) -> None:
    """Keep files and folders as sources, in the caller's transaction.

    `format_name` is the dialect that was asked for, None where it is recognised.
    """
    for path in paths:
        values = {"path": source_path(path), "format": format_name}
        if is_kept(execute, values["path"]):
            execute("UPDATE source SET format = :format WHERE path = :path", values)
        else:
            insert(execute, "source", {**values, "added_ms": ms})


def is_kept(execute: Execute, stored: str | None) -> bool:
    """Tell whether a path, as the collection knows it, is a source."""
    return first(execute("SELECT id FROM source WHERE path = :path", {"path": stored})) is not None


def source_path(path: Path) -> str:
    """Return the path under which a source is known to the collection."""
    return locations.BUNDLED if path.absolute() == locations.bundled_decks() else stored_path(path)
