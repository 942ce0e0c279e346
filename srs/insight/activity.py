"""How steadily a person has been studying."""

from __future__ import annotations

from collections.abc import Callable


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
