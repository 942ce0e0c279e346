"""How much of the interview the person would answer on the date, and which side lags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from srs.insight.company import taxonomy
from srs.insight.knowledge import Knowledge
from srs.insight.logits import Floats
from srs.insight.planned import Planned
from srs.insight.strength import HIGH, LOW
from srs.insight.tree import TopicTree
from srs.store.card_columns import JUDGEMENTS, SIDES, Leaning

IN_WORDS = {
    "modelling": "modelling",
    "infrastructure": "infrastructure",
    "data-serving": "whether data and serving agree",
    "latency-cost": "latency and cost",
    "silent-degradation": "silent degradation",
}
LAGGING = 0.1
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share, 0 to 1, with its 90% interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Balance:
    """The readiness for the questions of each side and of each judgement; None without cards.

    `sentences` say which lags by ten points and, by 95% of what is believable, surely lags.
    """

    sides: Mapping[str, float | None]
    judgements: Mapping[str, float | None]
    sentences: tuple[str, ...]


def readiness(known: Knowledge, weights: Floats) -> Estimate:
    """Return the expected share of the interview's questions answered, without reviews until then.

    A topic is answered as often as its cards are recalled on the date; a card never seen is not
    answered. `weights` are the nodes' parts of the interview, of their own cards, summing to 1.
    The interval is that of the strengths: the interview's own luck comes on top.
    """
    coverage = known.seen / np.maximum(known.cards, 1)
    answered = known.drawn(known.recall_on) @ (weights * coverage)
    expected = float(known.expected(known.recall_on) @ (weights * coverage))
    low, high = np.quantile(answered, (LOW, HIGH))
    return Estimate(expected, min(float(low), expected), max(float(high), expected))


def readiness_planned(planned: Planned, weights: Floats) -> float:
    """Return the same, without an interval, if the planned reviews are done.

    A topic none of whose cards was simulated counts as the others do on average.
    """
    known = planned.cards > 0
    share = planned.recalled[known] / planned.cards[known]
    whole = weights[known].sum()
    return float(share @ weights[known] / whole) if whole else 0.0


def balance(
    known: Knowledge, weights: Floats, tree: TopicTree, leanings: Mapping[int, Leaning]
) -> Balance:
    """Return the readiness by side and judgement.

    What a topic trains is what its notes say, else what the taxonomy says of it. A note of both
    sides counts half for each; a note can show several judgements.
    """
    side_parts, judgement_parts = _parts(tree, leanings)
    coverage = known.seen / np.maximum(known.cards, 1)
    answered = known.drawn(known.recall_on) * coverage
    sides = _shares(answered, weights, side_parts)
    judgements = _shares(answered, weights, judgement_parts)
    sentences = (_lagging(sides), _lagging(judgements))
    return Balance(_means(sides), _means(judgements), tuple(filter(None, sentences)))


def _parts(
    tree: TopicTree, leanings: Mapping[int, Leaning]
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    nodes = len(tree.paths)
    sides = {side: np.zeros(nodes) for side in SIDES[:2]}
    judgements = {judgement: np.zeros(nodes) for judgement in JUDGEMENTS}
    for node, path in enumerate(tree.paths):
        leaning = leanings.get(node, Leaning((0, 0, 0), (0, 0, 0)))
        entry = taxonomy().get("/".join(path.split("/")[:2]))
        counts = dict(zip(SIDES, leaning.sides, strict=True))
        if not sum(counts.values()) and entry is not None:
            counts[entry.side] = 1
        notes = max(1, sum(counts.values()))
        for side, part in sides.items():
            part[node] = (counts[side] + counts["both"] / 2) / notes
        shown = dict(zip(JUDGEMENTS, leaning.judgements, strict=True))
        if not sum(shown.values()) and entry is not None:
            shown = {judgement: int(judgement in entry.judgement) for judgement in JUDGEMENTS}
            notes = 1
        for judgement, part in judgements.items():
            part[node] = min(1.0, shown[judgement] / notes)
    return sides, judgements


def _shares(
    answered: Floats, weights: Floats, parts: Mapping[str, Floats]
) -> dict[str, Floats | None]:
    found: dict[str, Floats | None] = {}
    for name, part in parts.items():
        whole = float(weights @ part)
        found[name] = answered @ (weights * part) / whole if whole else None
    return found


def _means(shares: Mapping[str, Floats | None]) -> dict[str, float | None]:
    return {name: None if share is None else float(share.mean()) for name, share in shares.items()}


def _lagging(shares: Mapping[str, Floats | None]) -> str | None:
    known = {name: share for name, share in shares.items() if share is not None}
    if len(known) < 2:
        return None
    weakest = min(known, key=lambda name: float(known[name].mean()))
    others = np.mean([share for name, share in known.items() if name != weakest], axis=0)
    behind = others - known[weakest]
    if float(behind.mean()) < LAGGING or float(np.mean(behind > 0)) < SURE:
        return None
    return (
        f"You would answer {known[weakest].mean():.0%} of the questions on {IN_WORDS[weakest]}, "
        f"but {others.mean():.0%} of the others: interviewers notice."
    )
