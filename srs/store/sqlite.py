"""Everything that is SQLite's own: opening, durability, append-only rows, backup, error texts.

`srs due` waits for this module, so it does without pathlib.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from srs.errors import SrsError

if TYPE_CHECKING:
    from pathlib import Path

File = str | os.PathLike[str]
Execute = Callable[[str, Mapping[str, Any]], Iterable[Any]]

APPLICATION_ID = 0x7372_7331  # "srs1" in the header marks the file as a collection
HEADER = b"SQLite format 3\x00"
BUSY_TIMEOUT_MS = 5_000
# Room for the indexes of a large collection; memory is taken only as pages are read.
CACHE_KIB = 65_536

LOGS = (
    "review",
    "event",
    "rehearsal",
    "rehearsalmark",
    "drawn",
    "mock",
    "mock_entry",
    "real_interview",
    "real_question",
)


# The index of the notes' words for `srs search`, made when it is first wanted.
INDEX = (
    "CREATE VIRTUAL TABLE note_text USING fts5(front, back, content='note', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER note_text_follows_edits AFTER UPDATE OF front, back ON note "
    "WHEN (old.front <> new.front OR old.back <> new.back) "
    "AND EXISTS (SELECT 1 FROM note_text_docsize WHERE id = old.id) BEGIN "
    "INSERT INTO note_text(note_text, rowid, front, back) "
    "VALUES ('delete', old.id, old.front, old.back); "
    "INSERT INTO note_text(rowid, front, back) VALUES (new.id, new.front, new.back); END",
)


class NotACollectionError(SrsError):
    """The file is no collection of srs, or is damaged."""


def prepare(connection: sqlite3.Connection) -> None:
    """Set what every connection needs.

    WAL lets a second terminal read while one writes; `synchronous=FULL` puts a commit on the disk
    before it returns; the checkpoint is left to `checkpoint`, so that no answer waits for it.
    """
    connection.isolation_level = None
    connection.executescript(
        f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS};"
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA wal_autocheckpoint=0;"
        f"PRAGMA cache_size=-{CACHE_KIB};"
    )


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what the write-ahead log holds into the database, as far as readers allow."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def check_file(path: Path) -> bool:
    """Tell whether there is a collection at a path (False: no file, or nothing in it yet).

    Raises NotACollectionError when it is anything else. Another program's file is only read:
    opening it as ours would already change it.
    """
    if not _has_header(path):
        return False
    with _reading_only(path) as connection:
        return check_owner(connection, path)


def _has_header(path: File) -> bool:
    if os.path.isdir(path):  # noqa: PTH112
        raise NotACollectionError(f"{path} is a folder, not a collection; set SRS_HOME elsewhere.")
    if not os.path.exists(path):  # noqa: PTH110
        return False
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            start = file.read(len(HEADER))
    except OSError as error:
        raise explain(error, path) from error
    if start and start != HEADER:
        raise NotACollectionError(
            f"{path} is not a collection of srs: move it away, or restore a backup in its place."
        )
    return bool(start)


def check_owner(connection: sqlite3.Connection, path: File) -> bool:
    """Tell whether the database is a collection already (False: it is empty).

    Raises NotACollectionError when it belongs to another program.
    """
    # The tables and the mark appear in one transaction: looked at in this order, a collection that
    # another process is just making is either empty or marked.
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return True
    if tables == 0:
        return False
    raise NotACollectionError(
        f"{path} is a database of another program; set SRS_HOME to a folder for srs."
    )


def mark_owner(connection: sqlite3.Connection) -> None:
    """Mark the database as a collection and make its log append-only."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for log in LOGS:
        for trigger in append_only(log):
            connection.execute(trigger)


def append_only(table: str) -> tuple[str, ...]:
    """Return the statements that keep a log's rows even from a mistaken statement."""
    return tuple(
        f"CREATE TRIGGER {table}_is_append_only_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the {table} log is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite's own checks find wrong with the file, a sentence each."""
    found = [
        f"SQLite: {row[0]}"
        for row in connection.execute("PRAGMA integrity_check").fetchall()
        if row[0] != "ok"
    ]
    found += [
        f"Row {row[1]} of table {row[0]} refers to a row of {row[2]} that is not there."
        for row in connection.execute("PRAGMA foreign_key_check").fetchall()
    ]
    return found


def update_index(execute: Execute) -> None:
    """Make the full-text index if there is none, and take up the notes that are new since.

    It refers to the notes' own texts; a trigger follows their edits. Raises
    sqlite3.OperationalError, naming fts5, where SQLite was built without it.
    """
    # CREATE … IF NOT EXISTS takes the lock for writing the schema, so look first.
    if not list(execute("SELECT 1 FROM sqlite_master WHERE name = 'note_text'", {})):
        for statement in INDEX:
            execute(statement, {})
    ((indexed, newest),) = execute(
        "SELECT (SELECT MAX(id) FROM note_text_docsize), (SELECT MAX(id) FROM note)", {}
    )
    if newest is not None and newest > (indexed or 0):
        execute(
            "INSERT INTO note_text(rowid, front, back) "
            "SELECT id, front, back FROM note WHERE id > :indexed",
            {"indexed": indexed or 0},
        )


def indexed_notes(execute: Execute, words: Sequence[str], most: int) -> list[int]:
    """Return the ids of at most so many living notes that have a word beginning with each."""
    wanted = " ".join(f'"{word}"*' for word in words)
    rows = execute(
        "SELECT rowid FROM note_text WHERE note_text MATCH :wanted AND EXISTS "
        "(SELECT 1 FROM note WHERE note.id = note_text.rowid AND NOT note.retired) LIMIT :most",
        {"wanted": wanted, "most": most},
    )
    return [int(row[0]) for row in rows]


def backup_name(path: Path, now_ms: int) -> Path:
    """Return the name of a backup made now, among the collection's backups."""
    from datetime import UTC, datetime

    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    return path.parent / "backups" / f"{path.stem}-{stamp}.db"


def back_up(source: Path, target: Path) -> None:
    """Copy a collection, as it stands at one instant, to a file that appears only when whole."""
    unfinished = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            contextlib.closing(sqlite3.connect(source)) as original,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        unfinished.replace(target)
    except (sqlite3.Error, OSError) as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise explain(error, target) from error


def overwrite(source: Path, target: Path) -> None:
    """Make a collection, which others may have open, equal to another one, in one step."""
    try:
        with (
            contextlib.closing(sqlite3.connect(source)) as original,
            contextlib.closing(sqlite3.connect(target, timeout=BUSY_TIMEOUT_MS / 1000)) as copy,
        ):
            prepare(copy)
            original.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise explain(error, target) from error


@contextlib.contextmanager
def read_only(path: File) -> Iterator[sqlite3.Connection]:
    """Open a collection for looking only, without SQLAlchemy; for the `srs due` path."""
    if not _has_header(path):
        raise NotACollectionError(f"{path} is empty; run srs once to set it up.")
    with _reading_only(path) as connection:
        if not check_owner(connection, path):
            raise NotACollectionError(f"{path} is empty; run srs once to set it up.")
        yield connection


@contextlib.contextmanager
def _reading_only(path: File) -> Iterator[sqlite3.Connection]:
    # A process that was killed before the file was in WAL mode leaves a journal. SQLite takes back
    # what that process had begun, for which it has to write.
    mode = "rw" if os.path.exists(f"{os.fspath(path)}-journal") else "ro"  # noqa: PTH110
    try:
        connection = sqlite3.connect(f"{_uri(path)}?mode={mode}", uri=True)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    try:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        yield connection
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        connection.close()


def _uri(path: File) -> str:
    """Return a file's URI as https://sqlite.org/uri.html builds it from a name."""
    name = os.path.abspath(path)  # noqa: PTH100
    for sign, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23"), (os.sep, "/")):
        name = name.replace(sign, escape)
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"


def explain(error: BaseException, path: File) -> SrsError:
    """Turn an error of SQLite or of the file system into a sentence for the person."""
    text = str(error).lower()
    if "disk is full" in text or "no space left" in text:
        return SrsError(f"The disk that holds {path} is full; nothing was changed. Free some room.")
    if "locked" in text or "busy" in text:
        return SrsError(f"{path} is in use by another program; close it and try again.")
    if "malformed" in text or "not a database" in text:
        backups = os.path.join(os.path.dirname(path), "backups")  # noqa: PTH118, PTH120
        return NotACollectionError(
            f"{path} is damaged: restore a backup from {backups} in its place."
        )
    if "readonly" in text or "read-only" in text or "permission denied" in text:
        return SrsError(f"{path} cannot be written; check the permissions of its folder.")
    if "unable to open" in text:
        return SrsError(f"{path} cannot be opened; check its folder, or set SRS_HOME elsewhere.")
    if "disk i/o" in text or "input/output" in text:
        return SrsError(f"The disk failed while using {path}; check it before going on.")
    reason = getattr(error, "orig", None) or error
    return SrsError(f"{path} could not be used: {reason}.")
