"""Each topic with the figures behind its place, a parent summing what lies below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srs.insight.knowledge import Knowledge
from srs.insight.logits import OFFSETS, Floats
from srs.insight.material import Material
from srs.insight.planned import Planned
from srs.insight.strength import HIGH, LOW

WEEKS = 8
FEW_REVIEWS = 30
ENOUGH_TIMES = 10
SLOW = 1.5
TIME_STEP_MS = 250
TIME_BINS = 120_000 // TIME_STEP_MS + 1


@dataclass(frozen=True, slots=True)
class Week:
    """The tested answers of seven study days, and how many of them FSRS expected to be right."""

    reviews: int
    recalled: int
    expected: float

    @property
    def better(self) -> float | None:
        """Observed minus expected recall, None without answers."""
        return (self.recalled - self.expected) / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True)
class TopicInsight:
    """One topic with all below it.

    `recall_now` and `recall_on` are the mean recall of its seen cards today and on the date,
    without reviews until then, None when none was seen; `coverage` is the share seen.
    `recall_planned` is the mean recall on the date of the cards seen by then if the planned reviews
    are done, and `coverage_planned` their share; None where that was not played out. `strength`
    is the mean logit offset with its 90% interval, from `reviews` tested answers. `weight` is the
    topic's part of the interview and `cost` the part that would be lost there. `median_ms` is of
    right answers, `slow` when it is half as long again as the person's own. `weeks` are the last
    eight, oldest first.
    """

    topic: str
    cards: int
    seen: int
    reviews: int
    recall_now: float | None
    recall_on: float | None
    recall_planned: float | None
    coverage_planned: float | None
    strength: float
    low: float
    high: float
    weight: float
    cost: float
    lapses: int
    leeches: int
    median_ms: float | None
    slow: bool
    minutes: float
    weeks: tuple[Week, ...]

    @property
    def coverage(self) -> float:
        """The share of its cards that have been seen."""
        return self.seen / self.cards if self.cards else 0.0

    @property
    def small_sample(self) -> bool:
        """Whether there are too few answers for the strength to say much."""
        return self.reviews < FEW_REVIEWS

    @property
    def depth(self) -> int:
        """How many topics lie above it."""
        return self.topic.count("/")


def topic_insights(
    material: Material, known: Knowledge, weights: Floats, planned: Planned | None = None
) -> list[TopicInsight]:
    """Return every topic that has living cards or answers; the root, with an empty path, first."""
    tree = material.tree
    cards, seen = tree.summed(known.cards), tree.summed(known.seen)
    reviews = tree.summed(known.passes.sum(axis=1) + known.fails.sum(axis=1))
    now, on = known.expected(known.recall_now), known.expected(known.recall_on)
    recalled_now, recalled_on = tree.summed(now * known.seen), tree.summed(on * known.seen)
    coverage = known.seen / np.maximum(known.cards, 1)
    weight, cost = tree.summed(weights), tree.summed(weights * (1 - coverage * on))
    strength, low, high = _strengths(material, known)
    lapses, leeches = _lapses(material)
    medians = _median_times(material)
    recalls, coverages = _with_plan(material, planned)
    rows = material.reviews
    minutes = tree.summed(
        np.bincount(material.review_nodes, rows.duration_ms, len(tree.paths)) / 60_000
    )
    weeks = _weeks(material)
    return [
        TopicInsight(
            topic=path,
            cards=int(cards[node]),
            seen=int(seen[node]),
            reviews=int(reviews[node]),
            recall_now=float(recalled_now[node] / seen[node]) if seen[node] else None,
            recall_on=float(recalled_on[node] / seen[node]) if seen[node] else None,
            recall_planned=recalls[node],
            coverage_planned=coverages[node],
            strength=float(strength[node]),
            low=float(low[node]),
            high=float(high[node]),
            weight=float(weight[node]),
            cost=float(cost[node]),
            lapses=int(lapses[node]),
            leeches=int(leeches[node]),
            median_ms=medians[node],
            slow=_slow(medians[node], medians[0]),
            minutes=float(minutes[node]),
            weeks=weeks[node],
        )
        for node, path in enumerate(tree.paths)
        if cards[node] or reviews[node]
    ]


def _with_plan(
    material: Material, planned: Planned | None
) -> tuple[list[float | None], list[float | None]]:
    """Return recall and coverage on the date with the planned reviews, a node each."""
    if planned is None:
        nothing: list[float | None] = [None] * len(material.tree.paths)
        return nothing, nothing
    cards, seen, recalled = (
        material.tree.summed(own).tolist()
        for own in (planned.cards, planned.seen, planned.recalled)
    )
    return (
        [right / of if of else None for right, of in zip(recalled, seen, strict=True)],
        [part / of if of else None for part, of in zip(seen, cards, strict=True)],
    )


def _strengths(material: Material, known: Knowledge) -> tuple[Floats, Floats, Floats]:
    """Return mean and interval a node; a parent's is the mean over the cards below it."""
    tree = material.tree
    found = known.strength
    mean, low, high = found.mean, found.quantile(LOW), found.quantile(HIGH)
    # Where no card is left, the answers to retired ones still tell.
    counted = np.where(tree.summed(known.cards) > 0, known.cards, known.passes.sum(axis=1))
    parts = np.maximum(counted, 1e-9)
    leaf = np.bincount(np.maximum(tree.parents, 0), minlength=len(tree.paths)) == 0
    drawn = tree.summed((OFFSETS[found.draws] * parts).T)
    whole = tree.summed(parts)
    inner = np.flatnonzero(~leaf)
    means = tree.summed(mean * parts) / whole
    lows, highs = np.quantile(drawn[inner] / whole[inner, None], (LOW, HIGH), axis=1)
    mean[inner] = means[inner]
    low[inner], high[inner] = np.minimum(lows, mean[inner]), np.maximum(highs, mean[inner])
    return mean, low, high


def _lapses(material: Material) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    living = material.living
    lapses = np.bincount(
        material.card_nodes[living],
        material.cards.lapses[living],
        len(material.tree.paths),
    )
    leeches = material.count(living & material.cards.leech)
    return material.tree.summed(lapses.astype(np.int64)), material.tree.summed(leeches)


def _median_times(material: Material) -> list[float | None]:
    rows = material.reviews.tested
    right = (rows.rating > 1) & ~material.answers_drill(rows.card)
    bins = np.minimum(rows.duration_ms[right] // TIME_STEP_MS, TIME_BINS - 1)
    where = material.tested_nodes[right]
    shape = (len(material.tree.paths), TIME_BINS)
    counts = np.bincount(where * TIME_BINS + bins, minlength=shape[0] * shape[1]).reshape(shape)
    counts = material.tree.summed(counts)
    below = np.cumsum(counts, axis=1)
    middle = np.argmax(below * 2 >= below[:, -1:], axis=1)
    return [
        (at + 0.5) * TIME_STEP_MS if answers >= ENOUGH_TIMES else None
        for at, answers in zip(middle.tolist(), below[:, -1].tolist(), strict=True)
    ]


def _slow(median_ms: float | None, own_ms: float | None) -> bool:
    return median_ms is not None and own_ms is not None and median_ms >= SLOW * own_ms


def _weeks(material: Material) -> list[tuple[Week, ...]]:
    rows = material.reviews.tested
    back = material.today - rows.study_day
    recent = np.flatnonzero((back >= 0) & (back < 7 * WEEKS))
    nodes = len(material.tree.paths)
    where = material.tested_nodes[recent] * WEEKS
    place = where + (WEEKS - 1 - back[recent] // 7)
    columns = (None, rows.rating[recent] > 1, rows.predicted[recent])
    counts = [
        material.tree.summed(np.bincount(place, column, nodes * WEEKS).reshape(nodes, WEEKS))
        for column in columns
    ]
    return [
        tuple(
            Week(int(reviews), int(recalled), float(expected))
            for reviews, recalled, expected in zip(*(of[node] for of in counts), strict=True)
        )
        for node in range(nodes)
    ]
