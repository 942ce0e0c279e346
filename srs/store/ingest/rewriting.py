"""Which pairs of a deck that was written anew bear one another out by their order.

Where most of a deck was replaced at once, most of what is new is something old in other words.
Pairs that lead every other and stand in one order on both sides are then believed at a likeness
that would say little for one card among many that stayed. A deck on something else that asks in
the same manner has that order too, but not the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from srs.store.ingest.leads import Alike
from srs.store.ingest.likeness import Text

# By chance half of all pairs of pairs are in order, so that a few of them say nothing.
_FEWEST = 3
_MOSTLY_VANISHING = 0.5
_MOST_IN_ORDER = 0.8
# Decks that were written anew share from three quarters up, others in one manner about a half.
_SAME_WORDS = 2 / 3
# Short words are much the same in any question, and endings differ.
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6


def is_rewritten(vanishing: int, olds: int) -> bool:
    """Tell whether so many of a deck's old notes vanish that it was written anew."""
    return vanishing >= max(_FEWEST, _MOSTLY_VANISHING * olds)


def in_one_order(pairs: Sequence[Alike]) -> list[Alike]:
    """Return the longest row of pairs in one order on both sides, or none if many are not in it."""
    row = _longest_row(sorted(pairs, key=lambda pair: pair.new))
    return row if len(row) >= max(_FEWEST, _MOST_IN_ORDER * len(pairs)) else []


def are_of_the_same(olds: Sequence[Text], news: Sequence[Text]) -> bool:
    """Tell whether the words of the questions on one side are mostly found on the other.

    A condensed deck has only old words, one that was filled out has all of them.
    """
    return max(_known(olds, news), _known(news, olds)) >= _SAME_WORDS


def _known(asking: Sequence[Text], others: Sequence[Text]) -> float:
    """Return the share of the words of questions that others have in either side."""
    asked = _stems(text.front for text in asking)
    found = _stems(side for text in others for side in (text.front, text.back))
    return len(asked & found) / len(asked) if asked else 0.0


def _stems(sides: Iterable[str]) -> set[str]:
    return {word[:_STEM] for side in sides for word in _WORD.findall(side.casefold())}


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
