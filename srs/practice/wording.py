"""How an old text and a new one differ, word by word, for showing one beside the other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from srs.practice.typed import Piece
from srs.render.controls import clean

# Comparing takes the square of the words, and nobody reads more than these to know a card.
MOST_WORDS = 300
ELLIPSIS = "…"
_WORD = re.compile(r"\w+|\s+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Both texts in pieces: what is `same` in both, `extra` in the old, `missing` in the old."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Whether the texts are not the same."""
        return any(piece.kind != "same" for piece in (*self.before, *self.after))


def wording(before: str, after: str) -> Wording:
    """Compare two texts by their words; each comes out as one line, harmless for a terminal."""
    old, new = _words(before), _words(after)
    olds: list[Piece] = []
    news: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            olds.append(Piece(gone, "same"))
            news.append(Piece(come, "same"))
            continue
        olds += _within_spaces(gone, "extra")
        news += _within_spaces(come, "missing")
    return Wording(tuple(olds), tuple(news))


def _within_spaces(text: str, kind: Literal["extra", "missing"]) -> list[Piece]:
    """Return a stretch that differs, the spaces around it left unmarked."""
    core = text.strip()
    if not core:
        return [Piece(text, "same")] if text else []
    start = text.index(core)
    found = [
        Piece(text[:start], "same"),
        Piece(core, kind),
        Piece(text[start + len(core) :], "same"),
    ]
    return [piece for piece in found if piece.text]


def marked(pieces: Sequence[Piece]) -> str:
    """Return pieces as a line, what differs in ‹ ›."""
    return "".join(piece.text if piece.kind == "same" else f"‹{piece.text}›" for piece in pieces)


def clipped(pieces: Sequence[Piece], cells: int) -> tuple[Piece, ...]:
    """Return what of a line fits into so many cells, with its marks, around its first difference.

    What is left out is shown by `…`.
    """
    room = max(cells, 2)
    if cell_len(marked(pieces)) <= room:
        return tuple(pieces)
    lead = 0
    for piece in pieces:
        if piece.kind != "same":
            break
        lead += cell_len(piece.text)
    skip = max(0, lead - room // 3) if lead < sum(len(piece.text) for piece in pieces) else 0
    found = [Piece(ELLIPSIS, "same")] if skip else []
    room -= 1 + len(found)
    for piece in pieces:
        text = piece.text
        while text and skip > 0:
            skip -= cell_len(text[0])
            text = text[1:]
        marks = 0 if piece.kind == "same" else 2
        cut = text
        while cut and cell_len(cut) + marks > room:
            cut = cut[: min(len(cut) - 1, room)]
        if cut:
            found.append(Piece(cut, piece.kind))
            room -= cell_len(cut) + marks
        if cut != text:
            found.append(Piece(ELLIPSIS, "same"))
            break
    return tuple(found)


def _words(text: str) -> list[str]:
    line = " ".join(clean(text[: 20 * MOST_WORDS]).split())
    words = _WORD.findall(line)
    if len(words) > MOST_WORDS or len(text) > 20 * MOST_WORDS:
        return [*words[:MOST_WORDS], ELLIPSIS]
    return words
