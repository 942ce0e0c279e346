"""What a study day holds when the cards are to be known on a date.

New cards have their room first: so many that all are seen before one last pass over the deck has to
begin, and more of them early on. The rest of a day goes to the seen cards by what a review today
does for the date (`srs.schedule.lookahead`), due or not; one that would add next to nothing is left
out unless it is due. A topic that is forgotten more often than expected is weighed so
(`srs.schedule.observed`). No due date is moved: an answer before its time schedules the card as any
answer does, and after the date what is due is asked as if there had been no plan.

The numbers below were chosen by simulation: 400 cards, none seen at first, so many a day; 40 seeds,
the same luck for all. Recall on the date (0 for an unseen card) and cards asked, beside asking what
is due and new cards in the room that leaves, at a desired retention of 0.90 and at the best of 0.95
and 0.97; then the same with a learner whose weights differ from the scheduler's and whose topics
are of unequal difficulty.

    days,     due, 0.90     due, raised     plan         another learner:
    a day                                                due, 0.90     plan
    14, 20   .242   280   .179   280   .546   280   .198   280   .464   280
    14, 40   .486   560   .356   560   .843   560   .398   560   .733   560
    14, 80   .942  1107   .710  1120   .962  1120   .794  1120   .904  1120
    14, 120  .945  1248   .968  1620   .982  1551   .904  1429   .947  1675
    30, 20   .404   600   .283   600   .800   600   .307   600   .672   600
    30, 40   .810  1200   .568  1200   .955  1200   .613  1200   .862  1200
    30, 60   .950  1568   .849  1800   .981  1795   .872  1769   .937  1800
    30, 80   .950  1655   .972  2240   .986  1942   .913  2049   .957  2330
    30, 120  .948  1703   .982  3126   .989  2013   .913  2196   .964  2626
    60, 20   .641  1200   .438  1200   .910  1200   .439  1200   .778  1200
    60, 40   .947  1986   .869  2400   .984  2204   .836  2367   .941  2399
    60, 60   .947  2100   .974  3054   .988  2373   .912  2923   .962  3260
    60, 120  .949  2186   .983  4499   .993  2511   .914  3197   .970  3686

The plan is nowhere behind: the lowest 95 % bound of its gain is +.019, and +.031 for the other
learner. At equal recall it takes 14 % fewer reviews than raising the desired retention over 14
days, 20 to 38 % fewer over 30 and 41 to 51 % fewer over 60. What is forgotten is at least halved
for a quarter more reviews in 19 rows of 21, and in 18 for the other learner. In the five others
nobody could within the limits, whatever they knew (`tests/bench/room.py`). The closest of those
that are halved are 30 days at 80 and at 60 a day with the other learner, both .49 here and on
average over twenty draws of such learners, from .46 to .52.

What was tried beside it: what is due, and the gain in the last days alone (.01 to .02 less where
days are tight, for the other learner); an even pace of new cards, or twice the pace; what first
answers tell of a topic (nothing gained); prices solved for day by day so that they fill every day
(less, as they trust what FSRS believes); prices that only time or only scarcity set (.01 to .02
less); every card of a topic at a price of its own (.03 less); one least worth for every topic (80 a
day over 30 days then leaves .50, as the middle days pass unused). All tables:
`python -m bench.toward_date 40` in tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, e, exp
from typing import NamedTuple

# A review ahead of its day that is worth less than this to the recall on the date is not asked. It
# takes the last days of a well-known deck from every card to those that may be forgotten. Topics
# that are forgotten more often than the others have it lower (`least_worth`).
LEAST_WORTH, LEAST_WORTH_POWER = 0.008, 2.0
# New cards come so much faster than an even pace needs: what is begun early can be asked again.
EARLY_PACE = 1.6
# What a place in a day costs (`SlotPrice`).
SCARCITY, SCARCITY_POWER, SCARCITY_CEILING = 2.5, 4, 4.0
NEARNESS = 0.006
OFFSET_POWER, OFFSET_STEP = 1.5, 0.1
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
    other, fewer than 0 when more were asked than it takes. The seen cards are chosen by what a
    review is worth on the date (`srs.schedule.lookahead`).
    """

    room: int
    new: int


class SlotPrice(NamedTuple):
    """What the place of one card in a day costs, in recalled cards.

    It falls with `askings`, how often a card will have been asked by the date on average, and with
    the share of all cards that the days left can still ask, of which a day asks `share`. It rises
    where cards are forgotten more often than expected: by `offset` in the logit.
    """

    askings: float
    share: float
    offset: float = 0.0

    @classmethod
    def of(
        cls, cards: int, cards_per_day: int, days_left: int, answers: float, offset: float = 0.0
    ) -> SlotPrice:
        """Return the price for cards that have had so many answers together so far.

        The offset is rounded, so that it changes seldom.
        """
        if not cards or not cards_per_day:
            return cls(0.0, 1.0)
        share = cards_per_day / cards
        rounded = round(offset / OFFSET_STEP) * OFFSET_STEP
        return cls(answers / cards + share * days_left, share, rounded)

    def on(self, days_left: int) -> float:
        """Return the price with so many days left, one or more."""
        scarce = 1 / (SCARCITY_CEILING + self.askings**SCARCITY_POWER / SCARCITY)
        return exp(-OFFSET_POWER * self.offset) * (scarce + NEARNESS / (self.share * days_left))


def least_worth(offset: float, mean: float) -> float:
    """Return what a review ahead of its day must be worth to be asked, in recalled cards.

    It falls by as much as the `offset` of the card's topic lies below the person's `mean`, in the
    logit. Arithmetic alone, so that numpy arrays may stand for many cards.
    """
    least: float = LEAST_WORTH * e ** (LEAST_WORTH_POWER * (offset - mean))
    return least


def last_days(cards: int, cards_per_day: int) -> int:
    """Return how many days one pass over all cards takes, at least one; it comes last."""
    return max(1, -(-cards // max(1, cards_per_day)))


def new_today(cards: int, unseen: int, days_left: int, cards_per_day: int) -> int:
    """Return how many new cards today lets every card be seen in time, some of them early.

    In time is before the last days begin; once they have, before the date.
    """
    days_before = days_left - last_days(cards, cards_per_day)
    even = -(-unseen // (days_before if days_before > 0 else max(1, days_left)))
    return min(unseen, ceil(EARLY_PACE * even))


def cards_within(minutes: float, pace: Pace, *, cards: int, unseen: int, days_left: int) -> int:
    """Return how many cards fit into a day's minutes, at least one.

    So many of them are new as the plan wants a day; a new card takes longer than one seen.
    """
    time_ms = minutes * 60_000
    fitting = all_new = max(1, int(time_ms / pace.new_ms))
    for _ in range(MOST_ROUNDS):
        # With more cards a day the last pass is shorter, so that fewer of them have to be new.
        new = new_today(cards, unseen, days_left, fitting)
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
    begun_today: int = 0,
) -> DayPlan:
    """Share out a study day that is `days_left` days, at least one, before the date.

    `cards` is how many there are and `unseen` how many of them were never asked. `seen_today` and
    `begun_today` were asked today: cards known before, and cards that were new.
    """
    room = max(0, cards_per_day - seen_today - begun_today)
    wanted = new_today(cards, unseen + begun_today, days_left, cards_per_day) - begun_today
    return DayPlan(room, min(room, wanted))


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
