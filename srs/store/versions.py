"""The versions of the tables that this program knows, by the names of their migrations."""

from __future__ import annotations

from collections.abc import Iterable

from srs.errors import SrsError

MIGRATIONS = ("first_tables",)


class NewerCollectionError(SrsError):
    """The collection was written by a newer srs than this one."""


def refuse_newer(applied: Iterable[str], path: object) -> None:
    """Raise NewerCollectionError when a database has had a migration this version does not know."""
    unknown = sorted(set(applied).difference(MIGRATIONS))
    if unknown:
        raise NewerCollectionError(
            f"{path} was written by a newer version of srs (it has {unknown[-1]!r}); update srs."
        )
