"""A note as the fields of an Anki note, and the kinds of notes they are fields of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from srs.deck.cards import BACK, card_keys, faces
from srs.deck.cloze import deletions
from srs.deck.model import Kind, Note
from srs.render.html import Picture, html

SEPARATOR = "\x1f"
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_MATH = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_HOLE = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
_HINTS = "{{#Hints}}<p class=hint>{{hint:Hints}}</p>{{/Hints}}"
_REST = "{{#Source}}<p class=source>{{Source}}</p>{{/Source}}"
_ANSWER = "{{FrontSide}}<hr id=answer>"
CSS = (
    ".card { font-family: sans-serif; font-size: 18px; max-width: 44em; margin: auto; }\n"
    "pre { text-align: left; overflow-x: auto; padding: 0.5em; }\n"
    ".hint, .source { color: gray; font-size: 80%; }\n"
    ".cloze { font-weight: bold; }"
)


class Template(NamedTuple):
    """One card of a kind of note: its name, and what it shows before and after the answer."""

    name: str
    question: str
    answer: str


class NoteKind(NamedTuple):
    """A kind of note: its name, the names of its fields, its cards."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False


def kind_of(note: Note) -> NoteKind:
    """Return the kind that a note is in Anki."""
    if note.asks:
        return _of_asks(len(note.asks))
    typed = "type:" if note.type_in else ""
    if note.kind is Kind.CLOZE:
        text = f"{{{{cloze:Text}}}}{_typed('cloze:', 'Text') if typed else ''}"
        return NoteKind(
            f"srs cloze{' typed' if typed else ''}",
            ("Text", "Hints", "Source"),
            (Template("Cloze", text + _HINTS, text + _REST),),
            is_cloze=True,
        )
    typing = _typed("", "Back") if typed else ""
    templates = [
        Template(
            "Front",
            f"{{{{Front}}}}{typing}{_HINTS}",
            # As Anki's own typed kind: the answer names the field, for readers that look there.
            (f"{{{{Front}}}}<hr id=answer>{typing}" if typing else f"{_ANSWER}{{{{Back}}}}")
            + _REST,
        )
    ]
    if note.kind is Kind.BASIC and note.reverse:
        templates.append(
            Template("Back", f"{{{{Back}}}}{_HINTS}", f"{_ANSWER}{{{{Front}}}}{_REST}")
        )
    name = "srs basic" + (" typed" if typed else "") + (" reversed" if note.reverse else "")
    return NoteKind(name, ("Front", "Back", "Hints", "Source"), tuple(templates))


def fields_of(note: Note, picture: Picture) -> list[str]:
    """Return the values of the note's fields, as HTML."""
    if note.asks:
        return [html(text, picture) for ask in note.asks for text in (ask.question, ask.answer)]
    rest = ["<br>".join(html(hint, picture) for hint in note.hints)]
    rest.append(html(note.source, picture) if note.source else "")
    if note.kind is Kind.CLOZE:
        return [_cloze(note.front, picture), *rest]
    shown = faces(note, card_keys(note)[0])
    if note.type_in and shown.expected is not None:
        return [html(shown.question, picture), _text(shown.expected), *rest]
    return [html(shown.question, picture), html(shown.answer, picture), *rest]


def place_of(note: Note, key: str) -> int:
    """Return the place, from 0, of a card among those of its note's kind."""
    if key == BACK:
        return 1
    return card_keys(note).index(key)


def plain(field: str) -> str:
    """Return a field without its tags, as Anki sorts and compares it."""
    return " ".join(_TAGS.sub("", field).split())


def _of_asks(count: int) -> NoteKind:
    numbers = [""] if count == 1 else [f" {number}" for number in range(1, count + 1)]
    fields = tuple(f"{part}{n}" for n in numbers for part in ("Question", "Answer"))
    templates = tuple(
        Template(f"Card{n}", f"{{{{Question{n}}}}}", f"{_ANSWER}{{{{Answer{n}}}}}") for n in numbers
    )
    return NoteKind(f"srs {count} questions", fields, templates)


def _typed(filters: str, field: str) -> str:
    return f"<p>{{{{type:{filters}{field}}}}}</p>"


def _text(text: str) -> str:
    return escape(text, quote=False)


def _cloze(text: str, picture: Picture) -> str:
    pieces = []
    position = 0
    for span in deletions(text):
        pieces += [text[position : span.start], _OPEN, text[span.start + 1 : span.end - 1], _CLOSE]
        position = span.end
    shown = _harmless(html("".join([*pieces, text[position:]]), picture))
    number = 0

    def deletion(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{{{{c{number}::{_without_hint(found[1])}}}}}"

    return _HOLE.sub(deletion, shown)


def _harmless(text: str) -> str:
    """Part the braces that Anki would take for the start or the end of a deletion."""
    return _outside_math(text, {"{{": "{<!-- -->{", "}}": "}<!-- -->}"}, {"{{": "{ {", "}}": "} }"})


def _without_hint(text: str) -> str:
    """Part the colons that Anki would take for the start of a hint."""
    return _outside_math(text, {"::": ":<!-- -->:"}, {"::": ":{}:"})


def _outside_math(text: str, outside: Mapping[str, str], inside: Mapping[str, str]) -> str:
    pieces = []
    position = 0
    for found in _MATH.finditer(text):
        pieces += [_replaced(text[position : found.start()], outside)]
        pieces += [_replaced(found.group(), inside)]
        position = found.end()
    return "".join([*pieces, _replaced(text[position:], outside)])


def _replaced(text: str, signs: Mapping[str, str]) -> str:
    for sign, other in signs.items():
        # Twice, since three braces in a row hold two pairs.
        text = text.replace(sign, other).replace(sign, other)
    return text
