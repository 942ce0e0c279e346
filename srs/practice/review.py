"""The daily sitting: which card is asked, what an answer did, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from srs.errors import SrsError
from srs.practice import interview
from srs.practice.acts import Act, summarise
from srs.practice.asking import as_asked, still_due
from srs.practice.fresh import FreshNumbers
from srs.practice.model import Asked, Progress, Summary, Waiting
from srs.practice.phrases import when
from srs.schedule.clock import Moment, day_start_ms
from srs.schedule.model import EventKind, Rating, ReviewKind, State
from srs.schedule.queue import Candidate, SittingQueue
from srs.schedule.settings import SchedulingSettings
from srs.store import cards, due, log, queue
from srs.store.cards import StoredCard
from srs.store.collection import Collection

if TYPE_CHECKING:
    from srs.practice.debrief import Debrief
    from srs.practice.numbers import Verdict

NOTHING_TO_UNDO = "Nothing to undo in this sitting."


class ReviewSitting:
    """A sitting over what is due, in a scope or everywhere.

    `limit` ends it after so many answers, `minutes` after so much time. Every grade is on the
    disk before the next card is asked.
    """

    kind = ReviewKind.REVIEW

    def __init__(
        self,
        collection: Collection,
        scope: queue.Scope | None = None,
        *,
        limit: int | None = None,
        minutes: float | None = None,
    ) -> None:
        self._collection = collection
        self._scope = scope
        self._limit = limit
        self._minutes = minutes
        self._more_new = 0
        self._acts: list[Act] = []
        self._started_ms = collection.clock.now_ms()
        self._candidate: Candidate | None = None
        self._card: StoredCard | None = None
        self._asked: Asked | None = None
        self._numbers = FreshNumbers(collection.new_seed)
        self._shown_ms = self._started_ms
        self._read_queue()
        self._advance()

    @property
    def asked(self) -> Asked | None:
        """The card that is asked now, None when nothing can be asked."""
        return self._asked

    @property
    def waiting(self) -> Waiting:
        """Why nothing is asked, and when the next card falls due."""
        day = self._read_day(self._scope)
        next_ms = self._next_due_ms(day)
        with self._collection.reading_sql() as execute:
            plan = interview.said(execute, self._collection)
        phrase = self._phrase(next_ms)
        return Waiting(next_ms, phrase, day.held_back_new, self._is_over(), plan)

    def progress(self) -> Progress:
        """Return how far the sitting is; the asked card counts among those left."""
        new, learning, review = self._queue.counts()
        if self._card is not None:
            state = self._card.state.state
            new += state is State.NEW
            review += state is State.REVIEW
            learning += state in (State.LEARNING, State.RELEARNING)
        elapsed = self._collection.clock.now_ms() - self._started_ms
        return Progress(len(self._answers()), new, learning, review, elapsed)

    def answer(self, rating: Rating) -> str | None:
        """Grade the asked card and go on; returns a sentence to show, if there is one.

        Raises SrsError when the grade could not be stored; the card is then still asked.
        """
        candidate, card, asked = self._current()
        try:
            graded = log.record_answer(
                self._collection,
                card.id,
                card.revision,
                rating,
                duration_ms=self._collection.clock.now_ms() - self._shown_ms,
                kind=self.kind,
                drawn=self._numbers.drawn(asked),
            )
        except log.ChangedElsewhereError as changed:
            self._advance()
            return str(changed)
        self._numbers.answered(card.id)
        what = rating.name.capitalize()
        self._acts.append(
            Act(candidate, graded.review_uid, what, card, asked.question, rating, graded.leech)
        )
        if not graded.leech:
            self._come_back(candidate, rating, graded.card.due_ms)
        self._advance()
        if graded.leech:
            return (
                f"A leech: forgotten {graded.card.lapses} times, so it is suspended. "
                "Reword it, then srs unsuspend."
            )
        return None

    def judge(self, typed: str) -> Verdict:
        """Judge the number typed for a drill; the text goes into the log with the answer."""
        return self._numbers.judge(typed, self._current()[2])

    def undo(self) -> str:
        """Take back the newest act of this sitting and ask its card again; says what it did."""
        if not self._acts:
            return NOTHING_TO_UNDO
        act = self._acts[-1]
        try:
            log.void(self._collection, act.card.id, act.uid)
        except log.ChangedElsewhereError as changed:
            self._acts.pop()
            return str(changed)
        self._acts.pop()
        if self._candidate is not None and self._candidate.card_id != act.card.id:
            self._put_back()
        self._queue.remove(act.card.id)
        self._ask(act.candidate)
        return f"Undone: {act.what}."

    def suspend(self) -> str:
        """Take the asked card out of the queue until it is unsuspended."""
        self._record(EventKind.SUSPEND, "Suspend")
        self._advance()
        return "Suspended; srs cards --suspended lists such cards."

    def bury(self) -> str:
        """Put the asked card off until tomorrow."""
        self._record(EventKind.BURY, "Bury", until_day=self._collection.now().study_day + 1)
        self._advance()
        return "Buried until tomorrow."

    def flag(self, note: str) -> str:
        """Mark the asked card as bad, with a note; an empty note takes the flag off."""
        candidate, _, _ = self._current()
        note = note.strip()
        kind, what = (EventKind.FLAG, "Flag") if note else (EventKind.UNFLAG, "Flag taken off")
        shown_ms = self._shown_ms
        self._record(kind, what, text=note)
        self._ask(candidate)
        self._shown_ms = shown_ms
        return "Flagged; srs cards --flagged lists such cards." if note else "The flag is off."

    def refresh(self) -> None:
        """Look again at what is due."""
        if self._asked is None:
            self._read_queue()
            self._advance()

    def learn_more(self, cards: int) -> None:
        """Let so many more new cards in than the day's limit allows."""
        self._limit = None
        self._minutes = None
        self._more_new = self._day.new_beyond_limit + cards
        self._read_queue()
        if self._asked is None:
            self._advance()

    def edit_place(self) -> tuple[Path, int]:
        """Return the file and line of the asked card, copying a bundled deck to the person first.

        Raises SrsError when the file is gone, is another program's, or the copy cannot be made.
        """
        from srs.practice import editing

        return editing.place(self._collection, self._current()[1])

    def take_up_edit(self) -> str:
        """Read the asked card's file again; says what came of it, and asks the card as it is now.

        Raises SrsError, with file and line, when the file has an error; nothing is changed then.
        """
        from srs.practice import editing

        candidate, before, _ = self._current()
        changes = editing.reread(self._collection, before)
        if self._ask(candidate):
            return "The card is up to date." if changes else "Nothing changed."
        self._advance()
        return "The card was reworded or is gone; what it had learnt is kept with the old wording."

    def summary(self) -> Summary:
        """Return what the sitting did."""
        day = self._read_day()
        next_ms = self._next_due_ms(day)
        elapsed_ms = self._collection.clock.now_ms() - self._started_ms
        return summarise(self._answers(), elapsed_ms, next_ms, self._phrase(next_ms))

    def debrief(self) -> Debrief:
        """Return what the sitting showed, and what to do next."""
        from srs.practice import debrief

        return debrief.of_sitting(self._collection, self.summary())

    def close(self) -> None:
        """End the sitting."""
        self._collection.checkpoint()

    @property
    def _settings(self) -> SchedulingSettings:
        return self._collection.settings.scheduling

    def _answers(self) -> list[Act]:
        return [act for act in self._acts if act.rating is not None]

    def _is_over(self) -> bool:
        if self._limit is not None and len(self._answers()) >= self._limit:
            return True
        spent_ms = self._collection.clock.now_ms() - self._started_ms
        return self._minutes is not None and spent_ms >= self._minutes * 60_000

    def _current(self) -> tuple[Candidate, StoredCard, Asked]:
        if self._candidate is None or self._card is None or self._asked is None:
            raise SrsError("No card is being asked.")
        return self._candidate, self._card, self._asked

    def _record(
        self, kind: EventKind, what: str, *, until_day: int | None = None, text: str = ""
    ) -> None:
        candidate, card, asked = self._current()
        uid = log.record_event(self._collection, card.id, kind, until_day=until_day, text=text)
        self._acts.append(Act(candidate, uid, what, card, asked.question))

    def _read_queue(self, *, learning_only: bool = False) -> None:
        self._study_day = self._collection.now().study_day
        self._day = self._read_day(self._scope, self._more_new)
        ahead_ms = self._settings.learn_ahead_minutes * 60_000
        chosen = self._day.chosen
        if learning_only:
            chosen = chosen._replace(reviews=[], new=[])
        self._queue = SittingQueue(chosen, ahead_ms)
        if self._candidate is not None:
            self._queue.remove(self._candidate.card_id)

    def _advance(self) -> None:
        self._candidate = self._card = self._asked = None
        if self._is_over():
            return
        if self._collection.now().study_day != self._study_day:
            self._read_queue()
        if self._ask_from_queue():
            return
        # The queue is a snapshot; another terminal may have left learning cards since. Nothing
        # else is let in: a card that was suspended or buried is not replaced by another.
        self._read_queue(learning_only=True)
        self._ask_from_queue()

    def _ask_from_queue(self) -> bool:
        while (candidate := self._queue.pop(self._collection.clock.now_ms())) is not None:
            if self._ask(candidate):
                return True
        return False

    def _ask(self, candidate: Candidate) -> bool:
        """Ask a card unless it can no longer be asked: answered elsewhere, suspended, retired."""
        now = self._collection.now()
        with self._collection.reading_sql() as execute:
            card = cards.fetch(execute, candidate.card_id)
        self._candidate = self._card = self._asked = None
        if card is None or not card.askable or not self._may_ask(card, candidate, now):
            return False
        self._candidate, self._card = candidate, card
        self._asked = self._as_asked(card, now)
        self._shown_ms = now.ms
        return True

    def _read_day(self, scope: queue.Scope | None = None, more_new: int = 0) -> queue.DayQueue:
        collection = self._collection
        with collection.reading_sql() as execute:
            return due.read_day(
                execute, collection.settings, collection.now(), scope, more_new=more_new
            )

    def _may_ask(self, card: StoredCard, candidate: Candidate, now: Moment) -> bool:
        return still_due(card, candidate, now)

    def _as_asked(self, card: StoredCard, now: Moment) -> Asked:
        return as_asked(card, self._collection, now, self._numbers.seed(card))

    def _come_back(self, candidate: Candidate, rating: Rating, due_ms: int | None) -> None:
        """Put an answered card back if it is to be asked again in this sitting."""
        if due_ms is not None:
            self._queue.push_learning(candidate._replace(due_ms=due_ms, early=False))

    def _put_back(self) -> None:
        assert self._candidate is not None
        assert self._card is not None
        if self._candidate.due_ms is not None:
            self._queue.push_learning(self._candidate)
        else:
            self._queue.push_front(self._candidate, new=self._card.state.state is State.NEW)

    def _next_due_ms(self, day: queue.DayQueue) -> int | None:
        now = self._collection.now()
        counts = due.summarise(day, self._settings, now, self._day_start)
        waiting = self._queue.next_learning_ms()
        known = [ms for ms in (counts.next_due_ms, waiting) if ms is not None]
        return now.ms if counts.total else min(known, default=None)

    def _day_start(self, study_day: int) -> int:
        return day_start_ms(self._collection.clock, study_day, self._settings.rollover_hour)

    def _phrase(self, ms: int | None) -> str | None:
        if ms is None:
            return None
        if ms <= self._collection.clock.now_ms():
            return "now"
        return when(self._collection.clock, ms, self._settings.rollover_hour)
