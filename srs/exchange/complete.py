"""The complete JSON of a collection: everything, so that nobody is locked in.

The document is one object. `format` is `srs-collection`, `version` counts the forms of the
document, `migrations` names the forms the tables have had, `exported` is the time in ISO 8601.
Then follow, in this order, `settings`, `devices`, `weights`, `sources`, `decks`, `topics`,
`notes`, `cards`, `reviews`, `events`. Each is an object of `columns`, a list of names, and `rows`,
a list of lists with a value a column; in the file a row stands on a line. The columns are those of
`srs.store.tables`, except that a row names others by their uid (a topic by its path, the weights
by `number`). Uids and digests are hexadecimal, instants epoch milliseconds, days count from
1970-01-01. Retired notes and cards are there, and every row of the log, voided or not. Only what
`srs import --undo` would list stays behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srs.errors import SrsError
from srs.exchange.json_stream import JsonStream
from srs.exchange.writing import whole_file
from srs.store import versions
from srs.store.collection import Collection
from srs.store.ingest.progress import EVERY, Progress, Stage, Step

if TYPE_CHECKING:
    from srs.store.merging import Merge, Merged

FORMAT = "srs-collection"
VERSION = 1
# What the beginning of such a file holds, however it is laid out.
SIGN = f'"{FORMAT}"'
LOOK = 4096


class CompleteError(SrsError):
    """The file is no complete JSON of a collection, or holds what no collection holds."""


def is_complete(path: Path) -> bool:
    """Tell by its beginning whether a file is the complete JSON of a collection."""
    try:
        if not path.is_file():  # reading a pipe would wait for who writes into it
            return False
        with path.open("rb") as file:
            return SIGN.encode() in file.read(LOOK)
    except (OSError, ValueError):  # no file, or no path at all
        return False


def write(collection: Collection, target: Path, *, force: bool = False) -> dict[str, int]:
    """Write the whole collection to a file; returns how many rows each part has."""
    from srs.store.complete import dump

    counts: dict[str, int] = {}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "migrations": list(versions.MIGRATIONS),
        "exported": datetime.fromtimestamp(collection.clock.now_ms() / 1000, UTC).isoformat(),
    }
    with (
        whole_file(target, force=force) as path,
        path.open("w", encoding="utf-8", newline="\n") as file,
        collection.reading_sql() as execute,
    ):
        file.write("{\n" + ",\n".join(f'"{k}": {encode(v)}' for k, v in head.items()))
        for part, fields, rows in dump(execute):
            file.write(f',\n"{part}": {{"columns": {encode([field.name for field in fields])}')
            file.write(', "rows": [')
            count, sign = 0, "\n"
            for row in rows:
                file.write(sign + encode(row))
                count, sign = count + 1, ",\n"
            file.write("\n]}")
            counts[part] = count
        file.write("\n}\n")
    return counts


def read(collection: Collection, source: Path, progress: Progress | None = None) -> Merged:
    """Take a complete JSON into the collection: all of it, or nothing when it is not sound.

    An empty collection becomes equal to the one that was written. Otherwise the rows that are not
    here yet are added, the texts and settings that are here stay, and the cards whose log has
    grown are rebuilt. `progress` is told that it goes on; what it raises leaves all as it was.

    Raises CompleteError or JsonError with one sentence.
    """
    from srs.store.merging import Merge
    from srs.store.rows import RowError

    try:
        with source.open(encoding="utf-8-sig") as file, collection.writing_sql() as execute:
            merge = Merge(execute)
            tell = progress or (lambda step: None)
            merge.begin()
            stream = JsonStream(file, str(source))
            try:
                _read_document(stream, merge, source, tell)
                merge.finish()
                tell(Step(Stage.FINISHING))
            except RowError as error:
                raise CompleteError(f"{source}: {error}; nothing was changed.") from None
    except OSError as error:
        raise CompleteError(f"{source} cannot be read: {error.strerror}.") from error
    collection.find_own_rows()
    collection.reload_settings()
    collection.checkpoint()
    return merge.report


def _read_document(stream: JsonStream, merge: Merge, source: Path, tell: Progress) -> None:
    from srs.store.complete import PARTS

    head: dict[str, Any] = {}
    todo = list(PARTS)
    for key in stream.members():
        if not todo or key != todo[0]:
            if key in PARTS:
                raise CompleteError(
                    f"{source}: {key} must not come before {', '.join(todo)}; nothing was changed."
                )
            head[key] = stream.value()
            continue
        if key == next(iter(PARTS)):
            _check_head(head, source)
        _read_part(stream, merge, todo.pop(0), source, tell)
    stream.end()
    if todo:
        raise CompleteError(f"{source} lacks {', '.join(todo)}; nothing was changed.")


def _followed(rows: Iterable[Any], tell: Progress) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            tell(Step(Stage.TAKING_IN))
        yield row


def _check_head(head: dict[str, Any], source: Path) -> None:
    if head.get("format") != FORMAT:
        raise CompleteError(f"{source} is no collection of srs; nothing was changed.")
    migrations = head.get("migrations")
    known = isinstance(migrations, list) and set(map(str, migrations)) <= set(versions.MIGRATIONS)
    if head.get("version") != VERSION or not known:
        raise CompleteError(
            f"{source} was written by a newer version of srs; update srs. Nothing was changed."
        )


def _read_part(stream: JsonStream, merge: Merge, part: str, source: Path, tell: Progress) -> None:
    columns: Any = None
    for key in stream.members():
        if key == "columns":
            columns = stream.value()
        elif key == "rows" and isinstance(columns, list):
            merge.take(part, columns, _followed(stream.items(), tell))
        else:
            raise CompleteError(
                f"{source}: {part} must hold columns and then rows; nothing was changed."
            )
    if columns is None:
        raise CompleteError(f"{source}: {part} is empty; nothing was changed.")
