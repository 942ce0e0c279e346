"""The memory model over many cards at once agrees with py-fsrs and with a card at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import fsrs
import fsrs.scheduler
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.schedule.memory import DEFAULT_WEIGHTS, replay, retrievability
from srs.schedule.memory_arrays import Memories, next_memories, recall_after, replay_all

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BOUNDS = tuple(
    zip(fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS, strict=True)
)
WEIGHTS = st.one_of(
    st.just(DEFAULT_WEIGHTS), st.tuples(*(st.floats(low, high) for low, high in BOUNDS))
)
ANSWERS = st.lists(
    st.tuples(st.integers(1, 4), st.one_of(st.just(0), st.integers(-1, 400))), max_size=12
)
Answers = list[tuple[int, int]]


def on_days(answers: Answers) -> Answers:
    day = 20_000
    placed = []
    for rating, gap in answers:
        day += gap
        placed.append((rating, day))
    return placed


def replayed(cards: list[Answers], weights: tuple[float, ...]) -> Memories:
    flat = [answer for card in cards for answer in card]
    return replay_all(
        np.array([len(card) for card in cards], np.int64),
        np.array([rating for rating, _ in flat], np.int64),
        np.array([day for _, day in flat], np.int64),
        weights,
    )


@settings(deadline=None)
@given(cards=st.lists(ANSWERS, max_size=6), weights=WEIGHTS)
def test_every_card_of_a_replay_equals_py_fsrs(
    cards: list[Answers], weights: tuple[float, ...]
) -> None:
    placed = [on_days(card) for card in cards]
    memories = replayed(placed, weights)
    scheduler = fsrs.Scheduler(weights, enable_fuzzing=False)
    for answers, stability, difficulty in zip(placed, *memories, strict=True):
        card = fsrs.Card(card_id=0, due=EPOCH)
        for rating, day in answers:
            midnight = EPOCH + timedelta(days=day)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), midnight)
            card.due = midnight
        if not answers:
            assert np.isnan(stability)
            assert np.isnan(difficulty)
        else:
            assert stability == pytest.approx(card.stability, rel=1e-12)
            assert difficulty == pytest.approx(card.difficulty, rel=1e-12)


@given(cards=st.lists(ANSWERS, max_size=6), weights=WEIGHTS)
def test_every_card_of_a_replay_equals_the_replay_of_that_card(
    cards: list[Answers], weights: tuple[float, ...]
) -> None:
    placed = [on_days(card) for card in cards]
    for answers, stability, difficulty in zip(placed, *replayed(placed, weights), strict=True):
        alone = replay(answers, weights)
        assert (np.isnan(stability) and np.isnan(difficulty)) == (alone is None)
        if alone is not None:
            assert (stability, difficulty) == pytest.approx(alone, rel=1e-12)


def test_a_known_history_gives_its_known_state_beside_others() -> None:
    known = on_days([(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)])
    memories = replayed([on_days([(3, 0)]), [], known], DEFAULT_WEIGHTS)
    assert memories.stability == pytest.approx([2.3065, np.nan, 53.6269], abs=1e-4, nan_ok=True)
    assert memories.difficulty == pytest.approx([2.1181, np.nan, 6.3575], abs=1e-4, nan_ok=True)


def test_no_cards_are_no_memories() -> None:
    assert [len(column) for column in replayed([], DEFAULT_WEIGHTS)] == [0, 0]


@given(
    cards=st.lists(st.tuples(st.floats(0.001, 40_000), st.integers(-1, 40_000)), min_size=1),
    weights=WEIGHTS,
)
def test_recall_equals_the_recall_of_each_card(
    cards: list[tuple[float, int]], weights: tuple[float, ...]
) -> None:
    stability, elapsed = (np.array(column) for column in zip(*cards, strict=True))
    alone = [retrievability(float(s), int(t), weights) for s, t in cards]
    assert recall_after(stability, elapsed, weights) == pytest.approx(alone, rel=1e-12)


def test_a_better_answer_a_day_later_leaves_a_longer_memory() -> None:
    before = Memories(np.full(4, 5.0), np.full(4, 6.0))
    after = next_memories(before, np.array([1, 2, 3, 4]), np.full(4, 5), DEFAULT_WEIGHTS)
    assert all(worse < better for worse, better in pairwise(after.stability))
