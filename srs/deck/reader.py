"""Reading a deck file's text into notes."""

from __future__ import annotations

from srs.deck.fences import HARMLESS, hides_a_card
from srs.deck.front_matter import read_front_matter
from srs.deck.identity import text_hash
from srs.deck.model import Deck, Note, Reading
from srs.deck.notes import plain_note, read_note
from srs.deck.outline import outline
from srs.deck.problems import Problems
from srs.deck.text import first_control, with_plain_line_ends, without_controls
from srs.deck.topics import NAMELESS, name_of_file, slug, topic_path


def read_deck(text: str, file: str, *, own_format: bool = False, is_quick: bool = True) -> Reading:
    """Read a deck from its text.

    `file` names it in problems and, without `deck` in the front matter, gives its name.
    `own_format` takes every `##` with a body for a card, as in a file whose front matter has
    `deck` or `topic`. Any text can be read; the deck is None if there is an error. `is_quick`
    spares the Markdown parser where it would find nothing; the result is the same without.
    """
    problems = Problems(file)
    text = clean_text(text, problems)
    if not text or text.isspace():
        return empty_reading(file, problems)
    front_matter = read_front_matter(text, problems)
    name = front_matter.deck or name_of_file(file)
    topic = topic_path(front_matter.topic or "") or slug(name) or NAMELESS
    found = outline(
        text,
        front_matter.lines,
        topic,
        all_headings=own_format or front_matter.is_ours,
        is_quick=is_quick,
        problems=problems,
    )
    if not (own_format or front_matter.is_ours):
        problems.soften(HARMLESS, lambda opened: not hides_a_card(found.page.lines[opened.line :]))
    read = (
        plain_note(found.page, entry, front_matter, problems)
        if isinstance(entry, tuple)
        else read_note(found.page, entry, front_matter, problems)
        for entry in found.entries
    )
    notes = tuple(note for note in read if note is not None)
    report_repeats(notes, problems)
    if not found.entries and front_matter.is_ours:
        problems.add(
            "no-cards", 1, "the deck has no card; write `## Question` and the answer below it"
        )
    deck = None if problems.has_errors else Deck(name, topic, notes, found.skipped)
    return Reading(deck, problems.in_order())


def empty_reading(file: str, problems: Problems) -> Reading:
    """Return the reading of a file without text: a deck without cards, and a warning."""
    problems.add("empty-file", 1, "the file is empty; write a card, or remove the file")
    name = name_of_file(file)
    return Reading(Deck(name, slug(name) or NAMELESS, ()), problems.in_order())


def clean_text(text: str, problems: Problems) -> str:
    """Return the text with plain line ends and no control characters; report the first one."""
    text = with_plain_line_ends(text)
    control = first_control(text)
    if control is None:
        return text
    line = text.count("\n", 0, control) + 1
    column = control - text.rfind("\n", 0, control)
    message = f"the text holds a control character (U+{ord(text[control]):04X}); it is left out"
    problems.add("control-character", line, message, column)
    return without_controls(text)


def report_repeats(notes: tuple[Note, ...], problems: Problems) -> None:
    """Report notes of one file that share an id or say the same."""
    lines_by_id: dict[str, int] = {}
    # Notes that say the same begin with the same line.
    begin = [note.front.strip().partition("\n")[0].rstrip() for note in notes]
    alike: dict[str, list[Note]] = {}
    if len(set(begin)) < len(begin):
        for start, note in zip(begin, notes, strict=True):
            alike.setdefault(start, []).append(note)
    for note in notes:
        if note.explicit_id is not None:
            first = lines_by_id.setdefault(note.explicit_id, note.line)
            if first != note.line:
                problems.add(
                    "duplicate-id",
                    note.line,
                    f"the id `{note.explicit_id}` is taken by the card on line {first}; "
                    "choose another",
                )
    for some in alike.values():
        if len(some) > 1:
            _report_copies(some, problems)


def _report_copies(notes: list[Note], problems: Problems) -> None:
    lines_by_text: dict[bytes, int] = {}
    for note in notes:
        first = lines_by_text.setdefault(text_hash(note), note.line)
        if first != note.line:
            problems.add(
                "duplicate-card",
                note.line,
                f"the card on line {first} says the same; take one of them out",
            )
