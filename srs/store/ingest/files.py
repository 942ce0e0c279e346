"""Reading the files of an import, and knowing which did not change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from srs.deck import files
from srs.deck.model import Problem, Reading
from srs.store import locations
from srs.store.ingest.progress import Progress, Stage, followed

# Part of every digest: a new number makes every file be read again after the reader changed.
READER_VERSION = b"2"


@dataclass(frozen=True, slots=True)
class KnownDeck:
    """A deck as the collection knows it."""

    id: int
    path: str
    digest: bytes
    size: int
    mtime_ns: int
    retired: bool


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of an import; `reading` is None when it is as it was."""

    path: str
    digest: bytes
    size: int
    mtime_ns: int
    reading: Reading | None


def stored_path(file: Path) -> str:
    """Return the path under which a deck file is known to the collection."""
    file = file.absolute()
    bundled = locations.bundled_decks()
    if file.parent == bundled:
        return locations.BUNDLED + file.name
    return str(file)


def read(
    found: Sequence[Path],
    known: Mapping[str, KnownDeck],
    *,
    format_name: str | None,
    tell: Progress | None = None,
) -> tuple[list[FileRead], list[Problem]]:
    """Read files, parsing only those whose bytes changed; the problems are of unusable files."""
    reads: list[FileRead] = []
    problems: list[Problem] = []
    for file in followed(found, Stage.READING, tell):
        path = stored_path(file)
        try:
            data = files.load(file)
            stat = file.stat()
        except files.DeckFileError as error:
            problems.append(error.problem)
            continue
        except OSError as error:
            problems.append(
                Problem(str(file), 1, 1, "unreadable", f"the file cannot be read: {error}")
            )
            continue
        digest = hashlib.blake2b(
            data, digest_size=16, salt=READER_VERSION, person=(format_name or "").encode()
        ).digest()
        deck = known.get(path)
        same = deck is not None and deck.digest == digest and not deck.retired
        reading = None if same else files.read_bytes(data, str(file), format_name=format_name)
        reads.append(FileRead(path, digest, stat.st_size, stat.st_mtime_ns, reading))
    return reads, problems


def looks_unchanged(found: Sequence[Path], known: Mapping[str, KnownDeck]) -> bool:
    """Tell by size and time alone whether files are as the collection knows them."""
    for file in found:
        deck = known.get(stored_path(file))
        try:
            stat = file.stat()
        except OSError:
            return False
        if deck is None or deck.retired:
            return False
        if (deck.size, deck.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            return False
    return True
