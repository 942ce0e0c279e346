"""Fitting FSRS weights to answers, in a process of its own: `python -m srs.insight.fitting`.

fsrs-rs holds Python's lock while it fits and ends the process when it panics, so neither may
happen where a person waits. The answers come as arrays on standard input, and the weights go as
JSON to standard output.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.errors import SrsError

LIBRARY = "fsrs_rs_python"
WEIGHTS = 21


class FitError(SrsError):
    """The weights could not be fitted."""


class Answers(NamedTuple):
    """The answers of cards whose whole history is here, card by card in the order of giving.

    `counts` says how many each card has; `ms` is when each was given.
    """

    counts: NDArray[np.int64]
    ratings: NDArray[np.int64]
    fsrs_days: NDArray[np.int64]
    ms: NDArray[np.int64]


def require_library() -> None:
    """Raise FitError, saying what to run, where the library is missing."""
    if find_spec(LIBRARY) is None:
        raise FitError(
            "Fitting weights needs the package fsrs-rs-python: "
            f"run {sys.executable} -m pip install fsrs-rs-python and try again."
        )


def fit(answers: Answers) -> tuple[float, ...]:
    """Return the weights under which the answers are likeliest, by another process.

    Raises FitError when that process fails. Whatever ends this call ends the process.
    """
    given = io.BytesIO()
    np.savez(given, **answers._asdict())
    process = subprocess.Popen(
        [sys.executable, "-m", "srs.insight.fitting"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # a Ctrl-C is for this process, which then ends that one
    )
    try:
        said, _ = process.communicate(given.getvalue())
    finally:
        process.kill()
        process.wait()
    try:
        weights = tuple(map(float, json.loads(said)))
    except (ValueError, TypeError):
        weights = ()
    if process.returncode or len(weights) != WEIGHTS or not np.isfinite(weights).all():
        raise FitError("The fit broke off, so nothing was changed: the weights are as they were.")
    return _within_bounds(weights)


def _within_bounds(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Return the weights within the bounds that py-fsrs accepts."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    bounded = np.clip(weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)
    return tuple(bounded.tolist())


def main() -> None:
    """Fit what standard input holds."""
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as arrays:
        answers = Answers(**arrays)
    waits = np.diff(answers.fsrs_days, prepend=0)
    waits[np.cumsum(answers.counts) - answers.counts] = 0
    waits = np.maximum(waits, 0)
    made: dict[
        tuple[int, int], FSRSReview
    ] = {}  # many answers are alike, and making one costs more than looking it up
    reviews = []
    for key in zip(answers.ratings.tolist(), waits.tolist(), strict=True):
        review = made.get(key)
        if review is None:
            review = made[key] = FSRSReview(*key)
        reviews.append(review)
    items = []
    begin = 0
    for card, count in enumerate(answers.counts.tolist()):
        for end in range(begin + 1, begin + count):
            if waits[end]:
                items.append((int(answers.ms[end]), card, FSRSItem(reviews[begin : end + 1])))
        begin += count
    items.sort(key=lambda item: item[:2])
    fitted = FSRS([]).compute_parameters(
        [item for _, _, item in items], card_ids=[card for _, card, _ in items]
    )
    json.dump(list(fitted), sys.stdout)


if __name__ == "__main__":
    main()
