"""How far a pair of an old note and a new one leads the others, and what a tie may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Alike:
    """A new note, an old one, and how alike they are."""

    new: int
    old: int
    score: float


class Best:
    """Open pairs, best first, and how far each leads every other pair of either of its notes."""

    def __init__(self, pairs: Sequence[Alike]) -> None:
        """Take the pairs, the likest first."""
        self.pairs = pairs
        self._of_new: dict[int, list[Alike]] = defaultdict(list)
        self._of_old: dict[int, list[Alike]] = defaultdict(list)
        for pair in pairs:
            self._of_new[pair.new].append(pair)
            self._of_old[pair.old].append(pair)

    def lead(self, pair: Alike, past: float = 0.0) -> float:
        """Return the pair's score less the runner-up's; old ones as near as `past` are passed."""
        same_new = (p for p in self._of_new[pair.new] if p != pair)
        if past:
            same_new = (p for p in same_new if p.score <= pair.score - past)
        others = [*islice(same_new, 1), *(p for p in self._of_old[pair.old][:2] if p != pair)]
        return pair.score - max((p.score for p in others), default=0.0)

    def is_likest_whole(self, pair: Alike, near: float) -> bool:
        """Tell whether notes that stood in a row were merged, and the pair's old one is the likest.

        They are as near to the new one as that, and no other new note comes near one of them.
        """
        of_new = self._of_new[pair.new]
        parts = sorted(p.old for p in of_new if p.score > pair.score - near)
        if of_new[0] != pair or len(parts) == 1 or parts[-1] - parts[0] != len(parts) - 1:
            return False
        rivals = (p for old in parts for p in self._of_old[old][:2] if p.new != pair.new)
        return all(p.score <= pair.score - 2 * near for p in rivals)

    def is_first_part(self, pair: Alike, near: float) -> bool:
        """Tell whether a note was split, and the pair's new one is the first of its likest.

        They are as near to each other as that; no other old note comes near this one.
        """
        of_old = self._of_old[pair.old]
        likest = [p.new for p in of_old if p.score > of_old[0].score - near]
        rivals = [p.score for p in self._of_new[pair.new][:2] if p != pair]
        return pair.new == min(likest) and pair.score - max(rivals, default=0.0) >= near
