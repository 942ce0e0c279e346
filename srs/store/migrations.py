"""How the tables of an older collection become those of today.

A new collection gets today's tables at once and every migration's name (`srs.store.schema`); an
older one has the missing functions applied in order, each in its own transaction, after a backup.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, select, text
from sqlmodel import SQLModel

from srs.store import practice_tables, sqlite, tables, versions

Step = Callable[[Connection], None]
STEPS: dict[str, Step] = {}


def step(function: Step) -> Step:
    """Register a migration under its function's name, which `versions.MIGRATIONS` holds too."""
    STEPS[function.__name__] = function
    return function


@step
def first_tables(connection: Connection) -> None:
    """Create decks, topics, notes, cards, the log, settings: the first version of the tables."""
    SQLModel.metadata.create_all(connection)


@step
def source_formats(connection: Connection) -> None:
    """Remember the dialect a source was imported in, where only `--format srs` was."""
    connection.execute(text("ALTER TABLE source ADD COLUMN format VARCHAR"))
    connection.execute(text("UPDATE source SET format = 'srs' WHERE own_format"))
    connection.execute(text("ALTER TABLE source DROP COLUMN own_format"))


@step
def decisions(connection: Connection) -> None:
    """Keep what imports decided, so that it can be taken back."""
    tables.decisions.create(connection, checkfirst=True)


@step
def rehearsals(connection: Connection) -> None:
    """Keep rehearsals, line by line, and find story prompts by an index."""
    for table in (tables.rehearsals, tables.rehearsal_marks):
        table.create(connection, checkfirst=True)
        for trigger in sqlite.append_only(table.name):
            connection.execute(text(trigger))
    connection.execute(text("CREATE INDEX IF NOT EXISTS ix_note_kind ON note (kind)"))


@step
def drills_and_mocks(connection: Connection) -> None:
    """Make room for drills' numbers, mock interviews and real ones."""
    for table in practice_tables.ALL:
        table.create(connection, checkfirst=True)
        for trigger in sqlite.append_only(table.name):
            connection.execute(text(trigger))


@step
def indexes_of_few(connection: Connection) -> None:
    """Keep only stories, drills and notes with an id in the indexes that only they are found by."""
    of_few = {"ix_note_kind", "ix_note_explicit_id"}
    for index in tables.notes.indexes:
        if index.name in of_few:
            index.drop(connection, checkfirst=True)
            index.create(connection)


def applied(connection: Connection) -> set[str]:
    """Return the names of the migrations that a database has had; empty for a new one."""
    if not inspect(connection).has_table(tables.migrations.name):
        return set()
    return set(connection.execute(select(tables.migrations.c.name)).scalars())


def pending(connection: Connection, path: object) -> list[str]:
    """Return the names still to apply, in order.

    Raises NewerCollectionError when the database has had one that this version does not know.
    """
    names = applied(connection)
    versions.refuse_newer(names, path, STEPS)
    return [name for name in STEPS if name not in names]


def apply(connection: Connection, name: str, now_ms: int) -> None:
    """Apply one migration; the caller's transaction makes it all or nothing."""
    STEPS[name](connection)
    _record(connection, name, now_ms)


def _record(connection: Connection, name: str, now_ms: int) -> None:
    connection.execute(tables.migrations.insert().values(name=name, applied_ms=now_ms))
