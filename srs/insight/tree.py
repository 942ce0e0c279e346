"""The topics as a tree: `serving/batching` lies below `serving`, and everything below the root."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TopicTree:
    """The nodes' paths and parents; a parent comes before its children.

    Node 0 is the root: its path is empty and its parent −1.
    """

    paths: tuple[str, ...]
    parents: tuple[int, ...]

    @classmethod
    def of(cls, topics: Iterable[str]) -> TopicTree:
        """Return the tree of some topics and all that lie above them."""
        parts = {tuple(topic.split("/")) for topic in topics if topic}
        nodes = sorted({whole[:depth] for whole in parts for depth in range(1, len(whole) + 1)})
        number = {(): 0} | {node: place for place, node in enumerate(nodes, 1)}
        return cls(
            ("", *("/".join(node) for node in nodes)),
            (-1, *(number[node[:-1]] for node in nodes)),
        )

    def node_of(self) -> dict[str, int]:
        """Return each path's node."""
        return {path: node for node, path in enumerate(self.paths)}

    def summed(self, own: NDArray[Any]) -> NDArray[Any]:
        """Return for each node the sum of a quantity over itself and all that lies below it."""
        sums = np.array(own, copy=True)
        for node in range(len(self.parents) - 1, 0, -1):
            sums[self.parents[node]] += sums[node]
        return sums
