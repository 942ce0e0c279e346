"""Whether two notes that look alike are two cards after all.

A template's next question, a sibling that nobody touched, a card that stayed: each may explain a
likeness better than a rewording does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from rapidfuzz import fuzz, process

from srs.store.ingest.leads import Alike
from srs.store.ingest.likeness import Likeness, Text
from srs.store.ingest.templates import Templates

LEAD_OVER_THE_LIVING = 0.05
LEAD_OF_A_SIBLING = 0.10
# Where no neighbour agrees, an answer alone says little: the question has to be as alike as this.
QUESTION_ALONE = 0.40
_RIVALS = 3
_RIVAL_FROM = 50


class Another:
    """Looks at pairs of two decks for a better explanation."""

    def __init__(
        self,
        olds: Mapping[int, Text],
        news: Mapping[int, Text],
        anchors: Mapping[int, int],
        likeness: Likeness,
        templates: Templates,
    ) -> None:
        """Take all notes by position; `anchors` are the pairs that are sure, as they are found."""
        self._olds, self._news, self._anchors = olds, news, anchors
        self._likeness, self._templates = likeness, templates

    def is_asked(self, pair: Alike) -> bool:
        """Tell whether the fronts ask two questions."""
        return self._templates.ask_another(self._olds[pair.old], self._news[pair.new])

    def is_in_its_place(self, pair: Alike, agreement: int) -> bool:
        """Tell whether little of the old is left: a template's next question, it seems."""
        old, new = self._olds[pair.old], self._news[pair.new]
        if agreement == 0 and self._likeness.sides(old, new)[0] < QUESTION_ALONE:
            return True
        return self._likeness.is_replaced(old, new) or self.is_sibling(pair)

    @cached_property
    def _untouched(self) -> dict[int, str]:
        return {
            kept: self._olds[kept].front
            for stayed, kept in self._anchors.items()
            if self._news[stayed] == self._olds[kept]
        }

    def is_sibling(self, pair: Alike) -> bool:
        """Tell whether both notes are more like one that nobody touched than like each other."""
        old, new = self._olds[pair.old], self._news[pair.new]
        return any(
            self._likeness.score(self._olds[kept], new)
            + self._likeness.score(self._olds[kept], old)
            > 2 * (pair.score + LEAD_OF_A_SIBLING)
            for kept in _likest(new.front, self._untouched)
        )

    def beats_the_living(self, pair: Alike) -> bool:
        """Tell whether no note that stayed is about as much like the new one as the old one is."""
        new = self._news[pair.new]
        stayed = {old: self._olds[old].front for old in self._anchors.values()}
        return all(
            self._likeness.score(self._olds[old], new) + LEAD_OVER_THE_LIVING <= pair.score
            for old in _likest(new.front, stayed)
        )


def _likest(front: str, others: Mapping[int, str]) -> list[int]:
    """Return whose fronts are the likest of those that are alike at all."""
    found = process.extract(
        front, others, scorer=fuzz.ratio, limit=_RIVALS, score_cutoff=_RIVAL_FROM
    )
    return [key for _, _, key in found]
