"""How honest the planned readiness is: `PYTHONPATH=tests python -m bench.planned [N [SEED]]`.

Learners are made up: 400 cards in 20 topics, studied for some days at 20 a day as they fall due.
The program sees their log alone and says, with `srs.insight.planned` and `readiness`, what will be
recalled on the date by its plan; then the learner follows the plan, and what is truly recalled is
compared. Every topic is the same part of the interview; an unseen card counts as 0.

Some learners remember as FSRS-6 with the default weights says, some by weights that start lower and
fade faster; some recall topics by a hidden logit offset better or worse, as widely spread as given;
some leave out two days in seven, by chance, before and after. The bias is what is said less what
comes true, the error its mean size: as if every day were studied, and as the program says it, by
the days studied lately.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from bench.toward_date import CARDS, NOTHING_SHOWN, TOPIC_OF, TOPICS, UNSEEN, another_learner

from srs.insight.knowledge import know
from srs.insight.material import Material
from srs.insight.planned import play_out
from srs.insight.readiness import readiness_planned
from srs.insight.tree import TopicTree
from srs.schedule.luck import Integers
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.memory_arrays import Floats, recall_after
from srs.schedule.simulation import (
    Course,
    Learner,
    Play,
    Truths,
)
from srs.store.card_columns import CardColumns as StoredCards
from srs.store.planning import STEADY_DAYS
from srs.store.review_columns import ReviewColumns

PACE = 20  # cards a day until the program is asked
TREE = TopicTree.of(f"topic/{n:02}" for n in range(TOPICS))
NODE_OF = np.array([TREE.node_of()[f"topic/{n:02}"] for n in range(TOPICS)])


class Case(NamedTuple):
    """A kind of learner, and a time to be asked about."""

    weights: str
    spread: float
    missed: float
    past: int
    ahead: int
    cards_per_day: int


CASES = [
    Case(weights, spread, missed, *when)
    for weights, spread, missed in (
        ("FSRS-6", 0.0, 0.0),
        ("FSRS-6", 0.6, 0.0),
        ("other", 0.0, 0.0),
        ("other", 0.6, 0.0),
        ("other", 0.6, 2 / 7),
    )
    for when in ((60, 7, 40), (60, 21, 20), (60, 21, 60), (20, 21, 40), (60, 45, 20))
]


class Studying(Play):
    """A learner who writes answers down, and on some days does not study."""

    def __init__(self, course: Course, learner: Learner, studies: Truths, seed: int) -> None:
        super().__init__(UNSEEN, course, learner, len(studies), seed, NOTHING_SHOWN)
        self.studies = studies
        self.written: list[tuple[Integers | Floats | Truths, ...]] = []

    def go_on_from(self, past: Studying) -> None:
        """Begin where another stands, whose last day was yesterday."""
        for name in ("seen", "stability", "difficulty", "true_stability", "true_difficulty"):
            setattr(self, name, getattr(past, name).copy())
        self.residual, self.information = past.residual.copy(), past.information.copy()
        self.last, self.due = past.last - past.course.days, past.due - past.course.days

    def chosen(self, day: int) -> Truths:
        """Return which cards a day asks."""
        return super().chosen(day) & self.studies[:, day : day + 1]

    def _learn_of_topics(self, at: Any, seen: Truths, elapsed: Integers, passes: Truths) -> None:
        super()._learn_of_topics(at, seen, elapsed, passes)
        run, card = (places[seen] for places in at)
        recall = recall_after(self.stability[run, card], elapsed[seen], self.course.weights)
        day = self.last[run, card] + elapsed[seen]
        self.written.append((run, card, day, recall, passes[seen]))


def material(past: Studying, run: int) -> Material:
    """Return what the program knows of one of the learners."""
    of_run, card, day, recall, right = (
        np.concatenate(column) for column in zip(*past.written, strict=True)
    )
    order = np.lexsort((day, card, of_run))
    order = order[of_run[order] == run]
    none, now = np.zeros(CARDS, np.bool_), past.course.days
    seen, answers = past.seen[run], np.arange(len(order))
    reviews = ReviewColumns(
        answers,
        card[order],
        day[order],
        day[order],
        day[order],
        np.where(right[order], 3, 1),
        recall[order].astype(np.float32),
        answers * 0 + 9000,
        answers >= 0,
    )
    memory = (past.stability, past.difficulty, past.last, past.due)
    cards = StoredCards(
        np.arange(CARDS),
        NODE_OF[TOPIC_OF],
        none,
        none,
        none,
        np.zeros(CARDS, np.int64),
        *(np.where(seen, column[run], np.nan) for column in memory),
    )
    nodes = NODE_OF[TOPIC_OF]
    return Material(
        cards, nodes, reviews, nodes[reviews.card], TREE, {}, DEFAULT_WEIGHTS, now, np.zeros(0, int)
    )


def learners(case: Case, count: int, seed: int) -> Learner:
    """Return the learners of a case, a run each."""
    offsets = np.random.default_rng([seed, 1]).normal(0, case.spread, (count, TOPICS))
    weights = DEFAULT_WEIGHTS if case.weights == "FSRS-6" else another_learner(1).weights
    return Learner(weights, offsets[:, TOPIC_OF])


def measure(case: Case, count: int, seed: int) -> str:
    """Return a case's row of the table."""
    learner = learners(case, count, seed)
    days = np.random.default_rng([seed, 2]).random((count, case.past + case.ahead))
    studies = days >= case.missed
    course = Course(case.past, PACE, PACE, DEFAULT_WEIGHTS, planned=False)
    past = Studying(course, learner, studies[:, : case.past], seed)
    past.to_the_end()
    plan = Course(case.ahead, case.cards_per_day, case.cards_per_day, DEFAULT_WEIGHTS)
    later = Studying(plan, learner, studies[:, case.past :], seed + 1)
    later.go_on_from(past)
    true = later.to_the_end().recall.mean(axis=1)
    weights = np.bincount(NODE_OF, minlength=len(TREE.paths)) / TOPICS
    said = np.empty((2, count))
    for run in range(count):
        seen_by_program = material(past, run)
        known = know(seen_by_program, case.past + case.ahead)
        lately = float(studies[run, max(0, case.past - STEADY_DAYS) : case.past].mean())
        for way, course in enumerate((plan, replace(plan, studied=lately))):
            said[way, run] = readiness_planned(play_out(seen_by_program, known, course), weights)
    off = said - true
    biases = "  ".join(f"{each.mean():+6.3f} {np.abs(each).mean():5.3f}" for each in off)
    return (
        f"{case.weights:7} {case.spread:6.1f} {case.missed:6.2f} {case.past:5} {case.ahead:5} "
        f"{case.cards_per_day:5}  {true.mean():5.3f}  {biases}"
    )


def main() -> None:
    """Print the table."""
    count, seed = (int(given) for given in (*sys.argv[1:], *("24", "1")[len(sys.argv) - 1 :]))
    print(f"{count} learners a row")
    print(f"{'learner':21} {'asked':>17}  {'came':>5}  {'every day':>12}  {'as said':>12}")
    print("weights spread missed  past ahead a day   true    bias error    bias error")
    for case in CASES:
        print(measure(case, count, seed), flush=True)


if __name__ == "__main__":
    main()
