"""Keeping what an import decided about notes that do not say the same, to be taken back later."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from srs.store import loading

NOTE_COLUMNS = (
    "deck_id",
    "topic_id",
    "kind",
    "front",
    "back",
    "details",
    "explicit_id",
    "text_hash",
    "front_hash",
    "line",
)
PLACE_COLUMNS = ("sibling", "deck_id", "topic_id", "position")
ROW_COLUMNS = ("id", "ms", "old_note_id", "new_note_id", "joined", "reason", "before")
_HASHES = ("text_hash", "front_hash")


class Ledger:
    """The decisions of one import; `write` stores them, within the import's transaction."""

    def __init__(self, connection: sqlite3.Connection, ms: int) -> None:
        self._connection, self._ms = connection, ms
        self._rows: list[tuple[Any, ...]] = []
        ((newest,),) = connection.execute("SELECT MAX(id) FROM decision")
        self._next = (newest or 0) + 1

    def carried(self, old: Any, cards: Iterable[Any], reason: str) -> int:
        """Note that an old note goes on with a new text; returns the decision's number.

        `old` and `cards` are the note's row and its cards' as they were before.
        """
        return self._add(old.id, None, True, reason, snapshot(old, cards))

    def doubted(self, old_id: int, new_id: int, reason: str) -> int:
        """Note that a new note was not taken for an old one; returns the decision's number."""
        return self._add(old_id, new_id, False, reason, "")

    def write(self) -> None:
        """Store what was noted."""
        loading.insert_many(self._connection, "decision", ROW_COLUMNS, self._rows)
        self._rows = []

    def _add(self, old: int, new: int | None, joined: bool, reason: str, before: str) -> int:
        number, self._next = self._next, self._next + 1
        self._rows.append((number, self._ms, old, new, joined, reason, before))
        return number


def snapshot(note: Any, cards: Iterable[Any]) -> str:
    """Return the text and place of a note and the places of its cards, as JSON."""
    values = {name: getattr(note, name) for name in NOTE_COLUMNS}
    values |= {name: values[name].hex() for name in _HASHES}
    places = {card.id: [getattr(card, name) for name in PLACE_COLUMNS] for card in cards}
    return json.dumps({"note": values, "cards": places}, ensure_ascii=False)


def restored(before: str) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    """Return the note's columns and, by id, those of its cards, from a snapshot."""
    found = json.loads(before)
    values = dict(found["note"])
    values |= {name: bytes.fromhex(values[name]) for name in _HASHES}
    places = {
        int(card): dict(zip(PLACE_COLUMNS, place, strict=True))
        for card, place in found["cards"].items()
    }
    return values, places
