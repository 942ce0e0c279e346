"""What the incoming notes of an import continue: those that did not change first, then the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from srs.deck.model import Kind
from srs.store import locations
from srs.store.ingest.arriving import Arriving, note_values
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, Matching, StoredNote, match, match_sure
from srs.store.ingest.stored import NoteRow, Settle, Settled, notes_to_continue


class Continuing:
    """Finds the stored note that each incoming one continues.

    `settled` holds, by the incoming note's place, the stored notes that are as they were but for
    the line they stand on. `rest` holds all other stored notes that may go on, by their place.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        arrived: Sequence[Arriving],
        topics: Mapping[str, int],
    ) -> None:
        self._connection = connection
        self._arrived = arrived
        self._topics = topics
        self._stored: list[NoteRow | Settled] = []
        self.settled: dict[int, Settled] = {}
        self.rest: dict[int, NoteRow] = {}

    def look_up(self, affected: set[int]) -> None:
        """Read the notes of the affected decks, and what elsewhere may go on."""
        arrived = self._arrived
        names = {each.note.explicit_id for each in arrived if each.note.explicit_id}
        packed = {
            each.note.explicit_id
            for each in arrived
            if each.note.explicit_id and locations.is_foreign(each.file)
        }
        hashes = [each.text_hash for each in arrived]
        settle = self._settling() if affected else _never
        self._stored = notes_to_continue(self._connection, affected, names, hashes, packed, settle)
        for place, row in enumerate(self._stored):
            if isinstance(row, Settled):
                self.settled[row.place] = row
            else:
                self.rest[place] = row

    def match(self) -> Matching:
        """Match the rest; places are those of the incoming notes, and of the stored in `rest`.

        Where likeness has to decide, it looks at all notes of a deck: those that did not change
        tell where the others stand.
        """
        if not self.rest:
            return Matching()
        news = [new for new in range(len(self._arrived)) if new not in self.settled]
        olds = list(self.rest)
        found, unsure = match_sure(self._as_stored(olds), self._as_incoming(news))
        if unsure:
            in_deck = {
                place for place, new in enumerate(self._arrived) if str(new.deck_id) in unsure
            }
            news = [
                new
                for new in range(len(self._arrived))
                if new not in self.settled or new in in_deck
            ]
            olds = [
                place
                for place, row in enumerate(self._stored)
                if not isinstance(row, Settled) or row.place in in_deck
            ]
            found = match(self._as_stored(olds), self._as_incoming(news))
        pairs = {news[new]: olds[old] for new, old in found.pairs.items() if olds[old] in self.rest}
        return Matching(
            pairs,
            {news[new]: reason for new, reason in found.reasons.items() if news[new] in pairs},
            [replace(pair, new=news[pair.new], old=olds[pair.old]) for pair in found.doubtful],
        )

    def _settling(self) -> Settle:
        """Return what finds the place of the incoming note that says the same as a stored one."""
        places: dict[tuple[int, bytes], int] = {}
        for place, each in enumerate(self._arrived):
            key = (each.deck_id, each.text_hash)
            places[key] = -1 if key in places else place

        def settle(row: NoteRow) -> int | None:
            place = places.get((row.deck_id, row.text_hash), -1)
            if place < 0 or row.retired or row.explicit_id is not None:
                return None
            each = self._arrived[place]
            topic_id = self._topics.get(each.note.topic)
            if topic_id is None or row[1:-2] != note_values(each, topic_id)[:-2]:
                return None
            return place

        return settle

    def _as_stored(self, places: Sequence[int]) -> list[StoredNote]:
        return [self._stored_note(self._stored[place]) for place in places]

    def _stored_note(self, row: NoteRow | Settled) -> StoredNote:
        if isinstance(row, Settled):
            new = self._arrived[row.place]
            note = new.note
            text = Text(note.front, note.back)
            deck = str(new.deck_id)
            hashes = new.text_hash, new.front_hash
            return StoredNote(row.id, deck, note.kind, None, *hashes, False, text)
        return StoredNote(
            row.id,
            str(row.deck_id),
            Kind(row.kind),
            row.explicit_id,
            row.text_hash,
            row.front_hash,
            bool(row.retired),
            Text(row.front, row.back),
        )

    def _as_incoming(self, places: Sequence[int]) -> list[IncomingNote]:
        return [
            IncomingNote(
                str(each.deck_id),
                each.note.kind,
                each.note.explicit_id,
                each.text_hash,
                each.front_hash,
                Text(each.note.front, each.note.back),
            )
            for each in map(self._arrived.__getitem__, places)
        ]


def _never(_: NoteRow) -> None:
    """Settle nothing."""
