"""Which free notes of two decks are worth comparing, and how alike they are.

A new note is compared with the old ones that share its rarest words and with those that stand
where it stands. A question that is plainly kept, though much was added to it or taken away, counts
as alike whatever the rest says; so does a long answer that only these two have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set

from srs.store.ingest.likeness import Likeness, Text, contains_front, is_cut_short
from srs.store.ingest.openings import opening, openings_of, same_opening

QUESTION_KEPT = 0.80
SECOND_QUESTION = 0.40
MOST_IN_A_GAP = 12
_COMMON = 60
_CANDIDATES = 12
# For a part of an answer that is less than that, another question may ask.
_MOST = 0.6
_BEGINS_FROM, _MUCH = 8, 0.5


class Candidates:
    """Compares the free notes of an old deck and a new one."""

    def __init__(
        self,
        olds: Mapping[int, Text],
        news: Mapping[int, Text],
        likeness: Likeness,
        may_pair: Callable[[int, int], bool],
        same_kind: Callable[[int, int], bool],
    ) -> None:
        """Take all notes of both decks by position."""
        self._olds, self._news = olds, news
        self._likeness, self._may_pair, self._same_kind = likeness, may_pair, same_kind

    def scores(
        self, free_old: Set[int], free_new: Set[int], beside: Callable[[int], Sequence[int]]
    ) -> dict[tuple[int, int], float]:
        """Return how alike the likest are, by new and old; `beside` has the old ones in place."""
        index: dict[str, list[int]] = defaultdict(list)
        for old in sorted(free_old):
            for feature in self._olds[old].signs:
                index[feature].append(old)
        answering = {self._likeness.answer(self._olds[old]): old for old in sorted(free_old)}
        scores: dict[tuple[int, int], float] = {}
        for new in sorted(free_new):
            near = self._near(self._news[new], index)
            answer = self._likeness.answer(self._news[new])
            if answer and answer in answering:
                near.append(answering[answer])
            for old in dict.fromkeys([*near, *beside(new)[:MOST_IN_A_GAP]]):
                if self._may_pair(new, old):
                    scores[new, old] = self._likeness.score(self._olds[old], self._news[new])
        kept = [
            *self._contained(scores),
            *self._cut_short(scores),
            *self._opened(free_old, free_new, scores),
            *self._answered(scores),
        ]
        for pair in kept:
            scores[pair] = max(scores.get(pair, 0.0), QUESTION_KEPT)
        return scores

    def _near(self, text: Text, index: Mapping[str, Sequence[int]]) -> list[int]:
        shared: dict[int, float] = defaultdict(float)
        # Sorted, so that the same import always finds the same.
        for feature in sorted(text.signs):
            posts = index.get(feature, ())
            if len(posts) <= _COMMON:
                weight = self._likeness.weight({feature})
                for old in posts:
                    shared[old] += weight
        return sorted(shared, key=lambda old: (-shared[old], old))[:_CANDIDATES]

    def _contained(self, pairs: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
        """Return the pairs whose new question alone has the whole old one in it.

        The front of a cloze is no question but all of its text, headings and all.
        """
        holders: dict[int, list[int]] = defaultdict(list)
        for new, old in pairs:
            a, b = self._news[new], self._olds[old]
            if self._same_kind(new, old) and (contains_front(a, b) or self._goes_on(a, b)):
                holders[old].append(new)
        return [(news[0], old) for old, news in holders.items() if len(news) == 1]

    def _goes_on(self, new: Text, old: Text) -> bool:
        """Tell whether a new question begins with a short old one and has much of its answer."""
        begins = len(old.front) >= _BEGINS_FROM and new.front.startswith(old.front.rstrip("?. "))
        return begins and self._likeness.sides(old, new)[1] >= _MUCH

    def _cut_short(self, pairs: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
        """Return the pairs where one new question alone is what one old one alone began with."""
        found = [
            (new, old)
            for new, old in pairs
            if self._same_kind(new, old) and is_cut_short(self._news[new], self._olds[old])
        ]
        return _alone(found)

    def _answered(self, pairs: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
        """Return the pairs that alone have a long answer, word for word but for an end of it."""
        found = [
            (new, old)
            for new, old in pairs
            if self._same_kind(new, old)
            and _is_most(*map(self._likeness.answer, (self._olds[old], self._news[new])))
        ]
        if not found:
            return []
        # Asked last, since it takes a look at every note.
        olds, news = (Counter(text.back for text in x.values()) for x in (self._olds, self._news))
        return _alone(
            [
                (new, old)
                for new, old in found
                if olds[self._olds[old].back] == news[self._news[new].back] == 1
            ]
        )

    def _opened(
        self, free_old: Set[int], free_new: Set[int], scores: Mapping[tuple[int, int], float]
    ) -> list[tuple[int, int]]:
        """Return the pairs that alone open alike, unless something else is asked or answered."""
        opened = same_opening(
            {old: self._olds[old] for old in sorted(free_old)},
            {new: self._news[new] for new in sorted(free_new)},
        )
        pairs = {
            (new, old): words
            for (new, old), words in opened.items()
            if scores.get((new, old), 0.0) < QUESTION_KEPT
            and self._may_pair(new, old)
            and not self._likeness.is_replaced(self._olds[old], self._news[new])
            and not self._asks_on_differently(self._olds[old].front, self._news[new].front)
        }
        if not pairs:
            return []
        # Asked last, since it takes a look at every note.
        olds, news = openings_of(self._olds.values()), openings_of(self._news.values())
        return [pair for pair, words in pairs.items() if olds[words] == news[words] == 1]

    def _asks_on_differently(self, old: str, new: str) -> bool:
        """Tell whether both fronts ask a second question, and not the same one."""
        rests = opening(old)[1], opening(new)[1]
        if not all("?" in rest for rest in rests):
            return False
        a, b = (Text(rest, "") for rest in rests)
        return self._likeness.score(a, b) < SECOND_QUESTION


def _is_most(old: str, new: str) -> bool:
    """Tell whether one of two texts goes on from the other, by less than as much again."""
    short, long = sorted((old, new), key=len)
    return bool(short) and long.startswith(short) and len(short) >= _MOST * len(long)


def _alone(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of which neither note is in another pair."""
    of_new, of_old = Counter(new for new, _ in pairs), Counter(old for _, old in pairs)
    return [(new, old) for new, old in pairs if of_new[new] == of_old[old] == 1]
