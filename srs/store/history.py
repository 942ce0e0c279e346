"""From the log's rows to card histories: what is unvoided, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, select, update

from srs.schedule.history import fold
from srs.schedule.model import (
    CardHistory,
    CardState,
    EventKind,
    LoggedEvent,
    LoggedReview,
    Rating,
    State,
)
from srs.store.tables import cards, events, reviews


def _voided(uid: Any) -> Any:
    voids = events.alias()
    return exists().where(and_(voids.c.target == uid, voids.c.kind == EventKind.VOID.value))


# Statements are built once: building one takes several times as long as SQLite takes to run it.
UNVOIDED_REVIEWS = (
    select(
        reviews.c.card_id,
        reviews.c.uid,
        reviews.c.ms,
        reviews.c.fsrs_day,
        reviews.c.rating,
        reviews.c.scheduled,
        reviews.c.state,
        reviews.c.step,
        reviews.c.due_day,
        reviews.c.due_ms,
        reviews.c.leech,
    )
    .where(~_voided(reviews.c.uid))
    .order_by(reviews.c.card_id, reviews.c.ms, reviews.c.uid)
)
UNVOIDED_EVENTS = (
    select(
        events.c.card_id,
        events.c.uid,
        events.c.ms,
        events.c.kind,
        events.c.until_day,
        events.c.text,
    )
    .where(events.c.kind != EventKind.VOID.value, ~_voided(events.c.uid))
    .order_by(events.c.card_id, events.c.ms, events.c.uid)
)
REVIEWS_OF_CARD = UNVOIDED_REVIEWS.where(reviews.c.card_id == bindparam("card"))
EVENTS_OF_CARD = UNVOIDED_EVENTS.where(events.c.card_id == bindparam("card"))

STATE_COLUMNS = (
    cards.c.state,
    cards.c.step,
    cards.c.stability,
    cards.c.difficulty,
    cards.c.fsrs_day,
    cards.c.answered_ms,
    cards.c.due_day,
    cards.c.due_ms,
    cards.c.reps,
    cards.c.lapses,
)
_REWRITE = (
    update(cards).where(cards.c.id == bindparam("card")).values(revision=cards.c.revision + 1)
)


def card_state(row: Any) -> CardState:
    """Return the scheduling state held in a card row that has `STATE_COLUMNS`."""
    return CardState(
        State(row.state),
        row.step,
        row.stability,
        row.difficulty,
        row.fsrs_day,
        row.answered_ms,
        row.due_day,
        row.due_ms,
        row.reps,
        row.lapses,
    )


def state_values(state: CardState) -> Mapping[str, Any]:
    """Return the columns of a card row that hold its scheduling state."""
    values = {column.name: getattr(state, column.name) for column in STATE_COLUMNS}
    return {**values, "state": int(state.state)}


def rebuild(connection: Connection, card_id: int, weights: Sequence[float]) -> None:
    """Write a card's row anew from its unvoided log rows."""
    history = fold(
        [logged_review(row) for row in connection.execute(REVIEWS_OF_CARD, {"card": card_id})],
        [logged_event(row) for row in connection.execute(EVENTS_OF_CARD, {"card": card_id})],
        weights,
    )
    connection.execute(_REWRITE, {"card": card_id, **history_values(history)})


def history_values(history: CardHistory) -> dict[str, Any]:
    """Return the columns of a card row that follow from its log."""
    return {
        **state_values(history.card),
        "suspended": history.suspended,
        "buried_until": history.buried_until,
        "flag": history.flag,
        "leech": history.leech,
    }


def logged_review(row: Any) -> LoggedReview:
    """Turn a row of `UNVOIDED_REVIEWS` into a value."""
    _, uid, ms, fsrs_day, rating, scheduled, state, step, due_day, due_ms, leech = row
    return LoggedReview(
        uid, ms, fsrs_day, Rating(rating), scheduled, State(state), step, due_day, due_ms, leech
    )


def logged_event(row: Any) -> LoggedEvent:
    """Turn a row of `UNVOIDED_EVENTS` into a value."""
    return LoggedEvent(row.uid, row.ms, EventKind(row.kind), row.until_day, row.text)


def histories(
    connection: Connection, weights: Sequence[float]
) -> Iterator[tuple[int, CardHistory]]:
    """Yield every card's id and the history its log gives, in the order of the ids."""
    review_rows = _Grouped(connection.execute(UNVOIDED_REVIEWS))
    event_rows = _Grouped(connection.execute(UNVOIDED_EVENTS))
    for card_id in connection.execute(select(cards.c.id).order_by(cards.c.id)).scalars():
        yield (
            card_id,
            fold(
                [logged_review(row) for row in review_rows.of(card_id)],
                [logged_event(row) for row in event_rows.of(card_id)],
                weights,
            ),
        )


class _Grouped:
    """Rows sorted by card, handed out a card at a time."""

    def __init__(self, rows: Any) -> None:
        self._rows = iter(rows)
        self._next: Any | None = next(self._rows, None)

    def of(self, card_id: int) -> list[Any]:
        found = []
        row = self._next
        while row is not None and row[0] <= card_id:
            if row[0] == card_id:
                found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found
