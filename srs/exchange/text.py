"""Tables of text: Anki's text exports, and CSV or TSV from anywhere.

Anki's begin with lines such as `#separator:tab`, `#html:true`, `#tags column:3`
(https://docs.ankiweb.net/importing/text-files.html#file-headers). In others the delimiter and the
line of names are found by looking; their fields are Markdown, or HTML where tags are in them.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from srs.deck.model import Deck, Kind, Note, Problem, Severity
from srs.deck.text import with_plain_line_ends, without_controls
from srs.deck.topics import topic_path
from srs.exchange.anki.cloze import Cloze
from srs.exchange.anki.notes import Place, convert
from srs.exchange.anki.notetypes import NoteType, template
from srs.exchange.anki.sides import NoteRow
from srs.exchange.columns import ColumnError, find_columns
from srs.exchange.delimited import DELIMITERS, LOOKED_AT, Row, Table, TextError, read_table
from srs.exchange.html import markdown_of
from srs.exchange.readers import Surroundings
from srs.exchange.topics import topic_of, without_mark
from srs.store.ingest.foreign import ForeignDeck, ForeignFile

FORMAT = "text"
LARGEST = 100 << 20
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


def read_text(path: Path, surroundings: Surroundings) -> ForeignFile:
    """Read a table of text; what is wrong with it is among the problems of the result."""
    try:
        table = read_table(_text(path), path)
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
    if table.broken is not None:
        message = "text goes on behind a closing quote; it was taken as it is, as Anki does"
        problems.append(
            Problem(str(path), table.broken, 1, "bad-quotes", message, Severity.WARNING)
        )
    if not wanted and (names or not has_names):
        known = {*(place + 1 for place in columns.values()), *_places_told(headers).values()}
        unused = max((len(row.fields) for row in rows), default=0) - len(known)
        if unused > 0:
            message = (
                f"two columns were read as front and back, and {unused} more were not; "
                "--columns front=1,back=2,tags=3 says what they are"
            )
            problems.append(Problem(str(path), 1, 1, "columns-left", message, Severity.WARNING))
    return [
        Deck(name, topic_of(name, ()), tuple(found), skipped[name]) for name, found in notes.items()
    ], problems


def _places_told(headers: Mapping[str, str]) -> dict[str, int]:
    """Return the numbers, from 1, of the columns that Anki's headers name."""
    return {
        key: int(value[:6])
        for key, value in headers.items()
        if key.endswith(" column") and value.isascii() and value.isdecimal()
    }


def _named(headers: Mapping[str, str]) -> dict[str, int]:
    """Return the columns that Anki's headers name; the two first others are front and back."""
    if not headers:
        return {}
    told = _places_told(headers)
    places = {_COLUMN[key]: number - 1 for key, number in told.items() if key in _COLUMN}
    taken = {number - 1 for number in told.values()}
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
