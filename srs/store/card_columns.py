"""The cards of the collection as numpy columns, with their topics and what their notes train."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.store.queue import Execute

CARDS = """
SELECT id, topic_id, deck_id, state, retired, suspended, leech, lapses, stability, difficulty,
    fsrs_day, due_day
FROM card ORDER BY id
"""
OUT_OF_USE = "SELECT id FROM deck WHERE retired OR NOT enabled"
TOPICS = "SELECT id, path FROM topic ORDER BY path"
SIDES = ("modelling", "infrastructure", "both")
JUDGEMENTS = ("data-serving", "latency-cost", "silent-degradation")
# What a note trains is in the JSON of its details (`srs.deck.codec`).
_LEANS = [f'%"side": "{side}"%' for side in SIDES]
_LEANS += [f'%"judgement": [%"{judgement}"%' for judgement in JUDGEMENTS]
_COUNTS = ", ".join(f"SUM(CASE WHEN details LIKE '{lean}' THEN 1 ELSE 0 END)" for lean in _LEANS)
LEANINGS = f"SELECT topic_id, {_COUNTS} FROM note WHERE NOT retired GROUP BY topic_id"
ROW = np.dtype(
    [
        ("id", np.int32),
        ("topic", np.int32),
        ("deck", np.int32),
        ("state", np.int8),
        ("retired", np.bool_),
        ("suspended", np.bool_),
        ("leech", np.bool_),
        ("lapses", np.int32),
        ("stability", np.float64),  # days; NaN while the card is new
        ("difficulty", np.float64),
        ("fsrs_day", np.float64),
        ("due_day", np.float64),
    ]
)


class Leaning(NamedTuple):
    """How many notes of a topic train each side and each judgement; most train several."""

    sides: tuple[int, ...]
    judgements: tuple[int, ...]


def read_cards(execute: Execute) -> NDArray[Any]:
    """Return all cards in the order of their ids, with the columns of `ROW`.

    A card whose deck is left out or gone counts as retired.
    """
    cards = np.fromiter(execute(CARDS, {}), ROW)
    cards["retired"] |= np.isin(cards["deck"], [id_ for (id_,) in execute(OUT_OF_USE, {})])
    return cards


def read_topics(execute: Execute) -> list[tuple[int, str]]:
    """Return the topics' ids and paths, in the order of the paths."""
    return [(id_, path) for id_, path in execute(TOPICS, {})]


def read_leanings(execute: Execute) -> dict[int, Leaning]:
    """Return by topic what its living notes train."""
    return {
        topic: Leaning(tuple(counts[: len(SIDES)]), tuple(counts[len(SIDES) :]))
        for topic, *counts in execute(LEANINGS, {})
    }
