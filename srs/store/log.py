"""The review log: answers and events, their voids, and the card rows that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, update

from srs.errors import SrsError
from srs.schedule.clock import clock_is_behind
from srs.schedule.leech import becomes_leech
from srs.schedule.model import CardState, EventKind, Moment, Rating, ReviewKind
from srs.store.collection import Collection
from srs.store.history import (
    EVENTS_OF_CARD,
    REVIEWS_OF_CARD,
    STATE_COLUMNS,
    card_state,
    rebuild,
    state_values,
)
from srs.store.tables import cards, events, reviews

LONGEST_ANSWER_MS = 120_000

_CARD = select(cards.c.uid, cards.c.revision, *STATE_COLUMNS).where(cards.c.id == bindparam("card"))
_UPDATE_CARD = update(cards).where(cards.c.id == bindparam("card"))
_INSERT_REVIEW = reviews.insert()
_INSERT_EVENT = events.insert()
_NEWEST_ANSWER_MS = (
    select(reviews.c.ms).order_by(reviews.c.study_day.desc(), reviews.c.ms.desc()).limit(1)
)
_NEWEST_MS_OF_CARD = tuple(
    select(func.max(table.c.ms)).where(table.c.card_id == bindparam("card"))
    for table in (reviews, events)
)


class ChangedElsewhereError(SrsError):
    """The card was answered, edited away or suspended by another process since it was shown."""


class ClockBehindError(SrsError):
    """The computer's clock is more than a day behind the newest row of the log."""


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
) -> Graded:
    """Grade a card; row and card are on the disk when this returns.

    `revision` is the card's when it was shown. Raises ChangedElsewhereError when the card has
    changed since, ClockBehindError when the clock cannot be right, SrsError when the disk fails;
    nothing is stored then.
    """
    now = collection.now()
    with collection.writing() as connection:
        check_clock(connection, now)
        row = connection.execute(_CARD, {"card": card_id}).first()
        if row is None or row.revision != revision:
            raise ChangedElsewhereError("This card was answered elsewhere; going on to the next.")
        now = _after_newest_row(connection, card_id, now)
        before = card_state(row)
        after = collection.scheduler.answer(before, row.uid, rating, now)
        leech = after.lapses > before.lapses and becomes_leech(
            after.lapses, collection.settings.scheduling.leech_threshold
        )
        uid = collection.new_uid()
        connection.execute(
            _INSERT_REVIEW,
            {
                "uid": uid,
                "card_id": card_id,
                "ms": now.ms,
                "study_day": now.study_day,
                "fsrs_day": after.fsrs_day,
                "rating": int(rating),
                "duration_ms": min(max(duration_ms, 0), LONGEST_ANSWER_MS),
                "kind": kind.value,
                "scheduled": True,
                "predicted": collection.scheduler.recall(before, now),
                "weights_id": collection.weights_id,
                "device_id": collection.device_id,
                "state": int(after.state),
                "step": after.step,
                "due_day": after.due_day,
                "due_ms": after.due_ms,
                "leech": leech,
            },
        )
        values = {**state_values(after), "revision": revision + 1}
        if leech:
            values |= {"leech": True, "suspended": True}
        connection.execute(_UPDATE_CARD, {"card": card_id, **values})
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
    with collection.writing() as connection:
        check_clock(connection, now)
        uid = _insert_event(collection, connection, card_id, kind, now, until_day, text)
        rebuild(connection, card_id, collection.weights)
    return uid


def void(collection: Collection, card_id: int, uid: bytes) -> None:
    """Take back a card's newest row of the log.

    The row stays; a void row follows it. Raises ChangedElsewhereError when the card has had a
    newer answer or event since, as that one would have to go first.
    """
    now = collection.now()
    with collection.writing() as connection:
        newest = _newest_uid(connection, card_id)
        if newest != uid:
            raise ChangedElsewhereError(
                "The card was answered elsewhere since, so this answer can no longer be undone."
            )
        _insert_event(collection, connection, card_id, EventKind.VOID, now, target=uid)
        rebuild(connection, card_id, collection.weights)


def check_clock(connection: Connection, now: Moment) -> None:
    """Raise ClockBehindError when the clock is more than a day behind the newest answer."""
    newest = connection.execute(_NEWEST_ANSWER_MS).scalar()
    if newest is not None and clock_is_behind(now.ms, newest):
        raise ClockBehindError(
            "The computer's clock is more than a day behind your last answer, so nothing can be "
            "graded: set the clock right and go on."
        )


def _newest_uid(connection: Connection, card_id: int) -> bytes | None:
    newest = [
        row
        for statement in (REVIEWS_OF_CARD, EVENTS_OF_CARD)
        for row in list(connection.execute(statement, {"card": card_id}))[-1:]
    ]
    return max(newest, key=lambda row: (row.ms, row.uid)).uid if newest else None


def _insert_event(
    collection: Collection,
    connection: Connection,
    card_id: int,
    kind: EventKind,
    now: Moment,
    until_day: int | None = None,
    text: str = "",
    target: bytes | None = None,
) -> bytes:
    uid = collection.new_uid()
    now = _after_newest_row(connection, card_id, now)
    connection.execute(
        _INSERT_EVENT,
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


def _after_newest_row(connection: Connection, card_id: int, now: Moment) -> Moment:
    # A card's rows are replayed in the order of their milliseconds, so that order has to be the
    # order of writing even within one millisecond or after the clock was set back a little.
    newest = max(
        connection.execute(statement, {"card": card_id}).scalar() or 0
        for statement in _NEWEST_MS_OF_CARD
    )
    return Moment(max(now.ms, newest + 1), now.study_day)
