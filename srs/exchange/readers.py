"""Which reader takes which file of another program.

A reader is found by the end of the file's name, or by the name of the format that is asked for.
Each is imported when it is first wanted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from srs.deck.model import Problem

if TYPE_CHECKING:
    from srs.schedule.clock import Clock
    from srs.store.ingest.foreign import ForeignFile


class Surroundings(NamedTuple):
    """What a reader may need to know beside the file: the time, and when a study day begins.

    `columns` says which column of a table holds what, where the person said so.
    """

    clock: Clock
    rollover_hour: int
    columns: Mapping[str, str] = {}


class Read(Protocol):
    """Reads a file. What is wrong with it is among the problems of the result, never raised."""

    def __call__(self, path: Path, surroundings: Surroundings) -> ForeignFile:
        """Return the decks of a file, or why there are none."""
        ...


class Reader(NamedTuple):
    """A format: its name, the ends of its files' names, where its `Read` is (`module:function`).

    `in_folders` says that such files are taken when a folder is imported; of a format whose ends
    say little about what a file holds, only files that are named are, or those that hold `sign`
    near their beginning.
    """

    format: str
    suffixes: tuple[str, ...]
    place: str
    in_folders: bool
    sign: re.Pattern[bytes] | None = None

    def takes(self, file: Path) -> bool:
        """Tell whether a file that was found in a folder is one of this format."""
        if file.is_symlink() or not self.in_folders or not file.is_file():
            return False
        if self.sign is None:
            return True
        try:
            with file.open("rb") as opened:
                return self.sign.search(opened.read(SIGN_WITHIN)) is not None
        except OSError:
            return False

    def read(self, path: Path, surroundings: Surroundings) -> ForeignFile:
        """Read a file of this format."""
        if not path.is_file():  # reading a pipe would wait for who writes into it
            from srs.store.ingest.foreign import ForeignFile

            problem = Problem(str(path), 1, 1, "unreadable", "this is no ordinary file")
            return ForeignFile(path, self.format, problems=(problem,))
        module, _, function = self.place.partition(":")
        read: Read = getattr(import_module(module), function)
        return read(path, surroundings)


SIGN_WITHIN = 4096
# Its files of note types and options look alike, and name themselves so.
CROWDANKI_DECK = re.compile(rb'"__type__"\s*:\s*"Deck"')

READERS = (
    Reader("anki", (".apkg", ".colpkg"), "srs.exchange.anki.package:read_package", True),
    Reader("text", (".csv", ".tsv", ".txt"), "srs.exchange.text:read_text", False),
    Reader("crowdanki", (".json",), "srs.exchange.crowdanki:read_crowdanki", True, CROWDANKI_DECK),
)
FORMATS = tuple(reader.format for reader in READERS)


def reader_of(path: Path, format_name: str | None = None) -> Reader | None:
    """Return the reader of a file, None where it is to be read as a deck file."""
    for reader in READERS:
        if format_name is None and path.name.lower().endswith(reader.suffixes):
            return reader
        if format_name == reader.format:
            return reader
    return None


def find_foreign(path: Path, format_name: str | None = None) -> Iterator[tuple[Path, Reader]]:
    """Yield the files of other programs at a path, in alphabetical order, with their readers.

    In a folder and those in it, files and folders whose names begin with a dot are left out, and
    so are links.
    """
    if not path.is_dir():
        reader = reader_of(path, format_name)
        if reader is not None and path.exists():
            yield path, reader
        return
    for here, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            file = Path(here, name)
            reader = reader_of(file)
            if reader is None or not reader.takes(file):
                continue
            if format_name in (None, reader.format):
                yield file, reader
