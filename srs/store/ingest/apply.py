"""Writing what an import decided: decks, topics, notes and cards, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from srs.deck.model import Deck
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.ledger import Ledger
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, Matching, match
from srs.store.ingest.note_writing import Arriving, NoteWriter, arriving
from srs.store.ingest.progress import Progress, Stage, Step
from srs.store.ingest.report import Change, Decision, Doubt, ImportReport, Pair
from srs.store.ingest.stored import as_stored, chunks, notes_to_continue
from srs.store.tables import cards, decks, notes

CONFIRMED = "confirmed"


class Writer:
    """Writes one import into the collection, within one transaction, and keeps its report.

    The doubtful pairs in `same` are taken for the same note; `tell` is told of the progress.
    `started` holds the uids of the new cards that another program's schedule is known of.
    """

    def __init__(
        self,
        collection: Collection,
        connection: Connection,
        report: ImportReport,
        *,
        same: frozenset[Pair] = frozenset(),
        tell: Progress | None = None,
    ) -> None:
        self._collection = collection
        self._connection = connection
        self._report = report
        self._same = same
        self._tell = tell
        self._ledger = Ledger(connection, collection.clock.now_ms())
        self._notes = NoteWriter(collection, connection, report, self._ledger)
        self.started = self._notes.started

    def write(
        self,
        changed: Sequence[tuple[FileRead, Deck]],
        known: dict[str, KnownDeck],
        vanished: Sequence[KnownDeck],
    ) -> None:
        """Store the changed decks and retire the vanished ones."""
        if self._tell is not None:
            self._tell(Step(Stage.MATCHING))
        arrived: list[Arriving] = []
        for file, deck in changed:
            deck_id = self._store_deck(file, deck, known.get(file.path))
            arrived += [arriving(deck_id, file.path, note) for note in deck.notes]
        self._retire_decks([deck.id for deck in vanished])
        affected = {note.deck_id for note in arrived}
        affected |= {known[file.path].id for file, _ in changed if file.path in known}
        affected |= {deck.id for deck in vanished}
        names = {each.note.explicit_id for each in arrived if each.note.explicit_id}
        hashes = {each.text_hash for each in arrived}
        packed = {
            each.note.explicit_id
            for each in arrived
            if each.note.explicit_id and locations.is_foreign(each.file)
        }
        stored = notes_to_continue(self._connection, affected, names, hashes, packed)
        paths = {row.id: row.path for row in self._connection.execute(select(decks))}
        matched = _matched(stored, arrived)
        doubtful = []
        for pair in matched.doubtful:
            if (stored[pair.old].id, arrived[pair.new].text_hash) in self._same:
                matched.pairs[pair.new] = pair.old
                matched.reasons[pair.new] = CONFIRMED
            else:
                doubtful.append(pair)
        kept = set(matched.pairs.values())
        self._retire_notes(
            [row for i, row in enumerate(stored) if i not in kept and not row.retired], paths
        )
        continued = {new: stored[old] for new, old in matched.pairs.items()}
        ids = self._notes.write(arrived, continued, matched.reasons, self._tell)
        for pair in doubtful:
            self._report.doubtful.append(
                self._doubt(arrived[pair.new], ids[pair.new], stored[pair.old], pair.score)
            )
        self._ledger.write()

    def _doubt(self, new: Arriving, new_id: int, old: Any, score: float) -> Doubt:
        return Doubt(
            new.file,
            new.note.line,
            score,
            (old.front, old.back),
            (new.note.front, new.note.back),
            (old.id, new.text_hash),
            self._ledger.doubted(old.id, new_id, f"alike {score:.2f}"),
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


def _matched(stored: Sequence[Any], arrived: Sequence[Arriving]) -> Matching:
    if not stored:
        return Matching()
    return match(
        [as_stored(row) for row in stored],
        [
            IncomingNote(
                str(each.deck_id),
                each.note.kind,
                each.note.explicit_id,
                each.text_hash,
                each.front_hash,
                Text(each.note.front, each.note.back),
            )
            for each in arrived
        ],
    )
