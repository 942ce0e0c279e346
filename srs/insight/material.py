"""What insight is drawn from: the collection's columns, and where each card lies in the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from srs.insight.tree import TopicTree
from srs.store.card_columns import (
    CardColumns,
    Leaning,
    read_cards,
    read_leanings,
    read_practised,
    read_topics,
)
from srs.store.collection import Collection
from srs.store.review_columns import ReviewColumns, read_reviews

USUAL_PACE_MS, FASTEST_PACE_MS = 20_000.0, 1000.0
PACE_DAYS = 60


@dataclass(frozen=True)
class Material:
    """The columns of cards and reviews, and the node of the topic tree that each belongs to.

    Stories are told against a rubric, not recalled: their cards count as out of use, and their
    answers are left out. A drill (`drills` holds the cards' ids) counts as any card does, but for
    the time its answers take.
    `leanings` is by node; `today` is the study day.
    """

    cards: CardColumns
    card_nodes: NDArray[np.int64]
    reviews: ReviewColumns
    review_nodes: NDArray[np.int64]
    tree: TopicTree
    leanings: Mapping[int, Leaning]
    weights: Sequence[float]
    today: int
    drills: NDArray[np.int64]

    def answers_drill(self, cards: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell which of some answers' cards are drills, which take minutes by their nature."""
        if not len(self.drills):
            return np.zeros(len(cards), np.bool_)
        return np.isin(cards, self.drills)

    @cached_property
    def living(self) -> NDArray[np.bool_]:
        """The cards that count: of a deck in use, and not suspended by the person.

        A leech is suspended because it is weak, so leaving it out would flatter.
        """
        cards = self.cards
        living: NDArray[np.bool_] = ~cards.retired & (~cards.suspended | cards.leech)
        return living

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """The living cards that have been answered."""
        return self.living & ~np.isnan(self.cards.stability)

    @cached_property
    def tested_nodes(self) -> NDArray[np.int64]:
        """The node of each tested answer."""
        return self.review_nodes[self.reviews.counted]

    def count(self, cards: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count some cards by node."""
        return np.bincount(self.card_nodes[cards], minlength=len(self.tree.paths))

    @cached_property
    def pace_ms(self) -> float:
        """Return the mean milliseconds of an answer over the last 60 study days."""
        rows = self.reviews
        recent = rows.duration_ms[rows.study_day > self.today - PACE_DAYS]
        return max(FASTEST_PACE_MS, float(recent.mean())) if len(recent) else USUAL_PACE_MS


def read_material(collection: Collection) -> Material:
    """Read the columns of a collection. Raises SrsError when it cannot be read."""
    reviews = read_reviews(collection)
    with collection.reading_sql() as execute:
        cards = read_cards(execute)
        topics = read_topics(execute)
        leanings = read_leanings(execute)
        practised = read_practised(execute)
    if len(practised.stories):
        cards = replace(cards, retired=cards.retired | np.isin(cards.id, practised.stories))
        told = np.isin(reviews.card, practised.stories)
        reviews = reviews.take(~told) if told.any() else reviews
    paths = dict(topics)
    used = set(np.unique(cards.topic).tolist())
    tree = TopicTree.of(path for id_, path in topics if id_ in used)
    nodes = tree.node_of()
    node_of_topic = np.zeros(max(paths, default=0) + 1, np.int64)
    for id_ in used:
        node_of_topic[id_] = nodes[paths[id_]]
    card_nodes = node_of_topic[cards.topic]
    newest_card = int(max(cards.id.max(initial=0), reviews.card.max(initial=0)))
    node_of_card = np.zeros(newest_card + 1, np.int64)
    node_of_card[cards.id] = card_nodes
    return Material(
        cards,
        card_nodes,
        reviews,
        node_of_card[reviews.card],
        tree,
        {nodes[paths[id_]]: leaning for id_, leaning in leanings.items() if id_ in used},
        collection.weights,
        collection.now().study_day,
        practised.drills,
    )
