"""What the incoming notes of an import continue: those that did not change first, then the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from srs.deck.identity import normal
from srs.deck.model import Kind
from srs.store import locations
from srs.store.ingest.arriving import Arriving
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, Matching, StoredNote, match, match_sure
from srs.store.ingest.stored import (
    NoteRow,
    NoteValues,
    Settle,
    Settled,
    notes_elsewhere,
    notes_of_decks,
)


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
        self._texts: dict[int, Text] = {}
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
        if affected:
            self._stored = notes_of_decks(self._connection, affected, self._settling())
        for each in arrived:
            each.take_hashes()
        hashes = [each.text_hash for each in arrived]
        self._stored += notes_elsewhere(
            self._connection, affected, names, hashes, packed - self._living_names()
        )
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
            new_places = {new: place for place, new in enumerate(news)}
            settled = {
                new_places[row.place]: place
                for place, row in enumerate(map(self._stored.__getitem__, olds))
                if isinstance(row, Settled)
            }
            found = match(self._as_stored(olds), self._as_incoming(news), settled, self._path_of)
        pairs = {news[new]: olds[old] for new, old in found.pairs.items() if olds[old] in self.rest}
        return Matching(
            pairs,
            {news[new]: reason for new, reason in found.reasons.items() if news[new] in pairs},
            [replace(pair, new=news[pair.new], old=olds[pair.old]) for pair in found.doubtful],
        )

    def _living_names(self) -> Set[str | None]:
        """Return the ids of the living notes of the affected decks; no settled note has one."""
        return {
            row.explicit_id
            for row in self._stored
            if not isinstance(row, Settled) and not row.retired
        }

    def _settling(self) -> Settle:
        """Return what finds the place of the incoming note that says the same as a stored one.

        It gives that note the stored hashes. Nothing else that comes into the deck says the same:
        nothing has the same front, or else nothing the same hash.
        """
        arrived = self._arrived
        by_front: dict[tuple[int, str], int] = {}
        repeated: list[int] = []
        for place, each in enumerate(arrived):
            key = (each.deck_id, normal(each.note.front))
            first = by_front.setdefault(key, place)
            if first != place:
                by_front[key] = -1
                repeated += [place] if first < 0 else [first, place]
        by_text: dict[tuple[int, bytes], int] = {}
        for place in repeated:
            each = arrived[place]
            each.take_hashes()
            text = (each.deck_id, each.text_hash)
            by_text[text] = -1 if text in by_text else place

        def settle(row: NoteValues) -> int | None:
            (
                _,
                deck_id,
                topic_id,
                kind,
                front,
                back,
                details,
                name,
                text_hash,
                front_hash,
                _,
                retired,
            ) = row
            if retired or name is not None:
                return None
            place = by_front.get((deck_id, front), -1)
            if place < 0:
                place = by_text.get((deck_id, text_hash), -1)
                if place < 0:
                    return None
            each = arrived[place]
            note = each.note
            if (
                back != note.back
                or front != note.front
                or kind != note.kind
                or details != each.details
                or topic_id != self._topics.get(note.topic)
                or note.explicit_id is not None
            ):
                return None
            each.text_hash, each.front_hash = text_hash, front_hash
            return place

        return settle

    def _path_of(self, deck: str) -> str:
        row = self._connection.execute(
            "SELECT path FROM deck WHERE id = ?", (int(deck),)
        ).fetchone()
        return str(row[0])

    def _as_stored(self, places: Sequence[int]) -> list[StoredNote]:
        return [self._stored_note(self._stored[place]) for place in places]

    def _stored_note(self, row: NoteRow | Settled) -> StoredNote:
        if isinstance(row, Settled):
            new = self._arrived[row.place]
            deck, hashes = _name_of(new.deck_id), (new.text_hash, new.front_hash)
            text = self._text_of(row.place)
            return StoredNote(row.id, deck, new.note.kind, None, *hashes, False, text)
        return StoredNote(
            row.id,
            _name_of(row.deck_id),
            Kind(row.kind),
            row.explicit_id,
            row.text_hash,
            row.front_hash,
            bool(row.retired),
            Text(row.front, row.back),
        )

    def _as_incoming(self, places: Sequence[int]) -> list[IncomingNote]:
        return [self._incoming_note(place) for place in places]

    def _incoming_note(self, place: int) -> IncomingNote:
        new = self._arrived[place]
        note, deck, text = new.note, _name_of(new.deck_id), self._text_of(place)
        hashes = new.text_hash, new.front_hash
        return IncomingNote(deck, note.kind, note.explicit_id, *hashes, text)

    def _text_of(self, place: int) -> Text:
        """Return an incoming note's text; a stored note that says the same has it too."""
        found = self._texts.get(place)
        if found is None:
            note = self._arrived[place].note
            found = self._texts[place] = Text(note.front, note.back)
        return found


@cache
def _name_of(deck_id: int) -> str:
    return str(deck_id)
