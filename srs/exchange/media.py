"""Taking the pictures and sounds that cards refer to out of other programs' files."""

from __future__ import annotations

from srs.deck.model import Problem
from srs.store.collection import Collection
from srs.store.ingest.foreign import ForeignFile


def take(collection: Collection, file: ForeignFile) -> list[Problem]:
    """Copy a file's media beside the collection; the problems are of what could not be."""
    return []
