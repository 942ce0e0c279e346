"""What an import finds at the paths it was given: files to read, files that are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.files import find_decks, not_found, questions_in_readme
from srs.deck.model import Problem
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest import files
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.progress import Progress
from srs.store.queue import Execute


@dataclass(slots=True)
class Plan:
    """What an import is given: the files read, what cannot be, the decks that are gone.

    `hints` are warnings of what lies there and is not taken.
    """

    reads: list[FileRead] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    vanished: list[KnownDeck] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)


def known_decks(execute: Execute) -> dict[str, KnownDeck]:
    """Return every deck the collection knows, by its stored path."""
    rows = execute("SELECT id, path, digest, size, mtime_ns, retired FROM deck", {})
    return {row[1]: KnownDeck(*row) for row in rows}


def deck_files(collection: Collection, path: Path) -> list[Path]:
    """Return the deck files at a path; of the bundled ones, those the person has no copy of."""
    found = list(find_decks([path]).files)
    if path.absolute() != locations.bundled_decks():
        return found
    copies = locations.personal_decks(collection.path)
    return [file for file in found if not (copies / file.name).exists()]


def look(
    collection: Collection,
    paths: Iterable[Path],
    known: dict[str, KnownDeck],
    *,
    format_name: str | None,
    retire: bool,
    tell: Progress | None,
) -> Plan:
    """Find and read what the paths hold; the options are those of an import."""
    plan = Plan()
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            _look_at_missing(path, known, plan, retire=retire)
            continue
        plan.problems += find_decks([path]).problems
        here = deck_files(collection, path)
        found |= {files.stored_path(file): file for file in here}
        if path.is_dir():
            gone = [
                deck
                for deck in _below(path, known)
                if not deck.retired and deck.path not in {files.stored_path(f) for f in here}
            ]
            if gone and not here and not retire:
                plan.problems.append(unconfirmed(path, "holds no decks any more"))
            else:
                plan.vanished += gone
    reads, problems = files.read(list(found.values()), known, format_name=format_name, tell=tell)
    plan.problems += problems
    for file in reads:
        deck = known.get(file.path)
        if retire and deck is not None and _is_empty(file):
            plan.vanished.append(deck)
        else:
            plan.reads.append(file)
    if not any(map(_may_have_cards, plan.reads)):
        readmes = (questions_in_readme(p, format_name) for p in paths if p.is_dir())
        plan.hints += filter(None, readmes)
    return plan


def _may_have_cards(file: FileRead) -> bool:
    deck = file.reading.deck if file.reading is not None else None
    return deck is None or bool(deck.notes)


def _is_empty(file: FileRead) -> bool:
    return file.reading is not None and any(p.code == "empty-file" for p in file.reading.warnings)


def _look_at_missing(path: Path, known: dict[str, KnownDeck], plan: Plan, *, retire: bool) -> None:
    gone = [deck for deck in [*_below(path, known), *_at(path, known)] if not deck.retired]
    if gone and retire:
        plan.vanished += gone
    elif gone:
        plan.problems.append(unconfirmed(path, "is gone"))
    else:
        plan.problems.append(not_found(path))


def unconfirmed(path: Path, what: str) -> Problem:
    """Return the problem that cards would be retired, which has to be confirmed."""
    return Problem(
        str(path),
        1,
        1,
        "retire-unconfirmed",
        f"it {what}, so nothing was retired; if that is meant, run srs import --retire {path}",
    )


def _below(folder: Path, known: dict[str, KnownDeck]) -> list[KnownDeck]:
    if folder.absolute() == locations.bundled_decks():
        start = locations.BUNDLED
    else:
        start = f"{folder.absolute()}/"
    return [deck for path, deck in known.items() if path.startswith(start)]


def _at(path: Path, known: dict[str, KnownDeck]) -> list[KnownDeck]:
    deck = known.get(files.stored_path(path))
    return [] if deck is None else [deck]
