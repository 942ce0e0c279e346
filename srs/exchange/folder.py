"""Living cards as deck files of our own format: a file for all, or a folder with a file a deck."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.model import Note
from srs.deck.topics import slug
from srs.errors import SrsError
from srs.exchange.markdown import Written, write_deck
from srs.exchange.writing import refuse_existing, whole_file
from srs.store import locations, sources
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.living import LivingDeck, living_decks
from srs.store.queue import Scope

MOST_PARTS = 20


@dataclass(slots=True)
class Files:
    """What was written. `escaped` notes were changed so that they read back, `left` ones are out.

    `decks` maps the ids of the collection's decks to their files.
    """

    files: list[Path] = field(default_factory=list)
    notes: int = 0
    escaped: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)
    decks: dict[int, Path] = field(default_factory=dict)


def write_file(
    collection: Collection, target: Path, scope: Scope | None = None, *, force: bool = False
) -> Files:
    """Write the living notes of a scope to one deck file."""
    with collection.reading_sql() as execute:
        decks = list(living_decks(execute, scope))
    if not decks:
        raise SrsError("There is nothing to write: no card is asked there.")
    name = decks[0].name if len(decks) == 1 else target.stem
    written = write_deck(name, [each.note for deck in decks for each in deck.notes])
    found = Files()
    _put(target, written, found, force=force)
    found.left = written.left
    return found


def write_folder(
    collection: Collection, folder: Path, scope: Scope | None = None, *, force: bool = False
) -> Files:
    """Write a file for every living deck of a scope into a folder; it must be empty or new.

    Notes that would change beside the others of their deck go to a second file of it.
    """
    with collection.reading_sql() as execute:
        return _write_decks(living_decks(execute, scope), folder, force=force)


def take_over(
    collection: Collection, folder: Path, scope: Scope | None = None, *, force: bool = False
) -> tuple[Files, ImportReport]:
    """Write whole decks to a folder and make its files the decks' own from here on.

    They are those of a scope that came out of another program's file; any other deck has a file.
    Raises SrsError, with nothing changed in the collection, when a deck has a note that our format
    cannot hold.
    """
    with collection.reading_sql() as execute:
        decks = [d for d in living_decks(execute, scope) if locations.is_foreign(d.path)]
    if not decks:
        raise SrsError("Every deck there is a deck file already; edit it where srs decks says.")
    for deck in decks:
        if any(each.note.asks for each in deck.notes):
            raise SrsError(
                f"The deck {deck.name!r} has notes with templates of their own, which a deck file "
                "cannot hold; name the others with --deck, or leave --own out."
            )
    files = _write_decks(decks, folder, force=force)
    if files.left:
        raise SrsError(
            f"{folder} is written, but {len(files.left)} notes are not in it, so the decks stay "
            f"where they were; the first is: {files.left[0].front[:60]!r}"
        )
    return files, sources.move_decks(collection, files.decks, folder)


def _write_decks(decks: Iterable[LivingDeck], folder: Path, *, force: bool) -> Files:
    if folder.exists() and not folder.is_dir():
        refuse_existing(folder, force=False)
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise SrsError(f"{folder} is not empty; name another folder, or add --force.")
    found = Files()
    taken: set[str] = set()
    for deck in decks:
        names = _file_names(deck, taken)
        notes = [each.note for each in deck.notes]
        for _ in range(MOST_PARTS):
            written = write_deck(deck.name, notes)
            if written.notes:
                path = folder / next(names)
                _put(path, written, found, force=force)
                found.decks.setdefault(deck.id, path)
            if not written.left or not written.notes:
                break
            notes = written.left
        found.left += written.left
    if not found.files:
        raise SrsError("There is nothing to write: no card is asked there.")
    return found


def _put(path: Path, written: Written, found: Files, *, force: bool) -> None:
    with whole_file(path, force=force) as unfinished:
        unfinished.write_text(written.text, encoding="utf-8", newline="\n")
    found.files.append(path)
    found.notes += len(written.notes)
    found.escaped += written.escaped


def _file_names(deck: LivingDeck, taken: set[str]) -> Iterator[str]:
    """Yield names of files for a deck that no other one of the folder has."""
    stem = "-".join(filter(None, map(slug, deck.name.split("::"))))[:80] or "deck"
    if stem in ("readme", "license", "changelog"):  # a folder's readers pass over these
        stem += "-deck"
    # Two decks of one name keep their files from one export to the next.
    mark = hashlib.blake2b(deck.uid, digest_size=3).hexdigest()
    for name in (stem, *(f"{stem}-{mark}-{part}" for part in range(1, MOST_PARTS + 2))):
        if name not in taken:
            taken.add(name)
            yield f"{name}.md"
