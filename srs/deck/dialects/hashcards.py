"""Decks written for hashcards: TOML front matter, `Q:`, `A:` and `C:`.

Only the markers and a line `---` are structure there; a heading is a part of its card.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence

from srs.deck.front_matter import FrontMatter
from srs.deck.model import Deck, Note, Reading
from srs.deck.notes import read_note
from srs.deck.outline import Entry
from srs.deck.page import Block, Page, read_page
from srs.deck.problems import Problems
from srs.deck.reader import clean_text, empty_reading, report_repeats
from srs.deck.topics import NAMELESS, name_of_file, slug


def read_hashcards(text: str, file: str) -> Reading:
    """Read a deck of hashcards; prose between the cards is passed over.

    A question below which `A:` stands alone waits for its answer: it is counted as skipped.
    """
    problems = Problems(file)
    opened = open_deck(text, file, problems)
    if opened is None:
        return empty_reading(file, problems)
    name, topic, page = opened
    entries = list(marked_entries(page, topic, problems))
    answered = [entry for entry in entries if not is_waiting(page, entry)]
    read = [read_note(page, entry, FrontMatter(), problems) for entry in answered]
    notes = [note for note in read if note is not None]
    return close_deck(name, topic, notes, problems, skipped=len(entries) - len(answered))


def open_deck(text: str, file: str, problems: Problems) -> tuple[str, str, Page] | None:
    """Return a deck's name, topic and page; None if the file holds no text."""
    text = clean_text(text, problems)
    if not text.strip():
        return None
    lines = text.split("\n")
    name, size = _front_matter(lines, problems)
    page = read_page([""] * size + lines[size:], problems)
    name = name or name_of_file(file)
    return name, slug(name) or NAMELESS, page


def is_waiting(page: Page, entry: Entry) -> bool:
    """Tell whether the answer of a question is an `A:` with nothing behind it."""
    if entry.answer_start is None:
        return False
    first, *others = page.lines[entry.answer_start : entry.end]
    return not (first.partition(":")[2].strip() or any(line.strip() for line in others))


def close_deck(
    name: str, topic: str, notes: Sequence[Note], problems: Problems, *, skipped: int = 0
) -> Reading:
    """Return the reading of a deck; one without a card is a warning."""
    report_repeats(tuple(notes), problems)
    if not notes and not problems.has_errors:
        problems.add("no-cards", 1, "the deck has no card; write `Q: …` and `A: …` below it")
    deck = None if problems.has_errors else Deck(name, topic, tuple(notes), skipped)
    return Reading(deck, problems.in_order())


def marked_entries(
    page: Page, topic: str, problems: Problems, loose: list[Block] | None = None
) -> Iterator[Entry]:
    """Yield the cards between the markers of a page; what stands outside them goes to `loose`."""
    entry: Entry | None = None
    for block in page.blocks:
        if block.type == "marker" and block.content != "A":
            if entry:
                entry.end = block.start
                yield entry
            entry = Entry(block.content, topic, block.start, blocks=[block])
        elif block.type == "marker":
            if entry and entry.opening == "Q" and entry.answer_start is None:
                entry.answer_start = block.start
                entry.take(block)
                continue
            problems.add(
                "answer-without-question",
                block.start + 1,
                "this `A:` has no `Q:` above it; write the question as `Q: …` first, "
                "or indent the line by one space if it is plain text",
            )
        elif entry and block.is_separator and block.start > entry.start:
            entry.end = block.start
            yield entry
            entry = None
        elif entry:
            entry.take(block)
        elif loose is not None:
            loose.append(block)
    if entry:
        entry.end = len(page.lines)
        yield entry


def _front_matter(lines: list[str], problems: Problems) -> tuple[str | None, int]:
    """Return the deck's name and the number of lines that the front matter takes."""
    if lines[0].rstrip() != "---":
        return None, 0
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), None)
    if closing is None:
        return None, 0
    try:
        name = tomllib.loads("\n".join(lines[1:closing])).get("name")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.add(
            "foreign-front-matter",
            1,
            f"the front matter is no TOML ({' '.join(str(error).split())}); "
            'write it as `name = "…"`',
        )
        return None, closing + 1
    if name is not None and not (isinstance(name, str) and name.strip()):
        problems.add("foreign-front-matter", 1, '`name` needs a text; write `name = "…"`')
        return None, closing + 1
    return " ".join(name.split()) if name else None, closing + 1
