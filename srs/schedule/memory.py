"""The FSRS-6 memory model in plain floats.

Source: open-spaced-repetition, "The Algorithm", FSRS-6
(https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm).
S is the stability in days, at which recall is 90%; D the difficulty from 1 to 10; R the recall;
G the rating from 1 to 4; w0 to w20 the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp

from srs.schedule.model import Rating

# fitted by the FSRS authors to many people's reviews
DEFAULT_WEIGHTS: tuple[float, ...] = (
    0.212,
    1.2931,
    2.3065,
    8.2956,
    6.4133,
    0.8334,
    3.0194,
    0.001,
    1.8722,
    0.1666,
    0.796,
    1.4835,
    0.0614,
    0.2629,
    1.6483,
    0.6014,
    1.8729,
    0.5425,
    0.0912,
    0.0658,
    0.1542,
)
SHORTEST_STABILITY = 0.001

Memory = tuple[float, float]


def replay(
    answers: Iterable[tuple[Rating | int, int]],
    weights: Sequence[float],
    memory: Memory | None = None,
    last_day: int = 0,
) -> Memory | None:
    """Return (stability, difficulty) after all (rating, FSRS day) answers, None if there are none.

    The answers are in the order they were given. `memory` is what there was before them, on the
    FSRS day `last_day`.
    """
    for rating, day in answers:
        if memory is None:
            memory = first_memory(rating, weights)
        else:
            memory = next_memory(memory, rating, day - last_day, weights)
        last_day = day
    return memory


def retrievability(stability: float, elapsed_days: float, weights: Sequence[float]) -> float:
    """Return the expected recall, 0 to 1, so many days after an answer.

    R(t) = (1 + F·t/S)^(−w20) with F = 0.9^(−1/w20) − 1, so that R(S) = 0.9.
    """
    factor = 0.9 ** (-1 / weights[20]) - 1
    return float((1 + factor * max(0, elapsed_days) / stability) ** -weights[20])


def first_memory(rating: Rating | int, weights: Sequence[float]) -> Memory:
    """Return (stability, difficulty) after a card's first answer.

    S₀ = w[G−1]; D₀ = w4 − e^(w5·(G−1)) + 1.
    """
    stability = max(weights[rating - 1], SHORTEST_STABILITY)
    return stability, _within_difficulty(_first_difficulty(rating, weights))


def next_memory(
    memory: Memory, rating: Rating | int, elapsed_days: int, weights: Sequence[float]
) -> Memory:
    """Return (stability, difficulty) after one more answer, given so many FSRS days later."""
    stability, difficulty = memory
    if elapsed_days < 1:
        grown = _same_day_stability(stability, rating, weights)
    else:
        recall = retrievability(stability, elapsed_days, weights)
        if rating == Rating.AGAIN:
            grown = _forgotten_stability(stability, difficulty, recall, weights)
        else:
            grown = _recalled_stability(stability, difficulty, recall, rating, weights)
    return max(grown, SHORTEST_STABILITY), _next_difficulty(difficulty, rating, weights)


def memory_from_sm2(ease: float, interval_days: int, weights: Sequence[float]) -> Memory:
    """Return the (stability, difficulty) that SM-2's ease factor and interval amount to.

    They are those under which a Good answer at the end of the interval, at a recall of 90%, would
    lengthen it by the ease factor: S = interval, D = 11 − (ease − 1) / (e^w8 · S^(−w9) ·
    (e^(w10·0.1) − 1)). Source: `memory_state_from_sm2` of fsrs-rs, with a recall of 0.9
    (https://github.com/open-spaced-repetition/fsrs-rs/blob/main/src/inference.rs).
    """
    stability = max(float(interval_days), SHORTEST_STABILITY)
    growth = exp(weights[8]) * stability ** -weights[9] * (exp(weights[10] * 0.1) - 1)
    return stability, _within_difficulty(11 - (ease - 1) / growth)


def _same_day_stability(stability: float, rating: int, w: Sequence[float]) -> float:
    """S′ = S · e^(w17·(G−3+w18)) · S^(−w19); a pass never shortens it."""
    growth = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    if rating != Rating.AGAIN:
        growth = max(growth, 1.0)
    return float(stability * growth)


def _forgotten_stability(
    stability: float, difficulty: float, recall: float, w: Sequence[float]
) -> float:
    """S′ = w11 · D^(−w12) · ((S+1)^w13 − 1) · e^(w14·(1−R)), at most S / e^(w17·w18)."""
    relearned = (
        w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp(w[14] * (1 - recall))
    )
    return float(min(relearned, stability / exp(w[17] * w[18])))


def _recalled_stability(
    stability: float, difficulty: float, recall: float, rating: int, w: Sequence[float]
) -> float:
    """S′ = S · (1 + e^w8 · (11−D) · S^(−w9) · (e^(w10·(1−R)) − 1) · h).

    h is w15 for Hard, w16 for Easy and 1 for Good.
    """
    growth = exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (exp(w[10] * (1 - recall)) - 1)
    if rating == Rating.HARD:
        growth *= w[15]
    elif rating == Rating.EASY:
        growth *= w[16]
    return float(stability * (1 + growth))


def _first_difficulty(rating: int, w: Sequence[float]) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _next_difficulty(difficulty: float, rating: int, w: Sequence[float]) -> float:
    """D′ = w7·D₀(Easy) + (1−w7)·(D − w6·(G−3)·(10−D)/9), D₀ not clamped."""
    moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    return _within_difficulty(w[7] * _first_difficulty(Rating.EASY, w) + (1 - w[7]) * moved)


def _within_difficulty(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
