"""The files and folders a collection was made from, and rereading what changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from srs.deck.model import Problem, Severity
from srs.errors import SrsError
from srs.store import locations
from srs.store.collection import Collection, first
from srs.store.ingest import files
from srs.store.ingest.kept_sources import is_kept, keep, source_path
from srs.store.ingest.looking import deck_files, known_decks
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options, import_paths

SOURCES = "SELECT path, format FROM source ORDER BY id"


def remember(
    collection: Collection, paths: Sequence[Path], *, format_name: str | None = None
) -> None:
    """Keep files and folders as sources, so that a later start takes up their changes.

    `format_name` is the dialect that was asked for, None where it is recognised.
    """
    with collection.writing_sql() as execute:
        keep(execute, paths, collection.clock.now_ms(), format_name=format_name)


def is_empty(collection: Collection) -> bool:
    """Tell whether nothing was ever imported."""
    with collection.reading_sql() as execute:
        return first(execute("SELECT id FROM source LIMIT 1", {})) is None


def has(collection: Collection, path: Path) -> bool:
    """Tell whether a file or folder is among the sources itself."""
    with collection.reading_sql() as execute:
        return is_kept(execute, source_path(path))


def add_bundled(collection: Collection) -> ImportReport:
    """Import the decks that come with srs, and remember them."""
    folder = locations.bundled_decks()
    report = import_paths(collection, [folder], remember=[folder])
    if report.errors:
        raise SrsError(f"The bundled decks in {folder} are damaged; install srs again.")
    return report


def reread(
    collection: Collection, *, thoroughly: bool = False, options: Options | None = None
) -> ImportReport:
    """Import again what changed in the sources; broken files are reported and left as they were.

    Files whose size and time did not change are not opened, unless `thoroughly`. Each source is
    read in the dialect it was imported in; the rest of `options` holds.
    """
    options = replace(options or Options(), keep_going=True)
    with collection.reading_sql() as execute:
        known = known_decks(execute)
        rows = list(execute(SOURCES, {}))
    report = ImportReport()
    for format_name in sorted({name for _, name in rows}, key=lambda name: name or ""):
        paths: list[Path] = []
        for stored, name in rows:
            path = locations.deck_file(stored)
            if name != format_name:
                continue
            if not path.exists():
                if any(_living(path, known)):
                    report.warnings.append(_gone(path))
            elif thoroughly or _changed(collection, path, known):
                paths.append(path)
        if paths:
            report.add(import_paths(collection, paths, replace(options, format_name=format_name)))
    return report


def format_of(collection: Collection, file: Path) -> str | None:
    """Return the dialect that was asked for when a file was imported, None if none was.

    Of several sources that hold the file, the innermost counts.
    """
    with collection.reading_sql() as execute:
        by_place = {locations.deck_file(path): name for path, name in execute(SOURCES, {})}
    around = (by_place[place] for place in (file, *file.parents) if place in by_place)
    return next(around, None)


def own_copy(collection: Collection, stored_path: str) -> Path:
    """Return the person's own copy of a bundled deck, made if there is none; its cards follow.

    Raises SrsError when the copy cannot be written.
    """
    if not stored_path.startswith(locations.BUNDLED):
        return Path(stored_path)
    original = locations.deck_file(stored_path)
    copy = locations.personal_decks(collection.path) / original.name
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            copy.write_bytes(original.read_bytes())
    except OSError as error:
        raise SrsError(f"{copy} cannot be written: {error.strerror}.") from error
    with collection.writing_sql() as execute:
        moved = {"there": stored_path, "here": files.stored_path(copy)}
        execute("UPDATE deck SET path = :here WHERE path = :there", moved)
    remember(collection, [copy.parent])
    return copy


def move_decks(collection: Collection, moved: Mapping[int, Path], folder: Path) -> ImportReport:
    """Let deck files in a folder be the files of decks, by the decks' ids, and read them.

    The folder is a source from then on.
    """
    with collection.writing_sql() as execute:
        for deck_id, file in moved.items():
            here = {"id": deck_id, "path": files.stored_path(file)}
            execute("UPDATE deck SET path = :path WHERE id = :id", here)
    return import_paths(collection, list(moved.values()), remember=[folder])


def _changed(collection: Collection, path: Path, known: dict[str, files.KnownDeck]) -> bool:
    here = deck_files(collection, path)
    if not files.looks_unchanged(here, known):
        return True
    if not path.is_dir():
        return False
    below = {files.stored_path(file) for file in here}
    return any(deck.path not in below for deck in _living(path, known))


def _living(path: Path, known: dict[str, files.KnownDeck]) -> Iterator[files.KnownDeck]:
    """Yield the decks at a path, or below it, whose cards are asked."""
    at = files.stored_path(path)
    below = locations.BUNDLED if path == locations.bundled_decks() else f"{path.absolute()}/"
    for deck in known.values():
        if not deck.retired and (deck.path == at or deck.path.startswith(below)):
            yield deck


def _gone(path: Path) -> Problem:
    return Problem(
        str(path),
        1,
        1,
        "source-gone",
        f"it is gone; its cards stay; if that is meant, run srs import --retire {path}",
        Severity.WARNING,
    )
