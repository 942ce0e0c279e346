"""The notes that an import read, with what is computed of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from srs.deck.codec import encoded_text
from srs.deck.identity import hashes
from srs.deck.model import Note


@dataclass(slots=True)
class Arriving:
    """A note of a read file, with what is computed of it.

    The hashes are empty until they are wanted: of most notes that did not change they are known.
    """

    deck_id: int
    file: str
    note: Note
    details: str
    text_hash: bytes = b""
    front_hash: bytes = b""

    def take_hashes(self) -> None:
        """Compute the hashes unless they are there."""
        if not self.text_hash:
            self.text_hash, self.front_hash = hashes(self.note)


def arriving(deck_id: int, file: str, note: Note) -> Arriving:
    """Return a note of a read file, its hashes still to be taken."""
    return Arriving(deck_id, file, note, encoded_text(note))


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
