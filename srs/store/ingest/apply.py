"""Writing what an import decided: decks, topics, notes and cards, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from srs.deck.model import Deck
from srs.store.collection import Collection, insert
from srs.store.ingest.arriving import Arriving, arriving
from srs.store.ingest.continuing import Continuing
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.ledger import Ledger
from srs.store.ingest.note_writing import NoteWriter
from srs.store.ingest.progress import Progress, Stage, Step
from srs.store.ingest.report import Change, Decision, Doubt, ImportReport, Pair
from srs.store.ingest.stored import NoteRow
from srs.store.plain import chunks, id_list

CONFIRMED = "confirmed"


class Writer:
    """Writes one import into the collection, within one transaction, and keeps its report.

    The doubtful pairs in `same` are taken for the same note; `tell` is told of the progress.
    `started` holds the uids of the new cards that another program's schedule is known of.
    """

    def __init__(
        self,
        collection: Collection,
        connection: sqlite3.Connection,
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
        self.started = self._notes.beginning.started

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
        affected = {known[file.path].id for file, _ in changed if file.path in known}
        affected |= {deck.id for deck in vanished}
        found = Continuing(self._connection, arrived, self._notes.topics)
        found.look_up(affected)
        matched = found.match()
        doubtful = []
        for pair in matched.doubtful:
            if (found.rest[pair.old].id, arrived[pair.new].text_hash) in self._same:
                matched.pairs[pair.new] = pair.old
                matched.reasons[pair.new] = CONFIRMED
            else:
                doubtful.append(pair)
        kept = set(matched.pairs.values())
        self._retire_notes(
            [row for place, row in found.rest.items() if place not in kept and not row.retired]
        )
        continued = {new: found.rest[old] for new, old in matched.pairs.items()}
        ids = self._notes.write(arrived, found.settled, continued, matched.reasons, self._tell)
        for pair in doubtful:
            self._report.doubtful.append(
                self._doubt(arrived[pair.new], ids[pair.new], found.rest[pair.old], pair.score)
            )
        self._ledger.write()

    def _doubt(self, new: Arriving, new_id: int, old: NoteRow, score: float) -> Doubt:
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
        values: dict[str, Any] = {
            "name": deck.name,
            "digest": file.digest,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "skipped": deck.skipped,
            "retired": False,
        }
        if known is not None:
            changes = ", ".join(f"{name} = :{name}" for name in values)
            values["id"] = known.id
            self._connection.execute(f"UPDATE deck SET {changes} WHERE id = :id", values)
            return known.id
        values |= {"uid": self._collection.new_uid(), "path": file.path, "enabled": True}
        insert(self._connection.execute, "deck", values)
        ((id_,),) = self._connection.execute("SELECT id FROM deck WHERE path = :path", values)
        return int(id_)

    def _retire_decks(self, ids: Sequence[int]) -> None:
        self._connection.execute(f"UPDATE deck SET retired = TRUE WHERE id IN {id_list(ids)}")

    def _retire_notes(self, gone: Sequence[NoteRow]) -> None:
        execute = self._connection.execute
        paths = dict(execute("SELECT id, path FROM deck"))
        counts: dict[int, int] = {}
        for some in chunks([row.id for row in gone]):
            ids = id_list(some)
            living = f"note_id IN {ids} AND NOT retired"
            counts |= execute(f"SELECT note_id, COUNT(*) FROM card WHERE {living} GROUP BY 1")
            execute(f"UPDATE card SET retired = TRUE, revision = revision + 1 WHERE {living}")
            execute(f"UPDATE note SET retired = TRUE WHERE id IN {ids}")
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
