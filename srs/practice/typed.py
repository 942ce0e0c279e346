"""Comparing a typed answer with the expected one, letter by letter."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same in both, missing from what was typed, or too much."""

    text: str
    kind: Literal["same", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a typed answer is right, and where it differs from the expected one."""

    correct: bool
    pieces: tuple[Piece, ...]


def compare(typed: str, expected: str) -> Comparison:
    """Compare a typed answer with the expected one.

    Case, white space at the ends and its amount within do not make an answer wrong.
    """
    given, wanted = _settled(typed), _settled(expected)
    correct = given.casefold() == wanted.casefold()
    if correct:
        return Comparison(True, (Piece(wanted, "same"),) if wanted else ())
    matcher = difflib.SequenceMatcher(None, _folded(given), _folded(wanted), autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(wanted[j1:j2], "same"))
            continue
        if i2 > i1:
            pieces.append(Piece(given[i1:i2], "extra"))
        if j2 > j1:
            pieces.append(Piece(wanted[j1:j2], "missing"))
    return Comparison(False, tuple(pieces))


def _settled(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _folded(text: str) -> list[str]:
    return [character.casefold() for character in text]
