"""SQLAlchemy's way into the collection, for imports, lists, migrations and the doctor.

The sitting does without it: what it says to the database is a few plain statements.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc

from srs.store import migrations, sqlite

ERRORS = (exc.SQLAlchemyError, sqlite3.Error)


def make_engine(path: Path) -> Engine:
    """Return an engine on the file whose transactions begin when they are asked for."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, check_same_thread=False),
        pool_size=4,
    )

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        sqlite.prepare(connection)

    # The driver's own transactions begin late and never as writers: begin them here, so that a
    # write waits for its turn at the start and a reader sees one state.
    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def bring_up_to_date(path: Path, now_ms: int) -> None:
    """Give an older collection, after a backup, the tables it lacks."""
    engine = make_engine(path)
    try:
        _migrate(engine, path, now_ms)
    except ERRORS as error:
        raise sqlite.explain(error, path) from error
    finally:
        engine.dispose()


def _migrate(engine: Engine, path: Path, now_ms: int) -> None:
    with engine.connect() as connection:
        todo = migrations.pending(connection, path)
        connection.rollback()
        if not todo:
            return
        sqlite.back_up(path, sqlite.backup_name(path, now_ms))
        writing = connection.execution_options(immediate=True)
        for name in todo:
            with writing.begin():
                # Another process may have applied it while this one waited for its turn.
                if name not in migrations.applied(writing):
                    migrations.apply(writing, name, now_ms)
