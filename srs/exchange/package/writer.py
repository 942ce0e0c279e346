"""Living cards as an Anki package, with their review history and where their schedule stands.

A topic `a/b` becomes the tag `topic::a::b`, a deck keeps its name, a flag is Anki's red one and its
note is left out; a leech is tagged so. A story shows its rubric, a drill the fixed draw of its
numbers. What was taken back is not there. Notes keep their ids from package to package,
so that Anki updates those it knows.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from functools import partial
from hashlib import sha1
from pathlib import Path

from srs.deck.model import Note
from srs.exchange.package.container import Container
from srs.exchange.package.fields import SEPARATOR, fields_of, kind_of, place_of, plain
from srs.exchange.package.media import Media
from srs.exchange.package.rows import Days, card_row, review_rows
from srs.exchange.topics import mark_of
from srs.exchange.writing import whole_file
from srs.schedule.clock import day_start_ms
from srs.store import locations
from srs.store.collection import Collection
from srs.store.living import LivingDeck, LivingNote, living_decks, logs_of
from srs.store.queue import Execute, Scope

DATABASE = "collection.anki21"


@dataclass(slots=True)
class Packed:
    """What went into a package; `missing` are the pictures that are not there."""

    notes: int = 0
    cards: int = 0
    reviews: int = 0
    media: int = 0
    missing: tuple[str, ...] = ()


def write(
    collection: Collection, target: Path, scope: Scope | None = None, *, force: bool = False
) -> Packed:
    """Write the living cards of a scope to a package. Raises SrsError when it cannot be written."""
    with (
        whole_file(target, force=force) as path,
        tempfile.TemporaryDirectory(prefix="srs-") as folder,
    ):
        inside = Path(folder, DATABASE)
        media = Media()
        with contextlib.closing(sqlite3.connect(inside)) as database:
            database.execute("PRAGMA synchronous=OFF")
            with collection.reading_sql() as execute, database:
                packed = _Packer(collection, execute, database, media).pack(scope)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            package.write(inside, DATABASE)
            names = dict(enumerate(media.files))
            package.writestr("media", json.dumps(names))
            for number, name in names.items():
                package.write(media.files[name], str(number), zipfile.ZIP_STORED)
    packed.media, packed.missing = len(media.files), tuple(sorted(media.missing))
    return packed


class _Packer:
    def __init__(
        self, collection: Collection, execute: Execute, database: sqlite3.Connection, media: Media
    ) -> None:
        self._collection = collection
        self._execute = execute
        self._media = media
        now = collection.now()
        self._now_s = now.ms // 1000
        self._box = Container(database, self._now_s)
        first = next(iter(execute("SELECT MIN(study_day) FROM review", {})))[0]
        self._days = Days(min(first or now.study_day, now.study_day), now.study_day)
        self._packed = Packed()
        self._moments: set[int] = set()
        self._next_id = now.ms
        settings = collection.settings.scheduling
        self._steps = len(settings.learning_steps_s), len(settings.relearning_steps_s)
        self._extra = {"dr": settings.desired_retention, "decay": round(collection.weights[20], 4)}

    def pack(self, scope: Scope | None) -> Packed:
        for deck in living_decks(self._execute, scope):
            self._pack_deck(deck)
        clock, settings = self._collection.clock, self._collection.settings.scheduling
        created_s = day_start_ms(clock, self._days.first, settings.rollover_hour) // 1000
        west = -clock.utc_offset_s(created_s) // 60, -clock.utc_offset_s(self._now_s) // 60
        self._box.finish(
            created_s=created_s,
            west_minutes=west,
            scheduling=settings,
            weights=self._collection.weights,
        )
        return self._packed

    def _pack_deck(self, deck: LivingDeck) -> None:
        deck_id = self._box.deck(deck.name)
        folder = locations.picture_folder(self._collection.path, deck.path)
        picture = partial(self._media.name, folder)
        notes: list[tuple[object, ...]] = []
        cards: list[tuple[object, ...]] = []
        reviews: list[tuple[object, ...]] = []
        ids: dict[int, int] = {}
        weights = self._collection.weights
        for living in deck.notes:
            note_id = self._new_id()
            fields = fields_of(living.note, picture)
            first = plain(fields[0])
            check = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
            kind = self._box.kind(kind_of(living.note))
            notes.append(
                (note_id, living.uid.hex(), kind, self._now_s, -1, _tags(living),
                 SEPARATOR.join(fields), first, check, 0, "")
            )  # fmt: skip
            for card in living.cards:
                ids[card.id] = self._new_id()
                self._packed.cards += 1
                place = place_of(living.note, card.key)
                row = card_row(
                    card, (ids[card.id], note_id, deck_id), place, self._packed.cards,
                    self._now_s, self._days, self._steps, self._extra,
                )  # fmt: skip
                cards.append(row)
        for card_id, log, durations in logs_of(self._execute, deck.id):
            if card_id in ids:
                for ms, *rest in review_rows(ids[card_id], log, durations, weights):
                    reviews.append((self._moment(ms), *rest))
        self._packed.notes += len(notes)
        self._packed.reviews += len(reviews)
        for table, rows in (("notes", notes), ("cards", cards), ("revlog", reviews)):
            self._box.add(table, rows)

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _moment(self, ms: int) -> int:
        """Return the first millisecond from `ms` on that no other answer has."""
        while ms in self._moments:
            ms += 1
        self._moments.add(ms)
        return ms


def _tags(living: LivingNote) -> str:
    note: Note = living.note
    tags = [mark_of(note.topic), *note.tags]
    tags += ["leech"] if any(card.leech for card in living.cards) else []
    words = dict.fromkeys("_".join(tag.split()) for tag in tags)
    return f" {' '.join(filter(None, words))} "
