"""What each topic will be by the date if the planned reviews are done, by simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from srs.insight.knowledge import Knowledge, recall_on, with_strength
from srs.insight.logits import CENTRES, OFFSETS, Floats, sigmoid
from srs.insight.material import Material
from srs.schedule.simulation import CardColumns, Course, Learner, Topics, simulate
from srs.store.collection import Collection
from srs.store.planning import read_course

# A larger collection's recall is estimated from so many of its cards, evenly over the topics.
SIMULATED_CARDS = 2_000
FURTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Planned:
    """By node, about its own cards only: those seen by the date, and the sum of their recall.

    `cards` is how many the sums stand for; it is 0 at a node none of whose cards was simulated.
    `studied` is the share of days on which the person is expected to study.
    """

    cards: Floats
    seen: Floats
    recalled: Floats
    studied: float = 1.0


def plan_course(collection: Collection, on: date) -> Course | None:
    """Return the days until a date as the plan would fill them.

    None when there are none, or more than a year of them.
    """
    settings = collection.settings._replace(interview_date=on.isoformat())
    with collection.reading_sql() as execute:
        course = read_course(execute, settings, collection.now())
    return None if course is None or course.days > FURTHEST_DAYS else course


def play_out(material: Material, known: Knowledge, course: Course) -> Planned:
    """Let the days until the date pass with the planned reviews.

    The person remembers as FSRS expects, moved by the strength of each topic, and studies on as
    many of the days as the course says. A leech is not asked and counts with what is left of it.
    `tests/bench/planned.py` shows how honest that is.
    """
    nodes, cards = len(material.tree.paths), material.cards
    strength = np.clip(known.strength.mean, OFFSETS[0], OFFSETS[-1])
    asked = np.flatnonzero(material.living & ~cards.suspended)
    asked = asked[np.argsort(material.card_nodes[asked], kind="stable")]
    some = asked[:: max(1, -(-len(asked) // SIMULATED_CARDS))]
    of_node = np.bincount(material.card_nodes[asked], minlength=nodes)
    where = material.card_nodes[some]
    counts = np.bincount(where, minlength=nodes)
    scale = np.divide(of_node, counts, out=np.zeros(nodes), where=counts > 0)
    sums = [np.zeros(nodes), np.zeros(nodes)]
    if len(some):
        answers = np.bincount(material.reviews.card, minlength=int(cards.id.max()) + 1)
        columns = CardColumns(
            cards.stability[some],
            cards.difficulty[some],
            cards.fsrs_day[some] - material.today,
            cards.due_day[some] - material.today,
            answers[cards.id[some]],
        )
        learner = Learner(course.weights, strength[where])
        part = course.of_part(len(some) / len(asked))
        topics = _topics(known, where)
        outcome = simulate(columns, part, learner=learner, topics=topics, runs=1)
        sums = [
            scale * np.bincount(where, column, nodes)
            for column in (outcome.seen[0].astype(np.float64), outcome.recall[0])
        ]
    leeches = material.seen & cards.suspended
    at = material.card_nodes[leeches]
    without = recall_on(material, leeches, material.today + course.days)
    left = with_strength(without, strength[at])
    idle = np.bincount(at, np.ones(len(at)), nodes)
    return Planned(
        np.asarray(scale * counts + idle, np.float64),
        sums[0] + idle,
        sums[1] + np.bincount(at, left, nodes),
        course.studied,
    )


def _topics(known: Knowledge, of_card: NDArray[np.int64]) -> Topics:
    """Return what the plan knows of the topics at its beginning."""
    expected = sigmoid(CENTRES)
    return Topics(
        of_card,
        known.passes @ (1 - expected) - known.fails @ expected,
        (known.passes + known.fails) @ (expected * (1 - expected)),
    )
