"""Reading the database inside a package, whoever wrote it.

It is opened for reading only, with SQLite's defences on: tables that are views, triggers and
functions in the schema do nothing, and a query that takes too long is stopped.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from srs.exchange.anki.archive import PackageError

LONGEST_S = 300.0
_STEPS_BETWEEN_LOOKS = 100_000
_LONGEST_VALUE = 64 << 20
_NEEDED = ("col", "notes", "cards", "revlog")

# https://www.sqlite.org/security.html
_DEFENCES = (
    "PRAGMA trusted_schema=OFF",
    "PRAGMA query_only=ON",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
)


class Database:
    """The open database of a package. `is_newest` says that note types are tables of their own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        sorts = dict(
            self.rows("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
        )
        for name in _NEEDED:
            if sorts.get(name) != "table":
                raise damaged(f"it has no table {name}")
        self.is_newest = sorts.get("notetypes") == "table"

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; raises PackageError when the database is damaged."""
        try:
            yield from self._connection.execute(statement)
        except (sqlite3.Error, OverflowError) as error:
            raise damaged(str(error)) from error

    def json(self, column: str) -> dict[str, Any]:
        """Return a JSON object of the collection's one row, empty where there is none."""
        for (text,) in self.rows(f"SELECT {column} FROM col LIMIT 1"):
            try:
                value = json.loads(text) if text else {}
            except (ValueError, TypeError, RecursionError) as error:
                raise damaged(f"its {column} are not JSON") from error
            return value if isinstance(value, dict) else {}
        raise damaged("its collection is empty")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open a database file that nobody else has open."""
    until = time.monotonic() + LONGEST_S
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise damaged(str(error)) from error
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS_BETWEEN_LOOKS)
        # Anki's own order of names; nothing here sorts by it.
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            for defence in _DEFENCES:
                connection.execute(defence)
        except sqlite3.Error as error:
            raise damaged(str(error)) from error
        yield Database(connection)
    finally:
        connection.close()


def damaged(reason: str) -> PackageError:
    """Return the error of a database that is not one of Anki's."""
    return PackageError(
        "bad-package",
        f"the collection in it is damaged ({reason}); export the deck from Anki again",
    )
