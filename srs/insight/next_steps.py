"""What to do next: how much readiness a few minutes on each topic would gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srs.insight.knowledge import Knowledge, recall_on, with_strength
from srs.insight.logits import Floats
from srs.insight.material import Material
from srs.schedule.memory_arrays import Memories, first_memories, next_memories, recall_after
from srs.schedule.model import Rating

MINUTES = 20.0
FEWEST_MINUTES = 5.0
ANSWERS_PER_NEW_CARD = 2.5


@dataclass(frozen=True, slots=True)
class Step:
    """So many minutes on a topic's best cards, and the points of readiness (0 to 100) they gain.

    `reviews` are of cards seen before, `new` of cards to be learned.
    """

    topic: str
    minutes: float
    points: float
    reviews: int
    new: int

    @property
    def points_per_minute(self) -> float:
        """The gain by which steps are ranked; a step of under five minutes counts as five."""
        return self.points / max(self.minutes, FEWEST_MINUTES)

    @property
    def sentence(self) -> str:
        """The instruction."""
        minutes = max(1, round(self.minutes))
        points = f"{self.points:.1f}" if self.points < 9.95 else f"{self.points:.0f}"
        gain = f"+{points} points" if points != "0.0" else "under 0.1 points"
        return f"{minutes} minute{'' if minutes == 1 else 's'} on {self.topic}: {gain}"


def next_steps(
    material: Material,
    known: Knowledge,
    weights: Floats,
    on: int,
    *,
    minutes: float = MINUTES,
) -> list[Step]:
    """Return a step for every topic where one gains something, the best first.

    A review of a seen card gains what its expected memory after it leaves on the study day `on`
    over what would be left without; a new card gains all that is left of it. A card answered today
    is not asked again. The minutes are at the person's own pace.
    """
    strength = known.strength.mean
    asked = material.living & ~material.cards.suspended
    seen = asked & material.seen & (material.cards.fsrs_day < material.today)
    unseen = asked & ~material.seen
    pace = material.pace_ms / 60_000
    gain, answers = np.zeros(len(material.cards)), np.ones(len(material.cards))
    gain[seen], answers[seen] = _of_reviews(material, seen, strength, on)
    gain[unseen], answers[unseen] = _of_learning(material, unseen, strength, on)
    per_card = weights / np.maximum(known.cards, 1)
    points = 100 * gain * per_card[material.card_nodes]
    useful = np.flatnonzero((seen | unseen) & (points > 0))
    if not len(useful):
        return []
    where, cost = material.card_nodes[useful], answers[useful] * pace
    order = np.lexsort((-points[useful] / cost, where))
    useful, where, cost = useful[order], where[order], cost[order]
    before = np.cumsum(cost) - cost
    first = np.flatnonzero(np.diff(where, prepend=-1))
    spent = before - np.repeat(before[first], np.diff(first, append=len(where)))
    taken = spent + cost <= minutes
    useful, where, cost = useful[taken], where[taken], cost[taken]
    nodes = len(material.tree.paths)
    sums = [
        np.bincount(where, column, nodes)
        for column in (cost, points[useful], seen[useful], unseen[useful])
    ]
    steps = [
        Step(path, float(spent), float(won), int(old), int(new))
        for path, spent, won, old, new in zip(material.tree.paths, *sums, strict=True)
        if won
    ]
    return sorted(steps, key=lambda step: (-step.points_per_minute, step.topic))


def _of_reviews(
    material: Material, chosen: NDArray[np.bool_], strength: Floats, on: int
) -> tuple[Floats, Floats]:
    """Return the recall gained and the answers needed: a forgotten card is learned again."""
    cards, w = material.cards, material.weights
    offset = strength[material.card_nodes[chosen]]
    now = with_strength(recall_on(material, chosen, material.today), offset)
    without = with_strength(recall_on(material, chosen, on), offset)
    before = Memories(cards.stability[chosen], cards.difficulty[chosen])
    elapsed = (material.today - cards.fsrs_day[chosen]).astype(np.int64)
    good, again = (np.full(len(offset), int(r)) for r in (Rating.GOOD, Rating.AGAIN))
    right = next_memories(before, good, elapsed, w)
    relearned = next_memories(
        next_memories(before, again, elapsed, w), good, np.zeros_like(elapsed), w
    )
    wait = np.full(len(offset), max(1, on - material.today))
    if_right, if_wrong = (
        with_strength(recall_after(memory.stability, wait, w), offset)
        for memory in (right, relearned)
    )
    return now * if_right + (1 - now) * if_wrong - without, 2 - now


def _of_learning(
    material: Material, chosen: NDArray[np.bool_], strength: Floats, on: int
) -> tuple[Floats, Floats]:
    """Return the recall gained and the answers needed by learning cards: Good, and Good again."""
    w = material.weights
    good = np.array([int(Rating.GOOD)])
    learned = next_memories(first_memories(good, w), good, np.zeros(1, np.int64), w)
    left = recall_after(learned.stability, np.array([max(1, on - material.today)]), w)
    offset = strength[material.card_nodes[chosen]]
    return (
        with_strength(np.full(len(offset), left[0]), offset),
        np.full(len(offset), ANSWERS_PER_NEW_CARD),
    )
