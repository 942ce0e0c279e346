"""Question and answer on one line: `front::back`, and `front:::back` for both ways."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from srs.deck.inline import Scanner, Sort

# The signs between two sides, longest first, and whether each asks both ways.
Separators: TypeAlias = tuple[tuple[str, bool], ...]
COLONS: Separators = ((":::", True), ("::", False))

# Anki's `{{c1::text::hint}}`, whose colons part no two sides.
ANKI_CLOZE = re.compile(r"\{\{c\d+::")
_ANKI_DELETION = re.compile(ANKI_CLOZE.pattern + r"(?:.{0,1000}?\}\}(?!\}))?")

_HIDING = (Sort.CODE, Sort.MATH, Sort.HTML, Sort.COMMENT)


class Pair(NamedTuple):
    """The two sides of a line, and whether it asks both ways."""

    front: str
    back: str
    reverse: bool


def split_pair(line: str, separators: Separators = COLONS) -> Pair | None:
    """Split a line at a separator outside code, mathematics, HTML and Anki's deletions.

    The longest separator that the line holds decides, at its first place with a text on both
    sides. None if there is no such place.
    """
    if not any(sign in line for sign, _ in separators):
        return None
    hidden = hidden_places(line)
    clozes = [found.span() for found in _ANKI_DELETION.finditer(line)]
    for sign, reverse in separators:
        start = line.find(sign)
        while start >= 0:
            end = start + len(sign)
            is_out = not (is_hidden(start, hidden) or is_hidden(start, clozes))
            if is_out and not _is_part_of_a_run(line, start, end):
                front, back = line[:start].strip(), line[end:].strip()
                if front and back:
                    return Pair(front, back, reverse)
            start = line.find(sign, end)
    return None


def hidden_places(text: str) -> list[tuple[int, int]]:
    """Return where code, mathematics and HTML stand in a run of inline text."""
    scanner = Scanner(text)
    places: list[tuple[int, int]] = []
    position = 0
    while piece := scanner.next(position):
        position = piece.end
        if piece.sort in _HIDING:
            places.append((piece.start, piece.end))
    return places


def is_hidden(place: int, hidden: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place lies in one of the ranges, which are in order."""
    index = bisect_right(hidden, place, key=lambda each: each[0]) - 1
    return index >= 0 and place < hidden[index][1]


def _is_part_of_a_run(line: str, start: int, end: int) -> bool:
    """Tell whether `::` and its like are cut out of a longer run, as in `::::`."""
    sign = line[start]
    if line[start:end].strip(sign):
        return False
    return line[start - 1 : start] == sign or line[end : end + 1] == sign
