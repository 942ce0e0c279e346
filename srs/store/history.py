"""From the log's rows to card histories: what is unvoided, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

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
from srs.store.queue import NOT_VOIDED, Execute

STATE_COLUMNS = (
    "state, step, stability, difficulty, fsrs_day, answered_ms, due_day, due_ms, reps, lapses"
)

REVIEWS = f"""
SELECT card_id, uid, ms, fsrs_day, rating, scheduled, state, step, due_day, due_ms, leech
FROM review WHERE {NOT_VOIDED.format("review")}{{of_card}} ORDER BY card_id, ms, uid
"""
EVENTS = f"""
SELECT card_id, uid, ms, kind, until_day, text
FROM event WHERE kind <> 'void' AND {NOT_VOIDED.format("event")}{{of_card}}
ORDER BY card_id, ms, uid
"""
OF_CARD = " AND card_id = :card_id"
BETWEEN = " AND card_id BETWEEN :first AND :last"


def card_state(columns: Sequence[Any]) -> CardState:
    """Return the scheduling state held in the values of `STATE_COLUMNS`."""
    return CardState(State(columns[0]), *columns[1:])


def state_values(state: CardState) -> dict[str, Any]:
    """Return the columns of a card row that hold its scheduling state."""
    return {**asdict(state), "state": int(state.state)}


def history_values(history: CardHistory) -> dict[str, Any]:
    """Return the columns of a card row that follow from its log."""
    return {
        **state_values(history.card),
        "suspended": history.suspended,
        "buried_until": history.buried_until,
        "flag": history.flag,
        "leech": history.leech,
    }


def unvoided_reviews(execute: Execute, card_id: int) -> list[LoggedReview]:
    """Return the unvoided answers of a card, oldest first."""
    rows = execute(REVIEWS.format(of_card=OF_CARD), {"card_id": card_id})
    return [logged_review(row) for row in rows]


def unvoided_events(execute: Execute, card_id: int) -> list[LoggedEvent]:
    """Return the unvoided events of a card, oldest first."""
    rows = execute(EVENTS.format(of_card=OF_CARD), {"card_id": card_id})
    return [logged_event(row) for row in rows]


def rebuild(execute: Execute, card_id: int, weights: Sequence[float]) -> None:
    """Write a card's row anew from its unvoided log rows."""
    history = fold(unvoided_reviews(execute, card_id), unvoided_events(execute, card_id), weights)
    store(execute, card_id, history_values(history))


def store(execute: Execute, card_id: int, values: dict[str, Any]) -> None:
    """Change columns of a card's row, so that other processes see that it changed."""
    changes = ", ".join(f"{name} = :{name}" for name in values)
    execute(
        f"UPDATE card SET {changes}, revision = revision + 1 WHERE id = :card_id",
        {**values, "card_id": card_id},
    )


def histories(execute: Execute, weights: Sequence[float]) -> Iterator[tuple[int, CardHistory]]:
    """Yield every card's id and the history its log gives, in the order of the ids."""
    reviews = _Grouped(execute(REVIEWS.format(of_card=""), {}))
    events = _Grouped(execute(EVENTS.format(of_card=""), {}))
    for (card_id,) in execute("SELECT id FROM card ORDER BY id", {}):
        yield card_id, _history(card_id, reviews, events, weights)


def histories_of(
    execute: Execute, card_ids: Sequence[int], weights: Sequence[float]
) -> Iterator[tuple[int, CardHistory]]:
    """Yield the same for some cards, whose ids are in order and best lie close together."""
    span = {"first": card_ids[0], "last": card_ids[-1]}
    reviews = _Grouped(execute(REVIEWS.format(of_card=BETWEEN), span))
    events = _Grouped(execute(EVENTS.format(of_card=BETWEEN), span))
    for card_id in card_ids:
        yield card_id, _history(card_id, reviews, events, weights)


def _history(
    card_id: int, reviews: _Grouped, events: _Grouped, weights: Sequence[float]
) -> CardHistory:
    answered = [logged_review(row) for row in reviews.of(card_id)]
    happened = [logged_event(row) for row in events.of(card_id)]
    return fold(answered, happened, weights)


class _Grouped:
    """Rows sorted by card, handed out a card at a time."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, card_id: int) -> list[Any]:
        found = []
        while self._next is not None and self._next[0] <= card_id:
            if self._next[0] == card_id:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


def logged_review(row: Any) -> LoggedReview:
    """Return an answer of a row of `REVIEWS`."""
    _, uid, ms, fsrs_day, rating, scheduled, state, step, due_day, due_ms, leech = row
    return LoggedReview(
        uid,
        ms,
        fsrs_day,
        Rating(rating),
        bool(scheduled),
        State(state),
        step,
        due_day,
        due_ms,
        bool(leech),
    )


def logged_event(row: Any) -> LoggedEvent:
    """Return an event of a row of `EVENTS`."""
    _, uid, ms, kind, until_day, text = row
    return LoggedEvent(uid, ms, EventKind(kind), until_day, text)
