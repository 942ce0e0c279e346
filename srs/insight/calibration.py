"""Whether FSRS's predictions come true for this person, and so whether to trust what follows.

It is prospective: a prediction was stored before its answer. The baseline that it has to beat is a
moving average of the person's own answers, which on a public benchmark of 10,000 people does about
as well as FSRS (open-spaced-repetition/srs-benchmark).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from srs.insight.knowledge import Knowledge
from srs.insight.logits import CENTRES, Floats, sigmoid
from srs.insight.material import Material
from srs.store.review_columns import ReviewColumns

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
WINDOW = 100
PRIOR_RECALL, PRIOR_ANSWERS = 0.9, 10
NEWEST = 20_000
ENOUGH = 200
Z90 = 1.6448536269514722
TOLERATED = 0.03


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Some answers: the mean recall predicted for them, that observed, and its 90% interval."""

    name: str
    reviews: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted against observed recall.

    `log_loss` is of the newest 20,000 tested answers, `baseline` that of a moving average over the
    100 answers before each. `trusted` says whether the figures that rest on the predictions can be
    taken at their word, and `verdict` why, in a sentence.
    """

    reviews: int
    whole: Calibrated | None
    bins: tuple[Calibrated, ...]
    topics: tuple[Calibrated, ...]
    log_loss: float | None
    baseline: float | None
    trusted: bool
    verdict: str


def wilson(right: float, answers: float, z: float = Z90) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927), for at least one answer."""
    share, wide = right / answers, z * z / answers
    middle = (share + wide / 2) / (1 + wide)
    half = z * np.sqrt(share * (1 - share) / answers + wide / (4 * answers)) / (1 + wide)
    # Rounding must not leave the share itself outside, as it would where all or none were right.
    return max(0.0, min(share, float(middle - half))), min(1.0, max(share, float(middle + half)))


def log_loss(recall: Floats, right: NDArray[np.bool_]) -> Floats:
    """Return −log of the chance that each answer was given; in nats."""
    sure = np.clip(recall, 1e-4, 1 - 1e-4)
    return -np.log(np.where(right, sure, 1 - sure))


def moving_average(right: NDArray[np.bool_], window: int = WINDOW) -> Floats:
    """Return for each answer the share of right ones among those before it, at most `window`.

    Ten answers at a recall of .9 are put before the first, so that it begins somewhere sensible.
    """
    sums = np.concatenate(([0], np.cumsum(right)))
    at = np.arange(len(right))
    first = np.maximum(0, at - window)
    before = at - first
    return (sums[at] - sums[first] + PRIOR_RECALL * PRIOR_ANSWERS) / (before + PRIOR_ANSWERS)


def calibrate(material: Material, known: Knowledge) -> Calibration:
    """Hold predictions against answers."""
    paths = material.tree.paths
    passes, fails = material.tree.summed(known.passes), material.tree.summed(known.fails)
    whole = _calibrated("", passes[0], fails[0])
    topics = [
        _calibrated(path, passes[node], fails[node]) for node, path in enumerate(paths) if node
    ]
    model, baseline, noise = _losses(material.reviews.tested)
    trusted, verdict = _verdict(whole, model, baseline, noise)
    return Calibration(
        reviews=0 if whole is None else whole.reviews,
        whole=whole,
        bins=by_bin(passes[0], fails[0]),
        topics=tuple(filter(None, topics)),
        log_loss=model,
        baseline=baseline,
        trusted=trusted,
        verdict=verdict,
    )


def by_bin(passes: Floats, fails: Floats) -> tuple[Calibrated, ...]:
    """Return some answers by their predicted recall; a bin without answers is left out."""
    in_bin = np.searchsorted(EDGES, sigmoid(CENTRES), side="right") - 1
    bins = [
        _calibrated(f"{low:.0%}–{high:.0%}", passes * (in_bin == i), fails * (in_bin == i))
        for i, (low, high) in enumerate(pairwise(EDGES))
    ]
    return tuple(filter(None, bins))


def _calibrated(name: str, passes: Floats, fails: Floats) -> Calibrated | None:
    answers = passes + fails
    reviews = float(answers.sum())
    if not reviews:
        return None
    right = float(passes.sum())
    predicted = float(answers @ sigmoid(CENTRES)) / reviews
    return Calibrated(name, int(reviews), predicted, right / reviews, *wilson(right, reviews))


def _losses(tested: ReviewColumns) -> tuple[float | None, float | None, float]:
    """Return the model's and the baseline's log loss, and the standard error of the difference."""
    if not len(tested):
        return None, None, 0.0
    newest = tested
    if len(tested) > NEWEST:
        oldest = np.partition(tested.ms, len(tested) - NEWEST)[len(tested) - NEWEST]
        newest = tested.take(tested.ms >= oldest)
    newest = newest.take(np.argsort(newest.ms, kind="stable"))
    right = newest.rating > 1
    model = log_loss(newest.predicted.astype(np.float64), right)
    baseline = log_loss(moving_average(right), right)
    noise = float(np.std(model - baseline)) / np.sqrt(len(right))
    return float(model.mean()), float(baseline.mean()), noise


def _verdict(
    whole: Calibrated | None, model: float | None, baseline: float | None, noise: float
) -> tuple[bool, str]:
    if whole is None or model is None or baseline is None:
        return False, (
            "Nothing has been tested yet: figures rest on what most people remember until you "
            "have answered cards again a day or more later."
        )
    if whole.reviews < ENOUGH:
        return False, (
            f"{whole.reviews} answers tell little yet: after {ENOUGH} the predictions can be held "
            "against what you remember."
        )
    off = whole.observed - whole.predicted
    figures = f"{whole.observed:.0%} recalled where {whole.predicted:.0%} was predicted"
    if abs(off) > TOLERATED and not whole.low <= whole.predicted <= whole.high:
        way = "less" if off < 0 else "more"
        return False, (
            f"You remember {way} than predicted ({figures}); the topics' strengths allow for it, "
            "but take single cards with care."
        )
    if model - baseline > 2 * noise:
        return False, (
            f"The predictions tell your cards apart worse than your running average does "
            f"({figures}): trust topics, not single cards."
        )
    return True, f"The predictions hold for you: {figures}, over {whole.reviews:,} answers."
