"""The two sides of an Anki card, as HTML and as Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple

from srs.deck.text import without_controls
from srs.exchange.anki.cloze import Cloze
from srs.exchange.anki.notetypes import NoteType
from srs.exchange.anki.templates import Rendering, render
from srs.exchange.escaping import without_tags
from srs.exchange.html import markdown_of
from srs.exchange.simple_html import RULE

_RULE = RULE.strip()
# Stands for the question where the answer repeats it.
_FRONT_SIDE = "\ue020"
_ANSWER_RULE = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)


class NoteRow(NamedTuple):
    """A note as the database has it, with the name of the deck of its first card."""

    id: int
    guid: str
    type_id: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


class Html(NamedTuple):
    """A card's sides as Anki shows them. `hints` are behind links there; `typed` is asked for."""

    question: str
    answer: str
    hints: tuple[str, ...]
    typed: bool


class Sides(NamedTuple):
    """A card's sides as Markdown; the answer does not repeat the question."""

    question: str
    answer: str
    hints: tuple[str, ...]
    typed: bool


def card_html(note: NoteRow, kind: NoteType, ord_: int, deck: str) -> Html | None:
    """Return the sides of a card, None where its template is missing or cannot be read."""
    return _rendered(note, kind, ord_, deck, None)


def card_sides(note: NoteRow, kind: NoteType, ord_: int, deck: str) -> Sides | None:
    """Return the same as Markdown; hints are those of the question, else of the answer."""
    html = _rendered(note, kind, ord_, deck, _FRONT_SIDE)
    if html is None:
        return None
    hints = tuple(filter(None, (text_of(hint) for hint in html.hints)))
    return Sides(text_of(html.question), text_of(own_answer(html.answer)), hints, html.typed)


def own_answer(html: str) -> str:
    """Return what an answer adds to the question: what follows the rule between them, if any."""
    parts = _ANSWER_RULE.split(html, maxsplit=1)
    if len(parts) == 2 and (without_tags(parts[1]) or "<img" in parts[1].lower()):
        return parts[1].replace(_FRONT_SIDE, "")
    return "".join(parts).replace(_FRONT_SIDE, "")


def text_of(html: str) -> str:
    """Return HTML as the Markdown of a note, without rules around it, which part nothing there."""
    lines = without_controls(markdown_of(html)).split("\n")
    while lines and lines[0].strip() in ("", _RULE):
        del lines[0]
    while lines and lines[-1].strip() in ("", _RULE):
        del lines[-1]
    return "\n".join(lines)


def special_fields(note: NoteRow, kind: NoteType, ord_: int, deck: str) -> dict[str, str]:
    """Return the note's fields and Anki's special ones, by name."""
    template = kind.templates.get(0 if kind.is_cloze else ord_)
    special = {
        "Tags": " ".join(note.tags),
        "Type": kind.name,
        "Deck": deck,
        "Subdeck": deck.rpartition("::")[2],
        "Card": template.name if template else "",
        "CardFlag": "",
    }
    return special | dict(zip(kind.fields, note.fields, strict=False))


def _rendered(
    note: NoteRow, kind: NoteType, ord_: int, deck: str, front_side: str | None
) -> Html | None:
    template = kind.templates.get(0 if kind.is_cloze else ord_)
    if template is None or template.question is None or template.answer is None:
        return None
    fields = special_fields(note, kind, ord_, deck)
    number = ord_ + 1
    asking = Rendering(fields, number, lambda text: Cloze(text).question(number))
    question = render(template.question, asking)
    fields = fields | {"FrontSide": question if front_side is None else front_side}
    telling = Rendering(fields, number, lambda text: Cloze(text).answer(number), is_answer=True)
    answer = render(template.answer, telling)
    hints = asking.hints or telling.hints
    return Html(question, answer, tuple(hints), bool(asking.typed))
