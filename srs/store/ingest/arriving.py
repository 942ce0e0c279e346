"""The notes that an import read, with what is computed of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from srs.deck.codec import encoded_text
from srs.deck.identity import hashes
from srs.deck.model import Note


@dataclass(slots=True)
class Arriving:
    """A note of a read file, with what is computed of it."""

    deck_id: int
    file: str
    note: Note
    details: str
    text_hash: bytes
    front_hash: bytes


def arriving(deck_id: int, file: str, note: Note) -> Arriving:
    """Return a note of a read file with what is computed of it."""
    text, front = hashes(note)
    return Arriving(deck_id, file, note, encoded_text(note), text, front)


def note_values(arrived: Arriving, topic_id: int) -> tuple[Any, ...]:
    """Return a note's values in the order of `NOTE_COLUMNS`, with SQLite's false at the end."""
    note = arrived.note
    return (
        arrived.deck_id,
        topic_id,
        str(note.kind),
        note.front,
        note.back,
        arrived.details,
        note.explicit_id,
        arrived.text_hash,
        arrived.front_hash,
        note.line,
        0,
    )
