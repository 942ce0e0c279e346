"""Time as srs sees it: epoch milliseconds and study days, from one injectable clock.

`srs due` waits for this module, so it imports neither datetime nor dataclasses.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from typing import NamedTuple, Protocol

DAY_S = 86_400
DAY_MS = DAY_S * 1000


class Moment(NamedTuple):
    """An instant: epoch milliseconds, and the study day it falls on (days since 1970-01-01)."""

    ms: int
    study_day: int


class Clock(Protocol):
    """Where the time comes from; tests give their own."""

    def now_ms(self) -> int:
        """Return the present instant in epoch milliseconds."""
        ...

    def utc_offset_s(self, epoch_s: int) -> int:
        """Return how many seconds local wall time is ahead of UTC at an instant."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds since some instant, which no setting of the clock moves."""
        ...


class SystemClock:
    """The computer's clock and time zone."""

    def now_ms(self) -> int:
        """Return the present instant in epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def utc_offset_s(self, epoch_s: int) -> int:
        """Return how many seconds local wall time is ahead of UTC at an instant."""
        return time.localtime(epoch_s).tm_gmtoff

    def monotonic_ms(self) -> int:
        """Return milliseconds since some instant, which no setting of the clock moves."""
        return time.monotonic_ns() // 1_000_000


def study_day(clock: Clock, ms: int, rollover_hour: int) -> int:
    """Return the study day of an instant, in days since 1970-01-01.

    It is the date of the local wall time minus the rollover hours.
    """
    epoch_s = ms // 1000
    return (epoch_s + clock.utc_offset_s(epoch_s) - rollover_hour * 3600) // DAY_S


def moment(clock: Clock, rollover_hour: int) -> Moment:
    """Return the present moment."""
    now = clock.now_ms()
    return Moment(now, study_day(clock, now, rollover_hour))


def day_start_ms(clock: Clock, day: int, rollover_hour: int) -> int:
    """Return the instant at which a study day begins, in epoch milliseconds.

    It is searched for, since the wall time of the rollover may not exist on a day on which the
    clocks go forward, and may come twice when they go back.
    """
    begins_in_utc_s = day * DAY_S + rollover_hour * 3600
    instants = range(begins_in_utc_s - DAY_S, begins_in_utc_s + DAY_S)
    first = bisect_left(
        instants, day, key=lambda epoch_s: study_day(clock, epoch_s * 1000, rollover_hour)
    )
    return instants[first] * 1000


def clock_is_behind(now_ms: int, newest_ms: int) -> bool:
    """Return whether now is more than a day before the newest row of the log.

    Such a clock is wrong, or the row was; answers given by it would be put out of order.
    """
    return newest_ms - now_ms > DAY_MS
