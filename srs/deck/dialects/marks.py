"""Deletions as other programs write them, turned into the brackets of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srs.deck.cloze import Span, deletions
from srs.deck.dialects.pairs import hidden_places, is_hidden

# Groups: the deleted text, and the hint. `2;;text;;hint`, `c2::text::hint`, `2::text`.
OBSIDIAN_INSIDE = re.compile(r"(?:\d+;;)?(.*?)(?:;;(.*))?\Z", re.DOTALL)
ANKI_INSIDE = re.compile(r"(?:c?\d+(?:::|[:|]))?(.*?)(?:::(.*))?\Z", re.DOTALL)
# Of texts about such marks `{{c1::...}}` deletes nothing.
ANKI_NUMBERED = re.compile(r"c\d+::(?!(?:\.{3}|…)\Z)(.*?)(?:::(.*))?\Z", re.DOTALL)
MOCHI_INSIDE = re.compile(r"(?:\d+::)?(.*)()\Z", re.DOTALL)
LOGSEQ_INSIDE = re.compile(r"cloze\s+(.*?)(?:\\\\(.*))?\Z", re.DOTALL)

_HINT_BEHIND = re.compile(r"\^\[([^\[\]]*)\]")


def with_brackets(
    text: str, signs: Sequence[tuple[str, str]], inside: re.Pattern[str]
) -> tuple[str, tuple[str, ...]]:
    """Return a text with its marked deletions in brackets, and the hints that they carry.

    `signs` open and close a deletion. What is in code, mathematics or HTML is no sign. Brackets
    that would be deletions in our format, and are none where they come from, are escaped.
    """
    hidden = hidden_places(text)
    own = {place for span in deletions(text) for place in (span.start, span.end - 1)}
    pieces: list[str] = []
    hints: list[str] = []
    position = 0

    def keep(start: int, end: int) -> None:
        pieces.extend("\\" + text[i] if i in own else text[i] for i in range(start, end))

    for opening, closing in _outermost(text, signs, hidden):
        found = inside.match(text[opening.end : closing.start])
        if found is None or not found.group(1).strip():
            continue
        keep(position, opening.start)
        pieces.append("[")
        keep(opening.end + found.start(1), opening.end + found.end(1))
        pieces.append("]")
        hint = _HINT_BEHIND.match(text, closing.end)
        position = hint.end() if hint else closing.end
        said = hint.group(1) if hint else found.group(2)
        if said and said.strip():
            hints.append(said.strip())
    keep(position, len(text))
    return "".join(pieces), tuple(hints)


def _outermost(
    text: str, signs: Sequence[tuple[str, str]], hidden: Sequence[tuple[int, int]]
) -> Iterator[tuple[Span, Span]]:
    """Yield the places of opening and closing signs that are in no other pair, in order."""
    pairs: list[tuple[Span, Span]] = []
    for opening, closing in signs:
        if opening == closing:
            pairs.extend(_alike(text, opening, hidden))
        else:
            pairs.extend(_nested(text, opening, closing, hidden))
    end = 0
    for pair in sorted(pairs):
        if pair[0].start >= end:
            yield pair
            end = pair[1].end


def _alike(text: str, sign: str, hidden: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, Span]]:
    """Yield pairs of one sign on one line: it opens before a text and closes behind one."""
    opened: Span | None = None
    line_end = 0
    for found in re.finditer(re.escape(sign), text):
        here = Span(*found.span())
        if is_hidden(here.start, hidden):
            continue
        if here.start >= line_end:
            opened = None
            line_end = text.find("\n", here.end)
            line_end = len(text) if line_end < 0 else line_end
        if opened and opened.end < here.start and not text[here.start - 1].isspace():
            yield opened, here
            opened = None
        elif not text[here.end : here.end + 1].isspace():
            opened = here


def _nested(
    text: str, opening: str, closing: str, hidden: Sequence[tuple[int, int]]
) -> Iterator[tuple[Span, Span]]:
    """Yield pairs of two signs; of a run of closing ones the last close."""
    run = f"(?!{re.escape(closing[-1])})" if len(closing) > 1 else ""
    stack: list[Span] = []
    for found in re.finditer(f"{re.escape(opening)}|{re.escape(closing)}{run}", text):
        here = Span(*found.span())
        if is_hidden(here.start, hidden):
            continue
        if found.group() == opening:
            stack.append(here)
        elif stack:
            yield stack.pop(), here
