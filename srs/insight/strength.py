"""How much better or worse a person remembers a topic than FSRS expects, honestly.

The strength of a topic is its logit offset δ on FSRS's residuals: an answer is right with
probability σ(logit R + δ), R being the recall predicted before it. Topics form a tree, and a
topic's offset spreads around its parent's, so that a topic with few answers borrows from its
neighbours:

    δ_root ~ N(0, 0.5²),  δ_topic ~ N(δ_parent, its part of τ²),  τ ~ half-normal(1).

A topic without topics below it lies τ² away from the root in all; a share ρ of the variance is
spent at each level above. The posterior is exact on a grid of offsets (belief propagation on the
tree: Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, ch. 4), averaged over grids of τ
and ρ by how well each explains the answers. A plug-in τ would be too sure of itself: with few
answers it collapses to zero and its intervals cover far less than they say. A narrower prior on τ
does the same to learners whose topics differ much: with half-normal(.6) and a spread of .8 the 90%
intervals cover 81% after 200 answers and 85% after 500, with this one 87% and 88%, at equal error
(tests/bench/weakness.py, 200 learners, flat topics).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from srs.insight.logits import OFFSETS, Floats, recalls

ROOT_SPREAD = 0.5
SPREAD_PRIOR = 1.0
SPREADS = (0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.57, 0.72, 0.9, 1.15, 1.5)
SHARES_ABOVE = (0.2, 0.5, 0.8)
LOW, HIGH = 0.05, 0.95
MOST_DRAWS, FEWEST_DRAWS, DRAWN_VALUES = 400, 100, 80_000
NEGLIGIBLE = 1e-4
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the answers say about the offset of every node of a topic tree.

    `density` has a row a node and a column an offset of `OFFSETS`, each row summing to 1. `draws`
    has a row a draw from the joint posterior and a column a node, holding indices into `OFFSETS`.
    """

    density: Floats
    draws: NDArray[np.int64]

    @property
    def mean(self) -> Floats:
        """The expected offset of each node."""
        mean: Floats = self.density @ OFFSETS
        return mean

    def quantile(self, share: float) -> Floats:
        """Return the offset below which `share` of each node's posterior lies."""
        step = OFFSETS[1] - OFFSETS[0]
        below = np.cumsum(self.density, axis=1)
        at = np.minimum(np.sum(below < share, axis=1), len(OFFSETS) - 1)
        nodes = np.arange(len(at))
        inside = self.density[nodes, at]
        missing = below[nodes, at] - share
        into_step = np.clip(missing / np.maximum(inside, _TINY), 0, 1)
        quantile: Floats = OFFSETS[at] + step / 2 - step * into_step
        return quantile


@dataclass(frozen=True, slots=True)
class _Level:
    """The nodes of one depth that spread alike, and their parents."""

    depth: int
    leaves: bool
    nodes: NDArray[np.int64]
    parents: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One τ and ρ: how likely it is, and what flowed up the tree under it."""

    log_weight: float
    kernels: Sequence[Floats]
    upward: Floats  # likelihood of all answers at and below each node, by its offset
    messages: Floats  # the same, by its parent's offset


def posterior(parents: Sequence[int], passes: Floats, fails: Floats, *, seed: int = 1) -> Posterior:
    """Return the posterior of every node's offset.

    `parents` gives each node's parent, which comes before it; the root is node 0 and its parent
    −1. `passes` and `fails` count the node's own answers by bin of their predicted recall
    (`srs.insight.logits.histogram`). The draws are made from `seed`.
    """
    of_pass, of_fail = _log_likelihoods()
    likelihood = passes @ of_pass + fails @ of_fail
    levels = _levels(parents)
    nested = any(level.depth > 1 for level in levels)
    cells = [
        _flow_up(levels, likelihood, spread, share, width)
        for spread, width in zip(SPREADS, np.gradient(SPREADS), strict=True)
        for share in (SHARES_ABOVE if nested else SHARES_ABOVE[:1])
    ]
    logs = np.array([cell.log_weight for cell in cells])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    density = np.zeros_like(likelihood)
    draws: list[NDArray[np.int64]] = []
    chance = np.random.default_rng(seed)
    wanted = min(MOST_DRAWS, max(FEWEST_DRAWS, DRAWN_VALUES // len(parents)))
    ends = np.rint(np.cumsum(weights) * wanted).astype(int)
    for cell, weight, some in zip(cells, weights, np.diff(ends, prepend=0), strict=True):
        if weight > NEGLIGIBLE:
            density += weight * _flow_down(cell, levels)
        if some:
            draws.append(_draw(cell, levels, int(some), chance))
    return Posterior(density / density.sum(axis=1, keepdims=True), np.concatenate(draws))


@cache
def _log_likelihoods() -> tuple[Floats, Floats]:
    """Return log R and log(1 − R) by bin and offset, as `recalls` has R."""
    return np.log(recalls()), np.log1p(-recalls())


def _levels(parents: Sequence[int]) -> list[_Level]:
    depths = [0] * len(parents)
    for node, parent in enumerate(parents):
        if node:
            depths[node] = depths[parent] + 1
    inner = set(parents)
    groups: dict[tuple[int, bool], list[int]] = {}
    for node, depth in enumerate(depths):
        if node:
            groups.setdefault((depth, node not in inner), []).append(node)
    above = np.asarray(parents, np.int64)
    return [
        _Level(depth, leaves, np.array(nodes), above[nodes])
        for (depth, leaves), nodes in sorted(groups.items())
    ]


def _flow_up(
    levels: Sequence[_Level], likelihood: Floats, spread: float, share: float, width: float
) -> _Cell:
    logs, evidence = likelihood.copy(), 0.0
    upward, messages = np.empty_like(logs), np.ones_like(logs)
    kernels = [_kernel(spread, share, level) for level in levels]
    for level, kernel in zip(reversed(levels), reversed(kernels), strict=True):
        highest = logs[level.nodes].max(axis=1, keepdims=True)
        upward[level.nodes] = np.exp(logs[level.nodes] - highest)
        messages[level.nodes] = np.maximum(upward[level.nodes] @ kernel.T, _TINY)
        evidence += float(highest.sum())
        np.add.at(logs, level.parents, np.log(messages[level.nodes]))
    highest_root = float(logs[0].max())
    upward[0] = np.exp(logs[0] - highest_root) * _normal(OFFSETS, ROOT_SPREAD)
    prior = -0.5 * (spread / SPREAD_PRIOR) ** 2 + np.log(width)
    total = evidence + highest_root + float(np.log(upward[0].sum())) + float(prior)
    return _Cell(total, kernels, upward, messages)


def _flow_down(cell: _Cell, levels: Sequence[_Level]) -> Floats:
    beliefs = np.empty_like(cell.upward)
    beliefs[0] = cell.upward[0] / cell.upward[0].sum()
    for level, kernel in zip(levels, cell.kernels, strict=True):
        others = beliefs[level.parents] / cell.messages[level.nodes]
        belief = cell.upward[level.nodes] * (others @ kernel)
        beliefs[level.nodes] = belief / belief.sum(axis=1, keepdims=True)
    return beliefs


def _draw(
    cell: _Cell, levels: Sequence[_Level], draws: int, chance: np.random.Generator
) -> NDArray[np.int64]:
    drawn = np.empty((draws, len(cell.upward)), np.int64)
    drawn[:, 0] = _pick(np.repeat(cell.upward[:1], draws, axis=0), chance)
    for level, kernel in zip(levels, cell.kernels, strict=True):
        for node, parent in zip(level.nodes, level.parents, strict=True):
            drawn[:, node] = _pick(kernel[drawn[:, parent]] * cell.upward[node], chance)
    return drawn


def _pick(chances: Floats, chance: np.random.Generator) -> NDArray[np.int64]:
    summed = np.cumsum(chances, axis=1)
    aim = chance.random((len(summed), 1)) * summed[:, -1:]
    picked: NDArray[np.int64] = np.minimum(np.sum(summed <= aim, axis=1), chances.shape[1] - 1)
    return picked


def _kernel(spread: float, share: float, level: _Level) -> Floats:
    """Return the chances of a node's offset (columns) given its parent's (rows)."""
    left = (1 - share) ** (level.depth - 1)
    scale = spread * float(np.sqrt(left if level.leaves else left * share))
    # Chances depend on the difference alone: each row is a window on the same ones.
    steps = np.arange(1 - len(OFFSETS), len(OFFSETS)) * (OFFSETS[1] - OFFSETS[0])
    chances = sliding_window_view(np.exp(-0.5 * (steps / scale) ** 2), len(OFFSETS))[::-1]
    likely: Floats = chances / chances.sum(axis=1, keepdims=True)
    return likely


def _normal(x: Floats, scale: float) -> Floats:
    chances: Floats = np.exp(-0.5 * (x / scale) ** 2)
    normal: Floats = chances / chances.sum()
    return normal
