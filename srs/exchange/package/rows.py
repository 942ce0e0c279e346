"""Cards and answers as the rows that Anki keeps of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from srs.schedule.beginning import Beginning
from srs.schedule.memory import Memory, first_memory, next_memory
from srs.schedule.model import CardState, EventKind, LoggedEvent, LoggedReview, State
from srs.store.living import LivingCard

# Anki's numbers for how a card waits, and for what an answer was.
SUSPENDED, BURIED, DAY_STEP = -1, -3, 3
LEARN, CRAM, MANUAL = 0, 3, 4
EASE = 2500
KINDS = {State.NEW: 0, State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}


class Days(NamedTuple):
    """The day that Anki's days count from and today, in days since 1970-01-01."""

    first: int
    today: int


def card_row(
    card: LivingCard, ids: tuple[int, int, int], place: int, position: int, now_s: int,
    days: Days, steps: tuple[int, int], extra: dict[str, float],
) -> tuple[object, ...]:  # fmt: skip
    """Return a card's row.

    `ids` are those of the card, its note and its deck, `steps` the numbers of learning and
    relearning steps, `extra` what FSRS keeps beside.
    """
    state = card.state
    queue, due, left = int(state.state), position, 0
    interval = _interval(state)
    if state.state is State.REVIEW:
        due = (state.due_day or days.today) - days.first
    elif state.state in (State.LEARNING, State.RELEARNING):
        of = steps[0] if state.state is State.LEARNING else steps[1]
        left = 1001 * max(1, of - (state.step or 0))
        if state.due_ms is not None:
            queue, due = 1, state.due_ms // 1000
        else:
            queue, due = DAY_STEP, (state.due_day or days.today) - days.first
    if card.suspended:
        queue = SUSPENDED
    elif card.buried_until is not None and card.buried_until > days.today:
        queue = BURIED
    data: dict[str, float] = {"pos": position}
    if state.stability is not None and state.difficulty is not None:
        data |= {"s": round(state.stability, 4), "d": round(state.difficulty, 3), **extra}
        if state.answered_ms is not None:
            data["lrt"] = state.answered_ms // 1000
    ease = 0 if state.state is State.NEW else EASE
    flag = 0 if card.flag is None else 1
    return (
        *ids, place, now_s, -1, int(state.state), queue, due, interval, ease, state.reps,
        state.lapses, left, 0, 0, flag, json.dumps(data, separators=(",", ":")),
    )  # fmt: skip


def review_rows(
    card_id: int, log: Iterable[LoggedReview | LoggedEvent], durations: dict[bytes, int],
    weights: Sequence[float],
) -> Iterator[list[int]]:  # fmt: skip
    """Yield the rows of a card's unvoided answers and resets, oldest first.

    The first value of a row is the instant, which the caller makes unlike all others.
    """
    state, interval, last_day = State.NEW, 0, 0
    memory: Memory | None = None
    for row in log:
        if isinstance(row, LoggedEvent):
            if row.kind is EventKind.START:
                beginning = Beginning.from_text(row.text)
                memory, last_day = beginning.memory(weights), beginning.day
                state, interval = State.REVIEW, beginning.interval_days
            elif row.kind is EventKind.RESET:
                yield [row.ms, card_id, -1, 0, 0, interval, 0, 0, MANUAL]
                state, interval, memory = State.NEW, 0, None
            continue
        duration = durations.get(row.uid, 0)
        if not row.scheduled:
            yield [row.ms, card_id, -1, int(row.rating), interval, interval, 0, duration, CRAM]
            continue
        memory = _next(memory, row, last_day, weights)
        last_day = row.fsrs_day
        led_to = _led_to(row)
        factor = round(100 + (memory[1] - 1) / 9 * 1000)
        yield [
            row.ms, card_id, -1, int(row.rating), led_to, interval, factor, duration, KINDS[state],
        ]  # fmt: skip
        state, interval = row.state, led_to


def _next(
    memory: Memory | None, row: LoggedReview, last_day: int, weights: Sequence[float]
) -> Memory:
    if memory is None:
        return first_memory(row.rating, weights)
    return next_memory(memory, row.rating, row.fsrs_day - last_day, weights)


def _led_to(row: LoggedReview) -> int:
    """Return the interval an answer led to: days, or seconds below zero."""
    if row.due_ms is not None:
        return -max(1, (row.due_ms - row.ms) // 1000)
    return max(1, (row.due_day or row.fsrs_day) - row.fsrs_day)


def _interval(state: CardState) -> int:
    if state.state is not State.REVIEW or state.due_day is None or state.fsrs_day is None:
        return 0 if state.state in (State.NEW, State.LEARNING) else 1
    return max(1, state.due_day - state.fsrs_day)
