"""Tables of text: Anki's text exports, and CSV or TSV from anywhere.

Anki's begin with lines such as `#separator:tab`, `#html:true`, `#tags column:3`
(https://docs.ankiweb.net/importing/text-files.html#file-headers). In others the delimiter and the
line of names are found by looking; their fields are Markdown, or HTML where tags are in them.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import NamedTuple

from srs.deck.model import Deck, Kind, Note, Problem, Severity
from srs.deck.text import with_plain_line_ends, without_controls
from srs.deck.topics import topic_path
from srs.exchange.anki.cloze import Cloze
from srs.exchange.anki.notes import Place, convert
from srs.exchange.anki.notetypes import NoteType, template
from srs.exchange.anki.sides import NoteRow
from srs.exchange.columns import ColumnError, find_columns
from srs.exchange.html import markdown_of
from srs.exchange.readers import Surroundings
from srs.exchange.topics import topic_of, without_mark
from srs.store.ingest.foreign import ForeignDeck, ForeignFile

FORMAT = "text"
LARGEST = 100 << 20
LARGEST_FIELD = 4 << 20
LOOKED_AT = 200
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
DELIMITERS = "\t,;|"
_HEADER = re.compile(r"#([a-z ]+):(.*)")
_COLUMN = {"tags column": "tags", "deck column": "deck", "guid column": "id"}
_TAG = re.compile(
    r"</?(?:a|b|br|code|div|em|font|h\d|hr|i|img|li|ol|p|pre|span|strong|sub|sup|table|u|ul)\b[^>]*>",
    re.IGNORECASE,
)

_CLOZE = NoteType(
    "Cloze",
    True,
    ("Text", "Extra"),
    {0: template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}")},
)


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
    """A file's rows, and what its first lines say of them."""

    headers: Mapping[str, str]
    rows: Sequence[Row]


def read_text(path: Path, surroundings: Surroundings) -> ForeignFile:
    """Read a table of text; what is wrong with it is among the problems of the result."""
    try:
        table = _table(_text(path), path)
        decks, problems = _decks(table, path, surroundings.columns)
    except TextError as error:
        problem = Problem(str(path), error.line, 1, error.code, str(error))
        return ForeignFile(path, FORMAT, problems=(problem,))
    except ColumnError as error:
        problem = Problem(str(path), 1, 1, "no-such-column", str(error))
        return ForeignFile(path, FORMAT, problems=(problem,))
    return ForeignFile(path, FORMAT, tuple(map(ForeignDeck, decks)), tuple(problems))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise TextError("unreadable", f"the file cannot be read ({error.strerror})") from None
    if len(data) > LARGEST:
        raise TextError("too-large", "the file is larger than 100 MB; split it")
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
    try:
        text = data.removeprefix(BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextError("not-utf8", "the file is not UTF-8 text; save it as UTF-8", line) from None
    text = without_controls(with_plain_line_ends(text))
    if not text.strip():
        raise TextError("empty-file", "the file is empty")
    return text


def _table(text: str, path: Path) -> Table:
    headers: dict[str, str] = {}
    lines = text.split("\n")
    while len(headers) < len(lines) and (found := _HEADER.fullmatch(lines[len(headers)])):
        headers[found[1].strip()] = found[2].strip()
    body = "\n".join(lines[len(headers) :])
    said = headers.get("separator", "")
    delimiter = SEPARATORS.get(said.lower(), said[:1])
    if not delimiter:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(body)
    rows = [
        Row(row.line + len(headers), row.fields)
        for row in _rows(body, delimiter)
        if any(field.strip() for field in row.fields) and not row.fields[0].startswith("# ")
    ]
    if not rows:
        raise TextError("empty-file", "the file has no rows")
    return Table(headers, rows)


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


def _rows(text: str, delimiter: str) -> list[Row]:
    try:
        return list(_parsed(text, delimiter, strict=True))
    except csv.Error as error:
        if delimiter == "\t":  # many programs write tabs and never quote
            return [
                Row(number, line.split("\t"))
                for number, line in enumerate(text.split("\n"), 1)
                if line
            ]
        line = getattr(error, "line", 1)
        raise TextError("bad-quotes", f"a quoted field is broken ({error})", line) from None


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


def _decks(table: Table, path: Path, wanted: Mapping[str, str]) -> tuple[list[Deck], list[Problem]]:
    headers = table.headers
    named = _named(headers)
    names = headers.get("columns")
    first = table.rows[0].fields
    if names:
        first = next(csv.reader([names], delimiter=_sign_of(names)))
    columns, has_names = find_columns(first, wanted, named)
    rows = table.rows[1:] if has_names and not names else table.rows
    said = headers.get("html", "").lower()
    is_html = said == "true" or (not said and _has_tags(rows))
    is_plain = said == "false"
    notes: dict[str, list[Note]] = {}
    skipped: Counter[str] = Counter()
    for row in rows:
        get = _getter(row, columns)
        deck = get("deck") or headers.get("deck") or path.stem
        note = _note(row, get, deck, is_html=is_html, is_plain=is_plain, common=headers)
        notes.setdefault(deck, [])
        if note is None:
            skipped[deck] += 1
        else:
            notes[deck].append(note)
    problems = []
    unused = max((len(row.fields) for row in rows), default=0) - len(columns)
    if unused > 0 and not named and not has_names and not wanted:
        message = (
            f"only the first two columns were read, and {unused} more were not; "
            "--columns front=1,back=2,tags=3 says what they are"
        )
        problems.append(Problem(str(path), 1, 1, "columns-left", message, Severity.WARNING))
    return [
        Deck(name, topic_of(name, ()), tuple(found), skipped[name]) for name, found in notes.items()
    ], problems


def _named(headers: Mapping[str, str]) -> dict[str, int]:
    """Return the columns that Anki's headers name; the two first others are front and back."""
    places: dict[str, int] = {}
    taken = set()
    for key, value in headers.items():
        if key.endswith(" column") and value.isascii() and value.isdecimal():
            taken.add(int(value[:6]) - 1)
            if key in _COLUMN:
                places[_COLUMN[key]] = int(value[:6]) - 1
    if not headers:
        return {}
    free = (place for place in range(len(taken) + 2) if place not in taken)
    return places | {"front": next(free), "back": next(free)}


def _sign_of(names: str) -> str:
    return max(DELIMITERS, key=names.count)


def _has_tags(rows: Sequence[Row]) -> bool:
    return any(_TAG.search(field) for row in rows[:LOOKED_AT] for field in row.fields)


class _getter:  # noqa: N801 -- it stands for a function
    def __init__(self, row: Row, columns: Mapping[str, int]) -> None:
        self._fields = row.fields
        self._columns = columns

    def __call__(self, role: str) -> str:
        place = self._columns.get(role, len(self._fields))
        return self._fields[place].strip() if place < len(self._fields) else ""


def _note(
    row: Row, get: _getter, deck: str, *, is_html: bool, is_plain: bool, common: Mapping[str, str]
) -> Note | None:
    def said(role: str) -> str:
        text = get(role)
        if is_html or is_plain:
            return markdown_of(_as_html(text) if is_plain else text)
        return text

    tags = tuple(f"{get('tags')} {common.get('tags', '')}".split())
    topic = topic_path(get("topic")) or topic_of(deck, tags)
    front = get("front")
    if numbers := Cloze(front).numbers:
        fields = front, get("back")
        cloze = NoteRow(0, "", 0, (), fields if is_html else tuple(map(_as_html, fields)))
        made = convert(cloze, _CLOZE, [n - 1 for n in numbers], Place(deck, topic, row.line))
        if made is None:
            return None
        note = made.note
    else:
        if not said("front") or not said("back"):
            return None
        note = Note(Kind.BASIC, said("front"), said("back"), topic, row.line)
    hint, source = said("hint"), said("source")
    return replace(
        note,
        tags=without_mark(tags),
        hints=(*note.hints, hint) if hint else note.hints,
        source=source or None,
        explicit_id=get("id") or None,
    )


def _as_html(text: str) -> str:
    """Return plain text as a field of HTML, its lines kept."""
    return escape(text, quote=False).replace("\n", "<br>")
