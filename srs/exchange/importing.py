"""The door for whatever a person has: deck files, other programs' files, folders of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from srs.exchange.readers import FORMATS, Reader, Surroundings, find_foreign
from srs.store.collection import Collection
from srs.store.ingest.foreign import ForeignFile
from srs.store.ingest.progress import Stage, followed
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options, import_paths


@dataclass(frozen=True, slots=True)
class Sorted:
    """The paths of an import: those that may hold deck files, and the files of other programs."""

    own: tuple[Path, ...]
    foreign: tuple[tuple[Path, Reader], ...]


def sort_paths(paths: Sequence[Path], format_name: str | None = None) -> Sorted:
    """Tell which paths hold deck files and which are files of other programs; a folder is both."""
    own: list[Path] = []
    foreign: dict[Path, tuple[Path, Reader]] = {}
    for path in paths:
        found = list(find_foreign(path, format_name))
        foreign |= {file.absolute(): (file, reader) for file, reader in found}
        if not path.exists() or (format_name not in FORMATS and (path.is_dir() or not found)):
            own.append(path)
    return Sorted(tuple(own), tuple(foreign.values()))


def import_any(
    collection: Collection,
    paths: Sequence[Path],
    options: Options | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    remember: bool = False,
) -> ImportReport:
    """Bring deck files, folders and other programs' files into the collection, all or nothing.

    Deck files are treated as `import_paths` says. What another program's file holds is copied in
    with its history; the file is no source and is not read again of itself. When the same file is
    imported once more, cards that left it are retired, and answers given since come in. `columns`
    says which column of a table holds what (`srs.exchange.columns`). With `remember` deck files and
    folders are sources from here on.
    """
    options = options or Options()
    found = sort_paths(paths, options.format_name)
    rollover_hour = collection.settings.scheduling.rollover_hour
    here = Surroundings(collection.clock, rollover_hour, columns or {})
    foreign = [
        reader.read(file, here)
        for file, reader in followed(found.foreign, Stage.READING, options.progress)
    ]
    kept = [path for path in found.own if path.exists()] if remember else []
    report = import_paths(collection, found.own, options, foreign=foreign, remember=kept)
    if report.stored:
        for file in foreign:
            _take_media(collection, file, report)
    return report


def _take_media(collection: Collection, file: ForeignFile, report: ImportReport) -> None:
    if file.media:
        # Imported here: few decks hold pictures.
        from srs.exchange.media import take

        report.warnings += take(collection, file)
