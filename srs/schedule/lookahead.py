"""What asking a card today is worth on the date, when it may be asked again until then.

A card asked today may be asked again, and so may one left for another day; what a review does for
the date is the difference between the two. Every asking costs a price, which stands for the other
card that the place in the day could have gone to, and each card is played by itself: backwards from
the date, on some of the days before it, over a grid of stability, difficulty and days since the
last answer. On each of them the card is asked where that is worth more than waiting. So many
separate decisions under one price are how restless bandits are scheduled (P. Whittle, "Restless
bandits: activity allocation in a changing world", 1988); what is worked out here is the advantage
of asking, which orders the cards of a day.

Memories go as FSRS-6 says (`srs.schedule.memory_arrays`), after Good for a card that is recalled
and Again with a Good on the same day for one that is not. Whoever starts quickly imports this
module late: it needs numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, cast

import numpy as np

from srs.schedule.luck import Floats, Integers
from srs.schedule.memory_arrays import Memories, recall_after, reviewed
from srs.schedule.model import Rating
from srs.schedule.observed import shifted
from srs.schedule.plan import SlotPrice

# Four times as fine a grid changes what the plan makes of a deck by under 0.001 of its recall.
LOG_STABILITIES = np.linspace(np.log(0.05), np.log(1500.0), 20)
DIFFICULTIES = np.linspace(1.0, 10.0, 4)
ELAPSED = np.array((1, 2, 3, 4, 6, 9, 14, 20, 31, 46, 69, 104, 157, 235, 353, 531, 798, 1200))
OFFSETS = np.linspace(-2.0, 2.0, 5)
# From one day before the date that is played to the next it is as many days as go so often into
# those left: near the date every day is played, further away ever fewer of them.
STEPS = 8
OUTCOMES = np.array([int(Rating.AGAIN), int(Rating.GOOD)])


@lru_cache(maxsize=64)
def look_ahead(weights: tuple[float, ...], days: int, price: SlotPrice) -> Lookahead:
    """Return what reviews are worth on each of so many days before the date, at a price."""
    return Lookahead(weights, days, price.on)


class Lookahead:
    """The worth of reviews on up to so many days before the date, one or more.

    `price` is what an asking costs with so many days left, in recalled cards.
    """

    def __init__(self, weights: Sequence[float], days: int, price: Callable[[int], float]) -> None:
        self._days = _played(days)
        stability, difficulty = (
            column.ravel()
            for column in np.meshgrid(np.exp(LOG_STABILITIES), DIFFICULTIES, indexing="ij")
        )
        after, weight = _outcomes(Memories(stability, difficulty), weights)
        offsets = OFFSETS[:, None, None]

        def recall(elapsed: Integers) -> Floats:
            """Return the recall by offset, elapsed days and memory."""
            expected = recall_after(stability, elapsed[:, None], weights)
            return cast("Floats", shifted(cast("Any", expected), cast("Any", offsets)))

        passed = recall(ELAPSED)
        chances = np.stack((1 - passed, passed), axis=-1)
        worth = []
        later = recall
        before = 0
        for left in self._days:
            wait = left - before
            waited, fresh = later(ELAPSED + wait), later(np.array([wait]))[:, 0]
            outcome = np.einsum("oengc,engc->oeng", fresh[:, after], weight)
            asked = (outcome * chances).sum(axis=-1)
            worth.append(asked - waited)
            later = partial(_after, np.maximum(waited, asked - price(left)))
            before = left
        self._worth = np.array(worth)

    def worth(self, memories: Memories, elapsed: Integers, left: int, offset: Floats) -> Floats:
        """Return by how much asking cards now rather than waiting raises recall on the date.

        Their last answers were `elapsed` days ago, one or more, and the date is `left` days ahead;
        `offset` moves the logit of each recall. The price of asking now is not taken off: it is the
        same for all cards. On the eve it is what a review adds to the expected recall.
        """
        played = int(np.searchsorted(self._days, left))
        table = self._worth[min(played, len(self._days) - 1)]
        points, shares = _corners(memories)
        days, day_share = _place(np.log(elapsed), np.log(ELAPSED))
        topic, topic_share = _place(offset, OFFSETS)
        total = np.zeros(len(points))
        for o, share_o in ((topic, 1 - topic_share), (topic + 1, topic_share)):
            for e, share_e in ((days, 1 - day_share), (days + 1, day_share)):
                values = (table[o[:, None], e[:, None], points] * shares).sum(axis=-1)
                total += share_o * share_e * values
        return total


def _played(days: int) -> list[int]:
    """Return the days left on which a card may be asked, the eve first."""
    played = [1]
    while played[-1] < days:
        played.append(played[-1] + max(1, played[-1] // STEPS))
    return played


def _outcomes(memories: Memories, weights: Sequence[float]) -> tuple[Integers, Floats]:
    """Return where each outcome leads: the corners' places and shares.

    Their shape is (elapsed, memory, outcome, corner).
    """
    days, size = len(ELAPSED), len(memories.stability)
    many = Memories(*(np.tile(column, days) for column in memories))
    elapsed = np.repeat(ELAPSED, size)
    corners = [
        _corners(reviewed(many, np.full(days * size, outcome), elapsed, weights))
        for outcome in OUTCOMES
    ]
    points, shares = (
        np.stack(part, axis=1).reshape(days, size, len(OUTCOMES), 4)
        for part in zip(*corners, strict=True)
    )
    return points, shares


def _after(value: Floats, elapsed: Integers) -> Floats:
    """Return the value, by offset and memory too, of cards last answered so many days ago."""
    days, share = _place(np.log(elapsed), np.log(ELAPSED))
    further = share[:, None]
    mean: Floats = value[:, days] * (1 - further) + value[:, days + 1] * further
    return mean


def _corners(memories: Memories) -> tuple[Integers, Floats]:
    """Return the four grid points around each memory and their shares."""
    s, ds = _place(np.log(memories.stability), LOG_STABILITIES)
    d, dd = _place(memories.difficulty, DIFFICULTIES)
    low = s * len(DIFFICULTIES) + d
    high = low + len(DIFFICULTIES)
    points = np.stack((low, low + 1, high, high + 1), axis=-1)
    shares = np.stack(((1 - ds) * (1 - dd), (1 - ds) * dd, ds * (1 - dd), ds * dd), axis=-1)
    return points, shares


def _place(values: Floats, grid: Floats) -> tuple[Integers, Floats]:
    """Return the grid point below each value and the share of the way to the next."""
    place = np.interp(values, grid, np.arange(len(grid)))
    low = np.minimum(place.astype(np.int64), len(grid) - 2)
    return low, place - low
