"""Which single cards are likeliest to be forgotten on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from srs.insight.dashboard import EPOCH
from srs.insight.knowledge import know, recall_on, with_strength
from srs.insight.material import read_material
from srs.store.collection import Collection


@dataclass(frozen=True, slots=True)
class Forgettable:
    """A card by its id, and the recall to expect of it, 0 to 1."""

    card_id: int
    recall: float


def likeliest_forgotten(collection: Collection, on: date, most: int) -> tuple[Forgettable, ...]:
    """Return the seen cards with the least recall on a date, without reviews until then.

    The recall is FSRS's, moved by the strength of the card's topic. A leech counts, a card that the
    person suspended does not. Raises SrsError when the collection cannot be read.
    """
    material = read_material(collection)
    day = (on - EPOCH).days
    strength = know(material, day).strength.mean[material.card_nodes[material.seen]]
    recall = with_strength(recall_on(material, material.seen, day), strength)
    ids = material.cards.id[material.seen]
    order = np.lexsort((ids, recall))[:most]
    return tuple(Forgettable(int(ids[at]), float(recall[at])) for at in order)
