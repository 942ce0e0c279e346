import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock

from srs.schedule.clock import moment
from srs.schedule.history import fold
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.model import (
    CardHistory,
    CardState,
    EventKind,
    LoggedEvent,
    LoggedReview,
    Rating,
)
from srs.schedule.scheduler import Scheduler
from srs.schedule.settings import SchedulingSettings

CARD = bytes(16)
SCHEDULER = Scheduler(SchedulingSettings())
STEEPER = (*DEFAULT_WEIGHTS[:20], 0.5)


class Log:
    """The rows that answers and events leave, and the card they lead to."""

    def __init__(self) -> None:
        self.clock = ManualClock("2026-11-24T20:00")
        self.card = CardState()
        self.reviews: list[LoggedReview] = []
        self.events: list[LoggedEvent] = []

    def answer(self, rating: Rating, *, leech: bool = False) -> None:
        now = moment(self.clock, 4)
        after = self.card = SCHEDULER.answer(self.card, CARD, rating, now)
        assert after.fsrs_day is not None
        self.reviews.append(
            LoggedReview(
                uid=self._uid(),
                ms=now.ms,
                fsrs_day=after.fsrs_day,
                rating=rating,
                scheduled=True,
                state=after.state,
                step=after.step,
                due_day=after.due_day,
                due_ms=after.due_ms,
                leech=leech,
            )
        )

    def event(self, kind: EventKind, *, until_day: int | None = None, text: str = "") -> None:
        row = LoggedEvent(self._uid(), self.clock.now_ms(), kind, until_day, text)
        self.events.append(row)
        if kind is EventKind.RESET:
            self.card = CardState()

    def fold(self) -> CardHistory:
        return fold(self.reviews, self.events, DEFAULT_WEIGHTS)

    def _uid(self) -> bytes:
        return (len(self.reviews) + len(self.events)).to_bytes(16, "big")


def known(log: Log) -> None:
    """Bring the card into review and to the day it is due."""
    for rating, days in ((Rating.GOOD, 0.0), (Rating.GOOD, 0.01), (Rating.GOOD, 2.0)):
        log.clock.advance(days=days)
        log.answer(rating)
    log.clock.advance(days=11)


def assert_same_card(folded: CardState, stepwise: CardState) -> None:
    assert replace(folded, stability=None, difficulty=None) == replace(
        stepwise, stability=None, difficulty=None
    )
    assert (folded.stability, folded.difficulty) == (
        (None, None)
        if stepwise.stability is None
        else (
            pytest.approx(stepwise.stability, rel=1e-9),
            pytest.approx(stepwise.difficulty, rel=1e-9),
        )
    )


def test_no_rows_are_a_new_card() -> None:
    assert fold([], [], DEFAULT_WEIGHTS) == CardHistory(CardState())


@settings(deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.one_of(st.sampled_from(Rating), st.just(EventKind.RESET)),
            st.one_of(st.integers(0, 60), st.integers(0, 10**5)),
        ),
        max_size=20,
    ),
    seed=st.integers(0, 100),
)
def test_the_log_rebuilds_the_card_whatever_order_its_rows_come_in(
    steps: list[tuple[Rating | EventKind, int]], seed: int
) -> None:
    log = Log()
    for step, minutes in steps:
        log.clock.advance(minutes=minutes)
        if isinstance(step, Rating):
            log.answer(step)
        else:
            log.event(step)
    random.Random(seed).shuffle(log.reviews)
    random.Random(seed).shuffle(log.events)
    assert_same_card(log.fold().card, log.card)


def test_lapses_are_counted_from_the_log() -> None:
    log = Log()
    known(log)
    log.answer(Rating.AGAIN)
    log.answer(Rating.AGAIN)
    assert log.fold().card.lapses == 1


def test_an_answer_that_did_not_schedule_leaves_the_card_alone() -> None:
    log = Log()
    known(log)
    before = log.fold().card
    log.answer(Rating.AGAIN)
    log.reviews[-1] = replace(log.reviews[-1], scheduled=False)
    assert log.fold().card == before


def test_new_weights_change_the_memory_and_move_no_due_date() -> None:
    log = Log()
    known(log)
    old = log.fold().card
    new = fold(log.reviews, log.events, STEEPER).card
    assert new.stability != old.stability
    assert replace(new, stability=old.stability, difficulty=old.difficulty) == old


def test_a_reset_makes_the_card_new() -> None:
    log = Log()
    known(log)
    log.answer(Rating.AGAIN, leech=True)
    log.event(EventKind.UNSUSPEND)
    log.event(EventKind.RESET)
    assert log.fold() == CardHistory(CardState())


def test_a_reset_ends_no_suspension_and_takes_no_flag_or_bury_away() -> None:
    log = Log()
    log.event(EventKind.SUSPEND)
    log.event(EventKind.FLAG, text="the source moved")
    log.event(EventKind.BURY, until_day=21_000)
    log.event(EventKind.RESET)
    history = log.fold()
    assert history == CardHistory(CardState(), True, 21_000, "the source moved")


def test_the_newest_of_suspend_unsuspend_and_leech_counts() -> None:
    log = Log()
    log.event(EventKind.SUSPEND)
    assert log.fold().suspended
    log.clock.advance(minutes=1)
    log.event(EventKind.UNSUSPEND)
    assert not log.fold().suspended
    log.clock.advance(minutes=1)
    log.answer(Rating.AGAIN, leech=True)
    assert log.fold().suspended
    assert log.fold().leech


def test_a_leech_taken_up_again_is_still_called_one() -> None:
    log = Log()
    log.answer(Rating.AGAIN, leech=True)
    log.event(EventKind.UNSUSPEND)
    history = log.fold()
    assert history.leech
    assert not history.suspended


def test_a_bury_holds_until_its_day_or_an_unbury() -> None:
    log = Log()
    log.event(EventKind.BURY, until_day=21_000)
    log.event(EventKind.BURY, until_day=21_001)
    assert log.fold().buried_until == 21_001
    log.event(EventKind.UNBURY)
    assert log.fold().buried_until is None


def test_a_flag_without_a_note_is_still_a_flag() -> None:
    log = Log()
    log.event(EventKind.FLAG)
    assert log.fold().flag == ""
    log.event(EventKind.UNFLAG)
    assert log.fold().flag is None


def test_rows_of_one_instant_are_taken_by_uid() -> None:
    log = Log()
    log.event(EventKind.SUSPEND)
    log.event(EventKind.UNSUSPEND)
    assert not fold([], log.events[::-1], DEFAULT_WEIGHTS).suspended
