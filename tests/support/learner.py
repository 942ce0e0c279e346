"""A learner whose true memory is known, studying by the scheduler's weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from srs.schedule.memory import (
    DEFAULT_WEIGHTS,
    Memory,
    first_memory,
    next_memory,
    retrievability,
)
from srs.schedule.model import Rating, State
from srs.store import tables
from srs.store.collection import Collection

DAY_MS = 86_400_000


def study(
    collection: Collection, true_weights: Sequence[float], answers_a_card: int, seed: int = 1
) -> None:
    """Give every card so many answers a day or more apart, when FSRS thinks them due."""
    chance = random.Random(seed)
    today = collection.now().study_day
    with collection.reading_sql() as execute:
        cards = [id_ for (id_,) in execute("SELECT id FROM card ORDER BY id", {})]
    rows = [
        row
        for card in cards
        for row in _history(collection, card, today, true_weights, answers_a_card, chance)
    ]
    rows.sort(key=lambda row: row["ms"])
    with collection.writing() as connection:
        connection.execute(tables.reviews.insert(), rows)


def _history(
    collection: Collection,
    card: int,
    today: int,
    true_weights: Sequence[float],
    answers: int,
    chance: random.Random,
) -> list[dict[str, Any]]:
    given: list[tuple[int, Rating]] = []
    believed: Memory | None = None
    true: Memory | None = None
    day = 0
    for _ in range(answers + 1):
        if believed is None or true is None:
            rating = chance.choices(list(Rating), (24, 10, 50, 16))[0]
            believed = first_memory(rating, DEFAULT_WEIGHTS)
            true = first_memory(rating, true_weights)
        else:
            wait = max(1, min(120, round(believed[0] * chance.uniform(0.7, 1.6))))
            day += wait
            recall = retrievability(true[0], wait, true_weights)
            passes = chance.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (20, 65, 15))[0]
            rating = passes if chance.random() < recall else Rating.AGAIN
            believed = next_memory(believed, rating, wait, DEFAULT_WEIGHTS)
            true = next_memory(true, rating, wait, true_weights)
        given.append((day, rating))
    begin = today - given[-1][0] - chance.randrange(1, 60)
    return [
        {
            "uid": collection.new_uid(),
            "card_id": card,
            "ms": (begin + day) * DAY_MS + chance.randrange(DAY_MS // 3),
            "study_day": begin + day,
            "fsrs_day": begin + day,
            "rating": int(rating),
            "duration_ms": 8_000,
            "kind": "review",
            "scheduled": True,
            "weights_id": collection.weights_id,
            "device_id": collection.device_id,
            "state": int(State.REVIEW),
            "due_day": begin + day + 1,
            "leech": False,
        }
        for day, rating in given
    ]
