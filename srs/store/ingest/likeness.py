"""How alike two notes are, from 0 to 1.

The score is the mean of front and back; each is half the characters they share (rapidfuzz's indel
ratio) and half a Dice coefficient over words and pairs of words, each weighed by its rarity in
the deck, so that a template's words count little and the one word that differs counts much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from srs.store.ingest.rarity import Rarity, Recurring, features_of, lines_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_EMPHASIS = re.compile(r"[*_\s]+")
_TAG = re.compile(r"</?(?:b|br|code|details|div|em|i|p|pre|span|strong|summary)\b[^<>]*>", re.I)
_SAMPLE = 4000
_CONTAINED_FROM = 20


@dataclass(frozen=True)
class Text:
    """A note's two sides."""

    front: str
    back: str

    @cached_property
    def front_features(self) -> frozenset[str]:
        """The words of the front and the pairs of words that stand beside each other."""
        return features_of(self.front)

    @cached_property
    def signs(self) -> frozenset[str]:
        """What the notes that may be like this one are found by."""
        return self.front_features.union(self.back.casefold().split())


def _sample(texts: Sequence[Text]) -> Sequence[Text]:
    return texts[:: max(1, -(-len(texts) // _SAMPLE))]


def _is_stub(back: str) -> bool:
    """Tell whether an answer has nothing but the frame of one."""
    return not _TAG.sub("", back).strip()


def folded(front: str) -> str:
    """Return a front without emphasis, white space and, where it has no code, without case."""
    bare = _EMPHASIS.sub("", front)
    return bare if "`" in bare or "%" in bare else bare.casefold()


def differ_in_numbers_only(old: Text, new: Text) -> bool:
    """Tell whether two fronts are one but for their numbers, while the answers differ."""
    return (
        old.back != new.back
        and _numbers(old.front) != _numbers(new.front)
        and _NUMBER.sub("0", old.front) == _NUMBER.sub("0", new.front)
    )


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(text)]


def contains_front(new: Text, old: Text) -> bool:
    """Tell whether the whole old question stands in the new one."""
    return len(old.front) >= _CONTAINED_FROM and old.front.rstrip("?. ") in new.front


class Likeness:
    """Scores pairs of notes by the words of their decks."""

    def __init__(self, olds: Sequence[Text], news: Sequence[Text] = ()) -> None:
        """Learn the words of the old texts, and the lines that many answers of either end with."""
        # Imported here: most imports have nothing to score.
        from rapidfuzz import fuzz

        self._ratio = fuzz.ratio
        sample = _sample(olds)
        self._rarity = Rarity([(text.front, text.back) for text in sample])
        self._boilerplate = Recurring(
            [text.back for text in sample], [text.back for text in _sample(news)]
        )
        self._bare: dict[str, tuple[str, frozenset[str]]] = {}

    def expect(self, texts: Sequence[Text]) -> None:
        """Learn at once what there is to know of some texts that will be scored."""
        self._boilerplate.learn({line for text in texts for line in lines_of(text.back)})
        wanted: set[str] = set()
        for text in texts:
            wanted |= text.signs | features_of(text.back) | self._back(text.back)[1]
        self._rarity.learn(wanted)

    def score(self, old: Text, new: Text) -> float:
        """Return how alike two notes are."""
        front = self._side(old.front, old.front_features, new.front, new.front_features)
        old_back, old_features = self._back(old.back)
        new_back, new_features = self._back(new.back)
        if old_back and new_back:
            return (front + self._side(old_back, old_features, new_back, new_features)) / 2
        if not old_back and not new_back:
            return front
        a, b = f"{old.front}\n{old_back}", f"{new.front}\n{new_back}"
        whole = self._side(a, features_of(a), b, features_of(b))
        return max(0.95 * whole, 0.9 * front)

    def sides(self, old: Text, new: Text) -> tuple[float, float]:
        """Return how alike the fronts are, and the backs."""
        front = self._side(old.front, old.front_features, new.front, new.front_features)
        return front, self._side(*self._back(old.back), *self._back(new.back))

    def weight(self, features: Set[str]) -> float:
        """Return how much the features say together; the rarer, the more."""
        return self._rarity.weight(features)

    def _side(self, a: str, of_a: frozenset[str], b: str, of_b: frozenset[str]) -> float:
        if a == b:
            return 1.0
        characters = self._ratio(a, b) / 100
        if not of_a or not of_b:
            return characters
        shared = self.weight(of_a & of_b)
        dice = 2 * shared / (self.weight(of_a) + self.weight(of_b))
        return (characters + dice) / 2

    def _back(self, back: str) -> tuple[str, frozenset[str]]:
        """Return a back without the lines that many cards have, and its features."""
        if back not in self._bare:
            recurring = self._boilerplate.among(lines_of(back))
            kept = "\n".join(x for x in back.split("\n") if x.strip() not in recurring).strip()
            bare = "" if _is_stub(back) else kept or back
            self._bare[back] = (bare, features_of(bare))
        return self._bare[back]
