"""CrowdAnki's JSON: a deck with its children, its kinds of notes and its notes.

Source: https://github.com/Stvad/CrowdAnki. It holds no history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from srs.deck.model import Ask, Deck, Kind, Note, Problem, Severity
from srs.exchange.anki import templates
from srs.exchange.anki.cloze import Cloze
from srs.exchange.foreign_notes import answer_of, cloze_note, topic_of
from srs.exchange.html import markdown_of
from srs.exchange.readers import Surroundings
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
    return ForeignFile(path, FORMAT, tuple(map(ForeignDeck, decks)), tuple(reader.problems))


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
        self._models: dict[str, Mapping[str, Any]] = {}
        self._number = 0
        self.problems: list[Problem] = []

    def decks(self, found: Any, above: str, depth: int) -> Iterator[Deck]:
        """Yield a deck that has notes, and those below it."""
        if not isinstance(found, dict) or found.get("__type__") != "Deck":
            raise CrowdAnkiError("the file is neither a deck of CrowdAnki nor a collection of srs")
        if depth > DEEPEST:
            raise CrowdAnkiError("its decks are nested too deeply")
        name = str(found.get("name") or self._path.parent.name)
        if above and not name.startswith(f"{above}::"):
            name = f"{above}::{name}"
        for model in _dicts(found.get("note_models")):
            self._models[str(model.get("crowdanki_uuid"))] = model
        notes, skipped = [], 0
        for entry in _dicts(found.get("notes")):
            self._number += 1
            note = self._note(entry, name)
            if note is None:
                skipped += 1
            else:
                notes.append(note)
        if notes or skipped:
            yield Deck(name, topic_of((), name), tuple(notes), skipped)
        for child in _dicts(found.get("children")):
            yield from self.decks(child, name, depth + 1)

    def _note(self, entry: Mapping[str, Any], deck: str) -> Note | None:
        model = self._models.get(str(entry.get("note_model_uuid")))
        if model is None:
            self._warn("its kind of note is not in the file")
            return None
        names = [str(each.get("name")) for each in _dicts(model.get("flds"))]
        values = _texts(entry.get("fields"))
        fields = dict(zip(names, values, strict=False))
        tags = tuple(tag for tag in _texts(entry.get("tags")) if tag.strip())
        topic = topic_of(tags, deck)
        try:
            note = _note_of(model, fields, topic, self._number)
        except templates.TemplateError as error:
            self._warn(f"its template cannot be read: {error}")
            return None
        if note is None:
            return None
        return replace(note, tags=tags, explicit_id=str(entry["guid"]) if "guid" in entry else None)

    def _warn(self, what: str) -> None:
        message = f"note {self._number} was left out: {what}"
        self.problems.append(
            Problem(str(self._path), 1, 1, "note-left-out", message, Severity.WARNING)
        )


def _note_of(
    model: Mapping[str, Any], fields: Mapping[str, str], topic: str, line: int
) -> Note | None:
    if model.get("type") == 1:
        text = next((value for value in fields.values() if Cloze(value).numbers), "")
        rest = [value for value in fields.values() if value is not text and value.strip()]
        return cloze_note(text, "<br>".join(rest), topic, line)
    asks: list[Ask] = []
    for template in _dicts(model.get("tmpls")):
        question = _side(str(template.get("qfmt", "")), fields)
        if templates.is_nothing(question):
            continue
        front = markdown_of(question)
        told = answer_of(_side(str(template.get("afmt", "")), {**fields, "FrontSide": ""}))
        if front and told:
            asks.append(Ask(str(template.get("name", len(asks) + 1)), front, told))
    if not asks:
        return None
    if len(asks) == 1:
        return Note(Kind.BASIC, asks[0].question, asks[0].answer, topic, line)
    (first, second, *more) = asks
    if not more and (first.question, first.answer) == (second.answer, second.question):
        return Note(Kind.BASIC, first.question, first.answer, topic, line, reverse=True)
    return Note(Kind.BASIC, first.question, first.answer, topic, line, asks=tuple(asks))


def _side(template: str, fields: Mapping[str, str]) -> str:
    rendering = templates.Rendering(fields, 0, lambda text: text)
    return templates.render(templates.parse(template), rendering)


def _texts(found: Any) -> list[str]:
    return [str(each) for each in found] if isinstance(found, list) else []


def _dicts(found: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))
