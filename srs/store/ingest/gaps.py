"""Where notes stand between those that are sure, and what their order says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Place:
    """Where a free note stands: the sure notes before and after it, by their position in old."""

    before: int | None
    after: int | None


def places(order: Sequence[int], free: set[int], sure: dict[int, int]) -> dict[int, Place]:
    """Return the place of each free note; `sure` maps the others to positions in old."""
    places: dict[int, Place] = {}
    last: int | None = None
    for position in order:
        if position in free:
            places[position] = Place(last, None)
        elif position in sure:
            last = sure[position]
    following: int | None = None
    for position in reversed(order):
        if position in free:
            places[position].after = following
        elif position in sure:
            following = sure[position]
    return places


def in_order(
    news: Sequence[int],
    olds: Sequence[int],
    scores: Mapping[tuple[int, int], float],
    *,
    floor: float,
    without: tuple[int, int] | None = None,
) -> float:
    """Return the most that pairs which keep their order can score together.

    `scores` are by new and old; one below `floor` does not count, nor does the pair `without`.
    """
    best = [0.0] * (len(olds) + 1)
    for new in news:
        row = [0.0]
        for column, old in enumerate(olds):
            score = 0.0 if (new, old) == without else scores.get((new, old), 0.0)
            pays = score if score >= floor else 0.0
            row.append(max(row[column], best[column + 1], best[column] + pays))
        best = row
    return best[-1]
