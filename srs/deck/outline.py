"""Which blocks of a page, and which plain sections, make which card, and under which topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from srs.deck.body import comments_of, cut_inline_options
from srs.deck.options import Comment, is_options
from srs.deck.page import Block, Page, PageReader
from srs.deck.problems import Problems
from srs.deck.sections import Section, sections
from srs.deck.text import Lines
from srs.deck.topics import below

_PROMPT = re.compile(r"(story|drill|design):\s*", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """The blocks of one card, lines from 0, half-open.

    `opening` is `#` for a heading, else the marker's letter. `prompt` is `story`, `drill`,
    `design` or empty. `title` is the heading's text without it; `comments` stand in the heading.
    The answer of a `Q` begins at `answer_start`.
    """

    opening: str
    topic: str
    start: int
    end: int = 0
    title: str = ""
    prompt: str = ""
    comments: list[Comment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    answer_start: int | None = None
    answer_blocks: list[Block] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Add a block to the part that is open."""
        (self.blocks if self.answer_start is None else self.answer_blocks).append(block)


# A card whose sections are plain: its topic, its section, and that of the answer of a `Q`.
PlainEntry = tuple[str, Section, Section | None]


@dataclass(frozen=True, slots=True)
class Outline:
    """The cards of a page in order, and how many sections with text are none."""

    page: Page
    entries: Sequence[Entry | PlainEntry]
    skipped: int


def outline(
    text: str,
    first: int,
    topic: str,
    *,
    all_headings: bool,
    is_quick: bool,
    problems: Problems,
) -> Outline:
    """Sort the lines of a text, from the line `first` on, into cards.

    With `all_headings` every `##` with text below it is a card; otherwise only a question, a
    story or a drill is. `is_quick` takes the plain sections as they stand; without it the parser
    reads all, to the same end.
    """
    lines = Lines(text)
    found = sections(text, first) if is_quick else [Section("", first, len(lines))]
    ends: list[int] = []
    reader = PageReader(lines, problems)
    walk = _Walk(Page(lines, (), {}, frozenset()), topic, all_headings, problems)
    place = 0
    while place < len(found):
        taken = walk.take_plain(found, place)
        if not taken:
            ends = ends or [section.end for section in found]
            blocks, last = reader.read_closed(found[place].start, ends, place)
            for block in blocks:
                walk.step(block)
            taken = last + 1 - place
        place += taken
    walk.close(found[-1].end if found else first)
    return Outline(reader.page(), walk.entries, walk.skipped)


class _Walk:
    def __init__(self, page: Page, topic: str, all_headings: bool, problems: Problems) -> None:
        self._page = page
        self._deck_topic = self._topic = topic
        self._subtopic = topic
        self._all_headings = all_headings
        self._problems = problems
        self._open: Entry | None = None
        self._marker_line = -1
        self.entries: list[Entry | PlainEntry] = []
        self.skipped = 0

    def take_plain(self, found: Sequence[Section], place: int) -> int:
        """Take the sections from a place on that need no parser; return how many."""
        section = found[place]
        opening, start, _, text, _, title, _ = section
        if text is None:
            return 0
        match opening:
            case "##":
                return 1 if text and self._take_plain_heading(section, title) else 0
            case "Q":
                answer = found[place + 1] if place + 1 < len(found) else None
                if not (text and answer and answer.opening == "A" and answer.text):
                    return 0
                self._begin_marked(start)
                self.entries.append((self._subtopic, section, answer))
                return 2
            case "C":
                self._begin_marked(start)
                self.entries.append((self._subtopic, section, None))
                return 1
            case "-":
                if self._open and self._open.opening != "#":
                    self.close(start)
                return 0 if self._open else 1
            case "":
                return 1
            case _:
                return 0

    def _take_plain_heading(self, section: Section, title: str) -> bool:
        if not title or title[-1] == "#" or (":" in title and _PROMPT.match(title)):
            return False
        if self._open:
            self.close(section.start)
        self._subtopic = self._topic
        if self._all_headings or title[-1] == "?":
            self.entries.append((self._topic, section, None))
        else:
            self.skipped += 1
        return True

    def step(self, block: Block) -> None:
        on_marker_line = block.start == self._marker_line
        if block.type == "marker":
            self._marker_line = block.start
            self._meet_marker(block)
        elif 0 < block.level <= 2 and not on_marker_line:
            self._meet_heading(block)
        elif block.is_separator and not on_marker_line and self._open and self._open.opening != "#":
            self.close(block.start)
        elif self._open:
            self._open.take(block)

    def close(self, end: int) -> None:
        """End the open entry before the line `end` and keep it if it is a card."""
        entry, self._open = self._open, None
        if entry is None:
            return
        entry.end = end
        if entry.opening != "#":
            self.entries.append(entry)
        elif self._is_bare(entry):
            self._report_empty(entry)
        elif self._all_headings or entry.prompt or entry.title.endswith("?"):
            self.entries.append(entry)
        else:
            self.skipped += 1

    def _meet_heading(self, block: Block) -> None:
        self.close(block.start)
        title, comments = cut_inline_options(
            block.content, block.start + 1, self._title_column(block), self._problems
        )
        title = title.strip()
        if block.level == 1:
            self._topic = self._subtopic = below(self._deck_topic, title)
            self._report_unused(comments)
            return
        self._subtopic = self._topic
        found = _PROMPT.match(title)
        if found and found.group(1).lower() == "design" and not self._all_headings:
            found = None  # in a file that is no deck of ours it is a heading like any other
        self._open = Entry(
            "#",
            self._topic,
            block.start,
            title=title[found.end() :] if found else title,
            prompt=found.group(1).lower() if found else "",
            comments=comments,
        )

    def _meet_marker(self, block: Block) -> None:
        letter = block.content
        entry = self._open
        if letter == "A":
            if entry and entry.opening == "Q" and entry.answer_start is None:
                entry.answer_start = block.start
                entry.take(block)
                return
            self.close(block.start)
            self._problems.add(
                "answer-without-question",
                block.start + 1,
                "this `A:` has no `Q:` above it; write the question as `Q: …` first, "
                "or indent the line by one space if it is plain text",
            )
            return
        self._begin_marked(block.start)
        self._open = Entry(letter, self._subtopic, block.start, blocks=[block])

    def _begin_marked(self, start: int) -> None:
        """End what is open before a `Q:` or `C:`; a heading without text gives it its topic."""
        entry = self._open
        if entry and entry.opening == "#" and not entry.prompt and self._is_bare(entry):
            self._subtopic = below(self._topic, entry.title)
            self._report_unused(self._all_comments(entry))
            self._open = None
        self.close(start)

    def _is_bare(self, entry: Entry) -> bool:
        return all(
            block.type == "html_block" and not comments_of(self._page, block)[1]
            for block in entry.blocks
        )

    def _report_empty(self, entry: Entry) -> None:
        if self._all_headings or entry.prompt or entry.title.endswith("?"):
            self._problems.add(
                "empty-card",
                entry.start + 1,
                "this heading has nothing below it; write the answer there, "
                "or take the heading out",
            )
        self._report_unused(self._all_comments(entry))

    def _all_comments(self, entry: Entry) -> list[Comment]:
        found = (comments_of(self._page, block)[0] for block in entry.blocks)
        return [*entry.comments, *chain.from_iterable(found)]

    def _report_unused(self, comments: Sequence[Comment]) -> None:
        for comment in comments:
            if is_options(comment.text):
                self._problems.add(
                    "unused-option",
                    comment.line,
                    "these options belong to no card; write them below a card's heading or marker",
                    comment.column,
                )

    def _title_column(self, block: Block) -> int:
        return max(self._page.lines[block.start].find(block.content), 0) + 1
