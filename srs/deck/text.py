"""A deck file's characters: line ends made one, control characters left out."""

from __future__ import annotations

import re
from bisect import bisect_right

# C0 without tab and newline, DEL, C1, and lone surrogates, which no encoding can write.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# The same in UTF-8, bytes and the first ones of pairs: most texts are seen to have none without
# looking at each character.
_CONTROL_BYTES = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A}))
_BEFORE_CONTROLS = (b"\xc2", b"\xed")
_LINE_END = re.compile(r"\r\n?")


def with_plain_line_ends(text: str) -> str:
    """Return the text without a byte-order mark and with a newline for every line end."""
    text = text.removeprefix("\ufeff")
    return _LINE_END.sub("\n", text) if "\r" in text else text


def first_control(text: str) -> int | None:
    """Return the place of the first control character, None if there is none."""
    data = text.encode("utf-8", "surrogatepass")
    has_none = len(data.translate(None, _CONTROL_BYTES)) == len(data)
    if has_none and not any(lead in data for lead in _BEFORE_CONTROLS):
        return None
    found = _CONTROL.search(text)
    return found.start() if found else None


def without_controls(text: str) -> str:
    """Return the text without control characters other than tab and newline."""
    return _CONTROL.sub("", text)


class Places:
    """Turns offsets in a text into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Return the line, from 0, and the column, from 1, of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line] + 1
