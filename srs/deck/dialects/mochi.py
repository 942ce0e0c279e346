"""Decks written for Mochi: cards between lines `@@@`, their sides between lines `---`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srs.deck.cloze import deletions
from srs.deck.dialects.marks import MOCHI_INSIDE, with_brackets
from srs.deck.dialects.opening import open_page
from srs.deck.dialects.wikilinks import without_wikilinks
from srs.deck.model import Deck, Kind, Note, Reading
from srs.deck.page import Page, code_lines
from srs.deck.problems import Problems
from srs.deck.reader import empty_reading, report_repeats
from srs.deck.topics import NAMELESS, name_of_file, slug

BETWEEN_CARDS = "@@@"
BETWEEN_SIDES = "---"

_HEADING = re.compile(r"#{1,6}[ \t]+(?=[^\n]*\Z)")
_BRACES = (("{{", "}}"),)


def read_mochi(text: str, file: str) -> Reading:
    """Read cards; the first side asks and the others answer.

    A text of one side is a card if it has `{{deletions}}`; any other is counted as skipped. A file
    without a line `@@@` is one card.
    """
    problems = Problems(file)
    opened = open_page(text, problems)
    if opened is None:
        return empty_reading(file, problems)
    page = opened.page
    name = name_of_file(file)
    topic = slug(name) or NAMELESS
    cards = list(_cards(page))
    notes = tuple(
        note for line, sides in cards if (note := _note(page, line, sides, topic)) is not None
    )
    report_repeats(notes, problems)
    deck = None if problems.has_errors else Deck(name, topic, notes, len(cards) - len(notes))
    return Reading(deck, problems.in_order())


def _cards(page: Page) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line, from 0, and the sides of each stretch of text that is not empty."""
    code = code_lines(page)
    sides: list[list[str]] = [[]]
    first: int | None = None

    def told() -> list[str]:
        return ["\n".join(side).strip("\n") for side in sides]

    for number, line in enumerate(page.lines):
        sign = "" if number in code else line.rstrip()
        if sign == BETWEEN_CARDS:
            if first is not None:
                yield first, told()
            sides, first = [[]], None
        elif sign == BETWEEN_SIDES:
            sides.append([])
        else:
            sides[-1].append(line)
            if first is None and line.strip():
                first = number
    if first is not None:
        yield first, told()


def _note(page: Page, line: int, sides: Sequence[str], topic: str) -> Note | None:
    front, *others = (without_wikilinks(side) for side in sides)
    back = f"\n\n{BETWEEN_SIDES}\n\n".join(side for side in others if side.strip())
    if not back:
        text, hints = with_brackets(front, _BRACES, MOCHI_INSIDE)
        if not deletions(text):
            return None
        return Note(Kind.CLOZE, text, "", topic, line + 1, hints=hints)
    front = _HEADING.sub("", front.strip(), count=1)
    if not front:
        return None
    front, back = (page.with_definitions(text) for text in (front, back))
    return Note(Kind.BASIC, front, back, topic, line + 1)
