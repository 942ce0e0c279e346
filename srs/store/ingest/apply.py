"""Writing what an import decided: decks, topics, notes and cards, in the caller's transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from srs.deck.cards import card_keys
from srs.deck.codec import encode
from srs.deck.identity import front_hash, text_hash
from srs.deck.model import Deck, Note, Start
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, match
from srs.store.ingest.report import Change, Decision, Doubt, ImportReport
from srs.store.ingest.siblings import continued as continued_siblings
from srs.store.ingest.stored import as_stored, cards_by_sibling, chunks, notes_to_continue
from srs.store.tables import cards, decks, notes, topics


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A note of a read file, with what is computed of it."""

    deck_id: int
    file: str
    note: Note
    details: str
    text_hash: bytes
    front_hash: bytes


class Writer:
    """Writes one import into the collection, within one transaction, and keeps its report.

    `started` holds the uids of the new cards that another program's schedule is known of.
    """

    def __init__(
        self, collection: Collection, connection: Connection, report: ImportReport
    ) -> None:
        self._collection = collection
        self._connection = connection
        self._report = report
        self.started: list[tuple[bytes, Start]] = []
        self._topics: dict[str, int] = {
            row.path: row.id for row in connection.execute(select(topics.c.id, topics.c.path))
        }

    def write(
        self,
        changed: Sequence[tuple[FileRead, Deck]],
        known: dict[str, KnownDeck],
        vanished: Sequence[KnownDeck],
    ) -> None:
        """Store the changed decks and retire the vanished ones."""
        arriving: list[_Arriving] = []
        for file, deck in changed:
            deck_id = self._store_deck(file, deck, known.get(file.path))
            arriving += [_arriving(deck_id, file.path, note) for note in deck.notes]
        self._retire_decks([deck.id for deck in vanished])
        affected = {note.deck_id for note in arriving}
        affected |= {known[file.path].id for file, _ in changed if file.path in known}
        affected |= {deck.id for deck in vanished}
        names = sorted({each.note.explicit_id for each in arriving if each.note.explicit_id})
        hashes = sorted({each.text_hash for each in arriving})
        packed = {
            each.note.explicit_id
            for each in arriving
            if each.note.explicit_id and locations.is_foreign(each.file)
        }
        stored = notes_to_continue(self._connection, affected, names, hashes, packed)
        paths = {row.id: row.path for row in self._connection.execute(select(decks))}
        matched = match(
            [as_stored(row) for row in stored],
            [
                IncomingNote(
                    str(a.deck_id),
                    a.note.kind,
                    a.note.explicit_id,
                    a.text_hash,
                    a.front_hash,
                    Text(a.note.front, a.note.back),
                )
                for a in arriving
            ],
        )
        kept = set(matched.pairs.values())
        self._retire_notes(
            [row for i, row in enumerate(stored) if i not in kept and not row.retired], paths
        )
        self._store_notes(
            arriving, {new: stored[old] for new, old in matched.pairs.items()}, matched.reasons
        )
        for pair in matched.doubtful:
            new, old = arriving[pair.new], stored[pair.old]
            self._report.doubtful.append(
                Doubt(
                    new.file,
                    new.note.line,
                    pair.score,
                    (old.front, old.back),
                    (new.note.front, new.note.back),
                )
            )

    def _store_deck(self, file: FileRead, deck: Deck, known: KnownDeck | None) -> int:
        values = {
            "name": deck.name,
            "digest": file.digest,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "skipped": deck.skipped,
            "retired": False,
        }
        if known is not None:
            self._connection.execute(update(decks).where(decks.c.id == known.id).values(values))
            return known.id
        values |= {"uid": self._collection.new_uid(), "path": file.path}
        key = self._connection.execute(decks.insert().values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _retire_decks(self, ids: Sequence[int]) -> None:
        self._connection.execute(update(decks).where(decks.c.id.in_(ids)).values(retired=True))

    def _retire_notes(self, gone: Sequence[Any], paths: dict[int, str]) -> None:
        ids = [row.id for row in gone]
        counts: dict[int, int] = {}
        for some in chunks(ids):
            living = cards.c.note_id.in_(some) & ~cards.c.retired
            counts |= {
                row.note_id: row.living
                for row in self._connection.execute(
                    select(cards.c.note_id, func.count().label("living"))
                    .where(living)
                    .group_by(cards.c.note_id)
                )
            }
            self._connection.execute(
                update(cards).where(living).values(retired=True, revision=cards.c.revision + 1)
            )
            self._connection.execute(update(notes).where(notes.c.id.in_(some)).values(retired=True))
        for row in gone:
            self._report.decide(
                Decision(
                    Change.RETIRED,
                    counts.get(row.id, 0),
                    paths[row.deck_id],
                    row.line,
                    row.front,
                    None,
                    row.back,
                )
            )

    def _store_notes(
        self,
        arriving: Sequence[_Arriving],
        continued: dict[int, Any],
        reasons: dict[int, str],
    ) -> None:
        siblings = cards_by_sibling(self._connection, [row.id for row in continued.values()])
        new_notes: list[dict[str, Any]] = []
        changed_notes: list[dict[str, Any]] = []
        new_cards: list[dict[str, Any]] = []
        changed_cards: list[dict[str, Any]] = []
        next_note = self._next_id(notes)
        positions: dict[int, int] = defaultdict(int)
        for index, arrived in enumerate(arriving):
            old = continued.get(index)
            topic_id = self._topic(arrived.note.topic)
            values = _note_values(arrived, topic_id)
            if old is None:
                note_id, change = next_note, Change.ADDED
                next_note += 1
                new_notes.append({**values, "id": note_id, "uid": self._collection.new_uid()})
            else:
                note_id, change = old.id, _change(old, values)
                if any(getattr(old, name) != value for name, value in values.items()):
                    changed_notes.append({**values, "_id": note_id})
            place = {"deck_id": arrived.deck_id, "topic_id": topic_id, "note_id": note_id}
            existing = siblings.get(note_id, {})
            keys = card_keys(arrived.note)
            living = {name: not card.retired for name, card in existing.items()}
            follows = continued_siblings(living, keys)
            counts: dict[Change, int] = defaultdict(int)
            for key in keys:
                position = positions[arrived.deck_id]
                positions[arrived.deck_id] += 1
                card = existing.pop(follows[key]) if key in follows else None
                target = {**place, "sibling": key, "position": position, "retired": False}
                if card is None:
                    counts[Change.ADDED] += 1
                    uid = self._collection.new_uid()
                    new_cards.append({**target, "uid": uid})
                    self.started += [
                        (uid, each) for each in arrived.note.starts if each.card == key
                    ]
                    continue
                counts[Change.REVIVED if card.retired else change] += 1
                if any(getattr(card, name) != value for name, value in target.items()):
                    changed_cards.append({**target, "_id": card.id})
            for card in existing.values():
                if not card.retired:
                    counts[Change.RETIRED] += 1
                    changed_cards.append(
                        {
                            **place,
                            "sibling": card.sibling,
                            "position": card.position,
                            "retired": True,
                            "_id": card.id,
                        }
                    )
            for each, count in counts.items():
                self._report.decide(
                    Decision(
                        each,
                        count,
                        arrived.file,
                        arrived.note.line,
                        None if old is None else old.front,
                        arrived.note.front,
                        None if old is None else old.back,
                        arrived.note.back,
                        reasons.get(index),
                    )
                )
        self._insert(notes, new_notes)
        self._insert(cards, new_cards)
        self._update(notes, changed_notes)
        self._update(cards, changed_cards)

    def _topic(self, path: str) -> int:
        if path not in self._topics:
            key = self._connection.execute(topics.insert().values(path=path)).inserted_primary_key
            assert key is not None
            self._topics[path] = int(key[0])
        return self._topics[path]

    def _next_id(self, table: Any) -> int:
        return int(self._connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)

    def _update(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            names = [name for name in rows[0] if name != "_id"]
            self._connection.execute(
                update(table)
                .where(table.c.id == bindparam("_id"))
                .values({name: bindparam(name) for name in names}),
                rows,
            )


def _arriving(deck_id: int, file: str, note: Note) -> _Arriving:
    details = json.dumps(encode(note), ensure_ascii=False, sort_keys=True)
    return _Arriving(deck_id, file, note, details, text_hash(note), front_hash(note))


def _note_values(arrived: _Arriving, topic_id: int) -> dict[str, Any]:
    return {
        "deck_id": arrived.deck_id,
        "topic_id": topic_id,
        "kind": arrived.note.kind.value,
        "front": arrived.note.front,
        "back": arrived.note.back,
        "details": arrived.details,
        "explicit_id": arrived.note.explicit_id,
        "text_hash": arrived.text_hash,
        "front_hash": arrived.front_hash,
        "line": arrived.note.line,
        "retired": False,
    }


def _change(old: Any, values: dict[str, Any]) -> Change:
    if any(getattr(old, name) != values[name] for name in ("kind", "front", "back", "details")):
        return Change.UPDATED
    if (old.deck_id, old.topic_id) != (values["deck_id"], values["topic_id"]):
        return Change.MOVED
    return Change.UNCHANGED
