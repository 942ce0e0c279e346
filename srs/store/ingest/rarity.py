"""How rare the words of a deck are, and which lines recur in it.

An edit touches few notes, and to count all the words of a large deck takes longer than to read it:
they are counted only for what is asked about, and all of them once that was asked too often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cached_property
from itertools import chain, pairwise
from math import fsum, log

Sides = tuple[str, str]

_WORD = re.compile(r"\w+")
# What each character of ASCII is in a word: itself in lower case, or a space where it is in none.
# The rest of the table is never looked at.
_ASCII_IN_WORDS = (
    "".join(chr(code).lower() if _WORD.match(chr(code)) else " " for code in range(128))
    .encode()
    .ljust(256)
)
_RECURRING = 3
_MOST_LOOKS = 8


def features_of(text: str) -> frozenset[str]:
    """Return the words of a text and the pairs of words that stand beside each other."""
    words = _words_of(text)
    return frozenset([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def lines_of(text: str) -> set[str]:
    """Return the lines of a text without the space around them; blank ones do not count."""
    return {line for each in text.split("\n") if (line := each.strip())}


def _words_of(text: str) -> list[str]:
    if text.isascii():
        # The same words in a third of the time.
        return text.encode().translate(_ASCII_IN_WORDS).decode().split()
    return _WORD.findall(text.casefold())


def _those_of(text: str, wanted: set[str] | None) -> set[str]:
    """Return the lines of a text, only those that are wanted unless all are."""
    if wanted is None:
        return lines_of(text)
    return wanted.intersection(map(str.strip, text.split("\n")))


class Rarity:
    """Weighs features by the number of notes, given by front and back, that have them."""

    def __init__(self, notes: Sequence[Sides]) -> None:
        self._notes = notes
        self._total = max(1, len(notes))
        self._seen: dict[str, int] = {}
        self._looks = 0
        self._is_complete = False

    def weight(self, features: Set[str]) -> float:
        """Return how much the features say together; the rarer, the more."""
        if not (self._is_complete or features <= self._seen.keys()):
            self.learn(features)
        seen, total = self._seen, self._total
        return fsum(log(1 + total / (seen.get(each) or 1)) for each in features)

    def learn(self, features: Set[str]) -> None:
        """Count features that are going to be asked about, all in one look at the notes."""
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            self._is_complete = True
            found = (features_of(front) | features_of(back) for front, back in self._notes)
            self._seen = Counter(chain.from_iterable(found))
            return
        new = features - self._seen.keys()
        words = {each for each in new if " " not in each}
        pairs = {tuple(each.split(" ")) for each in new if " " in each}
        seen_words = (words.intersection(chain(*sides)) for sides in self._words)
        seen_pairs = (pairs.intersection(chain(*map(pairwise, sides))) for sides in self._words)
        self._seen.update(dict.fromkeys(new, 0))
        self._seen.update(Counter(chain.from_iterable(seen_words)))
        for pair, count in Counter(chain.from_iterable(seen_pairs)).items():
            self._seen[" ".join(pair)] = count

    @cached_property
    def _words(self) -> list[tuple[list[str], list[str]]]:
        return [(_words_of(front), _words_of(back)) for front, back in self._notes]


class Recurring:
    """Tells which lines recur in one of some groups of texts."""

    def __init__(self, *groups: Sequence[str]) -> None:
        self._groups = groups
        self._known: dict[str, bool] = {}
        self._looks = 0
        self._is_complete = False

    def among(self, lines: Set[str]) -> Set[str]:
        """Return those lines that stand in three or more texts of a group."""
        if not self._is_complete and not lines <= self._known.keys():
            self.learn(lines)
        return {line for line in lines if self._known.get(line)}

    def learn(self, lines: Set[str]) -> None:
        """Find out about lines that are going to be asked about, all in one look at the texts."""
        self._looks += 1
        self._is_complete = self._looks > _MOST_LOOKS
        new = lines - self._known.keys()
        self._known |= dict.fromkeys(new, False)
        for texts in self._groups:
            wanted = None if self._is_complete else new
            found = Counter(chain.from_iterable(_those_of(text, wanted) for text in texts))
            self._known |= {line: True for line, count in found.items() if count >= _RECURRING}
