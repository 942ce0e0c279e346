"""Answering a card: FSRS by py-fsrs, with FSRS days, our own due dates and seeded fuzz."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import fsrs

from srs.schedule.days import Due, due_after_days, due_after_step, fsrs_day
from srs.schedule.fuzz import fuzz_factor, fuzzed
from srs.schedule.memory import DEFAULT_WEIGHTS, retrievability
from srs.schedule.model import CardState, Moment, Rating, State
from srs.schedule.settings import SchedulingSettings

__all__ = ["DEFAULT_WEIGHTS", "Scheduler"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scheduler:
    """Answers cards under some settings and the 21 weights of FSRS-6.

    Raises ValueError for weights outside the bounds that py-fsrs sets.
    """

    def __init__(
        self, settings: SchedulingSettings, weights: Sequence[float] = DEFAULT_WEIGHTS
    ) -> None:
        self._maximum = settings.maximum_interval_days
        self._weights = tuple(weights)
        self._fsrs = fsrs.Scheduler(
            parameters=self._weights,
            desired_retention=settings.desired_retention,
            learning_steps=[timedelta(seconds=s) for s in settings.learning_steps_s],
            relearning_steps=[timedelta(seconds=s) for s in settings.relearning_steps_s],
            maximum_interval=self._maximum,
            enable_fuzzing=False,
        )

    def answer(self, card: CardState, uid: bytes, rating: Rating, now: Moment) -> CardState:
        """Return the card's state after an answer given now; `uid` is the card's."""
        return self.preview(card, uid, now)[rating]

    def preview(self, card: CardState, uid: bytes, now: Moment) -> dict[Rating, CardState]:
        """Return the state that each rating would lead to, exactly as `answer` gives it.

        Of the passing ratings that send the card to review, a better one gives a longer interval,
        up to the maximum: its fuzz begins a day above the interval of the one before.
        """
        day = fsrs_day(card, now)
        factor = fuzz_factor(uid, card.reps)
        minimum = 1
        outcomes: dict[Rating, CardState] = {}
        for rating in Rating:
            after, wait = self._review(card, rating, day)
            if after.state is fsrs.State.Review:
                days = fuzzed(wait.days, factor, minimum, self._maximum)
                due = due_after_days(now, day, days)
                if rating is not Rating.AGAIN:
                    minimum = days + 1
            else:
                due = due_after_step(now, day, int(wait.total_seconds()))
            outcomes[rating] = _answered(card, after, rating, due, day, now)
        return outcomes

    def recall(self, card: CardState, now: Moment) -> float | None:
        """Return the recall, 0 to 1, that FSRS expects of an answer given now.

        None for a new card and on the FSRS day of the last answer, where FSRS predicts nothing.
        """
        if card.stability is None or card.fsrs_day is None:
            return None
        elapsed = fsrs_day(card, now) - card.fsrs_day
        return retrievability(card.stability, elapsed, self._weights) if elapsed else None

    def _review(self, card: CardState, rating: Rating, day: int) -> tuple[fsrs.Card, timedelta]:
        """Return py-fsrs's card after the answer, and its wait before any fuzz."""
        reviewed_at = _midnight(day)
        before = fsrs.Card(
            card_id=0,  # py-fsrs sleeps a millisecond to make one of its own
            state=fsrs.State.Learning if card.state is State.NEW else fsrs.State(card.state),
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            due=reviewed_at,
            last_review=None if card.fsrs_day is None else _midnight(card.fsrs_day),
        )
        after, _ = self._fsrs.review_card(before, fsrs.Rating(rating), reviewed_at)
        return after, after.due - reviewed_at


def _midnight(day: int) -> datetime:
    """Return the UTC midnight that stands for an FSRS day, since py-fsrs counts spans of 24 h."""
    return EPOCH + timedelta(days=day)


def _answered(
    card: CardState, after: fsrs.Card, rating: Rating, due: Due, day: int, now: Moment
) -> CardState:
    lapsed = rating is Rating.AGAIN and card.state is State.REVIEW
    return CardState(
        state=State(after.state),
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        fsrs_day=day,
        answered_ms=now.ms,
        due_day=due.day,
        due_ms=due.ms,
        reps=card.reps + 1,
        lapses=card.lapses + lapsed,
    )
