"""Drills: fresh numbers for each answer, and a sitting on drills alone."""

from __future__ import annotations

from dataclasses import replace

from srs.practice.focus import NO_INTERVAL
from srs.practice.model import Asked, Waiting
from srs.practice.review import ReviewSitting
from srs.schedule.clock import Moment
from srs.schedule.model import Rating, ReviewKind
from srs.schedule.queue import Candidate, Chosen, SittingQueue
from srs.store import drills, queue
from srs.store.cards import StoredCard
from srs.store.collection import Collection

DEFAULT_DRILLS = 10


class DrillSitting(ReviewSitting):
    """A sitting on drills, due or not, the longest unpractised first. It schedules nothing.

    A drill that was answered Again comes once more after the others, with other numbers.
    """

    kind = ReviewKind.DRILL

    def __init__(
        self, collection: Collection, scope: queue.Scope | None = None, *, limit: int | None = None
    ) -> None:
        self._drills = scope or queue.Scope()
        self._most = limit or DEFAULT_DRILLS
        super().__init__(collection, scope, limit=limit)

    @property
    def waiting(self) -> Waiting:
        """Why nothing is asked, and when a card falls due."""
        return replace(super().waiting, new_beyond_limit=0)

    def _read_queue(self, *, learning_only: bool = False) -> None:
        now = self._collection.now()
        cards: list[Candidate] = []
        if not learning_only:
            with self._collection.reading_sql() as execute:
                cards = drills.drills(execute, self._drills, now)[: self._most]
        self._study_day = now.study_day
        self._queue = SittingQueue(Chosen([], cards, []), 0)

    def _may_ask(self, card: StoredCard, candidate: Candidate, now: Moment) -> bool:
        return card.note.drill is not None

    def _as_asked(self, card: StoredCard, now: Moment) -> Asked:
        asked = super()._as_asked(card, now)
        again, hard, good, easy = (
            replace(button, interval=NO_INTERVAL) for button in asked.buttons
        )
        return replace(asked, buttons=(again, hard, good, easy), is_new=False)

    def _come_back(self, candidate: Candidate, rating: Rating, due_ms: int | None) -> None:
        if rating is Rating.AGAIN:
            self._queue.push_last(candidate)
