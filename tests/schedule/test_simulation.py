"""Studying toward a date, played out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from srs.schedule.memory import DEFAULT_WEIGHTS, first_memory, next_memory, retrievability
from srs.schedule.memory_arrays import Memories, learned, reviewed
from srs.schedule.model import Rating
from srs.schedule.simulation import CardColumns, Course, Learner, Play, Topics, simulate

W = DEFAULT_WEIGHTS
UNSEEN = CardColumns([0.0] * 60, [0.0] * 60, [0] * 60, [0] * 60, [0] * 60)
COURSE = Course(12, 12, 12, W)


@pytest.mark.parametrize("rating", list(Rating))
def test_its_memories_are_those_of_fsrs(rating: Rating) -> None:
    first = first_memory(rating, W)
    if rating is not Rating.EASY:
        first = next_memory(first, Rating.GOOD, 0, W)
    grade = np.array([int(rating)])
    assert np.ravel(learned(grade, W)) == pytest.approx(first, rel=1e-12)
    later = next_memory((7.0, 6.0), rating, 5, W)
    if rating is Rating.AGAIN:
        later = next_memory(later, Rating.GOOD, 0, W)
    memories = reviewed(Memories(np.array([7.0]), np.array([6.0])), grade, np.array([5]), W)
    assert np.ravel(memories) == pytest.approx(later, rel=1e-12)


def test_without_reviews_recall_is_what_the_formula_says_and_unseen_cards_are_0() -> None:
    cards = CardColumns([10.0, 3.0, 0.0], [5.0, 5.0, 0.0], [-4, 0, 0], [6, 3, 0], [3, 1, 0])
    outcome = simulate(cards, Course(8, 0, 0, W), runs=2)
    expected = [retrievability(10, 12, W), retrievability(3, 8, W), 0.0]
    assert outcome.recall[1] == pytest.approx(expected)
    assert outcome.asked.tolist() == [0, 0]


def test_no_day_asks_more_cards_than_it_may() -> None:
    for planned in (True, False):
        outcome = simulate(UNSEEN, replace(COURSE, planned=planned))
        assert max(outcome.daily) <= 12
        assert outcome.asked.mean() == pytest.approx(sum(outcome.daily))


def test_the_same_seed_gives_the_same_luck() -> None:
    first, second = (simulate(UNSEEN, COURSE, seed=3).recall for _ in range(2))
    assert (first == second).all()
    assert (simulate(UNSEEN, COURSE, seed=4).recall != first).any()


def test_the_plan_covers_the_deck_where_asking_what_is_due_does_not() -> None:
    tight = replace(COURSE, cards_per_day=6)
    planned, due = simulate(UNSEEN, tight), simulate(UNSEEN, replace(tight, planned=False))
    assert planned.seen.all()
    assert not due.seen.all()
    assert planned.recall.mean() > due.recall.mean() + 0.1


def test_with_room_the_plan_halves_what_is_forgotten() -> None:
    roomy = Course(30, 18, 18, W)
    planned, due = (
        simulate(UNSEEN, replace(roomy, planned=planned), runs=20) for planned in (True, False)
    )
    assert 1 - planned.recall.mean() <= (1 - due.recall.mean()) / 2
    assert planned.asked.mean() <= 1.25 * due.asked.mean()


def test_a_learner_of_hard_topics_remembers_less() -> None:
    offset = np.where(np.arange(60) < 30, -1.0, 0.0)
    recall = simulate(UNSEEN, COURSE, learner=Learner(W, offset)).recall.mean(axis=0)
    assert recall[:30].mean() < recall[30:].mean() - 0.05


def test_a_topic_that_is_forgotten_more_is_asked_ahead_where_the_others_wait() -> None:
    # Twenty cards each of two topics, all of one memory and not due, four days before the date.
    cards = CardColumns([4.0] * 40, [5.0] * 40, [-4] * 40, [20] * 40, [3] * 40)
    course = Course(4, 40, 40, DEFAULT_WEIGHTS)
    topics = Topics(np.arange(40) % 2, np.array([-20.0, 20.0]), np.array([20.0, 20.0]))
    chosen = Play(cards, course, Learner(DEFAULT_WEIGHTS), 1, 1, topics).chosen(0)[0]
    assert chosen[::2].all()
    assert not chosen[1::2].any()
