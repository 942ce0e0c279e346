"""How steadily a person has been studying."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from srs.store.activity import Day


def streak(is_active: Callable[[int], bool], today: int) -> int:
    """Return how many study days in a row have answers, up to today.

    A day that is not over yet breaks nothing: without answers today the streak is yesterday's.
    """
    day = today if is_active(today) else today - 1
    length = 0
    while is_active(day - length):
        length += 1
    return length


def last_week(is_active: Callable[[int], bool], today: int) -> tuple[bool, ...]:
    """Return for each of the last seven study days, oldest first, whether it has answers."""
    return tuple(is_active(day) for day in range(today - 6, today + 1))


@dataclass(frozen=True, slots=True)
class Totals:
    """The answers of some study days.

    `recall` is the share of tested answers that were passes, `expected` the mean recall FSRS
    predicted for them; both are None without tested answers.
    """

    answers: int
    minutes: float
    tested: int
    recall: float | None
    expected: float | None


def totals(days: Iterable[Day], since: int) -> Totals:
    """Sum the study days from `since` on."""
    chosen = [day for day in days if day.study_day >= since]
    tested = sum(day.tested for day in chosen)
    return Totals(
        answers=sum(day.answers for day in chosen),
        minutes=sum(day.duration_ms for day in chosen) / 60_000,
        tested=tested,
        recall=sum(day.recalled for day in chosen) / tested if tested else None,
        expected=sum(day.expected for day in chosen) / tested if tested else None,
    )
