"""Studying toward a date, played out many times: what will be remembered, and at what cost.

The days are shared out by `srs.schedule.plan` itself, so that a forecast shows what the queue will
do and the benchmark of the plan measures the plan in use. All arrays have the shape (runs, cards);
days are counted from today, which is 0. Whoever starts quickly imports this module late: it needs
numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from srs.schedule.backlog import DAMPING_DAYS
from srs.schedule.lookahead import look_ahead
from srs.schedule.luck import Floats, Integers, grade, interval, luck, moved
from srs.schedule.memory_arrays import Memories, learned, recall_after, reviewed
from srs.schedule.model import Rating
from srs.schedule.observed import Evidence, mean_offset, offset
from srs.schedule.plan import SlotPrice, least_worth, plan_day

Truths = NDArray[np.bool_]

# how often each rating is given, as the simulator of fsrs-rs assumes
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
PASSING_RATINGS = (0.224, 0.631, 0.145)
# far enough apart that no order within one sort of card reaches into the next
SORT = 1e7


@dataclass(frozen=True)
class CardColumns:
    """Cards as they stand, as columns that hold one number a card.

    A card that was never asked has no stability (nan or 0). Days are counted from today: the day
    of the last answer is 0 or negative. `answers` counts a card's answers.
    """

    stability: Sequence[float] | Floats
    difficulty: Sequence[float] | Floats
    last_day: Sequence[int] | Integers
    due_day: Sequence[int] | Integers
    answers: Sequence[int] | Integers


@dataclass(frozen=True)
class Learner:
    """How someone truly remembers: FSRS weights, and each card's logit offset of recall.

    `offset` is broadcast to (runs, cards).
    """

    weights: Sequence[float]
    offset: float | Floats = 0.0


@dataclass(frozen=True)
class Topics:
    """Each card's topic, as a number from 0, and the evidence about every topic so far.

    `residual` and `information` are those of `srs.schedule.observed.Evidence`, one a topic.
    """

    of_card: Sequence[int] | Integers
    residual: Sequence[float] | Floats
    information: Sequence[float] | Floats


@dataclass(frozen=True)
class Course:
    """How someone studies: days until the date, what a day may take, what the scheduler believes.

    `planned` follows the plan, else what is due is asked, and new cards in the room it leaves.
    `studied` is the share of days with a sitting, above 0; those without are spread evenly.
    """

    days: int
    cards_per_day: int
    new_per_day: int
    weights: Sequence[float]
    desired_retention: float = 0.9
    planned: bool = True
    studied: float = 1.0

    def sits(self, day: int) -> bool:
        """Return whether a day, 0 for the first, has a sitting."""
        return floor((day + 1) * self.studied + 0.5) > floor(day * self.studied + 0.5)

    def of_part(self, share: float) -> Course:
        """Return the course of a part of the cards, which has that part of a day."""
        return replace(
            self,
            cards_per_day=ceil(self.cards_per_day * share),
            new_per_day=ceil(self.new_per_day * share),
        )


@dataclass
class Outcome:
    """What a course came to: recall on the date, 0 where a card is unseen; cards asked a run.

    `daily` is the mean number of cards asked on each day.
    """

    recall: Floats
    seen: Truths
    asked: Integers
    daily: list[float] = field(default_factory=list)


def simulate(
    cards: CardColumns,
    course: Course,
    *,
    learner: Learner | None = None,
    topics: Topics | None = None,
    runs: int = 8,
    seed: int = 1,
) -> Outcome:
    """Play a course out. Without a learner the scheduler's weights are the truth.

    With `topics` the plan goes by what each topic's answers have shown, those played out too.
    An answer's luck depends only on the seed, run, card and its count of answers, so courses over
    the same cards are compared over the same luck.
    """
    return Play(cards, course, learner or Learner(course.weights), runs, seed, topics).to_the_end()


class Play:
    """The cards of all runs while the days pass. A memory is (stability, difficulty)."""

    def __init__(
        self,
        cards: CardColumns,
        course: Course,
        learner: Learner,
        runs: int,
        seed: int,
        topics: Topics | None = None,
    ) -> None:
        def spread(column: Any) -> Floats:
            return np.tile(np.asarray(column, dtype=float), (runs, 1))

        stability = np.nan_to_num(spread(cards.stability))
        self.course = course
        self.learner = learner
        self.seed = seed
        self.seen: Truths = stability > 0
        self.stability = np.where(self.seen, stability, 1.0)
        self.difficulty = np.where(self.seen, np.nan_to_num(spread(cards.difficulty)), 5.0)
        self.true_stability = self.stability.copy()
        self.true_difficulty = self.difficulty.copy()
        self.last = np.where(self.seen, np.nan_to_num(spread(cards.last_day)), 0).astype(np.int64)
        self.due = np.where(self.seen, np.nan_to_num(spread(cards.due_day)), 0).astype(np.int64)
        self.reps = np.zeros(self.seen.shape, dtype=np.int64)
        self.answers_before = float(np.sum(cards.answers))
        self.offset = np.broadcast_to(np.asarray(learner.offset, dtype=float), self.seen.shape)
        self.topic_of = None if topics is None else np.asarray(topics.of_card, np.int64)
        if topics is not None:
            self.residual, self.information = spread(topics.residual), spread(topics.information)
        decay = -course.weights[20]
        factor = 0.9 ** (1 / decay) - 1
        self.interval_per_stability = (course.desired_retention ** (1 / decay) - 1) / factor

    def to_the_end(self) -> Outcome:
        """Let the days until the date pass."""
        asked = np.zeros(len(self.seen), dtype=np.int64)
        daily = []
        for day in range(self.course.days):
            chosen = self.chosen(day) & self.course.sits(day)
            self._answer(day, *np.nonzero(chosen))
            asked += chosen.sum(axis=1)
            daily.append(float(chosen.sum(axis=1).mean()))
        recall = moved(
            recall_after(self.true_stability, self.course.days - self.last, self.learner.weights),
            self.offset,
        )
        return Outcome(np.where(self.seen, recall, 0.0), self.seen, asked, daily)

    def chosen(self, day: int) -> Truths:
        """Return which cards a day asks."""
        order = self._due_order(day)
        unseen_before = np.cumsum(~self.seen, axis=1)
        first = np.zeros((len(self.seen), 1))
        if self.course.planned:
            plans = [
                plan_day(
                    self.course.days - day,
                    self.seen.shape[1],
                    int(unseen),
                    self.course.cards_per_day,
                )
                for unseen in unseen_before[:, -1]
            ]
            first = np.array([[plan.new] for plan in plans])
            order = self._worth_order(day, order)
        new = np.where(unseen_before <= first, unseen_before - SORT, unseen_before + SORT)
        allowed = unseen_before <= np.maximum(first, self.course.new_per_day)
        order = np.where(self.seen, order, np.where(allowed, new, np.inf))
        chosen = np.zeros(self.seen.shape, dtype=bool)
        ranked = np.argsort(order, axis=1, kind="stable")[:, : self.course.cards_per_day]
        np.put_along_axis(
            chosen, ranked, np.isfinite(np.take_along_axis(order, ranked, axis=1)), axis=1
        )
        return chosen

    def _due_order(self, day: int) -> Floats:
        """Return the backlog's key of due cards, infinity for all others."""
        key = (self.due - day) / (self.stability + DAMPING_DAYS)
        return np.where(self.due <= day, key, np.inf)

    def _worth_order(self, day: int, due_order: Floats) -> Floats:
        """Return minus the worth of cards that are due or worth it, infinity for others."""
        shown, mean = self._shown()
        left = self.course.days - day
        worth = np.empty(self.seen.shape)
        prices = [
            SlotPrice.of(
                self.seen.shape[1],
                self.course.cards_per_day,
                self.course.days,
                self.answers_before,
                float(each),
            )
            for each in mean
        ]
        for price in set(prices):
            at = np.array([each == price for each in prices])
            ahead = look_ahead(tuple(self.course.weights), self.course.days, price)
            worth[at] = ahead.worth(
                Memories(self.stability[at].ravel(), self.difficulty[at].ravel()),
                np.maximum(1, day - self.last[at]).ravel(),
                left,
                shown[at].ravel(),
            ).reshape(worth[at].shape)
        least = np.asarray(least_worth(cast("Any", shown), cast("Any", mean[:, None])))
        asked = ((worth > least) & (self.last < day)) | np.isfinite(due_order)
        return np.where(asked, -worth, np.inf)

    def _shown(self) -> tuple[Floats, Floats]:
        """Return each card's offset by what its topic showed, and each run's mean offset."""
        if self.topic_of is None:
            return np.zeros(self.seen.shape), np.zeros(len(self.seen))
        topics = Evidence(cast("Any", self.residual), cast("Any", self.information))
        whole = Evidence(*(column.sum(axis=1, keepdims=True) for column in cast("Any", topics)))
        shown = np.asarray(offset(topics, whole))[:, self.topic_of]
        return shown, np.asarray(mean_offset(whole))[:, 0]

    def _answer(self, day: int, run: Integers, card: Integers) -> None:
        at = (run, card)
        seen, elapsed = self.seen[at], day - self.last[at]
        chance = [luck(self.seed, run, card, self.reps[at], stream) for stream in range(3)]
        recall = recall_after(self.true_stability[at], elapsed, self.learner.weights)
        known = np.where(seen, recall, 1 - FIRST_RATINGS[0])
        passes = chance[0] < moved(known, self.offset[at])
        self._learn_of_topics(at, seen, elapsed, passes)
        first_passes = np.array(FIRST_RATINGS[1:]) / sum(FIRST_RATINGS[1:])
        rating = np.where(seen, grade(chance[1], PASSING_RATINGS), grade(chance[1], first_passes))
        rating = np.where(passes, rating, int(Rating.AGAIN))
        for stability, difficulty, w in (
            (self.stability, self.difficulty, self.course.weights),
            (self.true_stability, self.true_difficulty, self.learner.weights),
        ):
            after = Memories(stability[at], difficulty[at])
            for some, memories in (
                (~seen, learned(rating[~seen], w)),
                (
                    seen,
                    reviewed(
                        Memories(after.stability[seen], after.difficulty[seen]),
                        rating[seen],
                        elapsed[seen],
                        w,
                    ),
                ),
            ):
                after.stability[some], after.difficulty[some] = memories
            stability[at], difficulty[at] = after
        self.due[at] = day + interval(self.stability[at] * self.interval_per_stability, chance[2])
        self.last[at] = day
        self.seen[at] = True
        self.reps[at] += 1

    def _learn_of_topics(self, at: Any, seen: Truths, elapsed: Integers, passes: Truths) -> None:
        """Add what the answers to seen cards tell of their topics."""
        if self.topic_of is None:
            return
        run, card = (places[seen] for places in at)
        expected = recall_after(self.stability[run, card], elapsed[seen], self.course.weights)
        where = (run, self.topic_of[card])
        np.add.at(self.residual, where, passes[seen] - expected)
        np.add.at(self.information, where, expected * (1 - expected))
