"""The cards of the collection as numpy columns, with their topics and what their notes train."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.store.queue import Execute

Column = NDArray[Any]

CARDS = """
SELECT id, topic_id, deck_id, retired, suspended, leech, lapses, stability, difficulty, fsrs_day,
    due_day
FROM card ORDER BY id
"""
WIDTH = 11
OUT_OF_USE = "SELECT id FROM deck WHERE retired OR NOT enabled"
TOPICS = "SELECT id, path FROM topic ORDER BY path"
SIDES = ("modelling", "infrastructure", "both")
JUDGEMENTS = ("data-serving", "latency-cost", "silent-degradation")
# What a note trains is in the JSON of its details (`srs.deck.codec`).
_LEANS = [f'%"side": "{side}"%' for side in SIDES]
_LEANS += [f'%"judgement": [%"{judgement}"%' for judgement in JUDGEMENTS]
_COUNTS = ", ".join(f"SUM(CASE WHEN details LIKE '{lean}' THEN 1 ELSE 0 END)" for lean in _LEANS)
LEANINGS = f"""
SELECT topic_id, {_COUNTS}
FROM note WHERE NOT retired AND (details LIKE '%"side": "%' OR details LIKE '%"judgement": [%')
GROUP BY topic_id
"""


@dataclass(frozen=True)
class CardColumns:
    """Cards in columns of one length, in the order of their ids.

    Of a new card `stability` (days), `difficulty`, `fsrs_day` and `due_day` are NaN. A card whose
    deck is left out or gone counts as `retired`.
    """

    id: Column
    topic: Column
    retired: Column
    suspended: Column
    leech: Column
    lapses: Column
    stability: Column
    difficulty: Column
    fsrs_day: Column
    due_day: Column

    def __len__(self) -> int:
        """Return the number of cards."""
        return len(self.id)


class Leaning(NamedTuple):
    """How many notes of a topic train each side and each judgement; most train several."""

    sides: tuple[int, ...]
    judgements: tuple[int, ...]


def read_cards(execute: Execute) -> CardColumns:
    """Return all cards, retired ones too."""
    out_of_use = [id_ for (id_,) in execute(OUT_OF_USE, {})]
    values = list(chain.from_iterable(execute(CARDS, {})))
    table = np.array(values, np.float64).reshape(-1, WIDTH).T
    id_, topic, deck, retired, suspended, leech, lapses = table[:7].astype(np.int64)
    return CardColumns(
        id_,
        topic,
        (retired > 0) | np.isin(deck, out_of_use),
        suspended > 0,
        leech > 0,
        lapses,
        *np.ascontiguousarray(table[7:]),
    )


def read_topics(execute: Execute) -> list[tuple[int, str]]:
    """Return the topics' ids and paths, in the order of the paths."""
    return [(id_, path) for id_, path in execute(TOPICS, {})]


def read_leanings(execute: Execute) -> dict[int, Leaning]:
    """Return by topic what its living notes train."""
    return {
        topic: Leaning(tuple(counts[: len(SIDES)]), tuple(counts[len(SIDES) :]))
        for topic, *counts in execute(LEANINGS, {})
    }
