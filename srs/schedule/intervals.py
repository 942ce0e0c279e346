"""Intervals as they are written on the answer buttons."""

from __future__ import annotations

from srs.schedule.model import CardState, Moment

DAYS_PER_MONTH = 365 / 12
DAYS_PER_YEAR = 365
LONGEST_IN_DAYS = 30


def interval_label(card: CardState, now: Moment) -> str:
    """Return how long until an answered card is due: `1m`, `1.5h`, `2d`, `1.2mo`, `1.5y`.

    Raises ValueError for a new card, which is not due at any time.
    """
    if card.due_ms is not None:
        return _clock_label(max(0, card.due_ms - now.ms) // 1000)
    if card.due_day is None:
        raise ValueError("a new card has no interval")
    return _calendar_label(max(0, card.due_day - now.study_day))


def _clock_label(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds}s"
    minutes = (seconds + 30) // 60
    if minutes < 60:
        return f"{minutes}m"
    return f"{_one_decimal(minutes / 60)}h"


def _calendar_label(days: int) -> str:
    if days <= LONGEST_IN_DAYS:
        return f"{days}d"
    if days < DAYS_PER_YEAR:
        return f"{_one_decimal(days / DAYS_PER_MONTH)}mo"
    return f"{_one_decimal(days / DAYS_PER_YEAR)}y"


def _one_decimal(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
