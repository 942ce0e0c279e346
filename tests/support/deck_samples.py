"""Short ways to read a deck in a test."""

from __future__ import annotations

from srs.deck.model import Note
from srs.deck.reader import read_deck

OURS = "---\ndeck: Serving path\ntopic: serving\n---\n"


def notes_of(text: str, *, own_format: bool = True) -> tuple[Note, ...]:
    """Return the notes of a deck that must read without any problem."""
    reading = read_deck(text, "notes/deck.md", own_format=own_format)
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck.notes


def note_of(text: str) -> Note:
    """Return the one note of a deck that must read without any problem."""
    (note,) = notes_of(text)
    return note


def codes_of(text: str, *, own_format: bool = True) -> list[str]:
    """Return the codes of a deck's problems, by line."""
    return [p.code for p in read_deck(text, "deck.md", own_format=own_format).problems]
