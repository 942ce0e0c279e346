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
_LIST_MARK = re.compile(r"^[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\[[ xX]\][ \t]+)", re.MULTILINE)
_MARKED = re.compile(
    r"(\*{1,3})(?=\S)(.{1,200}?)(?<=\S)\1|(?<!\w)(_{1,3})(?=\S)(.{1,200}?)(?<=\S)\3(?!\w)"
)
_TAG = re.compile(
    r"</?(?:b|br|code|details|div|em|i|kbd|li|ol|p|pre|span|strong|sub|summary|sup|u|ul)\b[^<>]*>",
    re.I,
)
_SAMPLE = 4000
_CONTAINED_FROM = 20
# A shorter answer may well be that of two questions.
_SPEAKS_FROM = 60
# What a back of lines that many cards have counts for, where another counts for a half.
_COMMON_SHARE = 0.25
# An answer that has nothing of the old is a template's next question.
_REPLACED = 0.05


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

    @cached_property
    def plain_front(self) -> str:
        """What the front says, without its markup."""
        return plain(self.front)


def _sample(texts: Sequence[Text]) -> Sequence[Text]:
    return texts[:: max(1, -(-len(texts) // _SAMPLE))]


def _is_stub(back: str) -> bool:
    """Tell whether an answer has nothing but the frame of one."""
    return not _TAG.sub("", back).strip()


def folded(front: str) -> str:
    """Return a front without list marks, emphasis, white space and, without code, without case."""
    bare = _EMPHASIS.sub("", _LIST_MARK.sub("", front))
    return bare if "`" in bare or "%" in bare else bare.casefold()


def plain(text: str) -> str:
    """Return what a text says: without list marks, tags, emphasis and the ticks of code."""
    bare = _LIST_MARK.sub("", text).replace("`", "")
    # Asked for first, since most texts have none and a search for them is slow.
    if "<" in bare:
        bare = _TAG.sub("", bare)
    if "*" in bare or "_" in bare:
        bare = _MARKED.sub(r"\2\4", bare)
    return " ".join(bare.split()) or text


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


def is_cut_short(new: Text, old: Text) -> bool:
    """Tell whether the new question is what the old one began with."""
    return len(new.front) >= _CONTAINED_FROM and old.front.startswith(new.front.rstrip("?. "))


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
        self._weights: dict[frozenset[str], float] = {}
        self._common: set[str] = set()
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
        front = self._fronts(old, new)
        old_back, old_features = self._back(old.back)
        new_back, new_features = self._back(new.back)
        if old_back and new_back:
            back = self._side(old_back, old_features, new_back, new_features)
            says_little = old.back in self._common and new.back in self._common
            share = _COMMON_SHARE if says_little else 0.5
            return (1 - share) * front + share * back
        if not old_back and not new_back:
            return front
        a, b = f"{old.plain_front} {old_back}", f"{new.plain_front} {new_back}"
        whole = self._side(a, features_of(a), b, features_of(b))
        return max(0.95 * whole, 0.9 * front)

    def sides(self, old: Text, new: Text) -> tuple[float, float]:
        """Return how alike the fronts are, and the backs."""
        return self._fronts(old, new), self._side(*self._back(old.back), *self._back(new.back))

    def answer(self, text: Text) -> str:
        """Return what a back says, if it is long enough to speak for a card by itself, or nothing.

        A back of lines that many cards have does not.
        """
        bare = self._back(text.back)[0]
        return bare if len(bare) >= _SPEAKS_FROM and text.back not in self._common else ""

    def is_replaced(self, old: Text, new: Text) -> bool:
        """Tell whether both notes have an answer, and nothing of the old one is left."""
        return bool(old.back and new.back) and self.sides(old, new)[1] < _REPLACED

    def weight(self, features: Set[str]) -> float:
        """Return how much the features say together; the rarer, the more."""
        return self._rarity.weight(features)

    def _weight_of(self, features: frozenset[str]) -> float:
        """Return the weight of all the features of a side, which is asked for many times."""
        if features not in self._weights:
            self._weights[features] = self.weight(features)
        return self._weights[features]

    def _fronts(self, old: Text, new: Text) -> float:
        return self._side(old.plain_front, old.front_features, new.plain_front, new.front_features)

    def _side(self, a: str, of_a: frozenset[str], b: str, of_b: frozenset[str]) -> float:
        if a == b:
            return 1.0
        # What differs in case alone is halfway alike: in code the case may say which is meant.
        characters = (self._ratio(a, b) + self._ratio(a.casefold(), b.casefold())) / 200
        if not of_a or not of_b:
            return characters
        shared = self.weight(of_a & of_b)
        dice = 2 * shared / (self._weight_of(of_a) + self._weight_of(of_b))
        return (characters + dice) / 2

    def _back(self, back: str) -> tuple[str, frozenset[str]]:
        """Return what a back says without the lines that many cards have, and its features."""
        if back not in self._bare:
            recurring = self._boilerplate.among(lines_of(back))
            kept = "\n".join(x for x in back.split("\n") if x.strip() not in recurring).strip()
            bare = "" if _is_stub(back) else plain(kept or back)
            if bare and not kept:
                self._common.add(back)
            self._bare[back] = (bare, features_of(bare))
        return self._bare[back]
