"""Making a new collection's tables from plain SQL, without waiting for SQLAlchemy.

`schema.sql` is what `srs.store.tables` says; a test keeps the two the same.
"""

from __future__ import annotations

from pathlib import Path

from srs.store import loading, sqlite, versions

FILE = Path(__file__).with_name("schema.sql")


def create(path: Path, now_ms: int) -> None:
    """Give a new or empty file today's tables and mark every migration as applied.

    Raises SrsError when the file cannot be written or is another program's.
    """
    with loading.writing(path) as connection:
        # Another process may have made the tables while this one waited for its turn.
        if sqlite.check_owner(connection, path):
            return
        for statement in FILE.read_text(encoding="utf-8").split(";\n"):
            connection.execute(statement)
        for name in versions.MIGRATIONS:
            connection.execute(
                "INSERT INTO migration (name, applied_ms) VALUES (:name, :ms)",
                {"name": name, "ms": now_ms},
            )
        sqlite.mark_owner(connection)
