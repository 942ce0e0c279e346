"""Pages of Logseq: a block tagged `#card` asks, the blocks below it answer.

Blocks are nested bullets. `{{cloze …}}` deletes; `card-…` properties hold the schedule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from urllib.parse import unquote

from srs.deck.cards import card_keys
from srs.deck.cloze import deletions
from srs.deck.dialects.marks import LOGSEQ_INSIDE, with_brackets
from srs.deck.dialects.pairs import hidden_places, is_hidden
from srs.deck.dialects.starts import logseq_starts
from srs.deck.dialects.wikilinks import without_wikilinks
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.problems import Problems
from srs.deck.reader import clean_text, empty_reading, report_repeats
from srs.deck.topics import NAMELESS, topic_path

CARD_TAG = re.compile(r"(?<!\S)(?:#card(?![\w/-])|#?\[\[card\]\])", re.IGNORECASE)

_BULLET = re.compile(r"([ \t]*)[-*+](?:[ \t]+(.*)|[ \t]*)\Z")
_PROPERTY = re.compile(r"[ \t]*([A-Za-z][\w.-]*)::(?:[ \t]+(.*)|[ \t]*)\Z")
_TAG = r"#(?:\[\[[^\[\]\s]+\]\]|[\w/-]+)"
_LEADING_TAGS = re.compile(rf"(?:{_TAG}\s+)+")
_TRAILING_TAGS = re.compile(rf"(?:\s+{_TAG})+\Z")
_FARTHEST_TAG = 1000
_HEADING = re.compile(r"#{1,6}[ \t]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3}|~{3})")
_CLOZE = "{{cloze"
_BRACES = (("{{", "}}"),)
# A block answers the nearest cards above it, so that a page takes linear time however it nests.
_MOST_CARDS_ABOVE = 8


def read_logseq(text: str, file: str) -> Reading:
    """Read the cards of a page; those without an answer are counted as skipped."""
    problems = Problems(file)
    text = clean_text(text, problems)
    if not text.strip():
        return empty_reading(file, problems)
    page = _read_page(text.split("\n"))
    stem = unquote(PurePath(file).stem.replace("___", "/"))
    name = page.properties.get("title", "") or stem or NAMELESS
    topic = topic_path(name) or NAMELESS
    cards = [block for block in page.blocks if block.is_card]
    read = (_note(block, topic) for block in cards)
    notes = tuple(_with_own_ids(note for note in read if note is not None))
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes, len(cards) - len(notes))
    return Reading(deck, problems.in_order())


@dataclass(slots=True, eq=False)
class _Block:
    """A bullet: its line from 0, its depth in the page, its text without properties.

    `below` are the blocks nested in it, if it is a card.
    """

    number: int
    indent: int
    depth: int
    lines: list[str] = field(default_factory=list)
    code: list[bool] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    below: list[_Block] = field(default_factory=list)
    is_card: bool = False

    def take(self, line: str, *, is_code: bool) -> None:
        """Add a line, or the property that it holds."""
        found = None if is_code else _PROPERTY.match(line)
        if found:
            self.properties.setdefault(found.group(1).lower(), (found.group(2) or "").strip())
        else:
            self.lines.append(line)
            self.code.append(is_code)
            if not is_code and not self.is_card:
                self.is_card = _card_tag(line) is not None

    @property
    def text(self) -> str:
        """The block's text."""
        return "\n".join(self.lines).strip("\n")


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: Sequence[_Block]
    properties: dict[str, str]


def _read_page(lines: Sequence[str]) -> _Page:
    blocks: list[_Block] = []
    stack: list[_Block] = []
    top = _Block(0, -1, 0)
    fenced = _fenced_lines(lines)
    for number, line in enumerate(lines):
        is_code = number in fenced
        bullet = None if is_code else _BULLET.match(line)
        if bullet is None:
            (stack[-1] if stack else top).take(_outdented(line, stack), is_code=is_code)
            continue
        indent = len(bullet.group(1).expandtabs(4))
        while stack and stack[-1].indent >= indent:
            stack.pop()
        block = _Block(number, indent, len(stack))
        block.take(bullet.group(2) or "", is_code=False)
        stack.append(block)
        blocks.append(block)
    _gather(blocks)
    return _Page(blocks, top.properties)


def _fenced_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines inside code fences and those that close them; unclosed ones are text."""
    inside: set[int] = set()
    sign = ""
    opened = 0
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if sign and found and line.strip().startswith(sign):
            inside.update(range(opened + 1, number + 1))
            sign = ""
        elif found and not sign:
            sign, opened = found.group(1), number
    return inside


def _outdented(line: str, stack: Sequence[_Block]) -> str:
    """Return a line that goes on in a block without the block's own indentation."""
    width = stack[-1].indent + 2 if stack else 0
    column = 0
    for place, sign in enumerate(line):
        if column >= width or sign not in " \t":
            return line[place:]
        column += 4 - column % 4 if sign == "\t" else 1
    return ""


def _gather(blocks: Sequence[_Block]) -> None:
    """Give each card the blocks below it."""
    stack: list[_Block] = []
    cards: list[_Block] = []
    for block in blocks:
        if "tags" in block.properties and not block.is_card:
            tags = re.split(r"[\s,]+", block.properties["tags"])
            block.is_card = any(tag.strip("#[]").lower() == "card" for tag in tags)
        while stack and stack[-1].depth >= block.depth:
            if stack.pop().is_card:
                cards.pop()
        for card in cards[-_MOST_CARDS_ABOVE:]:
            card.below.append(block)
        stack.append(block)
        if block.is_card:
            cards.append(block)


def _card_tag(text: str) -> re.Match[str] | None:
    """Return the first tag of a card that stands outside code."""
    if "card" not in text.lower():
        return None
    hidden = hidden_places(text) if "`" in text else []
    return next((t for t in CARD_TAG.finditer(text) if not is_hidden(t.start(), hidden)), None)


def _note(block: _Block, topic: str) -> Note | None:
    front, tags = _question(block)
    back = _answer(block.below)
    identity = block.properties.get("id", "")
    line = block.number + 1
    explicit_id = identity if _UUID.match(identity) else None
    if _CLOZE in front or _CLOZE in back:
        whole = "\n\n".join(filter(None, (front, back)))
        text, hints = with_brackets(without_wikilinks(whole), _BRACES, LOGSEQ_INSIDE)
        if deletions(text):
            note = Note(Kind.CLOZE, text, "", topic, line, hints=hints, tags=tags)
            note = replace(note, explicit_id=explicit_id)
            return replace(note, starts=tuple(logseq_starts(block.properties, card_keys(note))))
    if not front or not back.strip():
        return None
    front, back = without_wikilinks(front), without_wikilinks(back)
    note = Note(Kind.BASIC, front, back, topic, line, explicit_id=explicit_id, tags=tags)
    return replace(note, starts=tuple(logseq_starts(block.properties, card_keys(note))))


def _with_own_ids(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield the notes; of blocks copied with their id only the first keeps it."""
    seen: set[str] = set()
    for note in notes:
        yield replace(note, explicit_id=None) if note.explicit_id in seen else note
        seen.update([note.explicit_id] if note.explicit_id else [])


def _question(block: _Block) -> tuple[str, tuple[str, ...]]:
    """Return a card's own text without the tags around it, and these."""
    lines = []
    for line, is_code in zip(block.lines, block.code, strict=True):
        found = None if is_code else _card_tag(line)
        lines.append(line if found is None else line[: found.start()] + line[found.end() :])
    text = "\n".join(lines).strip()
    text = _HEADING.sub("", text, count=1) if _HEADING.match(text) else text
    tags: list[str] = []
    leading = _LEADING_TAGS.match(text)
    if leading:
        tags += leading.group().split()
        text = text[leading.end() :]
    trailing = _TRAILING_TAGS.search(text, max(0, len(text) - _FARTHEST_TAG))
    if trailing:
        tags += trailing.group().split()
        text = text[: trailing.start()].rstrip()
    return text, tuple(tag.lstrip("#").strip("[]") for tag in tags)


def _answer(blocks: Sequence[_Block]) -> str:
    """Return the blocks below a card as Markdown: a single one as its text, others as a list."""
    shown = [block for block in blocks if block.text.strip()]
    if not shown:
        return ""
    top = min(block.depth for block in shown)
    first, rest = shown[0], shown[1:]
    if first.depth == top and all(block.depth > top for block in rest):
        return "\n\n".join(filter(None, (first.text, "\n".join(_items(rest, top + 1)))))
    return "\n".join(_items(shown, top))


def _items(blocks: Sequence[_Block], top: int) -> Iterator[str]:
    for block in blocks:
        indent = "  " * (block.depth - top)
        first, *others = block.text.split("\n")
        yield f"{indent}- {first}"
        yield from (f"{indent}  {line}" if line.strip() else "" for line in others)
