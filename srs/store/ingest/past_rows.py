"""What one card learned in another program, as rows of the review log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from srs.schedule.beginning import Beginning
from srs.schedule.clock import DAY_S, study_day
from srs.schedule.days import fsrs_day
from srs.schedule.memory import first_memory, next_memory, retrievability
from srs.schedule.model import CardState, Moment, Rating, ReviewKind, State
from srs.store.collection import Collection
from srs.store.ingest.foreign import Past, PastReview
from srs.store.log import LONGEST_ANSWER_MS

Row = dict[str, Any]


def past_rows(past: Past, collection: Collection, now: Moment) -> list[Row]:
    """Return a card's answers as log rows without card and device, oldest first.

    Answers later than `now` are left out. The FSRS days are counted and the memory is rebuilt as
    for answers given here, under the collection's time zone and weights; what each answer was
    expected to be is what these weights expect of it from the answers before. The newest answer
    that scheduled leads to where scheduling stood.
    """
    return list(_PastCard(past, collection, now).rows())


class _PastCard:
    """Goes through a card's past, keeping the state it had at each point."""

    def __init__(self, past: Past, collection: Collection, now: Moment) -> None:
        self._past = past
        self._clock = collection.clock
        self._rollover = collection.settings.scheduling.rollover_hour
        self._weights = collection.weights
        self._weights_id = collection.weights_id
        self._scheduler = collection.scheduler
        self._until = now.ms
        self._state = CardState()

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the answers."""
        given = [r for r in self._past.reviews if 0 < r.ms <= self._until]
        scheduled = [r for r in given if r.scheduled]
        last_reset = max(self._past.resets, default=0)
        newest = scheduled[-1] if scheduled and scheduled[-1].ms > last_reset else None
        # Kept in order of time; a start or a reset stands before an answer of the same instant.
        turns: list[tuple[int, int, PastReview | None]] = [(r.ms, 1, r) for r in given]
        turns += [(ms, 0, None) for ms in self._past.resets]
        if self._past.start is not None and given:
            turns.append((self._past.start_ms or given[0].ms - 1, -1, None))
        for _, sort, review in sorted(turns, key=lambda turn: turn[:2]):
            if review is not None:
                yield self._answer(review, is_newest=review is newest)
            elif sort == 0:
                self._state = CardState()
            else:
                self._begin()

    def _begin(self) -> None:
        start = self._past.start
        assert start is not None
        day = start.due_day - start.interval_days
        beginning = Beginning(
            day,
            start.due_day,
            start.interval_days,
            start.ease,
            start.stability,
            start.difficulty,
        )
        stability, difficulty = beginning.memory(self._weights)
        self._state = CardState(
            state=State.REVIEW,
            stability=stability,
            difficulty=difficulty,
            fsrs_day=day,
            due_day=start.due_day,
        )

    def _answer(self, review: PastReview, *, is_newest: bool) -> Row:
        now = Moment(review.ms, study_day(self._clock, review.ms, self._rollover))
        before = self._state
        day = fsrs_day(before, now)
        predicted = None
        if before.stability is not None and before.fsrs_day is not None and day > before.fsrs_day:
            predicted = retrievability(before.stability, day - before.fsrs_day, self._weights)
        if review.scheduled:
            self._state = self._after(before, review, now, day)
            standing = self._past.standing
            if is_newest and standing is not None and standing.state is not State.NEW:
                self._state = replace(
                    self._state,
                    state=standing.state,
                    step=standing.step,
                    due_day=standing.due_day,
                    due_ms=standing.due_ms,
                )
        mark = f"{self._past.name}review{review.ms}".encode()
        return {
            "uid": blake2b(mark, digest_size=16).digest(),
            "ms": review.ms,
            "study_day": now.study_day,
            "fsrs_day": day,
            "rating": int(review.rating),
            "duration_ms": min(max(review.duration_ms, 0), LONGEST_ANSWER_MS),
            "kind": (ReviewKind.REVIEW if review.scheduled else ReviewKind.FOCUS).value,
            "scheduled": review.scheduled,
            "predicted": predicted,
            "weights_id": self._weights_id,
            "state": int(self._state.state),
            "step": self._state.step,
            "due_day": self._state.due_day,
            "due_ms": self._state.due_ms,
            "leech": False,
        }

    def _after(self, before: CardState, review: PastReview, now: Moment, day: int) -> CardState:
        if review.wait_s is None:
            mark = blake2b(self._past.name.encode(), digest_size=16).digest()
            return self._scheduler.answer(before, mark, review.rating, now)
        if before.stability is None or before.difficulty is None or before.fsrs_day is None:
            memory = first_memory(review.rating, self._weights)
        else:
            memory = next_memory(
                (before.stability, before.difficulty),
                review.rating,
                day - before.fsrs_day,
                self._weights,
            )
        state = review.state or _state_after(before.state, review)
        today = max(now.study_day, day)
        short = review.wait_s < DAY_S
        step_ends = review.ms + review.wait_s * 1000
        return CardState(
            state=state,
            step=None if state is State.REVIEW else 0,
            stability=memory[0],
            difficulty=memory[1],
            fsrs_day=day,
            answered_ms=review.ms,
            due_day=today + (0 if short else review.wait_s // DAY_S),
            due_ms=step_ends if short and state is not State.REVIEW else None,
            reps=before.reps + 1,
        )


def _state_after(before: State, review: PastReview) -> State:
    """Return the state that an answer led to, told from the wait it gave."""
    if review.wait_s is None or review.wait_s >= DAY_S:
        return State.REVIEW
    again = review.rating is Rating.AGAIN
    relearning = before is State.RELEARNING or (before is State.REVIEW and again)
    return State.RELEARNING if relearning else State.LEARNING
