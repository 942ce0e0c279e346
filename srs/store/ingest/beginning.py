"""The notes and cards that begin with an import, gathered and then inserted all at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add
from typing import Any

from srs.deck.model import Note, Start
from srs.store import loading
from srs.store.collection import Collection
from srs.store.ingest.arriving import Arriving, note_values
from srs.store.ingest.stored import CARD_COLUMNS, NOTE_COLUMNS

# From so many new notes on, if they are the most of all, the indexes are made after them.
_MANY = 5_000
# What a card begins with; the columns that are not named are empty.
NEW_CARD = {"state": 0, "reps": 0, "lapses": 0, "suspended": 0, "leech": 0, "revision": 0}


class Beginning:
    """Gathers the new notes and cards of an import; `insert` writes them.

    `started` then holds the uids of the cards that another program's schedule is known of.
    """

    def __init__(self, collection: Collection, connection: sqlite3.Connection) -> None:
        self._collection = collection
        self._connection = connection
        self.started: list[tuple[bytes, Start]] = []
        ((newest,),) = connection.execute("SELECT MAX(id) FROM note")
        self._next_id = self._first_id = (newest or 0) + 1
        self._notes: list[tuple[Arriving, int]] = []
        self._cards: list[tuple[Any, ...]] = []
        self._starts: list[tuple[int, Start]] = []

    def add_note(self, arrived: Arriving, topic_id: int) -> int:
        """Take a note in and return its id; its cards are added by `add_card`."""
        self._notes.append((arrived, topic_id))
        note_id = self._next_id
        self._next_id += 1
        return note_id

    def add_card(self, note: Note, values: tuple[int, int, int, str, int]) -> None:
        """Take in a card of a note, new or not: its deck, topic, note, key and position."""
        for start in note.starts:
            if start.card == values[3]:
                self._starts.append((len(self._cards), start))
        self._cards.append(values)

    def insert(self) -> None:
        """Write what was gathered."""
        new_uids = self._collection.new_uids
        uids = new_uids(len(self._cards))
        self.started += [(uids[place], start) for place, start in self._starts]
        notes = self._note_rows(new_uids(len(self._notes)))
        self._fill("note", (*NOTE_COLUMNS, "id", "uid"), notes)
        columns = (*(name for name in CARD_COLUMNS if name != "retired"), "uid")
        self._fill("card", columns, map(add, self._cards, zip(uids)), {**NEW_CARD, "retired": 0})

    def _fill(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        constants: Mapping[str, int] | None = None,
    ) -> None:
        are_most = len(self._notes) >= max(_MANY, self._first_id)
        with loading.indexing_afterwards(self._connection, (table,) if are_most else ()):
            loading.insert_many(self._connection, table, columns, rows, constants)

    def _note_rows(self, uids: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        numbered = zip(self._notes, range(self._first_id, self._next_id), uids, strict=True)
        for (arrived, topic_id), note_id, uid in numbered:
            yield (*note_values(arrived, topic_id), note_id, uid)
