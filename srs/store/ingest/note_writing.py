"""Writing the notes of an import and their cards, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

from srs.deck.cards import card_keys
from srs.deck.codec import encoded_text
from srs.deck.identity import hashes
from srs.deck.model import Note, Start
from srs.store import loading
from srs.store.collection import Collection, insert
from srs.store.ingest.ledger import Ledger
from srs.store.ingest.progress import EVERY, Progress, Stage, followed
from srs.store.ingest.report import Change, Decision, ImportReport
from srs.store.ingest.siblings import continued as continued_siblings
from srs.store.ingest.stored import (
    CARD_COLUMNS,
    NOTE_COLUMNS,
    CardRow,
    NoteRow,
    Settled,
    cards_by_sibling,
)
from srs.store.plain import CHUNK

# From so many new notes on, if they are the most of all, the indexes are made after them.
_MANY = 5_000
# What a card begins with; the columns that are not named are empty.
NEW_CARD = {"state": 0, "reps": 0, "lapses": 0, "suspended": 0, "leech": 0, "revision": 0}


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
    return Arriving(deck_id, file, note, encoded_text(note), *hashes(note))


class NoteWriter:
    """Writes notes that begin and notes that go on, with their cards, and reports each.

    `started` holds the uids of the new cards that another program's schedule is known of; `topics`
    the ids of the topics, by path.
    """

    def __init__(
        self,
        collection: Collection,
        connection: sqlite3.Connection,
        report: ImportReport,
        ledger: Ledger,
    ) -> None:
        self._collection = collection
        self._connection = connection
        self._report = report
        self._ledger = ledger
        self.started: list[tuple[bytes, Start]] = []
        self.topics: dict[str, int] = dict(connection.execute("SELECT path, id FROM topic"))
        self._positions: dict[int, int] = defaultdict(int)
        self._starts: list[tuple[int, Start]] = []
        self._added = 0
        self._new_notes: list[tuple[Any, ...]] = []
        self._new_cards: list[tuple[Any, ...]] = []
        self._changed_notes: list[tuple[Any, ...]] = []
        self._changed_lines: list[tuple[int, int]] = []
        self._changed_cards: list[tuple[Any, ...]] = []

    def write(
        self,
        arrived: Sequence[Arriving],
        settled: dict[int, Settled],
        continued: dict[int, NoteRow],
        reasons: dict[int, str],
        tell: Progress | None,
    ) -> list[int]:
        """Write notes; return their ids.

        `settled` and `continued` map places among them to the notes that they continue, `reasons`
        those of `continued` to why.
        """
        next_id = self._next_note_id()
        ids: list[int] = []
        for index, each in enumerate(followed(arrived, Stage.WRITING, tell, EVERY)):
            if index % CHUNK == 0:
                some = range(index, index + CHUNK)
                olds = [old.id for i in some if (old := settled.get(i) or continued.get(i))]
                siblings = cards_by_sibling(self._connection, olds)
            if index in settled:
                ids.append(settled[index].id)
                self._stay(settled[index], each, siblings[ids[-1]])
            elif index in continued:
                old = continued[index]
                ids.append(old.id)
                self._go_on(old, each, siblings.get(old.id, {}), reasons[index])
            else:
                ids.append(next_id)
                self._begin(next_id, each)
                next_id += 1
        self._report.count(Change.ADDED, self._added)
        if len(self._new_notes) >= max(_MANY, next_id // 2):
            with loading.indexing_afterwards(self._connection, ("note", "card")):
                self._insert_new()
        else:
            self._insert_new()
        loading.update_many(self._connection, "note", NOTE_COLUMNS, self._changed_notes)
        loading.update_many(self._connection, "note", ("line",), self._changed_lines)
        loading.update_many(self._connection, "card", CARD_COLUMNS, self._changed_cards)
        return ids

    def _begin(self, note_id: int, arrived: Arriving) -> None:
        note, deck_id = arrived.note, arrived.deck_id
        topic_id = self._topic(note.topic)
        self._new_notes.append((*note_values(arrived, topic_id), note_id))
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

    def _stay(self, old: Settled, arrived: Arriving, existing: dict[str, CardRow]) -> None:
        """Keep a note that says what it said, with its cards where they were if they are."""
        note, deck_id = arrived.note, arrived.deck_id
        keys = card_keys(note)
        topic_id, position = self.topics[note.topic], self._positions[deck_id]
        for place, key in enumerate(keys, position):
            there = existing.get(key)
            if there is None or there[1:] != (deck_id, topic_id, old.id, key, place, False):
                break
        else:
            if len(existing) == len(keys):
                self._positions[deck_id] = position + len(keys)
                self._report.unchanged += len(keys)
                if old.line != note.line:
                    self._changed_lines.append((note.line, old.id))
                return
        values = note_values(arrived, topic_id)
        was = NoteRow._make((old.id, *values[:-2], old.line, False))
        self._go_on(was, arrived, existing, "same text")

    def _go_on(
        self, old: NoteRow, arrived: Arriving, existing: dict[str, CardRow], reason: str
    ) -> None:
        note, deck_id = arrived.note, arrived.deck_id
        topic_id = self._topic(note.topic)
        values = note_values(arrived, topic_id)
        change, number = Change.UNCHANGED, None
        if old[1:] != values:
            change = _change(old, values)
            self._changed_notes.append((*values, old.id))
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
        self._changed_cards.append((*values, card_id))

    def _topic(self, path: str) -> int:
        if path not in self.topics:
            execute = self._connection.execute
            insert(execute, "topic", {"path": path})
            self.topics |= execute("SELECT path, id FROM topic WHERE path = :path", {"path": path})
        return self.topics[path]

    def _next_note_id(self) -> int:
        ((newest,),) = self._connection.execute("SELECT MAX(id) FROM note")
        return (newest or 0) + 1

    def _insert_new(self) -> None:
        new_uids = self._collection.new_uids
        uids = new_uids(len(self._new_cards))
        self.started += [(uids[place], start) for place, start in self._starts]
        notes = map(add, self._new_notes, zip(new_uids(len(self._new_notes))))
        cards = map(add, self._new_cards, zip(uids))
        loading.insert_many(self._connection, "note", (*NOTE_COLUMNS, "id", "uid"), notes)
        loading.insert_many(self._connection, "card", (*CARD_COLUMNS, "uid"), cards, NEW_CARD)


def note_values(arrived: Arriving, topic_id: int) -> tuple[Any, ...]:
    """Return a note's values in the order of `NOTE_COLUMNS`."""
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
        False,
    )


def _change(old: NoteRow, values: tuple[Any, ...]) -> Change:
    if (old.kind, old.front, old.back, old.details) != values[2:6]:
        return Change.UPDATED
    if (old.deck_id, old.topic_id) != values[:2]:
        return Change.MOVED
    return Change.UNCHANGED
