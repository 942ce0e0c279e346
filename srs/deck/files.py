"""Deck files on disk: finding them, loading them, saying what is wrong with one."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from srs.deck.model import Problem, Reading
from srs.deck.problems import Problems
from srs.errors import SrsError

SUFFIXES = frozenset({".md", ".markdown"})
LEFT_OUT = frozenset({"readme", "license", "changelog"})
LARGEST = 20 * 1024 * 1024
# A parser keeps some hundred bytes and takes some microseconds for a line, be it empty.
MOST_LINES = 1_000_000
LOGSEQ_SETTINGS = ("logseq", "config.edn")
DATABASE = b"SQLite format 3\0"
ZIP = b"PK\x03\x04"
LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class DeckFileError(SrsError):
    """A deck file whose bytes or text cannot be had; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}: {problem.message}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Found:
    """The deck files under some paths, in order, and the paths that could not be walked."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def find_decks(paths: Sequence[Path]) -> Found:
    """Find the deck files that the paths name, each once.

    A file is taken whatever its name. In a folder, and the folders in it, the Markdown files are
    taken in alphabetical order, without README, LICENSE and CHANGELOG, without what begins with a
    dot, without the folder in which Logseq keeps its settings and old copies of pages, and without
    links that lead out of the folder.
    """
    files: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path, problems):
                files.setdefault(_resolved(file), file)
        elif path.exists():
            files.setdefault(_resolved(path), path)
        else:
            problems.append(not_found(path))
    return Found(tuple(files.values()), tuple(problems))


def not_found(path: Path) -> Problem:
    """Return the problem that there is nothing at a path, which may be an address."""
    scheme = path.parts[0] if path.parts else ""
    if len(scheme) > 2 and scheme.endswith(":"):  # two: a drive of Windows
        message = "srs fetches nothing: download or clone it, and name the file or folder"
    else:
        message = "there is no such file or folder"
    return _problem(path, "not-found", message)


def questions_in_readme(folder: Path, format_name: str | None = None) -> Problem | None:
    """Return the warning that a folder's README, which is left out, holds questions; None if not.

    Many a repository of interview questions is nothing but its README.
    """
    for name in ("README.md", "readme.md"):
        readme = folder / name
        if readme.is_file():
            deck = read_file(readme, format_name=format_name).deck
            if deck is None or not deck.notes:
                return None
            count = "1 question" if len(deck.notes) == 1 else f"{len(deck.notes)} questions"
            message = f"it holds {count}, and a folder's README is left out; name it to take them"
            return _problem(readme, "readme-left-out", message)
    return None


def load(path: Path) -> bytes:
    """Return the bytes of a deck file.

    Raises:
        DeckFileError: it is missing, a folder, no ordinary file, not readable, or over 20 MB.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _error(path, "is-a-directory", "this is a folder; name a file in it")
        if not stat.S_ISREG(mode):
            raise _error(path, "unreadable", "this is no ordinary file; name a Markdown file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise DeckFileError(not_found(path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the file cannot be read ({reason}); check its permissions"
        raise _error(path, "unreadable", message) from error
    if len(data) > LARGEST:
        raise _error(path, "too-large", "the file is larger than 20 MB; split it into several")
    return data


def decode(data: bytes, file: str) -> str:
    """Return the text of a deck file's bytes, without a byte-order mark.

    Raises:
        DeckFileError: the bytes are not UTF-8; the problem names the first one that is not.
    """
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = data.removeprefix(BOM_UTF8)[: error.start].decode()
        before = before.replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = "the file is not UTF-8 text; save it as UTF-8"
        raise DeckFileError(_problem(file, "not-utf8", message, line, column)) from error


def read_bytes(data: bytes, file: str, *, format_name: str | None = None) -> Reading:
    """Read a deck from its file's bytes; what is no deck's text is a problem of the reading.

    `format_name` is one of `srs.deck.dialects.formats.FORMATS`; without it the dialect is
    recognised.
    """
    # Imported here, so that finding and hashing files needs no Markdown parser.
    from srs.deck.dialects.reader import read_any

    try:
        _refuse(data, file)
        text = decode(data, file)
    except DeckFileError as error:
        return Reading(None, (error.problem,))
    return read_any(text, file, format_name)


def read_file(path: Path, *, format_name: str | None = None) -> Reading:
    """Read a deck file; whatever keeps it from being read is a problem of the reading."""
    try:
        data = load(path)
    except DeckFileError as error:
        return Reading(None, (error.problem,))
    return read_bytes(data, str(path), format_name=format_name)


def _refuse(data: bytes, file: str) -> None:
    if data.startswith(LFS_POINTER):
        message = "this is only Git LFS's pointer to the file; run git lfs pull to get its text"
        raise DeckFileError(_problem(file, "lfs-pointer", message))
    if data.startswith(DATABASE):
        message = "this is a database and no text; have Anki export its decks as a package (.apkg)"
        raise DeckFileError(_problem(file, "not-utf8", message))
    if data.startswith(ZIP):
        message = "this is a zip file; unpack it, or let its name end in .apkg if Anki wrote it"
        raise DeckFileError(_problem(file, "not-utf8", message))
    if any(end in data and data.count(end) > MOST_LINES for end in (b"\n", b"\r")):
        message = f"the file has more than {MOST_LINES:,} lines; split it into several"
        raise DeckFileError(_problem(file, "too-large", message))


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    root = folder.resolve()

    def report(error: OSError) -> None:
        message = f"the folder cannot be read ({error.strerror}); check its permissions"
        problems.append(_problem(Path(error.filename or folder), "unreadable", message))

    for here, folders, names in os.walk(folder, onerror=report):
        if Path(here, *LOGSEQ_SETTINGS).is_file():
            folders.remove(LOGSEQ_SETTINGS[0])
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            if _is_deck_name(file) and _stays_inside(file, root):
                yield file


def _is_deck_name(file: Path) -> bool:
    return (
        file.suffix.lower() in SUFFIXES
        and file.stem.lower() not in LEFT_OUT
        and not file.name.startswith(".")
    )


def _stays_inside(file: Path, root: Path) -> bool:
    if not file.is_symlink():
        return True
    return file.is_file() and _resolved(file).is_relative_to(root)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return path.absolute()


def _error(path: Path, code: str, message: str) -> DeckFileError:
    return DeckFileError(_problem(path, code, message))


def _problem(path: Path | str, code: str, message: str, line: int = 1, column: int = 1) -> Problem:
    problems = Problems(str(path))
    problems.add(code, line, message, column)
    return problems.in_order()[0]
