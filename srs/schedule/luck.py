"""The chance in a simulation of studying: whether a card is recalled, its grade, its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from srs.schedule.fuzz import BANDS, SHORTEST_FUZZED_DAYS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def luck(seed: int, run: Integers, card: Integers, reps: Integers, stream: int) -> Floats:
    """Return numbers in [0, 1) fixed for the seed, run, card, count and stream (splitmix64)."""
    mixed = np.uint64(seed * 4 + stream)
    for part in (run, card, reps):
        mixed = _mix(mixed ^ part.astype(np.uint64))
    return cast("Floats", (mixed >> np.uint64(11)) / 2.0**53)


def grade(luck: Floats, passing: Sequence[float] | Floats) -> Integers:
    """Return Hard, Good or Easy, as often as their shares say."""
    return 2 + np.searchsorted(np.cumsum(passing)[:2], luck, side="right")


def interval(days: Floats, luck: Floats) -> Integers:
    """Return whole days near an interval, spread as `srs.schedule.fuzz` spreads them."""
    days = np.maximum(1.0, days)
    reach = 1.0 + sum(
        share * np.maximum(0.0, np.minimum(days, end) - start) for start, end, share in BANDS
    )
    reach = np.where(days < SHORTEST_FUZZED_DAYS, 0.0, reach)
    low = np.maximum(1.0, np.floor(days - reach + 0.5))
    high = np.maximum(low, np.floor(days + reach + 0.5))
    return cast("Integers", (low + np.floor(luck * (high - low + 1))).astype(np.int64))


def moved(probability: Floats, offset: Floats) -> Floats:
    """Return probabilities moved by an offset of their logits."""
    odds = probability / np.maximum(1 - probability, 1e-12) * np.exp(offset)
    return odds / (1 + odds)


def _mix(value: Any) -> Any:
    with np.errstate(over="ignore"):
        value = value + np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))
