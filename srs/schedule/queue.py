"""Which cards a study day asks, and in what order.

Due learning cards come first, then reviews in the backlog's order, then new cards taken from all
topics in proportion. Of a note only one card is asked a day while siblings are buried.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """A card that could be asked.

    `due_ms` belongs to a learning step, 0 once its day has come. `early` says that the card is
    asked whether or not it is due.
    """

    card_id: int
    note_id: int
    topic_id: int
    due_ms: int | None = None
    early: bool = False


class TopicSupply(NamedTuple):
    """The cards of one topic: how many there are, how many were ever asked, the unseen in order.

    `unseen` is called only when a card of the topic is wanted.
    """

    path: str
    total: int
    seen: int
    unseen: Callable[[], Iterator[Candidate]]


class Chosen(NamedTuple):
    """The cards of a study day in the order in which they would be asked."""

    learning: list[Candidate]
    reviews: list[Candidate]
    new: list[Candidate]


def take(ordered: Iterable[Candidate], room: int, taken_notes: set[int] | None) -> list[Candidate]:
    """Take up to `room` candidates, one a note; `taken_notes` grows, None buries no siblings."""
    chosen: list[Candidate] = []
    if room <= 0:
        return chosen
    for candidate in ordered:
        if taken_notes is not None:
            if candidate.note_id in taken_notes:
                continue
            taken_notes.add(candidate.note_id)
        chosen.append(candidate)
        if len(chosen) == room:
            break
    return chosen


def interleave(topics: Sequence[TopicSupply]) -> Iterator[Candidate]:
    """Yield unseen cards so that every topic is covered at the same pace.

    The next card comes from the topic with the smallest share (seen + ½) / total, so a small
    daily limit does not mean one topic a week, and a day goes on where the last one ended. Ties
    go round the top-level topics.
    """
    siblings: dict[str, int] = {}
    heap: list[tuple[float, int, str, int, TopicSupply]] = []
    for supply in sorted(topics, key=lambda topic: topic.path):
        parent = supply.path.partition("/")[0]
        rank = siblings[parent] = siblings.get(parent, -1) + 1
        heap.append((_share(supply.seen, supply.total), rank, supply.path, supply.seen, supply))
    heapq.heapify(heap)
    unseen: dict[str, Iterator[Candidate]] = {}
    while heap:
        _, rank, path, seen, supply = heap[0]
        if path not in unseen:
            unseen[path] = supply.unseen()
        candidate = next(unseen[path], None)
        if candidate is None:
            heapq.heappop(heap)
            continue
        share = _share(seen + 1, supply.total)
        heapq.heapreplace(heap, (share, rank, path, seen + 1, supply))
        yield candidate


def _share(seen: int, total: int) -> float:
    return (seen + 0.5) / max(total, 1)


class SittingQueue:
    """The queue while a sitting runs: learning cards come back when their step is over."""

    def __init__(self, chosen: Chosen, learn_ahead_ms: int) -> None:
        self._learning = [(card.due_ms or 0, card.card_id, card) for card in chosen.learning]
        heapq.heapify(self._learning)
        self._reviews = deque(chosen.reviews)
        self._new = deque(chosen.new)
        self._learn_ahead_ms = learn_ahead_ms

    def pop(self, now_ms: int) -> Candidate | None:
        """Take the next card, None when nothing may be asked yet.

        A learning card whose step still runs is asked early, by at most the learn-ahead time,
        and only when nothing else is left.
        """
        if self._learning and self._learning[0][0] <= now_ms:
            return heapq.heappop(self._learning)[2]
        for waiting in (self._reviews, self._new):
            if waiting:
                return waiting.popleft()
        if self._learning and self._learning[0][0] <= now_ms + self._learn_ahead_ms:
            return heapq.heappop(self._learning)[2]
        return None

    def push_learning(self, card: Candidate) -> None:
        """Put a card back that is to be asked again at its `due_ms`."""
        heapq.heappush(self._learning, (card.due_ms or 0, card.card_id, card))

    def push_front(self, card: Candidate, *, new: bool) -> None:
        """Put a card back that was taken but not answered."""
        (self._new if new else self._reviews).appendleft(card)

    def push_last(self, card: Candidate) -> None:
        """Put a card after all that wait for their review."""
        self._reviews.append(card)

    def add_new(self, cards: Iterable[Candidate]) -> None:
        """Add new cards beyond the day's limit."""
        self._new.extend(cards)

    def remove(self, card_id: int) -> None:
        """Drop a card wherever it waits."""
        self._learning = [entry for entry in self._learning if entry[1] != card_id]
        heapq.heapify(self._learning)
        self._reviews = deque(card for card in self._reviews if card.card_id != card_id)
        self._new = deque(card for card in self._new if card.card_id != card_id)

    def next_learning_ms(self) -> int | None:
        """Return when the earliest learning card is due, None when there is none."""
        return self._learning[0][0] if self._learning else None

    def counts(self) -> tuple[int, int, int]:
        """Return how many new, learning and review cards wait."""
        return len(self._new), len(self._learning), len(self._reviews)
