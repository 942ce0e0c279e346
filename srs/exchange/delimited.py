"""Rows of text: which sign is between the fields, what is quoted, what Anki's first lines say."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LARGEST_FIELD = 4 << 20
LOOKED_AT = 200
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
DELIMITERS = "\t,;|"
_HEADER = re.compile(r"#([a-z ]+):(.*)")
_LAST = "\x00"  # no text that is read holds it


class TextError(Exception):
    """The file is no table that can be read; `line` counts from 1."""

    def __init__(self, code: str, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.code = code
        self.line = line


class Row(NamedTuple):
    """A row's fields, and the line it begins on."""

    line: int
    fields: Sequence[str]


class Table(NamedTuple):
    """A file's rows, and what its first lines say of them.

    `broken` is the first line where a text goes on behind its closing quote.
    """

    headers: Mapping[str, str]
    rows: Sequence[Row]
    broken: int | None = None


def read_table(text: str, path: Path) -> Table:
    """Return the rows of a text; the ending of the file's name helps to tell the delimiter.

    Raises TextError when it is none.
    """
    headers: dict[str, str] = {}
    lines = text.split("\n")
    while len(headers) < len(lines) and (found := _HEADER.fullmatch(lines[len(headers)])):
        headers[found[1].strip()] = found[2].strip()
    body = "\n".join(lines[len(headers) :])
    said = headers.get("separator", "")
    delimiter = SEPARATORS.get(said.lower(), said[:1])
    if not delimiter:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(body)
    parsed, broken = _rows(body, delimiter)
    rows = [
        Row(row.line + len(headers), row.fields)
        for row in parsed
        if any(field.strip() for field in row.fields) and not row.fields[0].startswith("# ")
    ]
    if not rows:
        raise TextError("empty-file", "the file has no rows")
    return Table(headers, rows, None if broken is None else broken + len(headers))


def _delimiter(text: str) -> str:
    """Return the sign that cuts most of the first rows into the same number of fields."""
    best, most = "\t", 0.0
    for sign in DELIMITERS:
        try:
            rows = _first(_parsed(text, sign, strict=False))
        except csv.Error:
            continue
        widths = Counter(len(row.fields) for row in rows if any(row.fields))
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        share = count / max(1, widths.total()) if width > 1 else 0.0
        if share > most:
            best, most = sign, share
    if most == 0.0:
        raise TextError(
            "no-columns", "no tab, comma, semicolon or | parts its lines into question and answer"
        )
    return best


def _first(rows: Iterator[Row]) -> list[Row]:
    return [row for row, _ in zip(rows, range(LOOKED_AT), strict=False)]


def _rows(text: str, delimiter: str) -> tuple[list[Row], int | None]:
    """Return the rows, and the first line where a text goes on behind its closing quote."""
    try:
        return list(_parsed(text, delimiter, strict=True)), None
    except csv.Error as error:
        if delimiter == "\t":  # many programs write tabs and never quote
            return [
                Row(number, line.split("\t"))
                for number, line in enumerate(text.split("\n"), 1)
                if line
            ], None
        broken = getattr(error, "line", 1)
        reason = str(error)
    padded = re.compile(rf'"[ \t]+(?={re.escape(delimiter)}|\n|\Z)')
    with contextlib.suppress(csv.Error):  # some set their columns below each other with blanks
        return list(_parsed(padded.sub('"', text), delimiter, strict=True)), None
    # Anki takes what stands beside quotes as it is. Nothing is lost by that where each row still
    # has its columns and no quote stays open.
    *rows, last = _parsed(f"{text}\n{_LAST}", delimiter, strict=False)
    if last.fields == [_LAST] and len({len(row.fields) for row in rows if any(row.fields)}) == 1:
        return rows, broken
    raise TextError("bad-quotes", f"a quoted field is broken ({reason})", broken)


def _parsed(text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    before = csv.field_size_limit(LARGEST_FIELD)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
        line = 1
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                error.line = line  # type: ignore[attr-defined]
                raise
            yield Row(line, fields)
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)
