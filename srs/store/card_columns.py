"""The cards of the collection as numpy columns, with their topics and what their notes train."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.store.queue import Execute

Column = NDArray[Any]

# Each value of a row costs as much as a look at it, so small numbers share one of 64 bits.
NO_DAY = -1_000_000
CARDS = f"""
SELECT id * 4294967296 + topic_id,
    deck_id * 4294967296 + lapses * 8 + CASE WHEN retired THEN 4 ELSE 0 END
        + CASE WHEN suspended THEN 2 ELSE 0 END + CASE WHEN leech THEN 1 ELSE 0 END,
    COALESCE(stability, -1), COALESCE(difficulty, -1),
    COALESCE(fsrs_day, {NO_DAY}) * 4294967296 + COALESCE(due_day, {NO_DAY}) - {NO_DAY}
FROM card ORDER BY id
"""
PACKED = np.dtype(
    [("id", "i8"), ("deck", "i8"), ("stability", "f8"), ("difficulty", "f8"), ("days", "i8")]
)
LOW = 0xFFFFFFFF
OUT_OF_USE = "SELECT id FROM deck WHERE retired OR NOT enabled"
PRACTISED = """
SELECT card.id, note.kind FROM note JOIN card ON card.note_id = note.id
WHERE note.kind = 'story' OR note.kind = 'drill'
"""
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


class Practised(NamedTuple):
    """The ids of the cards that are practised rather than recalled."""

    stories: Column
    drills: Column


class Leaning(NamedTuple):
    """How many notes of a topic train each side and each judgement; most train several."""

    sides: tuple[int, ...]
    judgements: tuple[int, ...]


def read_cards(execute: Execute) -> CardColumns:
    """Return all cards, retired ones too."""
    out_of_use = [id_ for (id_,) in execute(OUT_OF_USE, {})]
    packed = np.fromiter(map(tuple, execute(CARDS, {})), PACKED)
    id_, deck, days = packed["id"], packed["deck"], packed["days"]
    return CardColumns(
        id_ >> 32,
        id_ & LOW,
        (deck & 4 > 0) | np.isin(deck >> 32, out_of_use),
        deck & 2 > 0,
        deck & 1 > 0,
        (deck & LOW) >> 3,
        _or_nan(packed["stability"], -1),
        _or_nan(packed["difficulty"], -1),
        _or_nan(days >> 32, NO_DAY),
        _or_nan((days & LOW) + NO_DAY, NO_DAY),
    )


def _or_nan(column: Column, missing: float) -> Column:
    return np.where(column == missing, np.nan, column)


def read_practised(execute: Execute) -> Practised:
    """Return the cards of stories and design exercises, and those of drills."""
    found: dict[str, list[int]] = {"story": [], "drill": []}
    for id_, kind in execute(PRACTISED, {}):
        found[kind].append(id_)
    return Practised(*(np.array(ids, np.int64) for ids in found.values()))


def read_topics(execute: Execute) -> list[tuple[int, str]]:
    """Return the topics' ids and paths, in the order of the paths."""
    return [(id_, path) for id_, path in execute(TOPICS, {})]


def read_leanings(execute: Execute) -> dict[int, Leaning]:
    """Return by topic what its living notes train."""
    return {
        topic: Leaning(tuple(counts[: len(SIDES)]), tuple(counts[len(SIDES) :]))
        for topic, *counts in execute(LEANINGS, {})
    }
