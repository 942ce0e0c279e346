"""The review log: answers and events, their voids, and the card rows that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from srs.errors import SrsError
from srs.schedule.clock import clock_is_behind
from srs.schedule.days import fsrs_day
from srs.schedule.leech import becomes_leech
from srs.schedule.model import CardState, EventKind, Moment, Rating, ReviewKind
from srs.store.collection import Collection, first, insert
from srs.store.history import (
    STATE_COLUMNS,
    card_state,
    rebuild,
    state_values,
    store,
    unvoided_events,
    unvoided_reviews,
)
from srs.store.queue import Execute

LONGEST_ANSWER_MS = 120_000
NEVER_SCHEDULES = (ReviewKind.DRILL, ReviewKind.MOCK)

NEWEST_ANSWER_MS = "SELECT ms FROM review ORDER BY study_day DESC, ms DESC LIMIT 1"
NEWEST_MS_OF_CARD = """
SELECT COALESCE((SELECT MAX(ms) FROM review WHERE card_id = :card_id), 0)
UNION ALL SELECT COALESCE((SELECT MAX(ms) FROM event WHERE card_id = :card_id), 0)
"""


class ChangedElsewhereError(SrsError):
    """The card was answered, edited away or suspended by another process since it was shown."""


class ClockBehindError(SrsError):
    """The computer's clock is more than a day behind the newest row of the log."""


@dataclass(frozen=True, slots=True)
class DrawnNumbers:
    """What a drill was answered with: the seed of its numbers, the typed text, whether right."""

    seed: int
    typed: str = ""
    correct: bool | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """What an answer led to: the log row's uid, the card's new state and revision."""

    review_uid: bytes
    card: CardState
    revision: int
    leech: bool


def record_answer(
    collection: Collection,
    card_id: int,
    revision: int,
    rating: Rating,
    *,
    duration_ms: int,
    kind: ReviewKind = ReviewKind.REVIEW,
    drawn: DrawnNumbers | None = None,
) -> Graded:
    """Grade a card; row and card are on the disk when this returns.

    `revision` is the card's when it was shown. A drill or a mock interview never schedules; the
    card's row is not even touched. In a focus sitting an answer on the FSRS day of the
    card's last is only logged: the card stands as it did. Raises ChangedElsewhereError when the
    card has changed since, ClockBehindError when the clock cannot be right, SrsError when the disk
    fails; nothing is stored then.
    """
    now = collection.now()
    with collection.writing_sql() as execute:
        check_clock(execute, now)
        row = first(
            execute(
                f"SELECT uid, revision, {STATE_COLUMNS} FROM card WHERE id = :card_id",
                {"card_id": card_id},
            )
        )
        if row is None or row[1] != revision:
            raise ChangedElsewhereError("This card was answered elsewhere; going on to the next.")
        now = _after_newest_row(execute, card_id, now)
        before = card_state(row[2:])
        scheduled = kind not in NEVER_SCHEDULES and (
            kind is not ReviewKind.FOCUS or fsrs_day(before, now) != before.fsrs_day
        )
        scheduler = collection.scheduler_of(kind)
        after = scheduler.answer(before, row[0], rating, now) if scheduled else before
        # A story that fails again and again wants work, not to be put away.
        leech = (
            kind is not ReviewKind.REHEARSAL
            and after.lapses > before.lapses
            and becomes_leech(after.lapses, collection.settings.scheduling.leech_threshold)
        )
        uid = collection.new_uid()
        insert(
            execute,
            "review",
            {
                "uid": uid,
                "card_id": card_id,
                "ms": now.ms,
                "study_day": now.study_day,
                "fsrs_day": fsrs_day(before, now),
                "rating": int(rating),
                "duration_ms": min(max(duration_ms, 0), LONGEST_ANSWER_MS),
                "kind": kind.value,
                "scheduled": scheduled,
                "predicted": scheduler.recall(before, now),
                "weights_id": collection.weights_id,
                "device_id": collection.device_id,
                "state": int(after.state),
                "step": after.step,
                "due_day": after.due_day,
                "due_ms": after.due_ms,
                "leech": leech,
            },
        )
        if drawn is not None:
            _insert_drawn(collection, execute, uid, drawn)
        if kind in NEVER_SCHEDULES:
            return Graded(uid, before, revision, False)
        values = state_values(after)
        if leech:
            values |= {"leech": True, "suspended": True}
        store(execute, card_id, values)
    return Graded(uid, after, revision + 1, leech)


def record_event(
    collection: Collection,
    card_id: int,
    kind: EventKind,
    *,
    until_day: int | None = None,
    text: str = "",
) -> bytes:
    """Log that a card was suspended, buried, flagged or the reverse; returns the row's uid."""
    now = collection.now()
    with collection.writing_sql() as execute:
        check_clock(execute, now)
        uid = _insert_event(collection, execute, card_id, kind, now, until_day, text)
        rebuild(execute, card_id, collection.weights)
    return uid


def void(collection: Collection, card_id: int, uid: bytes) -> None:
    """Take back a card's newest row of the log.

    The row stays; a void row follows it. Raises ChangedElsewhereError when the card has had a
    newer answer or event since, as that one would have to go first.
    """
    now = collection.now()
    with collection.writing_sql() as execute:
        newest = _newest_uid(execute, card_id)
        if newest != uid:
            raise ChangedElsewhereError(
                "The card was answered elsewhere since, so this answer can no longer be undone."
            )
        _insert_event(collection, execute, card_id, EventKind.VOID, now, target=uid)
        rebuild(execute, card_id, collection.weights)


def check_clock(execute: Execute, now: Moment) -> None:
    """Raise ClockBehindError when the clock is more than a day behind the newest answer."""
    newest = first(execute(NEWEST_ANSWER_MS, {}))
    if newest is not None and clock_is_behind(now.ms, newest[0]):
        raise ClockBehindError(
            "The computer's clock is more than a day behind your last answer, so nothing can be "
            "graded: set the clock right and go on."
        )


def _insert_drawn(
    collection: Collection, execute: Execute, review: bytes, drawn: DrawnNumbers
) -> None:
    values = {"seed": drawn.seed, "typed": drawn.typed, "correct": drawn.correct}
    insert(execute, "drawn", {"uid": collection.new_uid(), "review_uid": review, **values})


def _newest_uid(execute: Execute, card_id: int) -> bytes | None:
    newest = [
        (row.ms, row.uid)
        for rows in (unvoided_reviews(execute, card_id), unvoided_events(execute, card_id))
        for row in rows[-1:]
    ]
    return max(newest)[1] if newest else None


def _insert_event(
    collection: Collection,
    execute: Execute,
    card_id: int,
    kind: EventKind,
    now: Moment,
    until_day: int | None = None,
    text: str = "",
    target: bytes | None = None,
) -> bytes:
    uid = collection.new_uid()
    now = _after_newest_row(execute, card_id, now)
    insert(
        execute,
        "event",
        {
            "uid": uid,
            "card_id": card_id,
            "ms": now.ms,
            "study_day": now.study_day,
            "kind": kind.value,
            "target": target,
            "until_day": until_day,
            "text": text,
            "device_id": collection.device_id,
        },
    )
    return uid


def _after_newest_row(execute: Execute, card_id: int, now: Moment) -> Moment:
    # A card's rows are replayed in the order of their milliseconds, so that order has to be the
    # order of writing even within one millisecond or after the clock was set back a little.
    newest = max(ms for (ms,) in execute(NEWEST_MS_OF_CARD, {"card_id": card_id}))
    return Moment(max(now.ms, newest + 1), now.study_day)
