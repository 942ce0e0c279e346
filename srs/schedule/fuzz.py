"""Spreading intervals a little, so that cards learned together do not stay together.

The bounds follow Anki (rslib, scheduler/states/fuzz.rs). The draw is seeded by the card and its
review count, so that the interval shown on a button is the interval given.
"""

from __future__ import annotations

from hashlib import blake2b
from math import floor, inf

SHORTEST_FUZZED_DAYS = 2.5
# (from, to, share of the days between that is added to the fuzz)
BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, inf, 0.05))


def fuzz_bounds(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """Return the shortest and longest interval, in days, that may stand for `interval`.

    Both lie within `minimum` and `maximum`; the maximum wins where they contradict each other.
    Where that leaves a single day above two, the range is widened by a day if the maximum allows,
    so that cards can still part.
    """
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    reach = _reach(interval)
    low = min(max(_rounded(interval - reach), minimum), maximum)
    high = min(max(_rounded(interval + reach), minimum), maximum)
    if low == high and 2 < high < maximum:
        high += 1
    return low, high


def fuzz_factor(uid: bytes, reps: int) -> float:
    """Return a number in [0, 1) that is fixed for a card and its count of reviews."""
    digest = blake2b(uid + reps.to_bytes(8, "big"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def fuzzed(interval: float, factor: float, minimum: int, maximum: int) -> int:
    """Return the interval in days that `factor`, in [0, 1), picks evenly within the bounds."""
    low, high = fuzz_bounds(interval, minimum, maximum)
    return low + int(factor * (high - low + 1))


def _reach(interval: float) -> float:
    """Return how many days an interval may move either way."""
    if interval < SHORTEST_FUZZED_DAYS:
        return 0.0
    return 1.0 + sum(share * max(0.0, min(interval, end) - start) for start, end, share in BANDS)


def _rounded(days: float) -> int:
    """Round half up, as Anki does; Python's round would take a half to the even side."""
    return floor(days + 0.5)
