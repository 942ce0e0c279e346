"""The FSRS-6 memory model over many cards at once, as numpy columns.

The formulas are those of `srs.schedule.memory`, which names their source; a column holds one value
a card. It answers questions about a whole collection (a replay of the log, recall on a date, what a
review would change), where a card at a time would take a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.schedule.memory import SHORTEST_STABILITY
from srs.schedule.model import Rating

Floats = NDArray[np.float64]
Whole = NDArray[np.integer]


class Memories(NamedTuple):
    """Stability in days and difficulty from 1 to 10, one of each a card; NaN without answers."""

    stability: Floats
    difficulty: Floats


class Begun(NamedTuple):
    """What there was of cards before their answers: NaN where nothing was.

    `days` are the FSRS days of the last answers elsewhere, of any value where there were none.
    """

    memories: Memories
    days: Whole


def replay_all(
    counts: Whole,
    ratings: Whole,
    fsrs_days: Whole,
    weights: Sequence[float],
    begun: Begun | None = None,
    recalls: Floats | None = None,
) -> Memories:
    """Return the memories after all answers.

    `counts` says how many answers each card has; `ratings` and `fsrs_days` hold the answers of the
    first card in the order they were given, then those of the second, and so on. `begun` is what
    there was of each card before its answers. `recalls`, of an answer's length, is filled with the
    recall expected before each answer, NaN where there was no memory yet.
    """
    cards = len(counts)
    begins = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
    # With the longest histories first, the cards that have one more answer are a leading slice.
    by_length = np.argsort(-counts, kind="stable")
    lengths, begins = counts[by_length], begins[by_length]
    if begun is None:
        now, first_days = Memories(np.full(cards, np.nan), np.full(cards, np.nan)), None
    else:
        now = Memories(*(np.array(column[by_length], np.float64) for column in begun.memories))
        first_days = begun.days[by_length]
    for answer in range(int(lengths[0]) if cards else 0):
        going_on = int(np.searchsorted(-lengths, -answer, side="left"))
        at = begins[:going_on] + answer
        before = Memories(now.stability[:going_on], now.difficulty[:going_on])
        elapsed: Whole | None
        if answer:
            elapsed = fsrs_days[at] - fsrs_days[at - 1]
        else:
            elapsed = None if first_days is None else fsrs_days[at] - first_days[:going_on]
        if elapsed is None:
            after = first_memories(ratings[at], weights)
        else:
            after = next_memories(before, ratings[at], elapsed, weights)
            if recalls is not None:
                recalls[at] = recall_after(before.stability, elapsed, weights)
            if not answer:
                fresh = np.isnan(before.stability)
                first = first_memories(ratings[at[fresh]], weights)
                after.stability[fresh], after.difficulty[fresh] = first
        now.stability[:going_on] = after.stability
        now.difficulty[:going_on] = after.difficulty
    stability, difficulty = np.empty(cards), np.empty(cards)
    stability[by_length], difficulty[by_length] = now
    return Memories(stability, difficulty)


def recall_after(stability: Floats, elapsed_days: Whole | Floats, w: Sequence[float]) -> Floats:
    """Return the expected recall, 0 to 1, so many days after each card's last answer."""
    factor = 0.9 ** (-1 / w[20]) - 1
    recall: Floats = (1 + factor * np.maximum(0, elapsed_days) / stability) ** -w[20]
    return recall


def first_memories(ratings: Whole, w: Sequence[float]) -> Memories:
    """Return the memories after cards' first answers."""
    stability = np.maximum(np.asarray(w[:4])[ratings - 1], SHORTEST_STABILITY)
    return Memories(stability, _within(w[4] - np.exp(w[5] * (ratings - 1)) + 1))


def next_memories(
    before: Memories, ratings: Whole, elapsed_days: Whole, w: Sequence[float]
) -> Memories:
    """Return the memories after one more answer a card, given so many FSRS days later."""
    stability, difficulty = before
    same_day = elapsed_days < 1
    forgotten = ~same_day & (ratings == Rating.AGAIN)
    recalled = ~(same_day | forgotten)
    grown = np.empty_like(stability)
    grown[same_day] = _same_day(stability[same_day], ratings[same_day], w)
    for chosen, rule in ((forgotten, _forgotten), (recalled, _recalled)):
        s, d = stability[chosen], difficulty[chosen]
        recall = recall_after(s, elapsed_days[chosen], w)
        grown[chosen] = rule(s, d, recall, ratings[chosen], w)
    moved = difficulty - w[6] * (ratings - 3.0) * (10 - difficulty) / 9
    easiest = w[4] - np.exp(w[5] * (Rating.EASY - 1)) + 1
    return Memories(
        np.maximum(grown, SHORTEST_STABILITY), _within(w[7] * easiest + (1 - w[7]) * moved)
    )


def learned(ratings: Whole, w: Sequence[float]) -> Memories:
    """Return the memories after first answers and, but for Easy, a Good on the same day."""
    return _with_a_good(first_memories(ratings, w), ratings != Rating.EASY, w)


def reviewed(before: Memories, ratings: Whole, elapsed_days: Whole, w: Sequence[float]) -> Memories:
    """Return the memories after answers a day or more later; Again is relearned with a Good."""
    after = next_memories(before, ratings, elapsed_days, w)
    return _with_a_good(after, ratings == Rating.AGAIN, w)


def _with_a_good(memories: Memories, chosen: NDArray[np.bool_], w: Sequence[float]) -> Memories:
    """Return the memories, those chosen after one more Good on the same day."""
    some = Memories(memories.stability[chosen], memories.difficulty[chosen])
    good = np.full(len(some.stability), int(Rating.GOOD))
    memories.stability[chosen], memories.difficulty[chosen] = next_memories(
        some, good, np.zeros(len(good), np.int64), w
    )
    return memories


def _same_day(stability: Floats, ratings: Whole, w: Sequence[float]) -> Floats:
    growth = np.exp(w[17] * (ratings - 3 + w[18])) * stability ** -w[19]
    kept: Floats = np.where(ratings == Rating.AGAIN, growth, np.maximum(growth, 1.0))
    return stability * kept


def _forgotten(s: Floats, d: Floats, recall: Floats, _: Whole, w: Sequence[float]) -> Floats:
    relearned = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * np.exp(w[14] * (1 - recall))
    kept: Floats = np.minimum(relearned, s / np.exp(w[17] * w[18]))
    return kept


def _recalled(s: Floats, d: Floats, recall: Floats, ratings: Whole, w: Sequence[float]) -> Floats:
    growth = np.exp(w[8]) * (11 - d) * s ** -w[9] * (np.exp(w[10] * (1 - recall)) - 1)
    ease = np.asarray((0.0, 0.0, w[15], 1.0, w[16]))[ratings]
    grown: Floats = s * (1 + growth * ease)
    return grown


def _within(difficulty: Floats) -> Floats:
    return np.clip(difficulty, 1.0, 10.0)
