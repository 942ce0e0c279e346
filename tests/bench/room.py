"""How much could be remembered on the day by someone who knew everything: a bound, by prices.

A study is a choice, for each card and day, of asking it or not. Let every asking on day d cost a
price, and let each card then be studied by itself, as well as it can be, by someone who knows its
true memory, its hidden offset and the learner's true weights. The value of that, with what the
prices would earn if every day and the whole were filled added back, is never less than what any
plan within the same limits recalls on average, whatever the prices are (weak duality); the prices
are moved until it is small. The limits are the cards a day and the askings in all.

The best study of one card is found backwards from the day (dynamic programming) over a grid of
stability, difficulty and days since its last answer; between the points values are interpolated.
Answers are those of `srs.schedule.simulation`: recalled as the true memory says, graded with its
shares, a lapse learned again the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np

from srs.schedule.luck import Integers
from srs.schedule.memory_arrays import Floats, Memories, learned, recall_after, reviewed
from srs.schedule.observed import shifted
from srs.schedule.simulation import FIRST_RATINGS, PASSING_RATINGS

# Twice and four times as fine a grid moves the bounds by up to 0.0005 and no more.
LOG_STABILITIES = np.linspace(np.log(0.02), np.log(800.0), 72)
DIFFICULTIES = np.linspace(1.0, 10.0, 10)
ROUNDS = 200
# Prices of an asking, in recalled cards, of which the best is where the moving of prices begins.
FIRST_PRICES = (0.0, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.45, 0.6)
LEAST_STEP = 0.02


@dataclass(frozen=True)
class Limits:
    """Days until the date, the cards a day asks at most, and all days together."""

    days: int
    cards_per_day: int
    in_all: float


@dataclass(frozen=True)
class _Answers:
    """Where an answer leads from each point: points, their weights, and each grade's chance.

    `points` and `weights` have the shape (..., grade, 4 corners); `chances` (..., grade).
    """

    points: Integers
    weights: Floats
    chances: Floats

    def expected(self, value: Floats) -> Floats:
        """Return the value to expect after the answer."""
        after = np.einsum("...gc,...gc->...g", self.weights, value[self.points])
        mean: Floats = np.einsum("...g,...g->...", self.chances, after)
        return mean

    def spread(self, mass: Floats, size: int) -> Floats:
        """Return where so much mass at each point goes."""
        going = mass[..., None, None] * self.chances[..., None] * self.weights
        return np.bincount(self.points.ravel(), going.ravel(), size).astype(np.float64)


def most_recalled(
    cards: int, limits: Limits, weights: Sequence[float], offsets: Floats, share: Floats
) -> float:
    """Return a mean recall on the day that no plan for unseen cards exceeds within the limits.

    `offsets` are hidden logit offsets of recall and `share` how large a part of the cards has each.
    """
    studies = [_Card(limits.days, tuple(weights), float(offset)) for offset in offsets]
    limit = np.append(np.full(limits.days, limits.cards_per_day), limits.in_all) / cards

    def at(prices: Floats) -> tuple[float, Floats]:
        """Return the bound at the days' prices and the whole's, and what is asked beyond limits."""
        value, asked = float(prices @ limit), np.zeros(limits.days)
        for study, part in zip(studies, share, strict=True):
            one, days = study.best(prices[:-1] + prices[-1])
            value += part * one
            asked += part * days
        return value, np.append(asked, asked.sum()) - limit

    tried = [np.append(np.full(limits.days, price), 0.0) for price in FIRST_PRICES]
    prices = min(tried, key=lambda prices: at(prices)[0])
    step = max(LEAST_STEP, float(prices.max()))
    best, moved = 1.0, np.full(limits.days + 1, 1e-12)
    for _ in range(ROUNDS):  # subgradients, each price with its own pace (AdaGrad)
        value, beyond = at(prices)
        best = min(best, value)
        moved += beyond**2
        prices = np.maximum(0.0, prices + step * beyond / np.sqrt(moved))
    return best


class _Card:
    """One card and its hidden offset, studied toward the date at given prices."""

    def __init__(self, days: int, weights: tuple[float, ...], offset: float) -> None:
        self.days = days
        self.first, self.later, self.recall = _moves(days, weights)
        passing = np.append(0.0, PASSING_RATINGS)
        known = np.asarray(shifted(cast("Any", self.recall), offset))
        chances = known[..., None] * passing
        chances[..., 0] = 1 - known
        self.later = _Answers(self.later.points, self.later.weights, chances)
        begun = shifted(1 - FIRST_RATINGS[0], offset)
        passes = np.array(FIRST_RATINGS[1:]) / sum(FIRST_RATINGS[1:])
        self.first = _Answers(
            self.first.points, self.first.weights, np.append(1 - begun, begun * passes)
        )
        self.known = known

    def best(self, prices: Floats) -> tuple[float, Floats]:
        """Return the value of the best study less its prices, and how often each day asks."""
        size = self.known.shape[1]
        value = self.known  # by days since the last answer, from 1, and point
        unseen = 0.0
        asks, begins = [], []
        for day in reversed(range(self.days)):
            learn = float(self.first.expected(value[0])) - prices[day]
            begins.append(learn > unseen)
            unseen = max(unseen, learn)
            reach = day  # a card can have been answered at most so many days ago
            answers = _Answers(
                self.later.points[:reach], self.later.weights[:reach], self.later.chances[:reach]
            )
            review = answers.expected(value[0]) - prices[day]
            wait = value[1 : reach + 1]
            asks.append(review > wait)
            value = np.maximum(review, wait)
        asks.reverse()
        begins.reverse()
        asked = np.zeros(self.days)
        mass = np.zeros((0, size))
        new = 1.0
        for day in range(self.days):
            answered = np.where(asks[day], mass, 0.0)
            asked[day] = answered.sum()
            answers = _Answers(
                self.later.points[:day], self.later.weights[:day], self.later.chances[:day]
            )
            fresh = answers.spread(answered, size)
            if begins[day]:
                fresh = fresh + self.first.spread(np.asarray(new), size)
                asked[day] += new
                new = 0.0
            mass = np.concatenate((fresh[None], mass - answered))
        return unseen, asked


@cache
def _moves(days: int, weights: tuple[float, ...]) -> tuple[_Answers, _Answers, Floats]:
    """Return where first and later answers lead, without chances, and the recall at each point."""
    stability, difficulty = (
        column.ravel()
        for column in np.meshgrid(np.exp(LOG_STABILITIES), DIFFICULTIES, indexing="ij")
    )
    grades = np.arange(1, 5)
    none = np.zeros(0)
    first = _Answers(*_corners(learned(grades, weights)), none)
    points, shares = [], []
    recall = np.array([recall_after(stability, np.full(1, t), weights) for t in range(1, days + 1)])
    for elapsed in range(1, days + 1):
        corners = [
            _corners(
                reviewed(
                    Memories(stability, difficulty),
                    np.full(len(stability), grade),
                    np.full(len(stability), elapsed),
                    weights,
                )
            )
            for grade in grades
        ]
        points.append(np.stack([corner[0] for corner in corners], axis=1))
        shares.append(np.stack([corner[1] for corner in corners], axis=1))
    return first, _Answers(np.array(points), np.array(shares), none), recall


def _corners(memories: Memories) -> tuple[Integers, Floats]:
    """Return the four grid points around each memory and their weights."""
    at = []
    for value, grid in (
        (np.log(memories.stability), LOG_STABILITIES),
        (memories.difficulty, DIFFICULTIES),
    ):
        place = np.clip((value - grid[0]) / (grid[1] - grid[0]), 0, len(grid) - 1 - 1e-9)
        low = place.astype(np.int64)
        at.append((low, place - low))
    (s, ds), (d, dd) = at
    wide = len(DIFFICULTIES)
    points = np.stack(
        [s * wide + d, s * wide + d + 1, (s + 1) * wide + d, (s + 1) * wide + d + 1], -1
    )
    shares = np.stack([(1 - ds) * (1 - dd), (1 - ds) * dd, ds * (1 - dd), ds * dd], -1)
    return points, shares
