"""What the person knows of each topic, today and on a date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srs.insight.logits import OFFSETS, Floats, histogram, logit, mean_recall, sigmoid
from srs.insight.material import Material
from srs.insight.strength import Posterior, posterior
from srs.schedule.memory_arrays import recall_after


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Per node of the topic tree, about its own cards only.

    `passes` and `fails` count the tested answers by bin of the logit of their predicted recall.
    `recall_now` and `recall_on` have a row a node and a column an offset: the mean recall of the
    node's seen cards if that were its strength, without any review until then.
    """

    cards: NDArray[np.int64]
    seen: NDArray[np.int64]
    passes: Floats
    fails: Floats
    strength: Posterior
    recall_now: Floats
    recall_on: Floats

    def expected(self, recall: Floats) -> Floats:
        """Return the expected recall of each node's seen cards, over its strength."""
        expected: Floats = np.sum(self.strength.density * recall, axis=1)
        return expected

    def drawn(self, recall: Floats) -> Floats:
        """Return the recall of each node (columns) in each draw of the strengths (rows)."""
        return recall[np.arange(len(recall)), self.strength.draws]


def know(material: Material, on: int) -> Knowledge:
    """Return what is known of every topic, on the study day `on` too."""
    nodes = len(material.tree.paths)
    tested = material.reviews.tested
    right = (tested.rating > 1).astype(np.int64)
    both = histogram(material.tested_nodes * 2 + right, tested.predicted, nodes * 2)
    fails, passes = both[0::2], both[1::2]
    seen = material.seen
    own = material.card_nodes[seen]
    return Knowledge(
        cards=material.count(material.living),
        seen=material.count(seen),
        passes=passes,
        fails=fails,
        strength=posterior(material.tree.parents, passes, fails),
        recall_now=mean_recall(histogram(own, recall_on(material, seen, material.today), nodes)),
        recall_on=mean_recall(histogram(own, recall_on(material, seen, on), nodes)),
    )


def recall_on(material: Material, chosen: NDArray[np.bool_], day: int) -> Floats:
    """Return the recall FSRS expects of some seen cards on a study day, without reviews until then.

    Within a day of an answer FSRS knows no better than the average, so the recall a day after it
    stands for all of that day.
    """
    elapsed = np.maximum(1.0, day - material.cards.fsrs_day[chosen])
    return recall_after(material.cards.stability[chosen], elapsed, material.weights)


def with_strength(recall: Floats, strength: Floats) -> Floats:
    """Return σ(logit R + δ)."""
    return sigmoid(logit(recall) + np.clip(strength, OFFSETS[0], OFFSETS[-1]))
