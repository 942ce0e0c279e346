from datetime import UTC, datetime, timedelta

import fsrs
import fsrs.scheduler
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.schedule.memory import DEFAULT_WEIGHTS, replay, retrievability

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BOUNDS = tuple(
    zip(fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS, strict=True)
)
WEIGHTS = st.one_of(
    st.just(DEFAULT_WEIGHTS), st.tuples(*(st.floats(low, high) for low, high in BOUNDS))
)
# (rating, days since the answer before); a negative gap is what merged logs may hold
ANSWERS = st.lists(
    st.tuples(st.integers(1, 4), st.one_of(st.just(0), st.integers(-1, 400))), max_size=20
)


def on_days(answers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    day = 20_000
    placed = []
    for rating, gap in answers:
        day += gap
        placed.append((rating, day))
    return placed


@settings(deadline=None)
@given(answers=ANSWERS, weights=WEIGHTS)
def test_a_replay_equals_py_fsrs(
    answers: list[tuple[int, int]], weights: tuple[float, ...]
) -> None:
    scheduler = fsrs.Scheduler(weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=0, due=EPOCH)
    for rating, day in on_days(answers):
        midnight = EPOCH + timedelta(days=day)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), midnight)
        # py-fsrs adds its interval to the date, which ends with the year 9999
        card.due = midnight
    memory = replay(on_days(answers), weights)
    if memory is None:
        assert card.stability is None
    else:
        assert memory[0] == pytest.approx(card.stability, rel=1e-12)
        assert memory[1] == pytest.approx(card.difficulty, rel=1e-12)


def test_the_default_weights_are_those_of_py_fsrs() -> None:
    assert DEFAULT_WEIGHTS == fsrs.scheduler.DEFAULT_PARAMETERS


def test_known_histories_give_known_states() -> None:
    assert replay([(3, 0)], DEFAULT_WEIGHTS) == pytest.approx((2.3065, 2.1181), abs=1e-4)
    assert replay([(1, 0), (3, 0)], DEFAULT_WEIGHTS) == pytest.approx((0.2467, 6.4021), abs=1e-4)
    # Again and Good on the first day, then Good after 1, 3, 8 and 21 days
    answers = on_days([(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)])
    assert replay(answers, DEFAULT_WEIGHTS) == pytest.approx((53.6269, 6.3575), abs=1e-4)


def test_no_answers_are_no_memory() -> None:
    assert replay([], DEFAULT_WEIGHTS) is None


def test_recall_is_certain_at_once_and_nine_in_ten_after_the_stability() -> None:
    assert retrievability(10, 0, DEFAULT_WEIGHTS) == 1
    assert retrievability(10, 10, DEFAULT_WEIGHTS) == pytest.approx(0.9, abs=1e-15)
    assert retrievability(10, -1, DEFAULT_WEIGHTS) == 1


@given(days=st.integers(0, 40_000), stability=st.floats(0.001, 40_000), weights=WEIGHTS)
def test_recall_equals_py_fsrs(days: int, stability: float, weights: tuple[float, ...]) -> None:
    card = fsrs.Card(card_id=0, stability=stability, difficulty=5, due=EPOCH, last_review=EPOCH)
    expected = fsrs.Scheduler(weights).get_card_retrievability(card, EPOCH + timedelta(days=days))
    assert retrievability(stability, days, weights) == pytest.approx(expected, rel=1e-12)
