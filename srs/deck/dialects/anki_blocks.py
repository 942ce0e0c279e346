"""Notes written for Obsidian_to_Anki: `START … END`, `STARTI [Type] … ENDI`, `TARGET DECK`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from srs.deck.cloze import deletions
from srs.deck.dialects.marks import ANKI_INSIDE, with_brackets
from srs.deck.dialects.opening import open_page
from srs.deck.dialects.vault import find_vault, plugin_data
from srs.deck.dialects.wikilinks import without_wikilinks
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.page import Page, code_lines
from srs.deck.problems import Problems
from srs.deck.reader import empty_reading, report_repeats
from srs.deck.topics import NAMELESS, name_of_file, slug, topic_path

PLUGIN = "obsidian-to-anki-plugin"

_ID = re.compile(r"(?:<!--)?ID: (\d{1,20})[^\n]*\Z")
_ID_AT_END = re.compile(r"(?:<!--)?ID: (\d{1,20}).*\Z", re.DOTALL)
_TAGS_AT_END = re.compile(r"Tags: (.*)\Z", re.DOTALL)
_TYPE = re.compile(r"\s*\[([^\[\]\n]*)\]")
_SOURCES = frozenset({"source", "sources", "reference", "references", "quelle"})
_USUAL_FIELDS = ("Front", "Back", "Text", "Extra", "Back Extra", "Source", "Reference", "Context")
_BASIC = "Basic"
_USUAL_TYPE = re.compile(r"^\W*(?:basic|cloze)\b|^[^?.!]{0,60}\Z", re.IGNORECASE)
_ADD_REVERSE = "Add Reverse"
_LONGEST_SIGN = 40
_ANY_BRACES = (("{", "}"),)
_ANKI_BRACES = (("{{", "}}"),)
_HIGHLIGHTS = (("==", "=="),)


@dataclass(frozen=True, slots=True)
class AnkiSigns:
    """The lines that begin and end a note, the words that do so in a line, the fields of a type."""

    blocks: tuple[tuple[str, str], ...] = (("START", "END"), ("%%ANKI", "END%%"))
    inline: tuple[str, str] = ("STARTI", "ENDI")
    deck: str = "TARGET DECK"
    tags: str = "FILE TAGS"
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)


DEFAULT = AnkiSigns()


def signs_for(file: str) -> AnkiSigns:
    """Return the signs that the settings of a file's vault name; else the plug-in's own."""
    vault = find_vault(file)
    data = plugin_data(vault, PLUGIN) if vault else {}
    settings = data.get("settings")
    syntax = settings.get("Syntax") if isinstance(settings, dict) else None
    if not isinstance(syntax, dict):
        return DEFAULT

    def sign(key: str, default: str) -> str:
        value = syntax.get(key)
        if not isinstance(value, str) or "\n" in value:
            return default
        return value.strip() if 0 < len(value.strip()) <= _LONGEST_SIGN else default

    own = (sign("Begin Note", "START"), sign("End Note", "END"))
    return AnkiSigns(
        tuple(dict.fromkeys([own, *DEFAULT.blocks])),
        (sign("Begin Inline Note", "STARTI"), sign("End Inline Note", "ENDI")),
        sign("Target Deck Line", "TARGET DECK"),
        sign("File Tags Line", "FILE TAGS"),
        _fields(data.get("fields_dict")),
    )


def has_anki_blocks(body: str, signs: AnkiSigns) -> bool:
    """Tell whether a text without code holds a note between the signs."""
    lines = set(map(str.rstrip, body.split("\n")))
    if any(start in lines and end in lines for start, end in signs.blocks):
        return True
    start, end = signs.inline
    return any(_inline_notes(line, start, end) for line in body.split("\n") if start in line)


def read_anki_blocks(text: str, file: str, signs: AnkiSigns = DEFAULT) -> Reading:
    """Read the notes of a file; what stands between them is passed over.

    A note without an answer or deletion is counted as skipped, as is one that is not ended.
    """
    problems = Problems(file)
    opened = open_page(text, problems)
    if opened is None:
        return empty_reading(file, problems)
    page = opened.page
    name = name_of_file(file)
    lines = [*opened.front_matter.split("\n"), *page.lines]
    deck_name = _said(lines, signs.deck)
    topic = topic_path(deck_name.replace("::", "/")) or slug(name) or NAMELESS
    walk = _Walk(page, topic, tuple(_said(lines, signs.tags).split()), signs)
    notes = tuple(walk.notes())
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes, walk.skipped)
    return Reading(deck, problems.in_order())


def _fields(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        return {}
    return {
        name: tuple(each for each in names if isinstance(each, str) and each)
        for name, names in value.items()
        if isinstance(names, list)
    }


def _said(lines: Sequence[str], sign: str) -> str:
    """Return what the file says behind a sign such as `TARGET DECK`: there or on the next line."""
    for number, line in enumerate(lines):
        if line.rstrip() == sign:
            return lines[number + 1].strip() if number + 1 < len(lines) else ""
        if line.startswith(sign + ":"):
            return line[len(sign) + 1 :].strip()
    return ""


def _inline_notes(line: str, start: str, end: str) -> list[str]:
    """Return what stands between the signs of a line, each with its note type in front."""
    found = []
    for part in line.split(start)[1:]:
        inside, sign, _ = part.partition(end)
        if sign and _TYPE.match(inside):
            found.append(inside)
    return found


class _Walk:
    def __init__(self, page: Page, topic: str, tags: tuple[str, ...], signs: AnkiSigns) -> None:
        self._page = page
        self._topic = topic
        self._tags = tags
        self._signs = signs
        self._code = code_lines(page)
        self._identities: set[str] = set()
        self.skipped = 0

    def notes(self) -> Iterator[Note]:
        ends = dict(self._signs.blocks)
        start, end = self._signs.inline
        inside: list[str] | None = None
        closing = ""
        opened = 0
        for number, line in enumerate(self._page.lines):
            sign = line.rstrip() if number not in self._code else ""
            if inside is None and sign in ends:
                inside, closing, opened = [], ends[sign], number
            elif inside is None:
                if start in sign:
                    for text in _inline_notes(line, start, end):
                        yield from self._kept(self._inline(text, number))
            elif sign == closing:
                yield from self._kept(self._block(inside, opened))
                inside = None
            elif sign in ends and ends[sign] == closing:
                # The note above was never ended.
                self.skipped += 1
                inside, opened = [], number
            else:
                inside.append(line)
        self.skipped += inside is not None

    def _kept(self, note: Note | None) -> Iterator[Note]:
        if note is None:
            self.skipped += 1
        else:
            yield note

    def _block(self, lines: list[str], number: int) -> Note | None:
        while lines and not lines[-1].strip():
            lines.pop()
        identity = _ID.match(lines[-1].strip()) if lines else None
        if identity:
            lines.pop()
        tags: list[str] = []
        if lines and lines[-1].startswith("Tags: "):
            tags = lines.pop().removeprefix("Tags: ").split()
        if not lines:
            return None
        kind, *rest = lines
        if self._is_unnamed(kind, rest):
            kind, rest = _BASIC, lines
        names = self._names(kind.strip())
        fields: dict[str, list[str]] = {}
        current = names[0]
        for line in rest:
            name = next((n for n in names if line.startswith(n + ":")), None)
            if name:
                current, line = name, line[len(name) + 1 :].removeprefix(" ")
            fields.setdefault(current, []).append(line)
        texts = {name: "\n".join(said).strip() for name, said in fields.items()}
        return self._note(kind, texts, tags, identity and identity.group(1), number)

    def _inline(self, text: str, number: int) -> Note | None:
        kind = _TYPE.match(text)
        if kind is None:
            return None
        text = text[kind.end() :].strip()
        identity = _ID_AT_END.search(text)
        text = text[: identity.start()].strip() if identity else text
        tagged = _TAGS_AT_END.search(text)
        text = text[: tagged.start()].strip() if tagged else text
        names = self._names(kind.group(1))
        fields: dict[str, list[str]] = {}
        current = names[0]
        signs = {f"{name}:": name for name in names}
        for word in text.split(" "):
            if word in signs:
                current = signs[word]
            else:
                fields.setdefault(current, []).append(word)
        texts = {name: " ".join(said).strip() for name, said in fields.items()}
        tags = tagged.group(1).split() if tagged else []
        return self._note(kind.group(1), texts, tags, identity and identity.group(1), number)

    def _is_unnamed(self, kind: str, rest: Sequence[str]) -> bool:
        """Tell whether the line of the note type was forgotten, and the question is in its place.

        The plug-in passes over such a note.
        """
        is_known = kind.strip() in self._signs.fields or _USUAL_TYPE.search(kind)
        return not is_known and any(line.startswith("Back:") for line in rest)

    def _names(self, kind: str) -> tuple[str, ...]:
        known = self._signs.fields.get(kind)
        if known:
            return tuple(known)
        first = "Text" if "cloze" in kind.lower() else "Front"
        return (first, *(n for n in (*_USUAL_FIELDS, _ADD_REVERSE) if n != first))

    def _note(
        self,
        kind: str,
        fields: Mapping[str, str],
        tags: Sequence[str],
        identity: str | None,
        number: int,
    ) -> Note | None:
        names = self._names(kind.strip())
        front, *others = (without_wikilinks(fields.get(name, "")) for name in names)
        told = dict(zip(names[1:], others, strict=True))
        sources = [" ".join(t.split()) for n, t in told.items() if t and n.lower() in _SOURCES]
        add_reverse = told.pop(_ADD_REVERSE, "")
        reverse = ("reversed" in kind and "optional" not in kind) or bool(add_reverse)
        back = "\n\n".join(t for n, t in told.items() if t and n.lower() not in _SOURCES)
        hints: tuple[str, ...] = ()
        is_cloze = "cloze" in kind.lower()
        if is_cloze:
            front, hints = _bracketed(front)
        if not front or (not deletions(front) if is_cloze else not back):
            return None
        front, back = (self._page.with_definitions(text) for text in (front, back))
        # Of notes copied with their id the first is the one that Anki knows.
        identity = None if identity in self._identities else identity
        self._identities.update([identity] if identity else [])
        return Note(
            Kind.CLOZE if is_cloze else Kind.BASIC,
            front,
            back,
            self._topic,
            number + 1,
            hints=hints,
            source=" ".join(sources) or None,
            explicit_id=identity,
            reverse=reverse and not is_cloze,
            tags=tuple(dict.fromkeys((*self._tags, *tags))),
        )


def _bracketed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with brackets for Anki's deletions, else for plain braces or highlights."""
    for signs in (_ANKI_BRACES, _ANY_BRACES, _HIGHLIGHTS):
        cut, hints = with_brackets(text, signs, ANKI_INSIDE)
        if deletions(cut):
            return cut, hints
    return text, ()
