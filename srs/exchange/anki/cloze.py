"""Anki's cloze deletions: `{{c1::text::hint}}`, nested or not.

Source: https://docs.ankiweb.net/editing.html#cloze-deletion; rslib/src/cloze.rs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_OPENING = re.compile(r"\{\{c([\d,]+)::")
_SIGN = re.compile(r"\{\{c([\d,]+)::|\}\}")
_OCCLUSION = "image-occlusion:"
_DEEPEST = 8


@dataclass(slots=True)
class Deletion:
    """One deletion: the numbers of the cards that ask for it, what is in it, the hint."""

    numbers: tuple[int, ...]
    parts: list[str | Deletion] = field(default_factory=list)
    hint: str | None = None


class Cloze:
    """The text of a cloze field."""

    def __init__(self, text: str) -> None:
        self.parts = _parse(text)

    @property
    def deletions(self) -> list[Deletion]:
        """All deletions, the outer before the inner."""
        return list(_all(self.parts))

    @property
    def numbers(self) -> set[int]:
        """The numbers of the cards that the text makes."""
        return {number for deletion in self.deletions for number in deletion.numbers}

    @property
    def is_nested(self) -> bool:
        """Whether a deletion lies in another."""
        return any(isinstance(p, Deletion) for d in self.deletions for p in d.parts)

    @property
    def is_occlusion(self) -> bool:
        """Whether the deletions are shapes on a picture."""
        return any(
            isinstance(p, str) and p.startswith(_OCCLUSION) for d in self.deletions for p in d.parts
        )

    def question(self, number: int) -> str:
        """Return the HTML with the deletions of a card hidden."""
        return "".join(_asked(part, number) for part in self.parts)

    def answer(self, number: int, opening: str = "<b>", closing: str = "</b>") -> str:
        """Return the HTML with the deletions of a card shown and marked."""
        return "".join(_told(part, number, opening, closing) for part in self.parts)

    def asked(self, number: int) -> list[str]:
        """Return the text of each deletion of a card."""
        return [_plain(d) for d in self.deletions if number in d.numbers]


def has_deletion(text: str, number: int) -> bool:
    """Tell whether a text has a deletion for a card."""
    return any(number in _numbers(found.group(1)) for found in _OPENING.finditer(text))


def _parse(text: str) -> list[str | Deletion]:
    whole: list[str | Deletion] = []
    opened: list[tuple[Deletion, str]] = []
    position = 0

    def put(part: str | Deletion) -> None:
        target = opened[-1][0].parts if opened else whole
        if part != "":
            target.append(part)

    for sign in _SIGN.finditer(text):
        if sign.group(1) is not None:
            if len(opened) >= _DEEPEST:
                continue
            put(text[position : sign.start()])
            opened.append((Deletion(_numbers(sign.group(1))), sign.group()))
        elif opened:
            put(text[position : sign.start()])
            deletion, _ = opened.pop()
            _split_hint(deletion)
            put(deletion)
        else:
            continue
        position = sign.end()
    put(text[position:])
    while opened:  # what is never closed is plain text
        deletion, start = opened.pop()
        put(start)
        for part in deletion.parts:
            put(part)
    return whole


def _split_hint(deletion: Deletion) -> None:
    for place, part in enumerate(deletion.parts):
        if isinstance(part, str) and "::" in part:
            before, _, hint = part.partition("::")
            rest = "".join(
                _plain(p) if isinstance(p, Deletion) else p for p in deletion.parts[place + 1 :]
            )
            deletion.hint = hint + rest
            deletion.parts = [*deletion.parts[:place], *([before] if before else [])]
            return


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number and len(number) < 6)


def _all(parts: list[str | Deletion]) -> Iterator[Deletion]:
    for part in parts:
        if isinstance(part, Deletion):
            yield part
            yield from _all(part.parts)


def _plain(part: str | Deletion) -> str:
    return part if isinstance(part, str) else "".join(map(_plain, part.parts))


def _asked(part: str | Deletion, number: int) -> str:
    if isinstance(part, str):
        return part
    if number in part.numbers:
        return f"[{part.hint or '…'}]"
    return "".join(_asked(each, number) for each in part.parts)


def _told(part: str | Deletion, number: int, opening: str, closing: str) -> str:
    if isinstance(part, str):
        return part
    inside = "".join(_told(each, number, opening, closing) for each in part.parts)
    return f"{opening}{inside}{closing}" if number in part.numbers else inside
