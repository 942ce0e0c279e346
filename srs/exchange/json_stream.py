"""Reading a large JSON object part by part, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from srs.errors import SrsError

CHUNK = 1 << 20
LARGEST_VALUE = 32 << 20
_DECODER = json.JSONDecoder()
_SPACE = " \t\n\r"


class JsonError(SrsError):
    """The text is no JSON, ends too early, or holds a value that is too large."""


class JsonStream:
    """The text of a JSON document, read from left to right.

    Objects and lists that may be large are walked through with `members` and `items`; `value` reads
    any other at once. Every method raises JsonError, naming file and line.
    """

    def __init__(self, file: TextIO, name: str) -> None:
        self._file = file
        self._name = name
        self._buffer = ""
        self._at = 0
        self._lines = 1

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that begins here; its value is to be read after each."""
        for key in self._elements("{", "}"):
            self._expect(":")
            yield key

    def items(self) -> Iterator[Any]:
        """Yield the values of the list that begins here."""
        yield from self._elements("[", "]")

    def value(self) -> Any:
        """Return the value that begins here."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self._error("is nested too deeply") from None
            except ValueError as error:
                if not self._fill():
                    reason = getattr(error, "msg", "a number is too long")
                    raise self._error(f"is no JSON ({reason})") from None
                continue
            # a number at the end of what was read may go on
            if end < len(self._buffer) or not self._fill():
                self._at = end
                return found

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self._peek():
            raise self._error("holds more after its end")

    def _elements(self, opening: str, closing: str) -> Iterator[Any]:
        self._expect(opening)
        if self._peek() == closing:
            self._at += 1
            return
        while True:
            element = self.value()
            if opening == "{" and not isinstance(element, str):
                raise self._error("is no JSON (a key must be text)")
            yield element
            if self._peek() == closing:
                self._at += 1
                return
            self._expect(",")

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._error(f"is no JSON of the expected form ({sign!r} is missing)")
        self._at += 1

    def _peek(self) -> str:
        """Return the next sign that is no white space, empty at the end."""
        while True:
            while self._at < len(self._buffer):
                sign = self._buffer[self._at]
                if sign not in _SPACE:
                    return sign
                self._at += 1
            if not self._fill():
                return ""

    def _fill(self) -> bool:
        if len(self._buffer) - self._at > LARGEST_VALUE:
            raise self._error("holds a value of more than 32 MB")
        try:
            chunk = self._file.read(CHUNK)
        except UnicodeDecodeError:
            raise self._error("is not UTF-8 text") from None
        self._lines += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _error(self, what: str) -> JsonError:
        line = self._lines + self._buffer.count("\n", 0, self._at)
        return JsonError(f"{self._name}, line {line}: the file {what}; nothing was changed.")
