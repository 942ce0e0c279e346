"""Writing what other programs knew of cards into the review log, in the caller's transaction.

Every row's uid follows from the card's name there and the instant, so that reading the same
answers again adds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from srs.deck.model import Problem, Severity, Start
from srs.schedule.beginning import Beginning
from srs.schedule.clock import day_start_ms, study_day
from srs.schedule.model import EventKind
from srs.store import locations
from srs.store.collection import Collection
from srs.store.history import histories_of, history_values
from srs.store.ingest.foreign import ForeignFile, Past
from srs.store.ingest.past_rows import Row, past_rows
from srs.store.ingest.report import ImportReport
from srs.store.ingest.stored import chunks
from srs.store.statements import executing
from srs.store.tables import cards, decks, devices, events, notes, reviews

_ROWS_AT_A_TIME = 50_000


class HistoryWriter:
    """Writes histories; `rebuild` then brings the cards in line with their logs."""

    def __init__(self, collection: Collection, connection: Connection) -> None:
        self._collection = collection
        self._connection = connection
        self._now = collection.now()
        self._rollover = collection.settings.scheduling.rollover_hour
        self._changed: set[int] = set()

    def begin(self, started: Sequence[tuple[bytes, Start]]) -> None:
        """Let new cards, given by their uids, go on from where another program's schedule stood."""
        ids: dict[bytes, int] = {}
        for some in chunks([uid for uid, _ in started]):
            rows = self._connection.execute(
                select(cards.c.uid, cards.c.id).where(cards.c.uid.in_(some))
            )
            ids |= {row.uid: row.id for row in rows}
        rows_of_events = [
            self._start_row(ids[uid], uid + b"start", start, None) for uid, start in started
        ]
        self._insert(events, rows_of_events, self._collection.device_id)

    def continue_pasts(self, file: ForeignFile, report: ImportReport) -> int:
        """Log what a file knows of its cards and return the number of answers that are new."""
        pasts = {(deck, *key): past for deck, key, past in file.pasts()}
        if not pasts:
            return 0
        ids = self._card_ids(file, pasts)
        device, is_new = self._device(file.program or file.format)
        later = 0
        answers: list[Row] = []
        happened: list[Row] = []
        stored = {} if is_new else self._instants([card_id for card_id, _ in ids])
        for card_id, past in ids:
            later += sum(review.ms > self._now.ms for review in past.reviews)
            rows = past_rows(past, self._collection, self._now)
            known = stored.get(card_id, set())
            answers += [{**row, "card_id": card_id} for row in rows if row["ms"] not in known]
            happened += self._event_rows(card_id, past)
        if not is_new:
            answers = self._unlogged(reviews, answers)
            happened = self._unlogged(events, happened)
        self._insert(reviews, answers, device)
        self._insert(events, happened, device)
        if later:
            report.warnings.append(_later(file, later))
        return len(answers)

    def rebuild(self) -> None:
        """Write the cards whose log has new rows anew."""
        execute = executing(self._connection)
        values = [
            {**history_values(history), "_id": card_id}
            for some in chunks(sorted(self._changed))
            for card_id, history in histories_of(execute, some, self._collection.weights)
        ]
        if values:
            names = [name for name in values[0] if name != "_id"]
            self._connection.execute(
                update(cards)
                .where(cards.c.id == bindparam("_id"))
                .values({name: bindparam(name) for name in names})
                .values(revision=cards.c.revision + 1),
                values,
            )

    def _card_ids(
        self, file: ForeignFile, pasts: dict[tuple[str, str, str], Past]
    ) -> list[tuple[int, Past]]:
        paths = {locations.foreign_path(file.path, d.deck.name): d.deck.name for d in file.decks}
        found = []
        for path, deck in paths.items():
            rows = self._connection.execute(
                select(cards.c.id, cards.c.sibling, notes.c.explicit_id)
                .join(notes, notes.c.id == cards.c.note_id)
                .join(decks, decks.c.id == cards.c.deck_id)
                .where(decks.c.path == path, ~cards.c.retired)
            )
            for row in rows:
                past = pasts.get((deck, row.explicit_id, row.sibling))
                if past is not None:
                    found.append((row.id, past))
        return found

    def _device(self, name: str) -> tuple[int, bool]:
        """Return the id under which a program's answers are logged, and whether it is new."""
        known = self._connection.execute(
            select(devices.c.id).where(devices.c.name == name).order_by(devices.c.id)
        ).scalar()
        if known is not None:
            return int(known), False
        values = {"uid": self._collection.new_uid(), "name": name}
        key = self._connection.execute(devices.insert().values(values)).inserted_primary_key
        assert key is not None
        return int(key[0]), True

    def _instants(self, card_ids: Sequence[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for some in chunks(card_ids):
            for row in self._connection.execute(
                select(reviews.c.card_id, reviews.c.ms).where(reviews.c.card_id.in_(some))
            ):
                found.setdefault(row.card_id, set()).add(row.ms)
        return found

    def _unlogged(self, table: Any, rows: list[Row]) -> list[Row]:
        """Return the rows whose uids the log does not hold."""
        known: set[bytes] = set()
        for some in chunks([row["uid"] for row in rows]):
            known |= set(
                self._connection.execute(select(table.c.uid).where(table.c.uid.in_(some))).scalars()
            )
        return [row for row in rows if row["uid"] not in known]

    def _event_rows(self, card_id: int, past: Past) -> Iterable[Row]:
        name = past.name.encode()
        if past.start is not None:
            first = past.reviews[0].ms - 1 if past.reviews else None
            yield self._start_row(card_id, name + b"start", past.start, past.start_ms or first)
        for ms in past.resets:
            if 0 < ms <= self._now.ms:
                yield self._event(card_id, name + b"reset%d" % ms, EventKind.RESET, ms)
        if past.suspended:
            yield self._event(card_id, name + b"suspend", EventKind.SUSPEND)
        if past.buried_until is not None and past.buried_until > self._now.study_day:
            mark = name + b"bury%d" % past.buried_until
            yield self._event(card_id, mark, EventKind.BURY, until_day=past.buried_until)
        if past.flag is not None:
            mark = name + b"flag" + past.flag.encode()
            yield self._event(card_id, mark, EventKind.FLAG, text=past.flag)

    def _start_row(self, card_id: int, mark: bytes, start: Start, ms: int | None) -> Row:
        """Return the row of a start; without an instant it is the day of the last answer there."""
        day = min(start.due_day - start.interval_days, self._now.study_day)
        beginning = Beginning(
            day,
            start.due_day,
            start.interval_days,
            start.ease,
            start.stability,
            start.difficulty,
        )
        begins = day_start_ms(self._collection.clock, day, self._rollover)
        at = max(1, min(begins if ms is None else ms, self._now.ms))
        return self._event(card_id, mark, EventKind.START, at, text=beginning.as_text())

    def _event(
        self,
        card_id: int,
        mark: bytes,
        kind: EventKind,
        ms: int | None = None,
        *,
        until_day: int | None = None,
        text: str = "",
    ) -> Row:
        at = self._now.ms if ms is None else ms
        return {
            "uid": blake2b(mark, digest_size=16).digest(),
            "card_id": card_id,
            "ms": at,
            "study_day": study_day(self._collection.clock, at, self._rollover),
            "kind": kind.value,
            "target": None,
            "until_day": until_day,
            "text": text,
        }

    def _insert(self, table: Any, rows: list[Row], device: int) -> None:
        for start in range(0, len(rows), _ROWS_AT_A_TIME):
            some = [{**row, "device_id": device} for row in rows[start : start + _ROWS_AT_A_TIME]]
            self._connection.execute(table.insert(), some)
        self._changed |= {row["card_id"] for row in rows}


def _later(file: ForeignFile, count: int) -> Problem:
    return Problem(
        str(file.path),
        1,
        1,
        "future-review",
        f"{count} answers in it lie in the future by this computer's clock and are left out; "
        "if the clock is wrong, set it and import again",
        Severity.WARNING,
    )
