"""Where code, mathematics, HTML and brackets stand in a run of inline text.

markdown-it's inline tokens carry no positions, and cutting a deletion needs them. This scanner
follows the same precedence (whatever starts first wins) and takes linear time on any text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from enum import Enum, auto
from typing import NamedTuple

from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR

_NEXT = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\$|<|!?\[|\]")
_TAG = re.compile(HTML_OPEN_CLOSE_TAG_STR.removeprefix("^"))
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.\-]{1,31}:[^<>\x00-\x20]*>|<[^\s<>@]{1,64}@[^\s<>]+>")
_DECLARATION = re.compile(r"<![A-Za-z]")


class Sort(Enum):
    """What a piece of inline text is."""

    CODE = auto()
    MATH = auto()
    HTML = auto()
    COMMENT = auto()
    OPEN = auto()
    IMAGE_OPEN = auto()
    CLOSE = auto()
    UNCLOSED_COMMENT = auto()


class Piece(NamedTuple):
    """A piece and its place in the text, half-open."""

    sort: Sort
    start: int
    end: int


class Scanner:
    """Finds the pieces of one run of inline text, such as a paragraph, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()
        self._dollars: list[int] | None = None
        self._double_dollars: list[int] = []
        self._ticks: dict[int, list[int]] | None = None

    def next(self, position: int) -> Piece | None:
        """Return the first piece that starts at `position` or later, None when there is none."""
        while found := _NEXT.search(self._text, position):
            start, end = found.span()
            piece = self._piece(found.group(), start, end)
            if piece is not None:
                return piece
            position = end
        return None

    def _piece(self, sign: str, start: int, end: int) -> Piece | None:
        match sign[0]:
            case "[":
                return Piece(Sort.OPEN, start, end)
            case "!":
                return Piece(Sort.IMAGE_OPEN, start, end)
            case "]":
                return Piece(Sort.CLOSE, start, end)
            case "`":
                return self._code(start, end - start)
            case "$":
                return self._math(start)
            case "<":
                return self._html(start)
            case _:
                return None

    def _code(self, start: int, width: int) -> Piece | None:
        if self._ticks is None:
            self._ticks = defaultdict(list)
            for run in re.finditer(r"`+", self._text):
                self._ticks[run.end() - run.start()].append(run.start())
        closers = self._ticks.get(width, [])
        index = bisect_left(closers, start + width)
        return Piece(Sort.CODE, start, closers[index] + width) if index < len(closers) else None

    def _math(self, start: int) -> Piece | None:
        """Return mathematics that opens at `start`, by pandoc's rule.

        The opening sign has no space after it, the closing one no space before it, and no digit
        stands on the outer side of either.
        """
        text = self._text
        if text[start - 1 : start].isdigit() or text[start + 1 : start + 2].isspace():
            return None
        width = 2 if text.startswith("$$", start) else 1
        closers = self._closing_dollars(width)
        index = bisect_left(closers, start + width)
        if index == len(closers):
            return None
        end = closers[index] + width
        is_empty = end == start + 2 * width
        if is_empty or text[end : end + 1].isdigit() or (width == 1 and text[end - 2].isspace()):
            return None
        return Piece(Sort.MATH, start, end)

    def _closing_dollars(self, width: int) -> list[int]:
        if self._dollars is None:
            signs = re.finditer(r"(\\*)\$", self._text)
            self._dollars = [s.end() - 1 for s in signs if len(s.group(1)) % 2 == 0]
            self._double_dollars = [d for d in self._dollars if self._text.startswith("$$", d)]
        return self._dollars if width == 1 else self._double_dollars

    def _html(self, start: int) -> Piece | None:
        text = self._text
        if text.startswith("<!--", start):
            end = self._after("-->", start + 2)
            if end is None:
                return Piece(Sort.UNCLOSED_COMMENT, start, start + 4)
            return Piece(Sort.COMMENT, start, end)
        for opening, closing in (("<?", "?>"), ("<![CDATA[", "]]>")):
            if text.startswith(opening, start):
                end = self._after(closing, start)
                return None if end is None else Piece(Sort.HTML, start, end)
        if _DECLARATION.match(text, start):
            end = self._after(">", start)
            return None if end is None else Piece(Sort.HTML, start, end)
        found = _AUTOLINK.match(text, start) or _TAG.match(text, start)
        return Piece(Sort.HTML, start, found.end()) if found else None

    def _after(self, closing: str, start: int) -> int | None:
        """Return the place after the next `closing`, searching in vain only once."""
        if closing in self._missing:
            return None
        found = self._text.find(closing, start)
        if found < 0:
            self._missing.add(closing)
            return None
        return found + len(closing)
