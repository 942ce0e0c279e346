"""Writing the notes of an import and their cards, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from srs.deck.cards import card_keys
from srs.deck.codec import encoded_text
from srs.deck.identity import hashes
from srs.deck.model import Note, Start
from srs.store import sqlite
from srs.store.collection import Collection
from srs.store.ingest.ledger import Ledger
from srs.store.ingest.progress import EVERY, Progress, Stage, followed
from srs.store.ingest.report import Change, Decision, ImportReport
from srs.store.ingest.siblings import continued as continued_siblings
from srs.store.ingest.stored import CARD_COLUMNS, NOTE_COLUMNS, cards_by_sibling
from srs.store.tables import cards, notes, topics

# From so many new notes on, if they are the most of all, the indexes are made after them.
_MANY = 5_000


@dataclass(frozen=True, slots=True)
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
    return Arriving(deck_id, file, note, encoded_text(note), *hashes(note))


class NoteWriter:
    """Writes notes that begin and notes that go on, with their cards, and reports each.

    `started` holds the uids of the new cards that another program's schedule is known of.
    """

    def __init__(
        self,
        collection: Collection,
        connection: Connection,
        report: ImportReport,
        ledger: Ledger,
    ) -> None:
        self._collection = collection
        self._connection = connection
        self._report = report
        self._ledger = ledger
        self.started: list[tuple[bytes, Start]] = []
        self._topics: dict[str, int] = {
            row.path: row.id for row in connection.execute(select(topics.c.id, topics.c.path))
        }
        self._positions: dict[int, int] = defaultdict(int)
        self._starts: list[tuple[int, Start]] = []
        self._added = 0
        self._new_notes: list[tuple[Any, ...]] = []
        self._new_cards: list[tuple[Any, ...]] = []
        self._changed_notes: list[dict[str, Any]] = []
        self._changed_cards: list[dict[str, Any]] = []

    def write(
        self,
        arrived: Sequence[Arriving],
        continued: dict[int, Any],
        reasons: dict[int, str],
        tell: Progress | None,
    ) -> list[int]:
        """Write notes; return their ids.

        `continued` maps places among them to the rows of the notes that they continue, `reasons`
        to why.
        """
        siblings = cards_by_sibling(self._connection, [row.id for row in continued.values()])
        next_id = self._next_note_id()
        ids: list[int] = []
        for index, each in enumerate(followed(arrived, Stage.WRITING, tell, EVERY)):
            old = continued.get(index)
            if old is None:
                ids.append(next_id)
                self._begin(next_id, each)
                next_id += 1
            else:
                ids.append(old.id)
                self._go_on(old, each, siblings.get(old.id, {}), reasons[index])
        self._report.count(Change.ADDED, self._added)
        if len(self._new_notes) >= max(_MANY, next_id // 2):
            with sqlite.indexing_afterwards(self._driver(), (notes.name, cards.name)):
                self._insert_new()
        else:
            self._insert_new()
        self._update(notes, self._changed_notes)
        self._update(cards, self._changed_cards)
        return ids

    def _begin(self, note_id: int, arrived: Arriving) -> None:
        note, deck_id = arrived.note, arrived.deck_id
        topic_id = self._topic(note.topic)
        self._new_notes.append((*_note_values(arrived, topic_id), note_id))
        keys = card_keys(note)
        position = self._positions[deck_id]
        self._positions[deck_id] = position + len(keys)
        for place, key in enumerate(keys, position):
            self._add_card(note, (deck_id, topic_id, note_id, key, place, False))
        self._report.decisions.append(
            Decision(
                Change.ADDED, len(keys), arrived.file, note.line, None, note.front, None, note.back
            )
        )
        self._added += len(keys)

    def _go_on(self, old: Any, arrived: Arriving, existing: dict[str, Any], reason: str) -> None:
        note, deck_id = arrived.note, arrived.deck_id
        topic_id = self._topic(note.topic)
        values = _note_values(arrived, topic_id)
        change, number = Change.UNCHANGED, None
        if old[1:] != values:
            change = _change(old, values)
            self._changed_notes.append(
                {**dict(zip(NOTE_COLUMNS, values, strict=True)), "_id": old.id}
            )
            if (old.kind, old.front, old.back) != (note.kind.value, note.front, note.back):
                number = self._ledger.carried(old, existing.values(), reason)
        keys = card_keys(note)
        position = self._positions[deck_id]
        self._positions[deck_id] = position + len(keys)
        follows = continued_siblings({name: not c.retired for name, c in existing.items()}, keys)
        left = dict(existing)
        counts: dict[Change, int] = defaultdict(int)
        for place, key in enumerate(keys, position):
            target = (deck_id, topic_id, old.id, key, place, False)
            if key not in follows:
                counts[Change.ADDED] += 1
                self._add_card(note, target)
                continue
            card = left.pop(follows[key])
            counts[Change.REVIVED if card.retired else change] += 1
            if card[1:] != target:
                self._change_card(card.id, target)
        for card in left.values():
            if not card.retired:
                counts[Change.RETIRED] += 1
                was_at = (deck_id, topic_id, old.id, card.sibling, card.position, True)
                self._change_card(card.id, was_at)
        for each, count in counts.items():
            if each is Change.UNCHANGED:
                self._report.count(each, count)
                continue
            self._report.decide(
                Decision(
                    each,
                    count,
                    arrived.file,
                    note.line,
                    old.front,
                    note.front,
                    old.back,
                    note.back,
                    reason,
                    number,
                )
            )

    def _add_card(self, note: Note, values: tuple[Any, ...]) -> None:
        for start in note.starts:
            if start.card == values[CARD_COLUMNS.index("sibling")]:
                self._starts.append((len(self._new_cards), start))
        self._new_cards.append(values)

    def _change_card(self, card_id: int, values: tuple[Any, ...]) -> None:
        self._changed_cards.append({**dict(zip(CARD_COLUMNS, values, strict=True)), "_id": card_id})

    def _topic(self, path: str) -> int:
        if path not in self._topics:
            key = self._connection.execute(topics.insert().values(path=path)).inserted_primary_key
            assert key is not None
            self._topics[path] = int(key[0])
        return self._topics[path]

    def _next_note_id(self) -> int:
        return int(self._connection.execute(select(func.max(notes.c.id))).scalar() or 0) + 1

    def _insert_new(self) -> None:
        uids = self._collection.new_uids(len(self._new_cards))
        self.started += [(uids[place], start) for place, start in self._starts]
        self._insert(notes, (*NOTE_COLUMNS, "id"), self._new_notes, None)
        self._insert(cards, CARD_COLUMNS, self._new_cards, uids)

    def _insert(
        self,
        table: Table,
        names: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        uids: list[bytes] | None,
    ) -> None:
        uids = self._collection.new_uids(len(rows)) if uids is None else uids
        given = (*names, "uid")
        defaults = {
            column.name: column.default.arg
            for column in table.columns
            if isinstance(column.default, ScalarElementColumnDefault) and column.name not in given
        }
        whole = ((*row, uid) for row, uid in zip(rows, uids, strict=True))
        sqlite.insert_many(self._driver(), table.name, given, whole, defaults)

    def _driver(self) -> sqlite3.Connection:
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def _update(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            names = [name for name in rows[0] if name != "_id"]
            self._connection.execute(
                update(table)
                .where(table.c.id == bindparam("_id"))
                .values({name: bindparam(name) for name in names}),
                rows,
            )


def _note_values(arrived: Arriving, topic_id: int) -> tuple[Any, ...]:
    """Return a note's values in the order of `NOTE_COLUMNS`."""
    note = arrived.note
    return (
        arrived.deck_id,
        topic_id,
        note.kind.value,
        note.front,
        note.back,
        arrived.details,
        note.explicit_id,
        arrived.text_hash,
        arrived.front_hash,
        note.line,
        False,
    )


def _change(old: Any, values: tuple[Any, ...]) -> Change:
    if (old.kind, old.front, old.back, old.details) != values[2:6]:
        return Change.UPDATED
    if (old.deck_id, old.topic_id) != values[:2]:
        return Change.MOVED
    return Change.UNCHANGED
