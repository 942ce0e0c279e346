"""What a study day holds when the cards are to be known on a date.

Until the last days the plan asks what is due, as ever, and sets aside room for as many new cards
as it takes to see them all before those days begin. The last days are as many as one pass over
all cards takes at the day's number of cards; in them the day goes to the cards whose review is
worth most on the date (`srs.schedule.outlook`), due or not, and a review that would add next to
nothing is left out unless it is due. No due date is moved: an answer before its time schedules
the card as any answer does, and after the date what is due is asked as if there had been no plan.

`tests/bench/toward_date.py` compares the plan with asking what is due. Its figures stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# A review ahead of its day that adds less than this to the recall on the date is not asked. It
# takes the last days of a well-known deck from every card to those that may be forgotten.
LEAST_GAIN = 0.02


class Aim(NamedTuple):
    """The day the cards are to be known on, as a study day, and what a day may take.

    `cards_per_day` counts each card once a day, new or not, however often its steps ask it.
    `weights` are those of FSRS.
    """

    day: int
    cards_per_day: int
    weights: Sequence[float]


class DayPlan(NamedTuple):
    """How a study day is shared out.

    `room` is how many cards may still be asked today; `new` of it belong to new cards before any
    other, fewer than 0 when more were asked than it takes. `by_worth` says that the seen cards are
    chosen by what a review is worth on the date, else they are the due ones; `tomorrow_too` that
    tomorrow they will be.
    """

    room: int
    new: int
    by_worth: bool
    tomorrow_too: bool


def last_days(cards: int, cards_per_day: int) -> int:
    """Return how many days before the date belong to the last pass, at least one."""
    return max(1, -(-cards // max(1, cards_per_day)))


def new_per_day(cards: int, unseen: int, days_left: int, cards_per_day: int) -> int:
    """Return how many new cards a day let every card be seen in time.

    That is before the last days begin; once they have, before the date.
    """
    days_before = days_left - last_days(cards, cards_per_day)
    return -(-unseen // (days_before if days_before > 0 else max(1, days_left)))


def plan_day(
    days_left: int,
    cards: int,
    unseen: int,
    cards_per_day: int,
    *,
    seen_today: int = 0,
    new_today: int = 0,
) -> DayPlan:
    """Share out a study day that is `days_left` days, at least one, before the date.

    `cards` is how many there are and `unseen` how many of them were never asked. `seen_today` and
    `new_today` were asked today: cards known before, and cards that were new.
    """
    room = max(0, cards_per_day - seen_today - new_today)
    wanted = new_per_day(cards, unseen + new_today, days_left, cards_per_day) - new_today
    last = last_days(cards, cards_per_day)
    return DayPlan(room, min(room, wanted), days_left <= last, 1 < days_left <= last + 1)


def coverage(cards: int, unseen: int, days_left: int, cards_per_day: int) -> float:
    """Return the share of the cards that will have been seen on the date, 0 to 1.

    New cards have their room before all others, so the number of cards a day alone decides it.
    """
    if not cards:
        return 1.0
    return min(1.0, (cards - unseen + max(0, days_left) * cards_per_day) / cards)


def cards_per_day_needed(unseen: int, days_left: int) -> int:
    """Return the smallest number of cards a day at which every card is seen by the date."""
    return -(-unseen // max(1, days_left))
