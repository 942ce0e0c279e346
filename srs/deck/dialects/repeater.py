"""Decks written for repeater: the markers of hashcards, and `front::back` on one line."""

from __future__ import annotations

from collections.abc import Iterator

from srs.deck.dialects.hashcards import close_deck, is_waiting, marked_entries, open_deck
from srs.deck.dialects.pairs import split_pair
from srs.deck.front_matter import FrontMatter
from srs.deck.model import Kind, Note, Reading
from srs.deck.notes import read_note
from srs.deck.page import Block, Page
from srs.deck.problems import Problems
from srs.deck.reader import empty_reading


def read_repeater(text: str, file: str) -> Reading:
    """Read a deck of repeater; a line `---` ends a card, and `front::back` stands outside one."""
    problems = Problems(file)
    opened = open_deck(text, file, problems)
    if opened is None:
        return empty_reading(file, problems)
    name, topic, page = opened
    loose: list[Block] = []
    entries = list(marked_entries(page, topic, problems, loose))
    answered = [entry for entry in entries if not is_waiting(page, entry)]
    read = [read_note(page, entry, FrontMatter(), problems) for entry in answered]
    notes = [*_pairs(page, loose, topic), *(note for note in read if note is not None)]
    notes.sort(key=lambda note: note.line)
    return close_deck(name, topic, notes, problems, skipped=len(entries) - len(answered))


def _pairs(page: Page, loose: list[Block], topic: str) -> Iterator[Note]:
    for block in loose:
        if block.type != "paragraph":
            continue
        for index in range(block.start, block.end):
            pair = split_pair(page.lines[index])
            if pair is not None:
                yield Note(Kind.BASIC, pair.front, pair.back, topic, index + 1)
