"""Notes written for Obsidian's spaced-repetition plug-in.

`front::back` and `front:::back` on one line, a line `?` or `??` between a question and its answer,
`==deletions==` and Anki's `{{c1::deletions}}`; a blank line ends a card. The vault's own settings
may name other signs. Code is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from srs.deck.cards import card_keys
from srs.deck.cloze import deletions
from srs.deck.dialects.marks import ANKI_NUMBERED, OBSIDIAN_INSIDE, with_brackets
from srs.deck.dialects.obsidian_settings import DEFAULT, ObsidianSettings
from srs.deck.dialects.opening import open_page
from srs.deck.dialects.pairs import ANKI_CLOZE, split_pair
from srs.deck.dialects.signs import ends_asking, plain
from srs.deck.dialects.starts import REVIEW_DATES, obsidian_starts
from srs.deck.dialects.wikilinks import without_wikilinks
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.page import Page, code_lines
from srs.deck.problems import Problems
from srs.deck.reader import empty_reading, report_repeats
from srs.deck.topics import NAMELESS, name_of_file, slug

_SIGN = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]+")
_COMMENT = re.compile(r"<!--.*?-->")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]")
_ANKI_MARKS = (("{{", "}}"),)
_REVIEWS = re.compile(re.escape(REVIEW_DATES) + "(.*?)-->")


def read_obsidian(text: str, file: str, settings: ObsidianSettings = DEFAULT) -> Reading:
    """Read a note; its schedule comments become starts and its wikilinks their text.

    Paragraphs that are no card are passed over. The tag `#flashcards/a/b` gives the topic `a/b`.
    """
    problems = Problems(file)
    opened = open_page(text, problems)
    if opened is None:
        return empty_reading(file, problems)
    name = name_of_file(file)
    tagged = settings.front_matter_tag.search(opened.front_matter)
    topic = settings.topic_of(tagged) if tagged else ""
    topic = topic or settings.folder_topic or slug(name) or NAMELESS
    notes = tuple(_Walk(opened.page, topic, settings).notes())
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes)
    return Reading(deck, problems.in_order())


@dataclass(slots=True)
class _Line:
    number: int
    text: str
    is_code: bool
    schedules: str = ""


class _Walk:
    def __init__(self, page: Page, topic: str, settings: ObsidianSettings) -> None:
        self._page = page
        self._topic = topic
        self._settings = settings
        self._code = code_lines(page)
        self._comments = _lines_of_comments(page)

    def notes(self) -> Iterator[Note]:
        for group in self._groups():
            yield from self._read(group)

    def _groups(self) -> Iterator[list[_Line]]:
        """Yield the lines between blank ones; a blank line in code or below a `?` ends nothing.

        Where the vault has a sign for the end of a card, only that ends one with a `?`.
        """
        end = self._settings.end
        group: list[_Line] = []
        is_divided = False
        for number, text in enumerate(self._page.lines):
            if number in self._comments:
                continue
            line = _Line(number, text, number in self._code)
            if not line.is_code and REVIEW_DATES in text:
                line.text, line.schedules = _without_reviews(text)
                if not line.text.strip():
                    if group:
                        group[-1].schedules += line.schedules
                    continue
            is_end = bool(end) and not line.is_code and line.text.strip() == end
            goes_on = line.is_code or (bool(end) and is_divided)
            if not is_end and (line.text.strip() or (goes_on and group)):
                is_divided = is_divided or (bool(group) and self._is_divider(line))
                group.append(line)
            elif group and (
                is_end or not self._is_divider(group[-1]) or self._stays_unanswered(group, number)
            ):
                yield group
                group = []
                is_divided = False
        if group:
            yield group

    def _read(self, group: Sequence[_Line]) -> Iterator[Note]:
        """Yield the cards of a run of lines.

        A pair ends what stands before it, as in the plug-in, and begins anew; what is left is a
        question with its answer, or a text with deletions.
        """
        rest: list[_Line] = []
        for line in group:
            pair = None
            if not line.is_code:
                pair = split_pair(_without_comments(line.text), self._settings.separators)
            if pair is None:
                rest.append(line)
                continue
            yield from self._of_several_lines(rest)
            rest = []
            front, topic = self._tagged(_SIGN.sub("", pair.front, count=1))
            yield from self._basic(front, pair.back, topic, [line], pair.reverse)
        yield from self._of_several_lines(rest)

    def _of_several_lines(self, lines: Sequence[_Line]) -> Iterator[Note]:
        """Yield the card of lines without a pair."""
        found = (at for at, line in enumerate(lines) if at and self._is_divider(line))
        divider = next(found, None)
        if divider is None:
            yield from self._deleted(lines)
            return
        front, topic = self._tagged(_text(lines[:divider]))
        reverse = lines[divider].text.strip() == self._settings.both_ways
        yield from self._basic(front, _text(lines[divider + 1 :]), topic, lines, reverse)

    def _basic(
        self, front: str, back: str, topic: str, lines: Sequence[_Line], reverse: bool
    ) -> Iterator[Note]:
        front, back = without_wikilinks(front.strip()), without_wikilinks(back.strip("\n"))
        if front and back.strip():
            front, back = (self._page.with_definitions(text) for text in (front, back))
            note = Note(Kind.BASIC, front, back, topic, lines[0].number + 1, reverse=reverse)
            yield _with_starts(note, lines)

    def _deleted(self, lines: Sequence[_Line]) -> Iterator[Note]:
        text, topic = self._tagged(_text(lines))
        if not text:
            if lines:
                self._topic = topic
            return
        marks = self._settings.marks
        prose = _text([line for line in lines if not line.is_code])
        if ANKI_CLOZE.search(prose):
            marks, inside = _ANKI_MARKS, ANKI_NUMBERED
        elif any(sign in prose for sign, _ in marks):
            inside = OBSIDIAN_INSIDE
        else:
            return
        text, hints = with_brackets(without_wikilinks(text), marks, inside)
        if deletions(text):
            note = Note(Kind.CLOZE, text, "", topic, lines[0].number + 1, hints=hints)
            yield _with_starts(note, lines)

    def _stays_unanswered(self, group: Sequence[_Line], number: int) -> bool:
        """Tell whether the next text below a `?` and a blank line is a heading of its own.

        It is where it asks, or where it stands no deeper than the heading that asked.
        """
        if group[-1].number != number - 1:
            return False
        lines = self._page.lines
        following = next((i for i in range(number, len(lines)) if lines[i].strip()), None)
        if following is None or following in self._code:
            return False
        heading = _HEADING.match(lines[following])
        if heading is None:
            return False
        above = _HEADING.match(group[0].text)
        is_beside = above is not None and len(heading.group(1)) <= len(above.group(1))
        return is_beside or ends_asking(plain(lines[following]))

    def _tagged(self, text: str) -> tuple[str, str]:
        """Take the flashcard tags out of a text; the topic is that of the last one."""
        topic = self._topic
        pattern = self._settings.tag
        for found in pattern.finditer(text):
            topic = self._settings.topic_of(found) or topic
        return pattern.sub("", text).strip(), topic

    def _is_divider(self, line: _Line) -> bool:
        text = line.text.strip()
        return (
            bool(text)
            and not line.is_code
            and text in (self._settings.divider, self._settings.both_ways)
        )


def _with_starts(note: Note, lines: Sequence[_Line]) -> Note:
    schedules = "".join(line.schedules for line in lines)
    return replace(note, starts=obsidian_starts(schedules, card_keys(note))) if schedules else note


def _lines_of_comments(page: Page) -> set[int]:
    """Return the lines of comments that take more than one and hold no schedule."""
    return {
        line
        for block in page.blocks
        if block.type == "html_block" and block.end - block.start > 1
        for line in range(block.start, block.end)
        if page.lines[block.start].lstrip().startswith("<!--")
        and "-->" not in page.lines[block.start]
        and REVIEW_DATES not in page.lines[block.start]
    }


def _without_comments(line: str) -> str:
    """Return a line without its comments."""
    end = _last_end(line)
    return _COMMENT.sub("", line[:end]) + line[end:] if end else line


def _without_reviews(line: str) -> tuple[str, str]:
    """Return a line without its schedule comments, and the schedules in them."""
    end = _last_end(line)
    found = "".join(_REVIEWS.findall(line[:end]))
    return (_REVIEWS.sub("", line[:end]) + line[end:]).rstrip(), found


def _last_end(line: str) -> int:
    """Return the end of the last comment; looking no further takes linear time on any line."""
    return line.rfind("-->") + 3 if "-->" in line else 0


def _text(lines: Sequence[_Line]) -> str:
    return "\n".join(line.text for line in lines)
