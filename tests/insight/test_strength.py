"""The strength of topics: the posterior of their logit offsets."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.insight.logits import CENTRES, OFFSETS, histogram, logit, mean_recall, sigmoid
from srs.insight.strength import (
    HIGH,
    LOW,
    ROOT_SPREAD,
    SPREAD_PRIOR,
    SPREADS,
    Posterior,
    posterior,
)

FLAT = (-1, 0, 0, 0)
NESTED = (-1, 0, 0, 1, 1, 2)
ANSWERS = st.lists(
    st.tuples(st.integers(1, 5), st.floats(0.3, 0.99), st.booleans()), min_size=1, max_size=60
)


def strength(parents: tuple[int, ...], answers: list[tuple[int, float, bool]]) -> Posterior:
    """Return the posterior given (node, predicted recall, right) answers."""
    parts = []
    for wanted in (True, False):
        chosen = [(node, recall) for node, recall, right in answers if right is wanted]
        nodes = np.array([node for node, _ in chosen], np.int64)
        recalls = np.array([recall for _, recall in chosen], np.float64)
        parts.append(histogram(nodes, recalls, len(parents)))
    return posterior(parents, parts[0], parts[1])


def test_without_answers_every_topic_is_as_expected_and_uncertain() -> None:
    found = strength(FLAT, [])
    assert found.mean == pytest.approx(0, abs=1e-9)
    assert found.quantile(LOW) == pytest.approx(-found.quantile(HIGH), abs=1e-6)
    assert found.quantile(HIGH)[1] > 0.8


def test_a_lone_topics_posterior_is_that_of_integration_by_hand() -> None:
    """Six right and four wrong answers at a predicted recall of .9, so that logit R is ln 9."""
    found = strength((-1, 0), [(1, 0.9, True)] * 6 + [(1, 0.9, False)] * 4)
    top, bottom, below = 0.0, 0.0, 0.0
    steps = [-4 + 0.01 * i for i in range(801)]
    for spread, width in zip(SPREADS, np.gradient(SPREADS), strict=True):
        # The root's and the topic's normal distributions add up to one.
        variance = ROOT_SPREAD**2 + spread**2
        prior = math.exp(-0.5 * (spread / SPREAD_PRIOR) ** 2) * float(width)
        for offset in steps:
            right = 1 / (1 + math.exp(-(math.log(9) + offset)))
            density = math.exp(-0.5 * offset**2 / variance) / math.sqrt(variance)
            weight = prior * density * right**6 * (1 - right) ** 4
            top += weight * offset
            bottom += weight
            below += weight * (offset <= found.quantile(LOW)[1])
    assert found.mean[1] == pytest.approx(top / bottom, abs=0.01)
    assert below / bottom == pytest.approx(LOW, abs=0.01)


@settings(deadline=None, max_examples=40)
@given(answers=ANSWERS)
def test_an_interval_holds_its_mean(answers: list[tuple[int, float, bool]]) -> None:
    found = strength(NESTED, answers)
    assert np.all(found.quantile(LOW) < found.mean)
    assert np.all(found.mean < found.quantile(HIGH))
    assert found.density.sum(axis=1) == pytest.approx(1)


@settings(deadline=None, max_examples=20)
@given(answers=ANSWERS, recall=st.floats(0.3, 0.99))
def test_a_right_answer_never_makes_a_topic_weaker_nor_a_wrong_one_stronger(
    answers: list[tuple[int, float, bool]], recall: float
) -> None:
    plain, right, wrong = (
        strength(NESTED, [*answers, *more]).mean[3]
        for more in ([], [(3, recall, True)], [(3, recall, False)])
    )
    assert wrong < plain + 0.02
    assert right > plain - 0.02
    assert wrong < right


def test_a_topic_without_answers_borrows_from_its_sibling_more_than_from_a_cousin() -> None:
    answers = [(3, 0.9, number % 3 > 0) for number in range(90)]
    found = strength(NESTED, answers).mean
    assert found[3] < found[4] < found[5] < 0


def test_more_answers_narrow_the_interval() -> None:
    widths = [
        np.subtract(*(strength(FLAT, [(1, 0.9, True)] * count).quantile(q)[1] for q in (HIGH, LOW)))
        for count in (0, 20, 200, 2000)
    ]
    assert all(wider > narrower for wider, narrower in pairwise(widths))


def test_draws_are_spread_as_the_posterior_is_and_the_same_every_time() -> None:
    answers = [(1 + number % 5, 0.85, number % 4 > 0) for number in range(200)]
    found = strength(NESTED, answers)
    drawn = OFFSETS[found.draws]
    assert drawn.mean(axis=0) == pytest.approx(found.mean, abs=0.08)
    assert np.quantile(drawn, LOW, axis=0) == pytest.approx(found.quantile(LOW), abs=0.2)
    assert np.array_equal(found.draws, strength(NESTED, answers).draws)


@given(recall=st.floats(0.002, 0.998))
def test_a_recall_lies_in_its_bin(recall: float) -> None:
    (row,) = histogram(np.array([0]), np.array([recall]), 1)
    assert CENTRES[np.flatnonzero(row)[0]] == pytest.approx(
        logit(np.array([recall]))[0], abs=0.0151
    )


def test_the_mean_recall_at_an_offset_is_that_of_the_shifted_cards() -> None:
    """R of .5 and .8 under an offset of 1: σ(0 + 1) = .7311, σ(1.3863 + 1) = .9158."""
    counts = histogram(np.array([0, 0]), np.array([0.5, 0.8]), 2)
    at_one = int(np.argmin(np.abs(OFFSETS - 1)))
    assert mean_recall(counts)[0, at_one] == pytest.approx((0.7311 + 0.9158) / 2, abs=2e-3)
    assert mean_recall(counts)[1, at_one] == 0
    assert sigmoid(np.array([1.0]))[0] == pytest.approx(0.7311, abs=1e-4)
