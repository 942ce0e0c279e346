"""The migrations this program knows by name, kept apart from what they do.

`srs due` waits for this module; `srs.store.migrations` needs SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable

from srs.errors import SrsError

MIGRATIONS = (
    "first_tables",
    "source_formats",
    "decisions",
    "rehearsals",
    "drills_and_mocks",
    "indexes_of_few",
)


class NewerCollectionError(SrsError):
    """The collection was written by a newer srs than this one."""


def refuse_newer(applied: Iterable[str], path: object, known: Iterable[str] = MIGRATIONS) -> None:
    """Raise NewerCollectionError when a database has had a migration that is not known."""
    unknown = sorted(set(applied).difference(known))
    if unknown:
        raise NewerCollectionError(
            f"{path} was written by a newer version of srs (it has {unknown[-1]!r}); update srs."
        )
