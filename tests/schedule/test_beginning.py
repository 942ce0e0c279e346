"""A card that begins where another program's schedule stood."""

from __future__ import annotations

import pytest

from srs.schedule.beginning import Beginning
from srs.schedule.days import fsrs_day
from srs.schedule.history import fold
from srs.schedule.memory import DEFAULT_WEIGHTS, memory_from_sm2, next_memory
from srs.schedule.model import EventKind, LoggedEvent, LoggedReview, Moment, Rating, State

BEGINNING = Beginning(day=100, due_day=120, interval_days=20, ease=2.5)
START = LoggedEvent(b"s", 10, EventKind.START, text=BEGINNING.as_text())


def review(ms: int, day: int, rating: Rating) -> LoggedReview:
    return LoggedReview(b"r", ms, day, rating, True, State.REVIEW, None, day + 9, None, False)


def test_a_start_alone_is_a_card_in_review() -> None:
    card = fold([], [START], DEFAULT_WEIGHTS).card
    assert (card.state, card.fsrs_day, card.due_day, card.reps) == (State.REVIEW, 100, 120, 0)
    assert (card.stability, card.difficulty) == memory_from_sm2(2.5, 20, DEFAULT_WEIGHTS)


def test_answers_go_on_from_the_start_and_the_first_can_be_a_lapse() -> None:
    card = fold([review(20, 125, Rating.AGAIN)], [START], DEFAULT_WEIGHTS).card
    expected = next_memory(BEGINNING.memory(DEFAULT_WEIGHTS), Rating.AGAIN, 25, DEFAULT_WEIGHTS)
    assert (card.stability, card.difficulty) == expected
    assert (card.reps, card.lapses) == (1, 1)


def test_answers_before_a_start_do_not_count_and_a_reset_ends_it() -> None:
    before = review(5, 99, Rating.GOOD)
    assert fold([before], [START], DEFAULT_WEIGHTS).card.reps == 0
    reset = LoggedEvent(b"t", 30, EventKind.RESET)
    assert fold([before], [START, reset], DEFAULT_WEIGHTS).card.state is State.NEW


def test_known_memory_is_taken_as_it_is() -> None:
    known = Beginning(1, 9, 8, ease=2.5, stability=7.5, difficulty=3.25)
    assert known.memory(DEFAULT_WEIGHTS) == (7.5, 3.25)
    assert Beginning.from_text(known.as_text()) == known


def test_a_good_answer_at_the_end_of_the_interval_lengthens_it_by_the_ease() -> None:
    memory = memory_from_sm2(2.5, 20, DEFAULT_WEIGHTS)
    after, _ = next_memory(memory, Rating.GOOD, 20, DEFAULT_WEIGHTS)
    assert after / 20 == pytest.approx(2.5, rel=1e-9)


def test_an_impossible_ease_stays_within_difficulty() -> None:
    assert memory_from_sm2(9.9, 5, DEFAULT_WEIGHTS)[1] == 1.0
    assert memory_from_sm2(1.0, 5, DEFAULT_WEIGHTS)[1] == 10.0


def test_the_first_answer_after_a_start_never_lies_before_it() -> None:
    card = fold([], [START], DEFAULT_WEIGHTS).card
    assert fsrs_day(card, Moment(20, 103)) == 103
    assert fsrs_day(card, Moment(20, 98)) == 100
