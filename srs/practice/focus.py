"""A sitting on the weakest cards of a topic."""

from __future__ import annotations

from dataclasses import replace

from srs.practice.asking import may_schedule
from srs.practice.model import Asked, Waiting
from srs.practice.review import ReviewSitting
from srs.schedule.clock import Moment
from srs.schedule.model import Rating, ReviewKind, State
from srs.schedule.queue import Candidate, Chosen, SittingQueue
from srs.store import focus, planning, queue
from srs.store.cards import StoredCard
from srs.store.collection import Collection

DEFAULT_CARDS = 20
NO_INTERVAL = "–"


class FocusSitting(ReviewSitting):
    """A sitting on the cards of a scope that are least likely to be recalled, due or not.

    That is on the day of the interview while one lies ahead, else today. An answer schedules only
    when at least one FSRS day has passed since the card's last; else the buttons show no interval
    and the card stands as it did. A card answered Again comes once more after the others.
    """

    kind = ReviewKind.FOCUS

    def __init__(
        self,
        collection: Collection,
        scope: queue.Scope,
        *,
        limit: int | None = None,
        minutes: float | None = None,
    ) -> None:
        self._focus = scope
        self._cards = limit or DEFAULT_CARDS
        super().__init__(collection, scope, limit=limit, minutes=minutes)

    @property
    def waiting(self) -> Waiting:
        """Why nothing is asked, and when a card falls due."""
        return replace(super().waiting, new_beyond_limit=0)

    def _read_queue(self, *, learning_only: bool = False) -> None:
        cards: list[Candidate] = []
        now = self._collection.now()
        if not learning_only:
            settings = self._collection.settings
            with self._collection.reading_sql() as execute:
                aim = planning.read_aim(execute, settings, now)
                cards = focus.weakest(
                    execute,
                    self._focus,
                    now.study_day if aim is None else aim.day,
                    now,
                    self._cards,
                    bury_siblings=settings.scheduling.bury_siblings,
                )
        self._study_day = now.study_day
        self._queue = SittingQueue(Chosen([], cards, []), 0)

    def _may_ask(self, card: StoredCard, candidate: Candidate, now: Moment) -> bool:
        return card.state.state is not State.NEW

    def _as_asked(self, card: StoredCard, now: Moment) -> Asked:
        asked = super()._as_asked(card, now)
        if may_schedule(card, now):
            return asked
        again, hard, good, easy = (
            replace(button, interval=NO_INTERVAL) for button in asked.buttons
        )
        return replace(asked, buttons=(again, hard, good, easy))

    def _come_back(self, candidate: Candidate, rating: Rating, due_ms: int | None) -> None:
        if rating is Rating.AGAIN:
            self._queue.push_last(candidate)
