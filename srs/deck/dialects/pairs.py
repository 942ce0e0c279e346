"""Question and answer on one line: `front::back`, and `front:::back` for both ways."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from srs.deck.inline import Scanner, Sort

_SEPARATOR = re.compile(r"(?<!:):{2,3}(?!:)")
_HIDING = (Sort.CODE, Sort.MATH, Sort.HTML, Sort.COMMENT)


class Pair(NamedTuple):
    """The two sides of a line, and whether it asks both ways."""

    front: str
    back: str
    reverse: bool


def split_pair(line: str) -> Pair | None:
    """Split a line at its first `::` or `:::` outside code, mathematics and HTML.

    None if it has none, or nothing on one of its sides.
    """
    if "::" not in line:
        return None
    hidden = hidden_places(line)
    for found in _SEPARATOR.finditer(line):
        if is_hidden(found.start(), hidden):
            continue
        front, back = line[: found.start()].strip(), line[found.end() :].strip()
        return Pair(front, back, len(found.group()) == 3) if front and back else None
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
