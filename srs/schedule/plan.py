"""What a study day holds when the cards are to be known on a date.

Until the last days the plan asks what is due, as ever, and sets aside room for as many new cards
as it takes to see them all before those days begin; a day that cannot hold all that is due asks
first what gains most by the date. The last days are as many as one pass over all cards takes at the
day's number of cards; in them the day goes to the cards whose review is worth most on the date
(`srs.schedule.outlook`), due or not, and a review that would add next to nothing is left out unless
it is due. A topic that is forgotten more often than expected is weighed so
(`srs.schedule.observed`). No due date is moved: an answer before its time schedules the card as any
answer does, and after the date what is due is asked as if there had been no plan.

It was chosen by simulation: 400 cards, none seen at first, so many a day; 40 seeds, the same luck
for all. Recall on the date (0 for an unseen card) and cards asked, beside asking what is due and
new cards in the room that leaves, at a desired retention of 0.90 and at the best of 0.95 and 0.97;
then the same with a learner whose weights differ from the scheduler's and whose topics are of
unequal difficulty.

    days,     due, 0.90     due, raised     plan         another learner:
    a day                                                due, 0.90     plan
    14, 20   .242   280   .179   280   .546   280   .198   280   .464   280
    14, 40   .486   560   .356   560   .842   560   .398   560   .732   560
    14, 80   .942  1107   .710  1120   .960  1120   .794  1120   .890  1120
    14, 120  .945  1248   .968  1620   .978  1470   .904  1429   .941  1608
    30, 20   .404   600   .283   600   .805   600   .307   600   .674   600
    30, 40   .810  1200   .568  1200   .949  1200   .613  1200   .846  1200
    30, 60   .950  1568   .849  1800   .980  1768   .872  1769   .925  1800
    30, 80   .950  1655   .972  2240   .986  1940   .913  2049   .951  2227
    30, 120  .948  1703   .982  3126   .987  2029   .913  2196   .960  2505
    60, 20   .641  1200   .438  1200   .918  1200   .439  1200   .785  1200
    60, 40   .947  1986   .869  2400   .983  2207   .836  2367   .927  2395
    60, 60   .947  2100   .974  3054   .988  2387   .912  2923   .959  3103
    60, 120  .949  2186   .983  4499   .990  2495   .914  3197   .966  3515

The plan is nowhere behind: the lowest 95 % bound of its gain is +.017, and +.024 for the other
learner. At equal recall it takes 15 % fewer reviews than raising the desired retention over 14
days, 21 to 38 % fewer over 30 and 28 to 50 % fewer over 60. What is forgotten is at least halved
for a fifth more reviews in 19 rows of 21, and in 15 for the other learner. In five of the eight
others nobody could within the limits, whatever they knew (`tests/bench/room.py`). In three, of the
other learner at 14 days with 80 a day and 30 with 60 or 80, that bound leaves room, at least for
who knows from the first day how that learner forgets: .53, .58 and .56 are left there.

What was tried beside it: what is due, then the gain in the last seven days (as good with room to
spare, no better than asking what is due without); the gain alone or the lowest recall in place of
the worth (up to .02 and .08 less); a larger share of the eve (up to .08 less where days are tight);
last days of half a pass or one and a half; cards asked before they are due in the room of earlier
days (more reviews, nothing gained); the best answer by dynamic programming for what FSRS believes
(.01 more where FSRS is right and days are tight, .07 less where they are tighter, and less for the
other learner). All tables: `python -m bench.toward_date 40` in tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# A review ahead of its day that adds less than this to the recall on the date is not asked. It
# takes the last days of a well-known deck from every card to those that may be forgotten.
LEAST_GAIN = 0.02
# Of what a review would give on the eve, this share is held against giving it earlier; it falls by
# so much a day of the last pass, as the longer that takes the fewer cards can come on the eve.
EVE_SHARE, EVE_SHARE_A_DAY, LEAST_EVE_SHARE = 0.85, 0.012, 0.4


MOST_ROUNDS = 10


class Aim(NamedTuple):
    """The day the cards are to be known on, as a study day, and what a day may take.

    `cards_per_day` counts each card once a day, new or not, however often its steps ask it.
    `weights` are those of FSRS.
    """

    day: int
    cards_per_day: int
    weights: Sequence[float]


class Pace(NamedTuple):
    """How long a card takes on a day with all its answers, in milliseconds: a new one, one seen."""

    new_ms: float
    seen_ms: float


class DayPlan(NamedTuple):
    """How a study day is shared out.

    `room` is how many cards may still be asked today; `new` of it belong to new cards before any
    other, fewer than 0 when more were asked than it takes. `by_worth` says that the seen cards are
    chosen by what a review is worth on the date, else they are the due ones; `tomorrow_too` that
    tomorrow they will be. `eve_share` is for `srs.schedule.outlook.worth`.
    """

    room: int
    new: int
    by_worth: bool
    tomorrow_too: bool
    eve_share: float


def last_days(cards: int, cards_per_day: int) -> int:
    """Return how many days before the date belong to the last pass, at least one."""
    return max(1, -(-cards // max(1, cards_per_day)))


def new_per_day(cards: int, unseen: int, days_left: int, cards_per_day: int) -> int:
    """Return how many new cards a day let every card be seen in time.

    That is before the last days begin; once they have, before the date.
    """
    days_before = days_left - last_days(cards, cards_per_day)
    return -(-unseen // (days_before if days_before > 0 else max(1, days_left)))


def cards_within(minutes: float, pace: Pace, *, cards: int, unseen: int, days_left: int) -> int:
    """Return how many cards fit into a day's minutes, at least one.

    So many of them are new as the plan wants a day; a new card takes longer than one seen.
    """
    time_ms = minutes * 60_000
    fitting = all_new = max(1, int(time_ms / pace.new_ms))
    for _ in range(MOST_ROUNDS):
        # With more cards a day the last pass is shorter, so that fewer of them have to be new.
        new = new_per_day(cards, unseen, days_left, fitting)
        left_ms = time_ms - new * pace.new_ms
        more = max(all_new, new + int(left_ms / pace.seen_ms)) if left_ms > 0 else all_new
        if more <= fitting:
            break
        fitting = more
    return fitting


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
    return DayPlan(
        room,
        min(room, wanted),
        days_left <= last,
        1 < days_left <= last + 1,
        max(LEAST_EVE_SHARE, EVE_SHARE - EVE_SHARE_A_DAY * last),
    )


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
