"""Writing what other programs knew of cards into the review log, in the caller's transaction.

Every row's uid follows from the card's name there and the instant, so that reading the same
answers again adds none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from srs.deck.model import Problem, Severity, Start
from srs.schedule.beginning import Beginning
from srs.schedule.clock import day_start_ms, study_day
from srs.schedule.model import EventKind
from srs.store import loading, locations
from srs.store.collection import Collection, first, insert
from srs.store.history import histories_of, history_values, store
from srs.store.ingest.foreign import ForeignFile, Past
from srs.store.ingest.past_rows import Row, past_rows
from srs.store.ingest.report import ImportReport
from srs.store.plain import chunks, id_list, one_of

CARDS_OF_DECK = """
SELECT card.id, card.sibling, note.explicit_id
FROM card JOIN note ON note.id = card.note_id JOIN deck ON deck.id = card.deck_id
WHERE deck.path = :path AND NOT card.retired
"""


class HistoryWriter:
    """Writes histories; `rebuild` then brings the cards in line with their logs."""

    def __init__(self, collection: Collection, connection: sqlite3.Connection) -> None:
        self._collection = collection
        self._connection = connection
        self._now = collection.now()
        self._rollover = collection.settings.scheduling.rollover_hour
        self._changed: set[int] = set()

    def begin(self, started: Sequence[tuple[bytes, Start]]) -> None:
        """Let new cards, given by their uids, go on from where another program's schedule stood."""
        ids: dict[bytes, int] = {}
        for some in chunks([uid for uid, _ in started]):
            these, values = one_of(some)
            ids |= dict(
                self._connection.execute(f"SELECT uid, id FROM card WHERE uid IN {these}", values)
            )
        rows_of_events = [
            self._start_row(ids[uid], uid + b"start", start, None) for uid, start in started
        ]
        self._insert("event", rows_of_events, self._collection.device_id)

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
            answers = self._unlogged("review", answers)
            happened = self._unlogged("event", happened)
        self._insert("review", answers, device)
        self._insert("event", happened, device)
        if later:
            report.warnings.append(_later(file, later))
        return len(answers)

    def rebuild(self) -> None:
        """Write the cards whose log has new rows anew."""
        execute = self._connection.execute
        for some in chunks(sorted(self._changed)):
            for card_id, history in histories_of(execute, some, self._collection.weights):
                store(execute, card_id, history_values(history))

    def _card_ids(
        self, file: ForeignFile, pasts: dict[tuple[str, str, str], Past]
    ) -> list[tuple[int, Past]]:
        paths = {locations.foreign_path(file.path, d.deck.name): d.deck.name for d in file.decks}
        found = []
        for path, deck in paths.items():
            for id_, sibling, name in self._connection.execute(CARDS_OF_DECK, {"path": path}):
                past = pasts.get((deck, name, sibling))
                if past is not None:
                    found.append((id_, past))
        return found

    def _device(self, name: str) -> tuple[int, bool]:
        """Return the id under which a program's answers are logged, and whether it is new."""
        find = "SELECT id FROM device WHERE name = :name ORDER BY id"
        execute, values = self._connection.execute, {"name": name}
        known = first(execute(find, values))
        if known is None:
            insert(execute, "device", {**values, "uid": self._collection.new_uid()})
        ((id_, *_), *_) = execute(find, values)
        return int(id_), known is None

    def _instants(self, card_ids: Sequence[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for some in chunks(card_ids):
            for card_id, ms in self._connection.execute(
                f"SELECT card_id, ms FROM review WHERE card_id IN {id_list(some)}"
            ):
                found.setdefault(card_id, set()).add(ms)
        return found

    def _unlogged(self, table: str, rows: list[Row]) -> list[Row]:
        """Return the rows whose uids the log does not hold."""
        known: set[bytes] = set()
        for some in chunks([row["uid"] for row in rows]):
            these, values = one_of(some)
            found = self._connection.execute(
                f"SELECT uid FROM {table} WHERE uid IN {these}", values
            )
            known |= {uid for (uid,) in found}
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

    def _insert(self, table: str, rows: list[Row], device: int) -> None:
        if rows:
            names = tuple(rows[0])
            values = ((*(row[name] for name in names), device) for row in rows)
            loading.insert_many(self._connection, table, (*names, "device_id"), values)
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
