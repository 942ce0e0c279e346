"""Notes written for Obsidian's spaced-repetition plug-in.

`front::back` and `front:::back` on one line, a line `?` or `??` between a question and its answer,
`==deletions==`; a blank line ends a card. Code is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from srs.deck.cloze import deletions
from srs.deck.dialects.pairs import hidden_places, is_hidden, split_pair
from srs.deck.dialects.signs import FLASHCARDS_TAG, REVIEW_DATES
from srs.deck.front_matter import read_front_matter
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.page import Page, read_page
from srs.deck.problems import Problems
from srs.deck.reader import NAMELESS, clean_text, report_repeats
from srs.deck.topics import slug, topic_path

_CODE = ("fence", "code_block", "math_block")
_TOPIC_TAG = re.compile(r"[\s\"'#,\[-]flashcards((?:/[\w-]+)+)")
_SIGN = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]+")
_COMMENT = re.compile(r"<!--.*?-->")
_REVIEW_COMMENT = re.compile(re.escape(REVIEW_DATES) + ".*?-->")
_MARK = re.compile(r"==(?=\S)(.{0,1999}?\S)==(?:\^\[([^\[\]]*)\])?", re.DOTALL)
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def read_obsidian(text: str, file: str) -> Reading:
    """Read a note; its schedule comments are left out and its wikilinks become their text.

    Paragraphs that are no card are passed over. The tag `#flashcards/a/b` gives the topic `a/b`.
    """
    problems = Problems(file)
    text = clean_text(text, problems)
    if not text.strip():
        problems.add("empty-file", 1, "the file is empty; write a card, or remove the file")
        return Reading(None, problems.in_order())
    lines = text.split("\n")
    size = read_front_matter(lines, problems).lines
    name = PurePath(file).stem or NAMELESS
    tagged = _TOPIC_TAG.search("\n".join(lines[:size]))
    topic = (topic_path(tagged.group(1)) if tagged else "") or slug(name) or NAMELESS
    page = read_page([""] * size + lines[size:], problems, markers=False)
    notes = tuple(_Walk(page, topic).notes())
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes)
    return Reading(deck, problems.in_order())


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    is_code: bool


class _Walk:
    def __init__(self, page: Page, topic: str) -> None:
        self._page = page
        self._topic = topic
        self._code = _code_lines(page)

    def notes(self) -> Iterator[Note]:
        for group in self._groups():
            yield from self._read(group)

    def _groups(self) -> Iterator[list[_Line]]:
        """Yield the lines between blank ones; a blank line in code or below a `?` ends nothing."""
        group: list[_Line] = []
        for number, text in enumerate(self._page.lines):
            is_code = number in self._code
            if not is_code and REVIEW_DATES in text:
                text = _without_comments(text, _REVIEW_COMMENT).rstrip()
                if not text.strip():
                    continue
            if text.strip() or (is_code and group):
                group.append(_Line(number, text, is_code))
            elif group and not _is_divider(group[-1]):
                yield group
                group = []
        if group:
            yield group

    def _read(self, group: Sequence[_Line]) -> Iterator[Note]:
        """Yield the cards of a run of lines.

        A pair ends what stands before it, as in the plug-in; what is left is a question with its
        answer, or a text with deletions.
        """
        rest: list[_Line] = []
        divider: int | None = None
        for line in group:
            if divider is None and rest and _is_divider(line):
                divider = len(rest)
                rest.append(line)
                continue
            text = line.text if line.is_code else _without_comments(line.text, _COMMENT)
            pair = None if line.is_code or divider is not None else split_pair(text)
            if pair is None:
                rest.append(line)
                continue
            yield from self._deleted(rest)
            rest = []
            front, topic = self._tagged(_SIGN.sub("", pair.front, count=1))
            yield from self._basic(front, pair.back, topic, line.number, pair.reverse)
        if divider is None:
            yield from self._deleted(rest)
        else:
            front, topic = self._tagged(_text(rest[:divider]))
            reverse = rest[divider].text.strip() == "??"
            yield from self._basic(
                front, _text(rest[divider + 1 :]), topic, rest[0].number, reverse
            )

    def _basic(self, front: str, back: str, topic: str, line: int, reverse: bool) -> Iterator[Note]:
        front, back = _without_wikilinks(front.strip()), _without_wikilinks(back.strip("\n"))
        if front and back.strip():
            front, back = (self._page.with_definitions(text) for text in (front, back))
            yield Note(Kind.BASIC, front, back, topic, line + 1, reverse=reverse)

    def _deleted(self, lines: Sequence[_Line]) -> Iterator[Note]:
        text, topic = self._tagged(_text(lines))
        if not text:
            if lines:
                self._topic = topic
            return
        if "==" not in text or any(line.is_code for line in lines):
            return
        text, hints = _with_brackets(_without_wikilinks(text))
        if deletions(text):
            yield Note(Kind.CLOZE, text, "", topic, lines[0].number + 1, hints=hints)

    def _tagged(self, text: str) -> tuple[str, str]:
        """Take the flashcard tags out of a text; the topic is that of the last one."""
        topic = self._topic
        for found in FLASHCARDS_TAG.finditer(text):
            topic = topic_path(found.group(1)) or topic
        return FLASHCARDS_TAG.sub("", text).strip(), topic


def _code_lines(page: Page) -> set[int]:
    return {
        line
        for block in page.blocks
        for token in block.tokens
        if token.type in _CODE and token.map
        for line in range(*token.map)
    }


def _without_comments(line: str, comment: re.Pattern[str]) -> str:
    """Return a line without its comments.

    Looking no further than the last `-->` keeps a run of unclosed comments to linear time.
    """
    end = line.rfind("-->") + 3
    return line if end < 3 else comment.sub("", line[:end]) + line[end:]


def _is_divider(line: _Line) -> bool:
    return not line.is_code and line.text.strip() in ("?", "??")


def _text(lines: Sequence[_Line]) -> str:
    return "\n".join(line.text for line in lines)


def _without_wikilinks(text: str) -> str:
    """Return a text with `[[page|name]]` as `name` and `![[picture]]` as a Markdown picture."""
    if "[[" not in text:
        return text

    def shown(link: re.Match[str]) -> str:
        is_picture, page, name = link.groups()
        return f"![](<{page.strip()}>)" if is_picture else (name or page).strip()

    return _outside_code(_WIKI, shown, text)


def _with_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with `==deletions==` in brackets, and the hints that follow them.

    Brackets that would be deletions in our format, and are none in Obsidian's, are escaped.
    """
    own = {place for span in deletions(text) for place in (span.start, span.end - 1)}
    hidden = hidden_places(text)
    pieces: list[str] = []
    hints: list[str] = []
    position = 0

    def keep(start: int, end: int) -> None:
        pieces.extend("\\" + text[i] if i in own else text[i] for i in range(start, end))

    for mark in _MARK.finditer(text):
        if is_hidden(mark.start(), hidden) or is_hidden(mark.end(1), hidden):
            continue
        keep(position, mark.start())
        pieces.append("[")
        keep(mark.start(1), mark.end(1))
        pieces.append("]")
        if mark.group(2):
            hints.append(mark.group(2))
        position = mark.end()
    keep(position, len(text))
    return "".join(pieces), tuple(hints)


def _outside_code(
    pattern: re.Pattern[str], shown: Callable[[re.Match[str]], str], text: str
) -> str:
    hidden = hidden_places(text)
    return pattern.sub(
        lambda found: found.group() if is_hidden(found.start(), hidden) else shown(found), text
    )
