"""How well weak topics are found: `PYTHONPATH=tests python -m bench.weakness`.

Learners are made up whose true offset on every topic is known: 40 topics of uneven size
(log-normal: the largest has some fifty times the reviews of the smallest), the offsets spread by
.3, .5 or .8, so many reviews in all. An answer is right with probability σ(logit R + δ), R being
what FSRS predicted. The table holds the posterior of
`srs.insight.strength` against the raw offset Σ(y − R) / ΣR(1 − R) and the bare share of right
answers. Coverage is of the 90% intervals; error is the root mean square over topics that have
answers; found is the share of the five truly weakest among the five thought weakest.
"""

from __future__ import annotations

import argparse
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.insight.logits import OFFSETS, histogram, logit, sigmoid
from srs.insight.strength import HIGH, LOW, posterior

TOPICS = 40
PARENTS = 8
WEAKEST = 5
SPREADS = (0.3, 0.5, 0.8)
REVIEWS = (200, 500, 2000)


class Result(NamedTuple):
    """What one learner showed."""

    coverage: float
    error: float
    raw_error: float
    found: float
    found_by_raw: float
    width: float


def one_learner(spread: float, reviews: int, nested: bool, chance: np.random.Generator) -> Result:
    """Simulate one learner and judge what is found."""
    sizes = np.exp(chance.normal(0, 1, TOPICS))
    truth = chance.normal(0, spread, TOPICS)
    parents = [-1] + [0] * TOPICS
    if nested:  # half of the variance lies between the parents
        above = chance.normal(0, spread * np.sqrt(0.5), PARENTS)
        truth = above[np.arange(TOPICS) % PARENTS] + truth * np.sqrt(0.5)
        parents = [-1] + [0] * PARENTS + [1 + topic % PARENTS for topic in range(TOPICS)]
    topic = chance.choice(TOPICS, reviews, p=sizes / sizes.sum())
    predicted = np.clip(chance.beta(18, 2, reviews), 0.3, 0.995)
    right = chance.random(reviews) < sigmoid(logit(predicted) + truth[topic])
    first = len(parents) - TOPICS
    found = posterior(
        parents,
        histogram((topic + first)[right], predicted[right], len(parents)),
        histogram((topic + first)[~right], predicted[~right], len(parents)),
    )
    mean, low, high = (
        values[first:] for values in (found.mean, found.quantile(LOW), found.quantile(HIGH))
    )
    answers = np.bincount(topic, minlength=TOPICS)
    seen = answers > 0
    residual = np.bincount(topic, right - predicted, TOPICS)
    information = np.bincount(topic, predicted * (1 - predicted), TOPICS)
    raw = residual[seen] / information[seen]
    accuracy = np.where(seen, np.bincount(topic, right, TOPICS) / np.maximum(answers, 1), np.inf)
    return Result(
        coverage=float(np.mean((low <= truth) & (truth <= high))),
        error=_rms(mean[seen] - truth[seen]),
        raw_error=_rms(raw - truth[seen]),
        found=_found(truth, mean),
        found_by_raw=_found(truth, accuracy),
        width=float(np.mean(high - low)),
    )


def _rms(errors: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(errors**2)))


def _found(truth: NDArray[np.float64], guess: NDArray[np.float64]) -> float:
    weakest = set(np.argsort(truth)[:WEAKEST].tolist())
    return len(weakest & set(np.argsort(guess, kind="stable")[:WEAKEST].tolist())) / WEAKEST


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    assert np.isclose(OFFSETS[len(OFFSETS) // 2], 0)
    print(f"{wanted.learners} learners a row, {TOPICS} topics, weakest {WEAKEST}")
    print("tree    spread reviews  coverage  error    raw  ratio  found  by accuracy  width")
    for nested in (False, True):
        for spread in SPREADS:
            for reviews in REVIEWS:
                chance = np.random.default_rng([wanted.seed, int(spread * 10), reviews, nested])
                results = [
                    one_learner(spread, reviews, nested, chance) for _ in range(wanted.learners)
                ]
                mean = Result(*(fmean(column) for column in zip(*results, strict=True)))
                print(
                    f"{'nested' if nested else 'flat':7} {spread:6} {reviews:7}  "
                    f"{mean.coverage:8.1%} {mean.error:6.2f} {mean.raw_error:6.2f}  "
                    f"{mean.error / mean.raw_error:5.2f}  {mean.found:5.1%}  "
                    f"{mean.found_by_raw:11.1%}  {mean.width:5.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
