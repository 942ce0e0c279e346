"""One topic looked at closely: how it is forgotten until the date, and which cards are weakest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srs.insight.calibration import Calibrated, by_bin
from srs.insight.knowledge import Knowledge, recall_on, with_strength
from srs.insight.logits import Floats, histogram, mean_recall
from srs.insight.material import Material
from srs.insight.strength import HIGH, LOW
from srs.insight.topics import SLOW

MOST_POINTS = 61
MOST_CARDS = 10
FEWEST_ANSWERS, WEIGHED_ANSWERS = 2, 3


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The mean recall of the topic's seen cards on a study day, with its 90% interval."""

    study_day: int
    recall: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WeakCard:
    """A card with the recall to expect of it on the date."""

    card_id: int
    recall: float
    lapses: int
    leech: bool


@dataclass(frozen=True, slots=True)
class SlowCard:
    """A card and the median milliseconds of its newest right answers, three at most."""

    card_id: int
    median_ms: float


@dataclass(frozen=True, slots=True)
class TopicDetail:
    """A topic with all below it. `curve` is without any review until the date; empty if unseen.

    `slow` are cards answered rightly in half as long again as the person's own median or more.
    """

    curve: tuple[CurvePoint, ...]
    weakest: tuple[WeakCard, ...]
    slow: tuple[SlowCard, ...]
    bins: tuple[Calibrated, ...]


def topic_detail(material: Material, known: Knowledge, topic: str, on: int) -> TopicDetail:
    """Return what is to be said of a topic, its curve from today to the study day `on`."""
    paths = material.tree.paths
    nodes = np.array(
        [node for node, path in enumerate(paths) if path == topic or path.startswith(f"{topic}/")],
        np.int64,
    )
    return TopicDetail(
        curve=tuple(_curve(material, known, nodes, on)),
        weakest=tuple(_weakest(material, known, nodes, on)),
        slow=tuple(_slow(material, nodes)),
        bins=by_bin(known.passes[nodes].sum(axis=0), known.fails[nodes].sum(axis=0)),
    )


def _curve(
    material: Material, known: Knowledge, nodes: NDArray[np.int64], on: int
) -> Sequence[CurvePoint]:
    seen = known.seen[nodes]
    if not seen.sum():
        return ()
    chosen = material.seen & np.isin(material.card_nodes, nodes)
    place = np.zeros(len(material.tree.paths), np.int64)
    place[nodes] = np.arange(len(nodes))
    own = place[material.card_nodes[chosen]]
    density, draws = known.strength.density[nodes], known.strength.draws[:, nodes]
    share = seen / seen.sum()
    points = []
    for day in np.unique(np.linspace(material.today, on, MOST_POINTS).round().astype(int)):
        by_offset = mean_recall(histogram(own, recall_on(material, chosen, day), len(nodes)))
        drawn = by_offset[np.arange(len(nodes)), draws] @ share
        recall = float(np.sum(density * by_offset, axis=1) @ share)
        low, high = np.quantile(drawn, (LOW, HIGH))
        points.append(
            CurvePoint(int(day), recall, min(float(low), recall), max(float(high), recall))
        )
    return points


def _weakest(
    material: Material, known: Knowledge, nodes: NDArray[np.int64], on: int
) -> Sequence[WeakCard]:
    cards = material.cards
    chosen = material.seen & np.isin(material.card_nodes, nodes)
    strength = known.strength.mean[material.card_nodes[chosen]]
    recall: Floats = with_strength(recall_on(material, chosen, on), strength)
    ids, lapses, leech = cards.id[chosen], cards.lapses[chosen], cards.leech[chosen]
    order = np.lexsort((ids, -lapses, recall))[:MOST_CARDS]
    return [
        WeakCard(int(ids[at]), float(recall[at]), int(lapses[at]), bool(leech[at])) for at in order
    ]


def _slow(material: Material, nodes: NDArray[np.int64]) -> Sequence[SlowCard]:
    rows = material.reviews.tested
    right = rows.rating > 1
    if not right.any():
        return ()
    own_ms = float(np.median(rows.duration_ms[right]))
    living = material.cards.id[material.living]
    chosen = right & np.isin(material.tested_nodes, nodes) & np.isin(rows.card, living)
    card, duration = rows.card[chosen], rows.duration_ms[chosen]
    # A card's answers stand together in the order of giving.
    groups = np.split(duration, np.flatnonzero(np.diff(card)) + 1)
    firsts = card[np.flatnonzero(np.diff(card, prepend=-1))]
    found = [
        SlowCard(int(id_), float(np.median(times[-WEIGHED_ANSWERS:])))
        for id_, times in zip(firsts, groups, strict=False)
        if len(times) >= FEWEST_ANSWERS
    ]
    slow = [each for each in found if each.median_ms >= SLOW * own_ms]
    return sorted(slow, key=lambda each: (-each.median_ms, each.card_id))[:MOST_CARDS]
