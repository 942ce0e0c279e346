"""Rebuilding the memory of every card from the log at once, as new weights ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from srs.schedule.beginning import Beginning
from srs.schedule.memory_arrays import Begun, Memories, replay_all
from srs.store.collection import Collection
from srs.store.queue import NOT_VOIDED, Execute
from srs.store.review_columns import ReviewColumns, read_reviews, read_reviews_by, uid_of
from srs.store.statements import executing

# Where a card's learning began anew last: a reset, or where another program's schedule stood.
BEGINNINGS = f"""
SELECT card_id, ms, uid, kind, text FROM event e
WHERE kind IN ('reset', 'start') AND {NOT_VOIDED.format("e")} ORDER BY card_id, ms, uid
"""
UPDATE = """
UPDATE card SET stability = ?, difficulty = ?, revision = revision + 1 WHERE id = ?
"""


class History(NamedTuple):
    """The scheduled answers since each card's last reset or start, as a replay takes them.

    `cards` are the ids, in order, of those that have such answers or a start; `counts` says how
    many answers each has, and `answers` holds them card by card. `starts` is the start of each
    card, None where it began here.
    """

    cards: NDArray[np.int64]
    counts: NDArray[np.int64]
    answers: ReviewColumns
    starts: Sequence[Beginning | None]

    def replayed(
        self, weights: Sequence[float], recalls: NDArray[np.float64] | None = None
    ) -> Memories:
        """Return the memories of the cards under some weights.

        `recalls` is filled with the recall expected before each answer, NaN where nothing was.
        """
        begun = None
        if any(start is not None for start in self.starts):
            nothing = (np.nan, np.nan)
            before = [nothing if start is None else start.memory(weights) for start in self.starts]
            days = [0 if start is None else start.day for start in self.starts]
            columns = np.ascontiguousarray(np.array(before, np.float64).T)
            begun = Begun(Memories(*columns), np.array(days, np.int64))
        return replay_all(
            self.counts,
            self.answers.rating.astype(np.int64),
            self.answers.fsrs_day,
            weights,
            begun,
            recalls,
        )


def read_history(execute: Execute, reviews: ReviewColumns) -> History:
    """Return what a replay of the log takes, given all unvoided answers."""
    began = {card: (ms, uid, kind, text) for card, ms, uid, kind, text in execute(BEGINNINGS, {})}
    kept = reviews.scheduled.copy()
    if began:
        cards = np.fromiter(began, np.int64, len(began))
        instants = np.fromiter((row[0] for row in began.values()), np.int64, len(began))
        place = np.minimum(np.searchsorted(cards, reviews.card), len(cards) - 1)
        same = cards[place] == reviews.card
        kept &= ~same | (reviews.ms >= instants[place])
        for tied in np.flatnonzero(kept & same & (reviews.ms == instants[place])):
            uid = uid_of(execute, "review", int(reviews.id[tied]))
            kept[tied] = uid > began[int(reviews.card[tied])][1]
    answers = reviews.take(kept)
    starts = {
        card: Beginning.from_text(text)
        for card, (_, _, kind, text) in began.items()
        if kind == "start"
    }
    ids = np.unique(np.concatenate((answers.card, np.fromiter(starts, np.int64, len(starts)))))
    counts = np.diff(np.searchsorted(answers.card, np.append(ids, ids[-1:] + 1)))
    return History(ids, counts, answers, [starts.get(card) for card in ids.tolist()])


def rebuild_memories(collection: Collection, weights: Sequence[float]) -> int:
    """Write every learned card's stability and difficulty anew under some weights.

    They are replayed as `srs.schedule.history.fold` does a card at a time. State, step and due
    stay, so that new weights move no due date by themselves. Returns the number of cards replayed.
    Raises SrsError, and changes nothing, when the disk fails.
    """
    read_reviews(collection)  # at the driver's pace; the transaction reads what came since
    with collection.writing() as connection:
        return write_memories(connection, collection.path, weights)


def write_memories(connection: Connection, path: Path, weights: Sequence[float]) -> int:
    """Do so within a transaction on the collection at a path."""
    execute = executing(connection)
    history = read_history(execute, read_reviews_by(execute, path))
    columns = [column.tolist() for column in (*history.replayed(weights), history.cards)]
    if len(history.cards):
        connection.exec_driver_sql(UPDATE, list(zip(*columns, strict=True)))
    return len(history.cards)
