"""Anki's card templates: field references, conditionals, filters, as HTML.

Source: https://docs.ankiweb.net/templates/intro.html; the rules are those of Anki's own renderer
(rslib/src/template.rs, rslib/src/template_filters.rs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from srs.exchange.anki.cloze import Cloze, has_deletion
from srs.exchange.escaping import without_tags

_DEEPEST = 50
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OLD_SYNTAX = "{{=<% %>=}}"
_TAG = re.compile(r"\{\{(.*?)\}\}|<%(.*?)%>", re.DOTALL)
_RUBY = re.compile(r" ?([^ >]+?)\[(.+?)\]")
_SOUND = re.compile(r"\[(?:sound|anki):[^]]*\]")
_NOTHING = re.compile(r"(?:[ \t\n\r\v\f]|</?(?:br|div) ?/?>)*", re.IGNORECASE)


class TemplateError(ValueError):
    """A template cannot be rendered: a conditional that is not closed, or closed wrongly."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`{{filter:…:name}}`; the filters are in the order in which they are applied."""

    name: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """`{{#name}}…{{/name}}`, or its negation `{{^name}}`."""

    name: str
    wanted: bool
    inside: tuple[Part, ...]


Part = str | Reference | Conditional


@dataclass(slots=True)
class Rendering:
    """How one side of one card is rendered.

    `fields` holds the note's fields, by name, and Anki's special ones. `ordinal` is the number of
    the cloze card, from 1. `cloze` shows the text of a cloze field. `hints` collects what hides
    behind hint links, which is left out of the text; `typed` the fields to be typed, which only
    the answer shows.
    """

    fields: Mapping[str, str]
    ordinal: int
    cloze: Callable[[str], str]
    is_answer: bool = False
    hints: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


def parse(template: str) -> tuple[Part, ...]:
    """Return the parts of a template; raises TemplateError when conditionals do not match."""
    if template.lstrip().startswith(_OLD_SYNTAX):
        template = template.lstrip().removeprefix(_OLD_SYNTAX)
        pattern = _TAG
    else:
        pattern = re.compile(r"\{\{(.*?)\}\}()", re.DOTALL)
    found: list[list[Part]] = [[]]
    opened: list[tuple[str, bool]] = []
    position = 0
    for tag in _tags(pattern, template):
        if tag.start() > position:
            found[-1].append(template[position : tag.start()])
        position = tag.end()
        inside = (tag.group(1) or tag.group(2) or "").strip("{").strip()
        sign, name = inside[:1], inside[1:].strip()
        if sign in ("#", "^"):
            opened.append((name, sign == "#"))
            found.append([])
            if len(opened) > _DEEPEST:
                raise TemplateError("conditionals are nested too deeply")
        elif sign == "/":
            if not opened or opened[-1][0] != name:
                raise TemplateError(f"{{{{/{name}}}}} closes nothing that is open")
            inner = tuple(found.pop())
            found[-1].append(Conditional(*opened.pop(), inner))
        else:
            *filters, key = inside.split(":")
            found[-1].append(Reference(key.strip(), tuple(reversed([f.strip() for f in filters]))))
    if opened:
        raise TemplateError(f"{{{{#{opened[-1][0]}}}}} is not closed")
    found[-1].append(template[position:])
    return tuple(part for part in found[-1] if part != "")


def render(parts: Sequence[Part], rendering: Rendering) -> str:
    """Return one side as HTML."""
    shown = []
    for part in parts:
        if isinstance(part, str):
            shown.append(part)
        elif isinstance(part, Conditional):
            if _holds(part.name, rendering) is part.wanted:
                shown.append(render(part.inside, rendering))
        else:
            shown.append(_referred(part, rendering))
    return "".join(shown)


def references(parts: Sequence[Part]) -> list[Reference]:
    """Return all references of a template, also those within conditionals."""
    found = []
    for part in parts:
        if isinstance(part, Reference):
            found.append(part)
        elif isinstance(part, Conditional):
            found += references(part.inside)
    return found


def shows_a_field(parts: Sequence[Part], said: Collection[str]) -> bool:
    """Tell whether a template shows one of the fields that say something.

    Only then does Anki make a card of it, whatever else the template says (`renders_with_fields`
    in rslib/src/template.rs).
    """
    return any(
        part.name in said
        if isinstance(part, Reference)
        else part.wanted is (part.name in said) and shows_a_field(part.inside, said)
        for part in parts
        if not isinstance(part, str)
    )


def _tags(pattern: re.Pattern[str], template: str) -> list[re.Match[str]]:
    comments = [found.span() for found in _COMMENT.finditer(template)]
    return [
        tag
        for tag in pattern.finditer(template)
        if not any(start <= tag.start() < end for start, end in comments)
    ]


def _holds(name: str, rendering: Rendering) -> bool:
    if name in rendering.fields:
        return not is_nothing(rendering.fields[name])
    # {{#c2}} holds on the second cloze card.
    return bool(re.fullmatch(r"c\d+", name)) and int(name[1:]) == rendering.ordinal


def is_nothing(html: str) -> bool:
    """Tell whether a field says nothing, as Anki's conditionals understand it."""
    return _NOTHING.fullmatch(html) is not None


def _referred(reference: Reference, rendering: Rendering) -> str:
    text = rendering.fields.get(reference.name, "")
    for name in reference.filters:
        text = _filtered(name, text, rendering)
    return text


def _filtered(name: str, text: str, rendering: Rendering) -> str:
    match name.split(" ")[0]:
        case "text":
            return without_tags(text)
        case "cloze":
            return rendering.cloze(text) if has_deletion(text, rendering.ordinal) else ""
        case "cloze-only":
            return ", ".join(Cloze(text).asked(rendering.ordinal))
        case "type":
            rendering.typed.append(text)
            return text if rendering.is_answer else ""
        case "hint":
            if not is_nothing(text):
                rendering.hints.append(text)
            return ""
        case "tts" | "tts-voices":
            return ""
        case "kanji":
            return _RUBY.sub(_base, text)
        case "kana":
            return _RUBY.sub(_reading, text)
        case "furigana":
            return _RUBY.sub(_base_and_reading, text)
        case _:
            return text


def _base(found: re.Match[str]) -> str:
    return found.group(0) if _SOUND.search(found.group(0)) else found.group(1)


def _reading(found: re.Match[str]) -> str:
    return found.group(0) if _SOUND.search(found.group(0)) else found.group(2)


def _base_and_reading(found: re.Match[str]) -> str:
    if _SOUND.search(found.group(0)):
        return found.group(0)
    return f"{found.group(1)}（{found.group(2)}）"
