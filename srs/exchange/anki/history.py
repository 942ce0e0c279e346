"""What Anki knew of a card: its review log and where its schedule stood.

Sources: the fields of `revlog` and `cards` as Anki writes them
(https://github.com/ankidroid/Anki-Android/wiki/Database-Structure) and how it reads them itself
(https://github.com/ankitects/anki, rslib/src/revlog/mod.rs, rslib/src/scheduler/fsrs).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from srs.deck.model import Start
from srs.schedule.clock import DAY_MS, DAY_S, Clock, study_day
from srs.schedule.model import Rating, State
from srs.store.ingest.foreign import Past, PastReview, Standing

FLAGS = ("", "red", "orange", "green", "blue", "pink", "turquoise", "purple")

# revlog.type
_LEARN, _REVIEW, _RELEARN, _FILTERED, _MANUAL, _RESCHEDULED = range(6)
_STATE_BEFORE = {_LEARN: State.LEARNING, _REVIEW: State.REVIEW, _RELEARN: State.RELEARNING}
# cards.queue
_SUSPENDED, _BURIED_BY_SCHEDULER, _BURIED_BY_PERSON = -1, -2, -3
_DAY_LEARNING, _PREVIEW = 3, 4
# Intervals, days and steps of other orders are no schedule.
_MOST_DAYS = 40_000


class CardRow(NamedTuple):
    """A row of `cards`; the deck is the one it came from, where a filtered deck holds it."""

    id: int
    note_id: int
    deck_id: int
    ord: int
    type: int
    queue: int
    due: int
    interval: int
    ease: int
    left: int
    original_due: int
    is_in_filtered: bool
    flags: int
    data: str


class LogRow(NamedTuple):
    """A row of `revlog`: milliseconds, rating 1 to 4, intervals (negative: seconds), ‰ of ease."""

    ms: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    duration_ms: int
    type: int


class Times(NamedTuple):
    """How the collection counts days: the day its count begins, and what day it is now.

    `has_old_ratings` says that learning answers are numbered as before Anki's second scheduler,
    without Hard.
    """

    first_day: int
    today: int
    clock: Clock
    rollover_hour: int
    has_old_ratings: bool


def past(guid: str, card: CardRow, log: Sequence[LogRow], times: Times) -> Past:
    """Return what was learned of a card. `log` is in order of time."""
    answers = [row for row in log if 1 <= row.ease <= 4 and row.type < _MANUAL]
    # Anki writes a row without ease and factor when a card is made new again.
    resets = [row.ms for row in log if row.type == _MANUAL and not row.ease and not row.factor]
    standing = _standing(card, times)
    if standing.state is State.NEW and answers and max(resets, default=0) < answers[-1].ms:
        scheduled = [row for row in answers if not _is_cram(row)]
        resets += [scheduled[-1].ms + 1] if scheduled else []
    reviews = _reviews(answers, standing.state, times)
    start, start_ms = _start(card, answers, resets, standing, times)
    return Past(
        name=f"anki {guid} {card.ord} ",
        reviews=tuple(reviews),
        resets=tuple(resets),
        start=start,
        start_ms=start_ms,
        standing=standing,
        suspended=card.queue == _SUSPENDED,
        buried_until=times.today + 1
        if card.queue in (_BURIED_BY_SCHEDULER, _BURIED_BY_PERSON)
        else None,
        flag=_flag(card.flags),
    )


def first_day(created_s: int, minutes_west: int | None, clock: Clock) -> int:
    """Return the day, since 1970-01-01, that Anki counts days from: the collection's first."""
    offset = clock.utc_offset_s(created_s) if minutes_west is None else -60 * minutes_west
    return (created_s + offset) // DAY_S


def _reviews(answers: Sequence[LogRow], last: State, times: Times) -> list[PastReview]:
    following = [*[_state_before(row) for row in answers[1:]], last if answers else None]
    return [
        PastReview(
            row.ms,
            _rating(row, times),
            row.duration_ms,
            wait_s=_wait_s(row.interval),
            state=None if after is State.NEW else after,
            scheduled=not _is_cram(row),
        )
        for row, after in zip(answers, following, strict=False)
    ]


def _is_cram(row: LogRow) -> bool:
    """Tell whether an answer in a filtered deck moved no schedule."""
    return row.type == _FILTERED and row.factor == 0


def _state_before(row: LogRow) -> State | None:
    """Return the state of the card when a row was written, None where the row does not tell."""
    return _STATE_BEFORE.get(row.type)


def _rating(row: LogRow, times: Times) -> Rating:
    if times.has_old_ratings and row.type in (_LEARN, _RELEARN) and row.ease in (2, 3):
        return Rating(row.ease + 1)
    return Rating(row.ease)


def _wait_s(interval: int) -> int:
    if interval < 0:
        return min(-interval, _MOST_DAYS * DAY_S)
    return min(interval, _MOST_DAYS) * DAY_S


def _standing(card: CardRow, times: Times) -> Standing:
    due = card.original_due if card.is_in_filtered and card.original_due else card.due
    if card.type == 2:
        return Standing(State.REVIEW, due_day=_due_day(due, card, times))
    if card.type in (1, 3):
        state = State.LEARNING if card.type == 1 else State.RELEARNING
        if due > DAY_S * 1000:  # an instant in seconds; a count of days is never so large
            instant = due * 1000
            day = study_day(times.clock, _sane_ms(instant), times.rollover_hour)
            return Standing(state, 0, day, _sane_ms(instant))
        return Standing(state, 0, times.first_day + min(max(due, 0), 2 * _MOST_DAYS))
    return Standing()


def _due_day(due: int, card: CardRow, times: Times) -> int:
    if -_MOST_DAYS < due < 2 * _MOST_DAYS:
        return times.first_day + due
    return times.today + min(max(card.interval, 0), _MOST_DAYS)


def _sane_ms(ms: int) -> int:
    return min(max(ms, 1), 2 * _MOST_DAYS * DAY_MS)


def _start(
    card: CardRow,
    answers: Sequence[LogRow],
    resets: Sequence[int],
    standing: Standing,
    times: Times,
) -> tuple[Start | None, int | None]:
    """Return what was learned before the log begins, and when, unless it holds the whole.

    A log is whole when its first answer, since the card was last made new, met a new card. Where
    FSRS was on, the card itself tells its memory, and all of the log is before that.
    """
    if standing.state is not State.REVIEW or standing.due_day is None:
        return None, None
    live = [row for row in answers if row.ms > max(resets, default=0) and not _is_cram(row)]
    if live and live[0].type == _LEARN:
        return None, None
    stability, difficulty = _memory(card.data)
    interval = min(max(card.interval, 1), _MOST_DAYS)
    ease = card.ease / 1000 if card.ease else None
    if stability is not None or not live:
        if live:
            answered = study_day(times.clock, live[-1].ms, times.rollover_hour)
            interval = standing.due_day - answered
        start = Start("", standing.due_day, interval, ease, stability, difficulty)
        return start, live[-1].ms + 1 if live else None
    before = live[0]
    day = study_day(times.clock, before.ms, times.rollover_hour)
    interval = min(max(before.last_interval, 1), _MOST_DAYS)
    ease = before.factor / 1000 if before.factor else ease
    return Start("", day, interval, ease), before.ms - 1


def _memory(data: str) -> tuple[float | None, float | None]:
    """Return FSRS's stability and difficulty, None where the card has none."""
    try:
        known = json.loads(data) if data else {}
        stability, difficulty = float(known["s"]), float(known["d"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, None
    return (stability, difficulty) if stability > 0 else (None, None)


def _flag(flags: int) -> str | None:
    number = flags & 7
    return f"{FLAGS[number]} flag in Anki" if number else None
