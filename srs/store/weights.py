"""The versions of the FSRS weights: new ones are added after the old, and none is ever changed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from srs.errors import SrsError
from srs.store.collection import FSRS_MODEL, Collection
from srs.store.queue import Execute
from srs.store.replay import write_memories
from srs.store.review_columns import read_reviews
from srs.store.statements import executing
from srs.store.tables import weights as table

Weights = tuple[float, ...]
VERSIONS = "SELECT created_ms, parameters FROM weights ORDER BY created_ms, id"


class NoOlderWeightsError(SrsError):
    """The weights are the first ones, so there are none to go back to."""


def adopt(collection: Collection, weights: Sequence[float]) -> int:
    """Make weights the current ones and rebuild every card's memory; no due date moves.

    Returns the number of cards rebuilt. All of it is stored, or none: raises SrsError when the disk
    fails.
    """
    read_reviews(collection)  # at the driver's pace; the transaction reads what came since
    with collection.writing() as connection:
        newest_ms, _ = _versions(executing(connection))[-1]
        version = {
            "model": FSRS_MODEL,
            "parameters": json.dumps(list(weights)),
            "created_ms": max(collection.clock.now_ms(), newest_ms + 1),
        }
        connection.execute(table.insert().values(version))
        rebuilt = write_memories(connection, collection.path, weights)
    collection.find_own_rows()
    return rebuilt


def go_back(collection: Collection) -> int:
    """Make the weights before the current ones current again, as a version of its own.

    Returns the number of cards rebuilt. Raises NoOlderWeightsError when there are none.
    """
    with collection.reading_sql() as execute:
        standing = _standing([weights for _, weights in _versions(execute)])
    if len(standing) < 2:
        raise NoOlderWeightsError(
            "These are the weights that srs begins with, so there are none to go back to."
        )
    return adopt(collection, standing[-2])


def _versions(execute: Execute) -> list[tuple[int, Weights]]:
    return [(ms, tuple(json.loads(text))) for ms, text in execute(VERSIONS, {})]


def _standing(versions: Sequence[Weights]) -> list[Weights]:
    """Return the versions that were not gone back from; one equal to the last but one went back."""
    standing: list[Weights] = []
    for weights in versions:
        if standing[-2:-1] == [weights]:
            standing.pop()
        else:
            standing.append(weights)
    return standing
