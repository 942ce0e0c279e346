"""Anki's notes as ours: which form each takes, and which of our cards is which of Anki's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from srs.deck.cards import BACK, FRONT, card_keys
from srs.deck.model import Ask, Kind, Note
from srs.deck.text import without_controls
from srs.exchange.anki.cloze import Cloze
from srs.exchange.anki.notetypes import NoteType
from srs.exchange.anki.sides import NoteRow, Sides, card_sides, special_fields, text_of
from srs.exchange.anki.templates import Rendering, references, render
from srs.exchange.escaping import without_tags
from srs.exchange.html import markdown_of
from srs.exchange.topics import without_mark

_OPEN, _CLOSE = "\ue010", "\ue011"
_WHOLE = "\ue012"
_OURS = re.compile("[\ue010-\ue02f]")
_DELETED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_KEY_COUNT = re.compile(r"#\d+\Z")


class Place(NamedTuple):
    """Where a note goes: its Anki deck, its topic, its place in the deck (or file) from 1."""

    deck: str
    topic: str
    line: int


class Converted(NamedTuple):
    """A note with the key of our card for each of Anki's, by its number in the note from 0."""

    note: Note
    keys: dict[int, str]


def is_occlusion(note: NoteRow, kind: NoteType) -> bool:
    """Tell whether a note asks for places on a picture, which a terminal cannot show."""
    return kind.is_cloze and any(Cloze(field).is_occlusion for field in note.fields[:1])


def convert(note: NoteRow, kind: NoteType, ords: Sequence[int], place: Place) -> Converted | None:
    """Return a note with the cards it has in Anki, None where none of them has a question."""
    note = note._replace(fields=tuple(_OURS.sub("", field) for field in note.fields))
    if kind.is_cloze:
        native = _native_cloze(note, kind, ords, place)
        if native is not None:
            return native
    found = {ord_: card_sides(note, kind, ord_, place.deck) for ord_ in ords}
    sides = {ord_: side for ord_, side in found.items() if side is not None and side.question}
    if not sides:
        return None
    if not kind.is_cloze and 0 in sides:
        plain = _plain(note, kind, sides, place)
        if plain is not None:
            return plain
    return _asks(note, kind, sides, place)


def _note(note: NoteRow, place: Place, kind: Kind, front: str, back: str) -> Note:
    return Note(
        kind,
        front,
        back,
        place.topic,
        place.line,
        explicit_id=note.guid,
        tags=without_mark(note.tags),
    )


def _plain(
    note: NoteRow, kind: NoteType, sides: dict[int, Sides], place: Place
) -> Converted | None:
    """Return a note of one question, or of one that is asked both ways, None for any other."""
    first = sides[0]
    second = sides.get(1)
    if len(kind.templates) > 1 and second is None:
        second = card_sides(note, kind, 1, place.deck)
    mirrored = second is not None and second.question == first.answer != ""
    mirrored = mirrored and second is not None and second.answer == first.question
    others = [place for place in sides if place not in (0, 1)]
    if others or (second is not None and second.question and not mirrored):
        return None
    made = _note(note, place, Kind.BASIC, first.question, first.answer)
    made = _with(made, reverse=1 in sides, type_in=first.typed, hints=first.hints)
    return Converted(made, {0: FRONT, 1: BACK} if 1 in sides else {0: FRONT})


def _with(note: Note, *, reverse: bool, type_in: bool, hints: tuple[str, ...]) -> Note:
    from dataclasses import replace

    return replace(note, reverse=reverse, type_in=type_in, hints=hints)


def _asks(note: NoteRow, kind: NoteType, sides: dict[int, Sides], place: Place) -> Converted:
    names: dict[int, str] = {}
    for ord_ in sides:
        name = f"c{ord_ + 1}" if kind.is_cloze else kind.templates[ord_].name
        names[ord_] = name if name not in names.values() else f"{name} {ord_ + 1}"
    asks = tuple(Ask(names[ord_], s.question, s.answer) for ord_, s in sides.items())
    hints = {side.hints for side in sides.values()}
    made = _note(note, place, Kind.BASIC, asks[0].question, asks[0].answer)
    shared = hints.pop() if len(hints) == 1 else ()
    from dataclasses import replace

    made = replace(made, asks=asks, hints=shared)
    return Converted(made, dict(zip(sides, card_keys(made), strict=True)))


def _native_cloze(
    note: NoteRow, kind: NoteType, ords: Sequence[int], place: Place
) -> Converted | None:
    """Return a cloze in our own notation, None where it cannot say the same.

    It can where each card asks for one deletion that has no hint and lies in no other, and where
    the question is nothing but the text.
    """
    template = kind.templates.get(0)
    if template is None or template.question is None or template.answer is None:
        return None
    named = [each for each in references(template.question) if "cloze" in each.filters]
    if len(named) != 1:
        return None
    fields = special_fields(note, kind, 0, place.deck)
    cloze = Cloze(fields.get(named[0].name, ""))
    numbers = [number for deletion in cloze.deletions for number in deletion.numbers]
    if (
        cloze.is_nested
        or any(deletion.hint or len(deletion.numbers) != 1 for deletion in cloze.deletions)
        or sorted(numbers) != sorted(ord_ + 1 for ord_ in ords)
        or len(set(numbers)) != len(numbers)
    ):
        return None
    number = numbers[0]
    asking = Rendering(fields, number, lambda _: _WHOLE)
    if without_tags(render(template.question, asking)) != _WHOLE:
        return None
    telling = Rendering(fields | {"FrontSide": _WHOLE}, number, lambda _: _WHOLE, is_answer=True)
    before, *after = render(template.answer, telling).split(_WHOLE)
    if len(after) != 1 or without_tags(before):
        return None
    marked = "".join(
        part if isinstance(part, str) else f"{_OPEN}{''.join(map(str, part.parts))}{_CLOSE}"
        for part in cloze.parts
    )
    text = without_controls(markdown_of(marked, escape_brackets=True))
    inside = [" ".join(found.split()) for found in _DELETED.findall(text)]
    front = text.replace(_OPEN, "[").replace(_CLOSE, "]")
    back = text_of(after[0])
    hints = tuple(filter(None, map(text_of, asking.hints or telling.hints)))
    made = _note(note, place, Kind.CLOZE, front, back)
    made = _with(made, reverse=False, type_in=bool(asking.typed), hints=hints)
    keys = card_keys(made)
    if [_KEY_COUNT.sub("", key) for key in keys] != [
        _KEY_COUNT.sub("", f"cloze:{each}") for each in inside
    ] or len(keys) != len(numbers):
        return None
    return Converted(made, {number - 1: key for number, key in zip(numbers, keys, strict=True)})
