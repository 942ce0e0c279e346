"""Writing the notes of an import and their cards, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from srs.deck.cards import card_keys
from srs.store import loading
from srs.store.collection import Collection, insert
from srs.store.ingest.arriving import Arriving, note_values
from srs.store.ingest.beginning import Beginning
from srs.store.ingest.ledger import Ledger
from srs.store.ingest.progress import EVERY, Progress, Stage, followed
from srs.store.ingest.report import Change, Decision, ImportReport
from srs.store.ingest.siblings import continued as continued_siblings
from srs.store.ingest.stored import (
    CARD_COLUMNS,
    NOTE_COLUMNS,
    CardRow,
    CardValues,
    NoteRow,
    Settled,
    cards_by_sibling,
    cards_of_deck,
)
from srs.store.plain import CHUNK


class NoteWriter:
    """Writes notes that begin and notes that go on, with their cards, and reports each.

    `beginning` holds those that begin, `topics` the ids of the topics, by path.
    """

    def __init__(
        self,
        collection: Collection,
        connection: sqlite3.Connection,
        report: ImportReport,
        ledger: Ledger,
    ) -> None:
        self._connection = connection
        self._report = report
        self._ledger = ledger
        self.beginning = Beginning(collection, connection)
        self.topics: dict[str, int] = dict(connection.execute("SELECT path, id FROM topic"))
        self._positions: dict[int, int] = defaultdict(int)
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
        ids: list[int] = []
        deck_id = None
        for index, each in enumerate(followed(arrived, Stage.WRITING, tell, EVERY)):
            if continued and index % CHUNK == 0:
                some = range(index, index + CHUNK)
                olds = [continued[i].id for i in some if i in continued]
                siblings = cards_by_sibling(self._connection, olds)
            old = settled.get(index)
            if old is not None:
                if each.deck_id != deck_id:
                    deck_id = each.deck_id
                    there = cards_of_deck(self._connection, deck_id)
                ids.append(old.id)
                self._stay(old, each, there.get(old.id, []))
            elif index in continued:
                before = continued[index]
                ids.append(before.id)
                self._go_on(before, each, siblings.get(before.id, {}), reasons[index])
            else:
                ids.append(self._begin(each))
        self.beginning.insert()
        loading.update_many(self._connection, "note", NOTE_COLUMNS, self._changed_notes)
        loading.update_many(self._connection, "note", ("line",), self._changed_lines)
        loading.update_many(self._connection, "card", CARD_COLUMNS, self._changed_cards)
        return ids

    def _begin(self, arrived: Arriving) -> int:
        note, deck_id = arrived.note, arrived.deck_id
        topic_id = self._topic(note.topic)
        note_id = self.beginning.add_note(arrived, topic_id)
        keys = card_keys(note)
        position = self._positions[deck_id]
        self._positions[deck_id] = position + len(keys)
        for place, key in enumerate(keys, position):
            self.beginning.add_card(note, (deck_id, topic_id, note_id, key, place))
        self._report.begin(arrived.file, note, len(keys))
        return note_id

    def _stay(self, old: Settled, arrived: Arriving, there: Sequence[CardValues]) -> None:
        """Keep a note that says what it said, with its cards where they were if they are."""
        note, deck_id = arrived.note, arrived.deck_id
        topic_id, position = self.topics[note.topic], self._positions[deck_id]
        keys = card_keys(note)
        is_as_it_was = len(keys) == len(there)
        for place, (key, card) in enumerate(zip(keys, there, strict=False), position):
            if card[1:] != (deck_id, topic_id, old.id, key, place, False):
                is_as_it_was = False
        if is_as_it_was:
            self._positions[deck_id] = position + len(keys)
            self._report.unchanged += len(keys)
            if old.line != note.line:
                self._changed_lines.append((note.line, old.id))
            return
        existing = {card.sibling: card for card in map(CardRow._make, there)}
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
                self.beginning.add_card(note, target[:-1])
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

    def _change_card(self, card_id: int, values: tuple[Any, ...]) -> None:
        self._changed_cards.append((*values, card_id))

    def _topic(self, path: str) -> int:
        if path not in self.topics:
            execute = self._connection.execute
            insert(execute, "topic", {"path": path})
            self.topics |= execute("SELECT path, id FROM topic WHERE path = :path", {"path": path})
        return self.topics[path]


def _change(old: NoteRow, values: tuple[Any, ...]) -> Change:
    if (old.kind, old.front, old.back, old.details) != values[2:6]:
        return Change.UPDATED
    if (old.deck_id, old.topic_id) != values[:2]:
        return Change.MOVED
    return Change.UNCHANGED
