"""Questions of one template: fronts that are the same but for the words in one place.

*Are DCFLs closed under reversal?* and *Are DCFLs closed under union?* are two questions, and what
stands in that place is what tells them apart. Where a deck has a template, other words in its
place are another question, not a reworded one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from srs.store.ingest.likeness import Text, differ_in_numbers_only

_LONGEST = 2
_SHORTEST_REST = 3
_AFTER_ALL = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills one place in two fronts, and the words of both before and after it."""

    head: str
    here: str
    there: str
    tail: str

    @property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of either filling, without signs and case."""
        here, there = (_WORD.findall(side.casefold()) for side in (self.here, self.there))
        return tuple(here), tuple(there)

    @property
    def says_the_same(self) -> bool:
        """Whether one filling only spells the other anew, or adds to its words."""
        here, there = map(set, self.words)
        if here and there and (here <= there or there <= here):
            return True
        return OSA.distance(self.here, self.there) <= 1 < min(len(self.here), len(self.there))


def filling(old: str, new: str) -> Filling | None:
    """Return in which place of one or two words two fronts differ, if it is in one alone."""
    olds, news = old.split(), new.split()
    start = _shared(olds, news)
    end = _shared(olds[start:][::-1], news[start:][::-1])
    here, there = olds[start : len(olds) - end], news[start : len(news) - end]
    if not here or len(here) != len(there) or len(here) > _LONGEST:
        return None
    if start + end < _SHORTEST_REST:
        return None
    head = "".join(f"{word} " for word in olds[:start])
    tail = "".join(f" {word}" for word in olds[len(olds) - end :])
    return Filling(head, " ".join(here), " ".join(there), tail)


class Templates:
    """The notes of a deck, to be asked which places in their fronts are filled in several ways."""

    def __init__(self, olds: Sequence[Text], pairs: Iterable[tuple[Text, Text]]) -> None:
        """Take all old notes, and the pairs of an old and a new one that may be one reworded.

        What is put for the same words in two pairs or more is a word replaced in the whole deck.
        """
        self._olds = olds
        found = {
            (old.front, place.words)
            for old, new in pairs
            if (place := filling(old.front, new.front)) is not None
        }
        self._replaced = Counter(words for _, words in found)

    # Most pairs are told apart without any of these.

    @cached_property
    def _backs(self) -> Counter[str]:
        return Counter(text.back for text in self._olds)

    @cached_property
    def _forward(self) -> list[str]:
        return sorted(" ".join(text.front.split()) for text in self._olds)

    @cached_property
    def _backward(self) -> list[str]:
        return sorted(front[::-1] for front in self._forward)

    def ask_another(self, old: Text, new: Text) -> bool:
        """Tell whether two notes much alike ask two questions.

        So do fronts that differ in their numbers alone, and fronts that fill one place with other
        words as a third one does too, unless both have an answer that nothing else has.
        """
        if differ_in_numbers_only(old, new):
            return True
        if old.back and old.back == new.back and self._backs[old.back] == 1:
            return False
        return self._fill_differently(old.front, new.front)

    def _fill_differently(self, old: str, new: str) -> bool:
        place = filling(old, new)
        if place is None or place.says_the_same or self._replaced[place.words] > 1:
            return False
        begin, end = len(place.head), len(place.tail)
        fillings = {front[begin : len(front) - end] for front in self._framed(place)}
        return any(each.count(" ") < _LONGEST for each in fillings - {place.here, place.there})

    def _framed(self, place: Filling) -> Iterable[str]:
        """Return the fronts that have something between a place's head and tail."""
        shortest = len(place.head) + len(place.tail) + 1
        forward = _beginning(self._forward, place.head)
        backward = _beginning(self._backward, place.tail[::-1])
        if len(forward) <= len(backward):
            some = (front for front in forward if front.endswith(place.tail))
        else:
            turned = (front[::-1] for front in backward)
            some = (front for front in turned if front.startswith(place.head))
        return (front for front in some if len(front) >= shortest)


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many words two rows begin with in common."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _beginning(ordered: Sequence[str], start: str) -> Sequence[str]:
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, start + _AFTER_ALL)]
