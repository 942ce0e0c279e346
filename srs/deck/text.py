"""A deck file's characters: line ends made one, control characters left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import overload

# C0 without tab and newline, DEL, C1, and lone surrogates, which no encoding can write.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# The same in UTF-8, bytes and the first ones of pairs: most texts are seen to have none without
# looking at each character.
_CONTROL_BYTES = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A}))
_BEFORE_CONTROLS = (b"\xc2", b"\xed")
_PIECE = 1 << 16
_LINE_END = re.compile(r"\r\n?")


def with_plain_line_ends(text: str) -> str:
    """Return the text without a byte-order mark and with a newline for every line end."""
    text = text.removeprefix("\ufeff")
    return _LINE_END.sub("\n", text) if "\r" in text else text


def first_control(text: str) -> int | None:
    """Return the place of the first control character, None if there is none."""
    # Piece by piece: what a piece is copied to stays in the processor's cache.
    for start in range(0, len(text), _PIECE):
        data = text[start : start + _PIECE].encode("utf-8", "surrogatepass")
        has_none = len(data.translate(None, _CONTROL_BYTES)) == len(data)
        if not has_none or any(lead in data for lead in _BEFORE_CONTROLS):
            found = _CONTROL.search(text, start, start + _PIECE)
            if found:
                return found.start()
    return None


def without_controls(text: str) -> str:
    """Return the text without control characters other than tab and newline."""
    return _CONTROL.sub("", text)


class Lines(Sequence[str]):
    """The lines of a text without their line ends, cut when they are first looked at."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self._lines[place]

    def __len__(self) -> int:
        return self.text.count("\n") + 1


class Places:
    """Turns offsets in a text into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Return the line, from 0, and the column, from 1, of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line] + 1
