"""What is remembered on a later day, and how much a review given now adds to it.

Source: FSRS-6 as in `srs.schedule.memory`. The functions are arithmetic alone, so that numpy
arrays may stand for the numbers of many cards; w are the 21 weights. An `offset` is added to the
logit of every recall: that of the card's topic (`srs.schedule.observed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import e
from typing import cast

from srs.schedule.memory import SHORTEST_STABILITY
from srs.schedule.observed import shifted


def recall_after(stability: float, days: float, w: Sequence[float]) -> float:
    """Return the recall, 0 to 1, so many days (0 or more) after an answer."""
    factor = 0.9 ** (-1 / w[20]) - 1
    return cast("float", (1 + factor * days / stability) ** -w[20])


def recall_with_review(
    stability: float,
    difficulty: float,
    elapsed: float,
    days_left: float,
    w: Sequence[float],
    offset: float = 0.0,
) -> float:
    """Return the recall expected `days_left` days from now if the card is reviewed now.

    The last answer was `elapsed` days ago, one or more. It is the mean over recalling the card,
    graded Good, and forgetting it: Again and then a Good on the same day, as relearning does.
    """
    recall = recall_after(stability, elapsed, w)
    recalled = stability * (
        1 + e ** w[8] * (11 - difficulty) * stability ** -w[9] * (e ** (w[10] * (1 - recall)) - 1)
    )
    relearned = (
        w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * e ** (w[14] * (1 - recall))
    )
    forgotten = _greater(_lesser(relearned, stability / e ** (w[17] * w[18])), SHORTEST_STABILITY)
    forgotten = forgotten * _greater(e ** (w[17] * w[18]) * forgotten ** -w[19], 1.0)
    chance = shifted(recall, offset)
    if_recalled, if_forgotten = (
        shifted(recall_after(after, days_left, w), offset) for after in (recalled, forgotten)
    )
    return chance * if_recalled + (1 - chance) * if_forgotten


def gain(
    stability: float,
    difficulty: float,
    elapsed: float,
    days_left: float,
    w: Sequence[float],
    offset: float = 0.0,
) -> float:
    """Return by how much a review now raises the recall expected `days_left` days from now."""
    without = shifted(recall_after(stability, elapsed + days_left, w), offset)
    return recall_with_review(stability, difficulty, elapsed, days_left, w, offset) - without


def worth(
    stability: float,
    difficulty: float,
    elapsed: float,
    days_left: float,
    w: Sequence[float],
    offset: float = 0.0,
    eve_share: float = 0.0,
) -> float:
    """Return what a review today is worth when there may be another on the eve of the date.

    It is the gain less a share of what the review would give on the eve (`DayPlan.eve_share`), so
    that the cards that fade fastest wait for the last days. `days_left` is 1 or more; on the eve
    the order is that of the gain alone.
    """
    today = gain(stability, difficulty, elapsed, days_left, w, offset)
    return today - eve_share * gain(stability, difficulty, elapsed + days_left - 1, 1, w, offset)


def _lesser(a: float, b: float) -> float:
    return a * (a <= b) + b * (a > b)


def _greater(a: float, b: float) -> float:
    return a * (a >= b) + b * (a < b)
