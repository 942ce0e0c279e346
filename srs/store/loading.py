"""Writing a great many rows: a connection of its own, whole batches, indexes made afterwards.

Like `srs.store.sqlite` it knows SQLite; what is said to a connection here stays here.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from srs.store import sqlite

# So many rows go into one statement; more than that gain nothing.
_TOGETHER = 50
# Changed pages that find no room in memory are written once more.
_CACHE_KIB = 262_144


@contextlib.contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection whose changes are on the disk at the end, or not at all.

    Nobody else waits for it, except to write. Raises SrsError, with one sentence, when the
    collection cannot be read or written.
    """
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            sqlite.prepare(connection)
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
    except sqlite3.Error as error:
        raise sqlite.explain(error, path) from error


def insert_many(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    constants: Mapping[str, int] | None = None,
) -> None:
    """Insert a great many rows, given in the order of the names, in the caller's transaction.

    `constants` are the columns that are the same in all of them. A value that is neither a number
    nor text nor bytes nor None, such as a bool, takes longer than all the rest of its row.
    """
    constants = constants or {}
    columns = ", ".join([*names, *constants])
    row = ", ".join(["?" for _ in names] + [str(int(value)) for value in constants.values()])
    start = f"INSERT INTO {table} ({columns}) VALUES "
    left = iter(rows)
    last: list[object] = []

    def together() -> Iterator[Sequence[object]]:
        while values := tuple(chain.from_iterable(islice(left, _TOGETHER))):
            if len(values) < _TOGETHER * len(names):
                last.extend(values)
                return
            yield values

    connection.executemany(start + ", ".join([f"({row})"] * _TOGETHER), together())
    connection.executemany(f"{start}({row})", zip(*[iter(last)] * len(names), strict=True))


def update_many(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Change a great many rows, each given by its values in the order of the names and its id."""
    changes = ", ".join(f"{name} = ?" for name in names)
    connection.executemany(f"UPDATE {table} SET {changes} WHERE id = ?", rows)


@contextlib.contextmanager
def indexing_afterwards(connection: sqlite3.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Make the indexes of some tables anew at the end, which is quicker for a great many new rows.

    Indexes of only some of the rows stay as they are: most rows are not put into them. All within
    the caller's transaction: no one else sees the tables without the indexes.
    """
    indexes = [
        (name, statement)
        for table in tables
        for name, statement in connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND sql NOT LIKE '% WHERE %' AND tbl_name = ?",
            (table,),
        ).fetchall()
    ]
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        connection.execute(statement)
