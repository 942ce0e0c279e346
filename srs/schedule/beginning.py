"""Where another program's schedule stood with a card that is learned on here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from srs.schedule.memory import SHORTEST_STABILITY, Memory, memory_from_sm2

USUAL_EASE = 2.5
LOWEST_EASE, HIGHEST_EASE = 1.3, 10.0


@dataclass(frozen=True, slots=True)
class Beginning:
    """The card was last answered on `day` and is due on `due_day`, both days since 1970-01-01.

    `interval_days` and `ease` are SM-2's, `stability` and `difficulty` FSRS's; each may be unknown.
    """

    day: int
    due_day: int
    interval_days: int
    ease: float | None = None
    stability: float | None = None
    difficulty: float | None = None

    def memory(self, weights: Sequence[float]) -> Memory:
        """Return the (stability, difficulty) to go on from."""
        if self.stability is not None and self.difficulty is not None:
            stability = max(self.stability, SHORTEST_STABILITY)
            return stability, min(max(self.difficulty, 1.0), 10.0)
        ease = min(max(self.ease or USUAL_EASE, LOWEST_EASE), HIGHEST_EASE)
        return memory_from_sm2(ease, max(self.interval_days, 1), weights)

    def as_text(self) -> str:
        """Return it as the text of a log row."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value is not None}
        )

    @classmethod
    def from_text(cls, text: str) -> Beginning:
        """Return what `as_text` was given."""
        return cls(**json.loads(text))
