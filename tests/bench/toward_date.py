"""What the plan toward a date is worth: `PYTHONPATH=tests python -m bench.toward_date [SEEDS]`.

Four hundred cards, none of them seen, are studied for 14, 30 or 60 days at 20 to 120 cards a day.
Recall on the day is the learner's true one, 0 for a card that was never seen; every card asked on
a day is one review, a new one too. The plan is the product's own code. It is beside asking what
is due, and new cards in the room that leaves, at desired retentions of 0.90, 0.95 and 0.97. All
have the same luck, seed by seed; the bounds are 95 % bounds of the paired difference.

Not every row has room to halve what is forgotten. Where the plan does not, the last column is a
bound from above on what could be recalled at all within the cards a day and a quarter more reviews
than asking what is due takes (`bench.room`): by someone who knew the learner's true weights, every
card's true memory and the hidden offsets of the topics from the first day on. A row has no room
when even that is less than half way to everything; where it is not, the room may be only theirs.

Two learners: one who remembers as FSRS-6 with the default weights says, and one who does not: true
weights that start lower and fade faster, and twenty topics whose recall is off by a logit of
standard deviation 0.6, while the scheduler goes by the default weights and knows no topics.
A third table begins with a deck that was already studied for sixty days at 0.90; asking what is due
is then so little that the plan, which goes once over all cards, takes more than a quarter more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from bench.room import Limits, most_recalled

from srs.schedule.luck import Floats
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.simulation import (
    CardColumns,
    Course,
    Learner,
    Outcome,
    Play,
    Topics,
    simulate,
)

CARDS = 400
TOPICS = 20
DAYS = (14, 30, 60)
BUDGETS = (20, 30, 40, 60, 80, 100, 120)
RETENTIONS = (0.90, 0.95, 0.97)
TOPIC_OF = np.arange(CARDS) % TOPICS
NOTHING_SHOWN = Topics(TOPIC_OF, np.zeros(TOPICS), np.zeros(TOPICS))
UNSEEN = CardColumns([0.0] * CARDS, [0.0] * CARDS, [0] * CARDS, [0] * CARDS, [0] * CARDS)


class Way(NamedTuple):
    """A way to study."""

    planned: bool
    desired_retention: float

    def __str__(self) -> str:
        return "plan" if self.planned else f"due, {self.desired_retention:.2f}"


PLAIN, *RAISED = [Way(False, retention) for retention in RETENTIONS]
PLAN = Way(True, 0.90)
WAYS = (PLAIN, *RAISED, PLAN)


@dataclass(frozen=True)
class Result:
    """A way's recall and reviews, one number a seed."""

    recall: Floats
    reviews: Floats


Table = dict[tuple[int, int, Way], Result]


def another_learner(seeds: int, seed: int = 1) -> Learner:
    """Return someone whom the scheduler's weights do not describe."""
    w = list(DEFAULT_WEIGHTS)
    w[:4] = [0.7 * first for first in w[:4]]
    w[8] -= 0.25
    w[11] *= 0.8
    w[20] = 0.3
    topics = np.random.default_rng(6 + seed).normal(0, 0.6, (seeds, TOPICS))
    return Learner(w, topics[:, TOPIC_OF])


def studied(days: int = 60, cards_per_day: int = 40) -> CardColumns:
    """Return the deck of someone who has asked what was due for so many days."""
    course = Course(days, cards_per_day, cards_per_day, DEFAULT_WEIGHTS, planned=False)
    play = Play(UNSEEN, course, Learner(DEFAULT_WEIGHTS), 1, 99)
    play.to_the_end()
    return CardColumns(
        play.stability[0],
        play.difficulty[0],
        play.last[0] - days,
        play.due[0] - days,
        play.reps[0],
    )


def measure(cards: CardColumns, learner: Learner, seeds: int, seed: int) -> Table:
    """Return every way's result at every horizon and budget."""
    table: Table = {}
    for days in DAYS:
        for budget in BUDGETS:
            for way in WAYS:
                course = Course(
                    days, budget, budget, DEFAULT_WEIGHTS, way.desired_retention, way.planned
                )
                outcome: Outcome = simulate(
                    cards, course, learner=learner, topics=NOTHING_SHOWN, runs=seeds, seed=seed
                )
                table[days, budget, way] = Result(
                    outcome.recall.mean(axis=1), outcome.asked.astype(float)
                )
    return table


def bound(values: Floats, against: Floats) -> float:
    """Return the lower 95 % bound of the mean paired difference."""
    difference = values - against
    return float(difference.mean() - 1.96 * difference.std(ddof=1) / sqrt(len(difference)))


def most(learner: Learner, days: int, budget: int, plain: Result) -> float:
    """Return a recall that nobody exceeds for a quarter more reviews than asking what is due."""
    hidden = np.asarray(learner.offset, dtype=float)
    places, shares = np.polynomial.hermite_e.hermegauss(3)
    if not hidden.std():
        places, shares = np.zeros(1), np.ones(1)
    limits = Limits(days, budget, 1.25 * float(plain.reviews.mean()))
    return most_recalled(
        CARDS,
        limits,
        learner.weights,
        hidden.mean() + hidden.std() * places,
        shares / shares.sum(),
    )


def show(title: str, table: Table, bounds: dict[tuple[int, int], float]) -> None:
    """Print recall on the day and reviews, and the plan against asking what is due at 0.90."""
    print(f"\n{title}\n")
    head = "".join(f"{way!s:>15}" for way in WAYS)
    gained = f"{'gain':>6} {'bound':>7} {'forgotten':>9} {'reviews':>7}  at most"
    print(f"{'days, a day':12}{head}  {gained}")
    for days in DAYS:
        for budget in BUDGETS:
            cells = "".join(
                f"{result.recall.mean():9.3f} {result.reviews.mean():5.0f}"
                for result in (table[days, budget, way] for way in WAYS)
            )
            plain, plan = table[days, budget, PLAIN], table[days, budget, PLAN]
            gain = plan.recall.mean() - plain.recall.mean()
            forgotten = (1 - plan.recall.mean()) / (1 - plain.recall.mean())
            reviews = plan.reviews.mean() / plain.reviews.mean()
            low = bound(plan.recall, plain.recall)
            print(
                f"{days:4}, {budget:<6}{cells}  {gain:+6.3f} {low:+7.3f} "
                f"{forgotten:9.2f} {reviews:7.2f}" + _room(plain, bounds.get((days, budget)))
            )


def _room(plain: Result, bound: float | None) -> str:
    if bound is None:
        return ""
    enough = 1 - (1 - plain.recall.mean()) / 2
    return f"  {bound:.3f} of {enough:.3f}{'' if bound >= enough else ': no room'}"


def marks(table: Table) -> Iterator[str]:
    """Yield what the table shows of each mark."""
    worst = min(
        bound(table[d, b, PLAN].recall, table[d, b, PLAIN].recall) for d in DAYS for b in BUDGETS
    )
    yield f"never worse than asking what is due: the lowest bound is {worst:+.4f} (mark -0.002)"
    missed = [
        f"{days} days at {budget}"
        for days in DAYS
        for budget in BUDGETS
        if not _halved(table[days, budget, PLAIN], table[days, budget, PLAN])
    ]
    rows = len(DAYS) * len(BUDGETS)
    yield (
        "forgotten share at most half for at most 25 % more reviews: "
        f"{rows - len(missed)} of {rows} rows; not: {', '.join(missed) or 'none'}"
    )
    for days in DAYS:
        yield _against_raising(table, days)


def _halved(plain: Result, plan: Result) -> bool:
    forgotten = 1 - plan.recall.mean() <= (1 - plain.recall.mean()) / 2
    return bool(forgotten and plan.reviews.mean() <= 1.25 * plain.reviews.mean())


def _against_raising(table: Table, days: int) -> str:
    """Compare each raised retention with the plan's fewest reviews that recall as much."""
    best = []
    for budget in BUDGETS:
        for way in RAISED:
            raised = table[days, budget, way]
            if raised.recall.mean() <= table[days, budget, PLAIN].recall.mean():
                continue  # raising it there only costs coverage
            plans = [table[days, b, PLAN] for b in BUDGETS]
            enough = [
                plan.reviews.mean() for plan in plans if plan.recall.mean() >= raised.recall.mean()
            ]
            saved = 1 - min(enough) / raised.reviews.mean() if enough else float("-inf")
            best.append(saved)
    if not best:
        return f"{days} days: raising the desired retention helps at no budget"
    least, most = min(best), max(best)
    return (
        f"{days} days, at equal recall, against raising the desired retention: "
        f"{least:.0%} to {most:.0%} fewer reviews ({len(best)} rows)"
    )


def main() -> None:
    """Print the tables over as many seeds as the first argument says, 40 unless given."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    began = time.perf_counter()
    for title, cards, learner in (
        ("As FSRS-6 says", UNSEEN, Learner(DEFAULT_WEIGHTS)),
        ("Other weights, topics of unequal difficulty", UNSEEN, another_learner(seeds, seed)),
        ("As FSRS-6 says, studied for sixty days before", studied(), Learner(DEFAULT_WEIGHTS)),
    ):
        table = measure(cards, learner, seeds, seed)
        missed = [
            (days, budget)
            for days in DAYS
            for budget in BUDGETS
            if cards is UNSEEN and not _halved(*(table[days, budget, way] for way in (PLAIN, PLAN)))
        ]
        bounds = {at: most(learner, *at, table[*at, PLAIN]) for at in missed}
        show(title, table, bounds)
        for mark in marks(table):
            print(f"  {mark}")
    print(f"\n{seeds} seeds, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
