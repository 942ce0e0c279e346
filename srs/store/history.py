"""From the log's rows to card histories: what is unvoided, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, and_, exists, select, update

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
    return {**asdict(state), "state": int(state.state)}


def rebuild(connection: Connection, card_id: int, weights: Sequence[float]) -> None:
    """Write a card's row anew from its unvoided log rows."""
    history = fold(
        [logged_review(row) for row in connection.execute(unvoided_reviews(card_id))],
        [logged_event(row) for row in connection.execute(unvoided_events(card_id))],
        weights,
    )
    connection.execute(
        update(cards)
        .where(cards.c.id == card_id)
        .values({**history_values(history), "revision": cards.c.revision + 1})
    )


def history_values(history: CardHistory) -> dict[str, Any]:
    """Return the columns of a card row that follow from its log."""
    return {
        **state_values(history.card),
        "suspended": history.suspended,
        "buried_until": history.buried_until,
        "flag": history.flag,
        "leech": history.leech,
    }


def unvoided_reviews(card_id: int | None = None) -> Any:
    """Select the unvoided answers of a card, or of all cards by card, oldest first."""
    table = reviews
    found = select(
        table.c.card_id,
        table.c.uid,
        table.c.ms,
        table.c.fsrs_day,
        table.c.rating,
        table.c.scheduled,
        table.c.state,
        table.c.step,
        table.c.due_day,
        table.c.due_ms,
        table.c.leech,
    ).where(~_voided(table.c.uid))
    if card_id is not None:
        found = found.where(table.c.card_id == card_id)
    return found.order_by(table.c.card_id, table.c.ms, table.c.uid)


def unvoided_events(card_id: int | None = None) -> Any:
    """Select the unvoided events of a card, or of all cards by card, oldest first."""
    table = events
    found = select(
        table.c.card_id, table.c.uid, table.c.ms, table.c.kind, table.c.until_day, table.c.text
    ).where(table.c.kind != EventKind.VOID.value, ~_voided(table.c.uid))
    if card_id is not None:
        found = found.where(table.c.card_id == card_id)
    return found.order_by(table.c.card_id, table.c.ms, table.c.uid)


def logged_review(row: Any) -> LoggedReview:
    """Turn a row of `unvoided_reviews` into a value."""
    return LoggedReview(
        row.uid,
        row.ms,
        row.fsrs_day,
        Rating(row.rating),
        row.scheduled,
        State(row.state),
        row.step,
        row.due_day,
        row.due_ms,
        row.leech,
    )


def logged_event(row: Any) -> LoggedEvent:
    """Turn a row of `unvoided_events` into a value."""
    return LoggedEvent(row.uid, row.ms, EventKind(row.kind), row.until_day, row.text)


def histories(
    connection: Connection, weights: Sequence[float]
) -> Iterator[tuple[int, CardHistory]]:
    """Yield every card's id and the history its log gives, in the order of the ids."""
    review_rows = _Grouped(connection.execute(unvoided_reviews()))
    event_rows = _Grouped(connection.execute(unvoided_events()))
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
        while self._next is not None and self._next.card_id <= card_id:
            if self._next.card_id == card_id:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _voided(uid: Any) -> Any:
    voids = events.alias()
    return exists().where(and_(voids.c.target == uid, voids.c.kind == EventKind.VOID.value))
