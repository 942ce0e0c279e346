"""Which FSRS day an answer falls on, and when the card is due after it."""

from __future__ import annotations

from typing import NamedTuple

from srs.schedule.clock import DAY_S
from srs.schedule.model import CardState, Moment

SAME_SITTING_MS = 6 * 3600 * 1000


class Due(NamedTuple):
    """When a card is due: a study day, and the instant too while a step under a day runs."""

    day: int
    ms: int | None


def fsrs_day(previous: CardState, now: Moment) -> int:
    """Return the FSRS day of an answer given now, in days since 1970-01-01.

    It is the card's previous FSRS day if that answer is under six hours old, else the later of
    that day and the study day; a new card takes the study day. So ten minutes across the rollover
    are no day, and neither travelling west nor a clock set back makes one negative.
    """
    if previous.fsrs_day is None:
        return now.study_day
    recently = previous.answered_ms is not None and now.ms - previous.answered_ms < SAME_SITTING_MS
    if recently:
        return previous.fsrs_day
    return max(previous.fsrs_day, now.study_day)


def due_after_step(now: Moment, answer_day: int, step_s: int) -> Due:
    """Return when a card is due after a learning step of `step_s` seconds.

    A step under a day ends at an instant; which study day that is depends on the time zone then,
    so the day given is today's. A longer step is counted in whole days.
    """
    if step_s < DAY_S:
        return Due(now.study_day, now.ms + step_s * 1000)
    return due_after_days(now, answer_day, step_s // DAY_S)


def due_after_days(now: Moment, answer_day: int, days: int) -> Due:
    """Return when a card is due `days` days after an answer on the FSRS day `answer_day`.

    The days are counted from the later of the study day and the FSRS day. They differ just after
    the rollover (the FSRS day is still yesterday's) and after flying west (the study day is
    again yesterday). Counted from the earlier, an interval of one day would end on a study day
    that is no later than the FSRS day of the answer, or is today's.
    """
    return Due(max(now.study_day, answer_day) + days, None)
