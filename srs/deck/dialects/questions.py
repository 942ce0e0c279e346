"""Interview questions as people write them: numbered headings, labels, answers that fold away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from srs.deck.dialects.bare_fronts import Antecedents
from srs.deck.dialects.details import Details, find_details
from srs.deck.dialects.navigation import without_frame
from srs.deck.dialects.opening import open_page
from srs.deck.dialects.signs import (
    ANSWER_LABEL,
    FEWEST_BOLD,
    QUESTION_LABEL,
    bold_line,
    ends_asking,
    is_question,
    numbered,
    plain,
)
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.page import Block, Page, code_lines
from srs.deck.problems import Problems
from srs.deck.reader import empty_reading, report_repeats
from srs.deck.topics import NAMELESS, below, name_of_file, slug

_ANSWER_HEADING = re.compile(r"(?:the )?(?:answer|solution|explanation)s?:?\Z", re.IGNORECASE)
_FEWEST_ASKING = 3
_PLAIN_A = re.compile(r" {0,3}A\d*:")
_A, _B = re.compile(r" {0,3}A\.[ \t]+(?=\S)"), re.compile(r" {0,3}B[.)]")
_GENERIC = re.compile(
    r"(?:(?:interview|all|the|questions?|answers?|solutions?|contents?|index|table|of|and|common"
    r"|real|top|frequently|asked|\d+)\W*)+\Z",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\W*(?:(?<=```)\w+\s+(?://|#|--|/\*)\W*)?"
    r"(?:(?:your |the |an )?answer (?:goes |comes )?here|to ?do|tb[ad]|coming soon"
    r"|to be (?:added|answered|completed|done|written))\W*\Z",
    re.IGNORECASE,
)
# Below every heading, so that any of them ends a labelled question.
_LABEL_LEVEL = 7


def read_questions(text: str, file: str) -> Reading:
    """Read questions and answers from headings, `**Q:**` and `**A:**` labels, and `<details>`.

    Sections that ask nothing and questions without an answer are counted as skipped.
    """
    problems = Problems(file)
    opened = open_page(text, problems, has_numbered=True)
    if opened is None:
        return empty_reading(file, problems)
    page = opened.page
    name = name_of_file(file)
    topic = slug(name) or NAMELESS
    walk = _Walk(page, topic)
    walk.run()
    notes = tuple(sorted(walk.notes, key=lambda note: note.line))
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes, walk.skipped)
    return Reading(deck, problems.in_order())


@dataclass(slots=True)
class _Section:
    """A heading or a labelled question with what stands below it.

    The question of a label goes on to the end of its paragraph; that of a line in bold does not.
    """

    start: int
    level: int
    title: str
    topic: str
    asks: bool
    goes_on: bool = False
    blocks: list[Block] = field(default_factory=list)
    details: list[Details] = field(default_factory=list)


class _Walk:
    def __init__(self, page: Page, topic: str) -> None:
        self._page = page
        self._deck_topic = self._chapter = self._topic = topic
        self._has_title = False
        self._open: _Section | None = None
        self._antecedents = Antecedents()
        code = code_lines(page)
        self._details = find_details(page.lines, code)
        self._takes_all = _mostly_asks(self._details)
        self._in_bold = _bold_reader([t for i, t in enumerate(page.lines) if i not in code])
        self._folded = {line for each in self._details for line in range(each.start, each.end)}
        self.notes: list[Note] = []
        self.skipped = 0

    def run(self) -> None:
        waiting = list(reversed(self._details))
        for block in self._page.blocks:
            while waiting and waiting[-1].start < block.start:
                self._meet_details(waiting.pop())
            if block.start in self._folded:
                # What comes before or after the fold in its first or last block is lost on nobody.
                continue
            if block.level:
                self._meet_heading(block)
            elif block.type == "hr" and self._open and self._open.level == _LABEL_LEVEL:
                self._close(block.start)
            else:
                self._meet_text(block)
        while waiting:
            self._meet_details(waiting.pop())
        self._close(len(self._page.lines))

    def _meet_heading(self, block: Block) -> None:
        title = block.content.strip()
        found = numbered(title)
        labelled = found is not None and found.is_labelled
        asks = block.level > 1 and (
            labelled
            or plain(title).endswith(("?", "？"))
            or (found is not None and is_question(found.text))
        )
        section = self._open
        is_below = section and section.asks and block.level > section.level and not labelled
        if section and is_below and (not asks or self._has_text(section)):
            section.blocks.append(block)
            return
        self._close(block.start)
        if not asks:
            self._enter(block.level, title)
        text = found.text if found and (asks or found.is_labelled) else title
        names = _GENERIC.match(plain(text)) is None
        text = self._antecedents.meet(block.level, text, asks=asks, names=names)
        self._open = _Section(block.start, block.level, text, self._topic, asks)

    def _enter(self, level: int, title: str) -> None:
        if level == 1:
            self._chapter = self._topic = (
                below(self._deck_topic, plain(title)) if self._has_title else self._deck_topic
            )
            self._has_title = True
        elif level == 2:
            is_generic = _GENERIC.match(plain(title)) is not None
            self._topic = self._chapter if is_generic else below(self._chapter, plain(title))

    def _meet_text(self, block: Block) -> None:
        starts = []
        if block.type == "paragraph":
            for line in range(block.start, block.end):
                text = self._page.lines[line]
                label = QUESTION_LABEL.match(text)
                is_bold = text.lstrip().startswith(("**", "__"))
                found = numbered(text) if is_bold else None
                bold = self._in_bold(text) if is_bold else None
                if label:
                    starts.append((line, text[label.end() :], True))
                elif found and found.is_labelled:
                    starts.append((line, found.text, True))
                elif bold:
                    starts.append((line, found.text if found else bold, False))
        for line, title, goes_on in starts:
            self._close(line)
            self._open = _Section(line, _LABEL_LEVEL, title, self._topic, True, goes_on)
        if self._open:
            self._open.blocks.append(block)

    def _meet_details(self, details: Details) -> None:
        stands_alone = self._takes_all and not (self._open and self._open.asks)
        if details.asks or (stands_alone and not details.holds_answer):
            found = numbered(details.summary)
            front = found.text if found else details.summary
            self._add(front, details.inside, details.start, self._topic)
        elif self._open and (details.holds_answer or self._open.asks):
            self._open.details.append(details)
        elif details.holds_answer:
            self.skipped += 1

    def _close(self, end: int) -> None:
        section, self._open = self._open, None
        if section is None:
            return
        answers = [details for details in section.details if details.holds_answer]
        if answers:
            before = self._text(section.start + 1, answers[0].start)
            after = self._text(answers[-1].end, end)
            parts = [without_frame(details.inside) for details in answers]
            back = "\n\n".join(filter(None, [*parts, without_frame(after)]))
            self._add(_joined(section.title, before), back, section.start, section.topic)
        elif section.asks:
            front, back = self._divide(section, end)
            self._add(front, back, section.start, section.topic)
        elif section.level > 1 and self._has_text(section):
            self.skipped += 1

    def _divide(self, section: _Section, end: int) -> tuple[str, str]:
        """Return the question and the answer of a section without a folded answer."""
        is_label = section.level == _LABEL_LEVEL
        for line, rest in self._answer_lines(section):
            if is_label or not _PLAIN_A.match(self._page.lines[line]):
                before = self._text(section.start + 1, line)
                return _joined(section.title, before), f"{rest}\n{self._text(line + 1, end)}"
        first = section.start + 1
        title = section.title
        if not title:
            while first < end and not self._page.lines[first].strip():
                first += 1
        if section.goes_on or not title:
            while first < end and self._page.lines[first].strip():
                title = f"{title}\n{self._page.lines[first]}"
                first += 1
        asks = section.title or is_question(title)
        return title if asks else "", self._text(first, end)

    def _answer_lines(self, section: _Section) -> Iterator[tuple[int, str]]:
        """Yield the lines with which an answer begins, and what they say of it.

        `A. ` is a label below a question that has one itself, where no `B. ` shows it to be one of
        several choices.
        """
        lines = range(section.start + 1, max((b.end for b in section.blocks), default=0))
        takes_a = section.level == _LABEL_LEVEL
        takes_a = takes_a and not any(_B.match(self._page.lines[line]) for line in lines)
        for block in section.blocks:
            if block.level and _ANSWER_HEADING.match(plain(block.content)):
                yield block.start, ""
            elif block.type == "paragraph":
                for line in range(max(block.start, section.start + 1), block.end):
                    text = self._page.lines[line]
                    label = ANSWER_LABEL.match(text) or (_A.match(text) if takes_a else None)
                    if label:
                        yield line, self._page.lines[line][label.end() :]

    def _add(self, front: str, back: str, start: int, topic: str) -> None:
        front, back = without_frame(front), without_frame(back)
        if not plain(front) or not back or _PLACEHOLDER.match(back):
            self.skipped += 1
            return
        front, back = (self._page.with_definitions(text) for text in (front, back))
        self.notes.append(Note(Kind.BASIC, front, back, topic, start + 1))

    def _has_text(self, section: _Section) -> bool:
        return bool(section.details) or any(
            without_frame(self._text(block.start, block.end)) for block in section.blocks
        )

    def _text(self, start: int, end: int) -> str:
        free = self._page.definition_lines
        return "\n".join(self._page.lines[i] for i in range(start, end) if i not in free)


def _mostly_asks(folded: Sequence[Details]) -> bool:
    """Tell whether the summaries of a page are questions, so that a task such as `Run …` is one."""
    titles = [details for details in folded if not details.holds_answer]
    asking = sum(details.asks for details in titles)
    return asking >= _FEWEST_ASKING and asking * 3 >= len(titles)


def _bold_reader(lines: Sequence[str]) -> Callable[[str], str | None]:
    """Return what takes the question out of a line in bold, as the lines of a page use bold.

    Where questions have labels, bold is for emphasis. Where nearly all lines in bold ask, the
    others are questions as well, such as a task.
    """
    bold = [text for text in map(bold_line, lines) if text]
    asking = sum(map(ends_asking, bold))
    if asking < FEWEST_BOLD or any(found.is_labelled for found in map(numbered, bold) if found):
        return lambda line: None
    if asking >= 2 * FEWEST_BOLD and asking * 4 >= len(bold) * 3:
        return lambda line: None if ANSWER_LABEL.match(line) else bold_line(line)
    return lambda line: text if (text := bold_line(line)) and ends_asking(text) else None


def _joined(title: str, text: str) -> str:
    return "\n\n".join(filter(None, (title.strip(), without_frame(text))))
