"""Rebuilding the memory of every card from the log at once, as new weights ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from srs.schedule.memory_arrays import Memories, replay_all
from srs.store.collection import Collection
from srs.store.review_columns import ReviewColumns, read_resets, read_reviews
from srs.store.statements import executing

UPDATE = """
UPDATE card SET stability = ?, difficulty = ?, revision = revision + 1 WHERE id = ?
"""


def rebuild_memories(collection: Collection, weights: Sequence[float]) -> int:
    """Write every answered card's stability and difficulty anew under some weights.

    They are replayed from the unvoided, scheduled answers since the card's last reset. State, step
    and due stay, so that new weights move no due date by themselves. Returns the number of cards
    replayed. Raises SrsError, and changes nothing, when the disk fails.
    """
    reviews = read_reviews(collection)
    with collection.writing() as connection:
        card_ids, memories = replayed(reviews, read_resets(executing(connection)), weights)
        columns = [column.tolist() for column in (*memories, card_ids)]
        if len(card_ids):
            connection.exec_driver_sql(UPDATE, list(zip(*columns, strict=True)))
    return len(card_ids)


def replayed(
    reviews: ReviewColumns, resets: Mapping[int, int], weights: Sequence[float]
) -> tuple[NDArray[np.integer], Memories]:
    """Return the ids of the cards with scheduled answers since their last reset, and memories.

    `resets` holds the instant of a card's last reset.
    """
    kept = reviews.scheduled.copy()
    for card, ms in resets.items():
        begin, end = np.searchsorted(reviews.card, (card, card + 1))
        kept[begin:end] &= reviews.ms[begin:end] > ms
    card_ids, counts = np.unique(reviews.card[kept], return_counts=True)
    memories = replay_all(
        counts, reviews.rating[kept].astype(np.int64), reviews.fsrs_day[kept], weights
    )
    return card_ids, memories
