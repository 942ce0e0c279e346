"""What every card's row should hold by its log, all cards at once.

It is what `srs.schedule.history.fold` gives. A card with answers alone takes its stability and
difficulty from the replay in columns, and the rest from its newest scheduled answer; the few that
were also suspended, buried, flagged, reset, begun elsewhere or made leeches are folded one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from srs.schedule.history import fold
from srs.schedule.model import CardHistory, CardState, Rating, State
from srs.store.history import history_values, unvoided_events, unvoided_reviews
from srs.store.queue import Execute
from srs.store.replay import History, read_history
from srs.store.review_columns import read_log

CARDS = "SELECT id FROM card ORDER BY id"
OUTCOMES = "SELECT id * 256 + state FROM review ORDER BY id"
NEWEST = "SELECT state, step, ms, due_day, due_ms FROM review WHERE id = :id"
FOLDED = """
SELECT card_id FROM event WHERE kind <> 'void' UNION SELECT card_id FROM review WHERE leech
"""
NEW = history_values(CardHistory(CardState()))


def standings(execute: Execute, weights: Sequence[float]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield every card's id and the columns its log gives, in the order of the ids.

    It reads the log itself, not the file beside the collection.
    """
    history = read_history(execute, read_log(execute))
    folded = {card for (card,) in execute(FOLDED, {})}
    learned = _learned(execute, history, weights)
    following = next(learned, None)
    for (card,) in list(execute(CARDS, {})):
        while following is not None and following[0] < card:
            following = next(learned, None)
        if card in folded:
            rows = unvoided_reviews(execute, card), unvoided_events(execute, card)
            yield card, history_values(fold(*rows, weights))
        elif following is not None and following[0] == card:
            yield card, _values(execute, *following)
        else:
            yield card, NEW


def _learned(
    execute: Execute, history: History, weights: Sequence[float]
) -> Iterator[tuple[int, float, float, int, int, int, int]]:
    """Yield card, stability, difficulty, day and id of the newest answer, reps and lapses."""
    answers, counts = history.answers, history.counts
    lapses = np.zeros(len(counts), np.int64)
    last = np.cumsum(counts) - 1
    if len(answers):
        logged = np.fromiter(chain.from_iterable(execute(OUTCOMES, {})), np.int64)
        state = (logged & 255)[np.searchsorted(logged >> 8, answers.id)]
        in_review = np.concatenate(([False], state[:-1] == State.REVIEW))
        in_review &= np.concatenate(([False], np.diff(answers.card) == 0))
        sums = np.cumsum(in_review & (answers.rating == Rating.AGAIN))
        lapses = np.diff(sums[np.maximum(last, 0)], prepend=0)
    columns = (
        history.cards,
        *history.replayed(weights),
        answers.fsrs_day[last] if len(answers) else last,
        answers.id[last] if len(answers) else last,
        counts,
        lapses,
    )
    return zip(*(column.tolist() for column in columns), strict=True)


def _values(
    execute: Execute,
    _: int,
    stability: float,
    difficulty: float,
    day: int,
    newest: int,
    reps: int,
    lapses: int,
) -> dict[str, Any]:
    ((state, step, ms, due_day, due_ms),) = execute(NEWEST, {"id": newest})
    return {
        **NEW,
        "state": state,
        "step": step,
        "stability": stability,
        "difficulty": difficulty,
        "fsrs_day": day,
        "answered_ms": ms,
        "due_day": due_day,
        "due_ms": due_ms,
        "reps": reps,
        "lapses": lapses,
    }
