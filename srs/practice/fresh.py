"""The fresh numbers of the drills in a sitting: their seeds, and what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from srs.practice.model import Asked
from srs.store.cards import StoredCard
from srs.store.log import DrawnNumbers

if TYPE_CHECKING:
    from srs.practice.numbers import Verdict


class FreshNumbers:
    """Draws a seed for each time a drill is asked; the same while it waits for its answer."""

    def __init__(self, new_seed: Callable[[], int]) -> None:
        self._new_seed = new_seed
        self._seeds: dict[int, int] = {}
        self._typed: tuple[str, bool | None] = ("", None)

    def seed(self, card: StoredCard) -> int | None:
        """Return the seed to ask a card with, None when it is no drill."""
        self._typed = ("", None)
        if card.note.drill is None:
            return None
        if card.id not in self._seeds:
            self._seeds[card.id] = self._new_seed()
        return self._seeds[card.id]

    def judge(self, typed: str, asked: Asked) -> Verdict:
        """Judge the number typed for a drill, and keep the text for the log."""
        from srs.practice.numbers import Verdict, judge

        if asked.number is None:
            return Verdict(None, "")
        verdict = judge(typed, asked.number)
        self._typed = (typed, verdict.right)
        return verdict

    def drawn(self, asked: Asked) -> DrawnNumbers | None:
        """Return what the log is to hold of the asked card's numbers."""
        return None if asked.seed is None else DrawnNumbers(asked.seed, *self._typed)

    def answered(self, card_id: int) -> None:
        """Draw anew when the card is asked the next time."""
        self._seeds.pop(card_id, None)
