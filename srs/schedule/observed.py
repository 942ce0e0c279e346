"""How much better or worse each topic is recalled than FSRS expects, as the plan weighs it.

An offset is added to the logit of a recall. The one here is a single step towards the likeliest:
good enough for an order of cards, and a sum over answers is all it needs, so that a queue can be
read without numpy. `srs.insight.strength` has the whole of what the answers say, with intervals.
The functions are arithmetic alone, so that numpy arrays may stand for many topics.
"""

from __future__ import annotations

from math import e
from typing import NamedTuple

# The person's mean is believed slowly: it moves the plan for all cards at once.
WHOLE_SPREAD, TOPIC_SPREAD = 0.05, 0.25


class Evidence(NamedTuple):
    """What answers told, over those with an expected recall R: Σ(y − R) and ΣR(1 − R).

    y is 1 for a recalled card and 0 for a forgotten one.
    """

    residual: float = 0.0
    information: float = 0.0


def mean_offset(whole: Evidence) -> float:
    """Return the person's logit offset over all topics, by the evidence of all together.

    It lies around 0, normally, with a standard deviation of 0.05.
    """
    return whole.residual / (whole.information + WHOLE_SPREAD**-2)


def offset(topic: Evidence, whole: Evidence) -> float:
    """Return a topic's logit offset; `whole` is the evidence of all topics together.

    A topic lies around the person's mean, normally, with a standard deviation of 0.25; the
    little-answered stay near it.
    """
    mean = mean_offset(whole)
    return mean + (topic.residual - mean * topic.information) / (
        topic.information + TOPIC_SPREAD**-2
    )


def shifted(recall: float, offset: float) -> float:
    """Return a recall, above 0 and below 1, whose logit is moved by an offset."""
    odds: float = recall / (1 - recall) * e**offset
    return odds / (1 + odds)
