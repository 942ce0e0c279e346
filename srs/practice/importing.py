"""Bringing files into the collection, as the faces do it: look first, ask, store, take back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from srs.exchange.importing import import_any, sort_paths
from srs.practice.phrases import cards
from srs.store import decisions, locations, sources
from srs.store.collection import Collection
from srs.store.decisions import StoredDecision
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options

COMPLETED = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """What a path may go on as: the longest common beginning, and the first few that have it."""

    common: str
    choices: tuple[str, ...]


def bring_in(collection: Collection, paths: Sequence[Path], options: Options) -> ImportReport:
    """Import files and folders, and remember them as sources if that stored anything."""
    report = import_any(collection, paths, options)
    if report.stored:
        own = sort_paths(paths, options.format_name).own
        kept = [path for path in own if path.exists()]
        sources.remember(collection, kept, format_name=options.format_name)
    return report


def bring_in_again(collection: Collection, options: Options) -> ImportReport:
    """Import what was imported before; on an empty collection the decks that come with srs."""
    if sources.is_empty(collection):
        return bring_in(collection, [locations.bundled_decks()], options)
    return sources.reread(collection, thoroughly=True, options=options)


def nothing_yet(collection: Collection) -> bool:
    """Tell whether nothing was ever brought in."""
    return sources.is_empty(collection)


def lacks_bundled(collection: Collection) -> bool:
    """Tell whether the decks that come with srs were never brought in."""
    return not sources.has(collection, locations.bundled_decks())


def take_back(collection: Collection, number: int) -> StoredDecision:
    """Take back a decision, or the taking back; raises SrsError when its cards have changed."""
    return decisions.take_back(collection, number)


def look(collection: Collection, path: Path, options: Options) -> ImportReport:
    """Return what importing a file or folder would do, and store nothing."""
    return import_any(collection, [path], replace(options, dry_run=True))


def typed_path(text: str) -> Path:
    """Return the path that was typed or pasted: with `~`, in quotes, or with escaped spaces."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    text = text.removeprefix("file://")
    path = Path(text).expanduser()
    if not path.exists() and "\\ " in text:
        path = Path(text.replace("\\ ", " ")).expanduser()
    return path


def completion(text: str) -> Completion:
    """Return how a path that is being typed may go on: folders, and files that may hold cards."""
    folder, _, start = text.rpartition("/")
    place = Path(f"{folder}/" if folder or text.startswith("/") else ".").expanduser()
    found: list[str] = []
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(start) and entry.name[:1] != "." * (start[:1] != "."):
                    found.append(entry.name + ("/" if entry.is_dir() else ""))
    except (OSError, ValueError):
        return Completion(text, ())
    if not found:
        return Completion(text, ())
    head = text[: len(text) - len(start)]
    common = os.path.commonprefix(found)  # noqa: RUF071 -- letters are typed, not parts
    return Completion(head + common, tuple(sorted(found)[:COMPLETED]))


def changes_in_words(report: ImportReport) -> str:
    """Return which cards are not as they were: `3 added, 1 updated`; empty when all are."""
    return ", ".join(f"{count} {word}" for count, word in _changes(report) if count)


def counts_in_words(report: ImportReport) -> str:
    """Return what became of every card: `3 added, 18 unchanged`; empty when there is none."""
    unchanged = f"{report.unchanged} unchanged" if report.unchanged else ""
    return ", ".join(part for part in (changes_in_words(report), unchanged) if part)


def closing_line(report: ImportReport) -> str:
    """Return what an import did, as a sentence."""
    changes = changes_in_words(report)
    left = f" {files(len(report.left_out))} left out." if report.left_out else ""
    if not changes:
        return f"Nothing changed: {cards(report.unchanged)} as before.{left}"
    return f"Imported: {changes}.{left}"


def files(count: int) -> str:
    """Return a number of files in words."""
    return f"{count} file" if count == 1 else f"{count} files"


def _changes(report: ImportReport) -> list[tuple[int, str]]:
    return [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.moved, "moved"),
        (report.revived, "back again"),
        (report.retired, "retired"),
    ]
