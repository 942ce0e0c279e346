"""CrowdAnki's JSON: a deck with its children, its kinds of notes and its notes.

Source: https://github.com/Stvad/CrowdAnki. It holds no history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from srs.deck.model import Deck, Note, Problem, Severity
from srs.exchange.anki.cloze import Cloze
from srs.exchange.anki.notes import Place, convert, is_occlusion
from srs.exchange.anki.notetypes import NoteType, template
from srs.exchange.anki.sides import NoteRow
from srs.exchange.anki.templates import is_nothing, shows_a_field
from srs.exchange.readers import Surroundings
from srs.exchange.topics import topic_of
from srs.store.ingest.foreign import ForeignDeck, ForeignFile

FORMAT = "crowdanki"
LARGEST = 200 << 20
DEEPEST = 50


class CrowdAnkiError(Exception):
    """The file is no deck of CrowdAnki."""


def read_crowdanki(path: Path, surroundings: Surroundings) -> ForeignFile:
    """Read a `deck.json`; what is wrong with it is among the problems of the result."""
    try:
        reader = _Reader(path)
        decks = list(reader.decks(_load(path), "", 0))
    except CrowdAnkiError as error:
        problem = Problem(str(path), 1, 1, "no-crowdanki", str(error))
        return ForeignFile(path, FORMAT, problems=(problem,))
    return ForeignFile(
        path, FORMAT, tuple(map(ForeignDeck, decks)), tuple(reader.problems), reader.media
    )


def _load(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CrowdAnkiError(f"the file cannot be read ({error.strerror})") from None
    if len(data) > LARGEST:
        raise CrowdAnkiError("the file is larger than 200 MB; split it")
    try:
        return json.loads(data)
    except UnicodeDecodeError:
        raise CrowdAnkiError("the file is not UTF-8 text") from None
    except ValueError as error:
        raise CrowdAnkiError(f"the file is no JSON ({error})") from None
    except RecursionError:
        raise CrowdAnkiError("the file is nested too deeply") from None


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._kinds: dict[str, NoteType] = {}
        self._number = 0
        self.problems: list[Problem] = []
        self.media: dict[str, str] = {}

    def decks(self, found: Any, above: str, depth: int) -> Iterator[Deck]:
        """Yield a deck that has notes, and those below it."""
        if not isinstance(found, dict) or found.get("__type__") != "Deck":
            if isinstance(found, dict) and found.get("format") == "srs-collection":
                raise CrowdAnkiError("this is a whole collection; give it to srs import by itself")
            raise CrowdAnkiError("the file is neither a deck of CrowdAnki nor a collection of srs")
        if depth > DEEPEST:
            raise CrowdAnkiError("its decks are nested too deeply")
        name = str(found.get("name") or self._path.parent.name)
        if above and not name.startswith(f"{above}::"):
            name = f"{above}::{name}"
        self.media |= {file: file for file in _texts(found.get("media_files"))}
        for model in _dicts(found.get("note_models")):
            self._kinds[str(model.get("crowdanki_uuid"))] = _kind_of(model)
        notes, skipped = [], 0
        for entry in _dicts(found.get("notes")):
            self._number += 1
            note = self._note(entry, name)
            if note is None:
                skipped += 1
            else:
                notes.append(note)
        if notes or skipped:
            yield Deck(name, topic_of(name, ()), tuple(notes), skipped)
        for child in _dicts(found.get("children")):
            yield from self.decks(child, name, depth + 1)

    def _note(self, entry: Mapping[str, Any], deck: str) -> Note | None:
        kind = self._kinds.get(str(entry.get("note_model_uuid")))
        if kind is None:
            self._warn("its kind of note is not in the file")
            return None
        if any(each.question is None for each in kind.templates.values()):
            self._warn("its template cannot be read")
            return None
        fields = _texts(entry.get("fields"))
        tags = tuple(tag for tag in _texts(entry.get("tags")) if tag.strip())
        row = NoteRow(self._number, str(entry.get("guid", "")), 0, tags, tuple(fields))
        if is_occlusion(row, kind):
            self._warn("it hides parts of a picture, which a terminal cannot show")
            return None
        place = Place(deck, topic_of(deck, tags), self._number)
        converted = convert(row, kind, _cards_of(row, kind), place)
        if converted is None:
            return None
        return replace(converted.note, explicit_id=row.guid or None)

    def _warn(self, what: str) -> None:
        message = f"note {self._number} was left out: {what}"
        self.problems.append(
            Problem(str(self._path), 1, 1, "note-left-out", message, Severity.WARNING)
        )


def _kind_of(model: Mapping[str, Any]) -> NoteType:
    templates = [
        template(str(each.get("name")), str(each.get("qfmt", "")), str(each.get("afmt", "")))
        for each in _dicts(model.get("tmpls"))
    ]
    names = tuple(str(each.get("name")) for each in _dicts(model.get("flds")))
    is_cloze = model.get("type") == 1
    return NoteType(str(model.get("name")), is_cloze, names, dict(enumerate(templates)))


def _cards_of(note: NoteRow, kind: NoteType) -> Sequence[int]:
    """Return the places of the cards that Anki would make of a note, from 0."""
    if not kind.is_cloze:
        fields = zip(kind.fields, note.fields, strict=False)
        said = [name for name, text in fields if not is_nothing(text)]
        kinds = sorted(kind.templates.items())
        made = [ord_ for ord_, each in kinds if shows_a_field(each.question or (), said)]
        return made or sorted(kind.templates)[:1]
    return sorted({number - 1 for field in note.fields for number in Cloze(field).numbers})


def _texts(found: Any) -> list[str]:
    return [str(each) for each in found] if isinstance(found, list) else []


def _dicts(found: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))
