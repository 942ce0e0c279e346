"""Which pairs of a deck that was written anew bear one another out by their order.

Where most of a deck was replaced at once, most of what is new is something old in other words.
Pairs that lead every other and stand in one order on both sides are then believed at a likeness
that would say little for one card among many that stayed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from srs.store.ingest.leads import Alike

# By chance half of all pairs of pairs are in order, so that a few of them say nothing.
_FEWEST = 3
_MOSTLY_VANISHING = 0.5
_MOST_IN_ORDER = 0.8


def is_rewritten(vanishing: int, olds: int) -> bool:
    """Tell whether so many of a deck's old notes vanish that it was written anew."""
    return vanishing >= max(_FEWEST, _MOSTLY_VANISHING * olds)


def in_one_order(pairs: Sequence[Alike]) -> list[Alike]:
    """Return the longest row of pairs in one order on both sides, or none if many are not in it."""
    row = _longest_row(sorted(pairs, key=lambda pair: pair.new))
    return row if len(row) >= max(_FEWEST, _MOST_IN_ORDER * len(pairs)) else []


def _longest_row(pairs: Sequence[Alike]) -> list[Alike]:
    """Return the longest rising row of old notes, by patience sorting."""
    least_end: list[int] = []
    row_to: list[tuple[Alike, int | None]] = []
    ends: list[int] = []
    for place, pair in enumerate(pairs):
        length = bisect_left(least_end, pair.old)
        least_end[length : length + 1] = [pair.old]
        ends[length : length + 1] = [place]
        row_to.append((pair, ends[length - 1] if length else None))
    row: list[Alike] = []
    last = ends[-1] if ends else None
    while last is not None:
        pair, last = row_to[last]
        row.append(pair)
    return row[::-1]
