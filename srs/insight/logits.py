"""Recall on the logit scale, in bins, so that a million reviews are a few thousand counts.

The offset of a topic is added to the logit of a recall: σ(logit R + δ). Bins of 0.02 are far finer
than any offset the data could tell apart.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 0.02
LOWEST, HIGHEST = -7.0, 9.0
CENTRES: Floats = np.arange(LOWEST, HIGHEST, STEP) + STEP / 2
# The offsets that a posterior is computed on.
OFFSETS: Floats = np.linspace(-4.0, 4.0, 161)


def logit(recall: NDArray[np.floating]) -> Floats:
    """Return log(R / (1 − R)), kept within the bins."""
    smallest = 1e-6
    kept = np.clip(np.asarray(recall, np.float64), smallest, 1 - smallest)
    return np.clip(np.log(kept / (1 - kept)), LOWEST, HIGHEST - STEP)


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + e^−x)."""
    recall: Floats = 1 / (1 + np.exp(-x))
    return recall


@cache
def recalls() -> Floats:
    """Return the recall at the centre of each bin (a row) under each offset (a column)."""
    table = sigmoid(CENTRES[:, None] + OFFSETS)
    table.flags.writeable = False
    return table


def histogram(
    group: NDArray[np.integer], recall: NDArray[np.floating], groups: int
) -> NDArray[np.float64]:
    """Count recalls by group (a row each) and bin of their logit (a column each)."""
    bins = BIN_OF[(np.asarray(recall, np.float64) * (len(BIN_OF) - 1)).astype(np.int64)]
    counts = np.bincount(
        group.astype(np.int64) * len(CENTRES) + bins, minlength=groups * len(CENTRES)
    )
    return counts.reshape(groups, len(CENTRES)).astype(np.float64)


# Looking the bin up is ten times as fast as the logarithm, and as exact as a bin is wide.
BIN_OF: NDArray[np.int64] = ((logit((np.arange(2**17) + 0.5) / 2**17) - LOWEST) / STEP).astype(
    np.int64
)


def mean_recall(counts: Floats) -> Floats:
    """Return each group's mean recall at every offset: a row a group, a column an offset.

    A group without recalls has zeros.
    """
    sums = counts @ recalls()
    means: Floats = sums / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return means
