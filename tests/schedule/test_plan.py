"""The plan toward a date: what a day holds, and what a review is worth on the day."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.schedule.memory import DEFAULT_WEIGHTS, next_memory, retrievability
from srs.schedule.model import Rating
from srs.schedule.observed import Evidence, offset, shifted
from srs.schedule.outlook import gain, recall_after, recall_with_review, worth
from srs.schedule.plan import (
    DayPlan,
    cards_per_day_needed,
    coverage,
    last_days,
    new_per_day,
    plan_day,
)

W = DEFAULT_WEIGHTS
SHARE = 0.85 - 0.012 * 10  # of the eve, where the last pass takes ten days
MEMORIES = st.tuples(st.floats(0.01, 2000), st.floats(1, 10))


@given(memory=MEMORIES, elapsed=st.integers(1, 400), days=st.integers(1, 90))
def test_a_review_is_weighed_over_recalling_and_forgetting_the_card(
    memory: tuple[float, float], elapsed: int, days: int
) -> None:
    recall = retrievability(memory[0], elapsed, W)
    recalled = next_memory(memory, Rating.GOOD, elapsed, W)[0]
    forgotten = next_memory(memory, Rating.AGAIN, elapsed, W)
    relearned = next_memory(forgotten, Rating.GOOD, 0, W)[0]
    expected = recall * retrievability(recalled, days, W)
    expected += (1 - recall) * retrievability(relearned, days, W)
    assert recall_with_review(*memory, elapsed, days, W) == pytest.approx(expected, rel=1e-12)
    without = retrievability(memory[0], elapsed + days, W)
    assert gain(*memory, elapsed, days, W) == pytest.approx(expected - without, abs=1e-12)


def test_the_gain_of_a_card_at_its_stability_a_week_before_the_date() -> None:
    # by py-fsrs S 10, D 5 becomes S 32.03 by Good and 1.431 by Again and Good; in seven days these
    # recall 0.9705 and 0.7627, the card left alone 0.8596: 0.9 · 0.9705 + 0.1 · 0.7627 − 0.8596
    assert recall_after(10, 10, W) == pytest.approx(0.9)
    assert gain(10, 5, 10, 7, W) == pytest.approx(0.0901, abs=5e-5)


def test_on_the_eve_the_worth_orders_as_the_gain_does() -> None:
    for stability in (0.5, 3, 30, 300):
        assert worth(stability, 5, 4, 1, W, 0, 0.7) == pytest.approx(
            0.3 * gain(stability, 5, 4, 1, W)
        )


def test_a_card_that_fades_fast_waits_for_the_last_days() -> None:
    fleeting, lasting = (0.3, 8.0), (6.0, 5.0)
    assert worth(*fleeting, 8, 9, W, 0, 0.7) < worth(*lasting, 8, 9, W, 0, 0.7)
    assert worth(*fleeting, 8, 1, W, 0, 0.7) > worth(*lasting, 8, 1, W, 0, 0.7)


def test_the_longer_the_last_pass_the_less_is_left_to_the_eve() -> None:
    shares = [plan_day(3, 400, 0, budget).eve_share for budget in (400, 80, 20, 2)]
    assert shares == pytest.approx([0.838, 0.79, 0.61, 0.4])


def test_an_offset_moves_every_recall_of_the_gain() -> None:
    # as the card above, its topic a logit of 1 below what is expected: 0.9 becomes
    # 1 / (1 + e / 9) = 0.7680, 0.9705 -> 0.9237, 0.7627 -> 0.5418, 0.8596 -> 0.6925
    assert shifted(0.9, -1) == pytest.approx(0.7680, abs=5e-5)
    assert gain(10, 5, 10, 7, W, -1) == pytest.approx(
        0.7680 * 0.9237 + 0.2320 * 0.5418 - 0.6925, abs=2e-4
    )


def test_a_topic_lies_around_the_person_and_the_person_around_what_is_expected() -> None:
    assert offset(Evidence(), Evidence()) == 0
    # 8 fewer recalled than expected over information 12: -8 / (12 + 1/.25) = -.5 for the person;
    # -.5 + (-5 + .5 * 4) / (4 + 1/.16) for a topic that has 5 of the 8 over 4 of the 12
    assert offset(Evidence(), Evidence(-8, 12)) == -0.5
    assert offset(Evidence(-5, 4), Evidence(-8, 12)) == pytest.approx(-0.5 - 3 / 10.25)


def test_many_cards_are_weighed_at_once_as_each_is_alone() -> None:
    stability, difficulty = np.array([0.01, 2.0, 90.0]), np.array([9.0, 5.0, 1.0])
    elapsed, how = np.array([1, 30, 200]), cast("Any", (5, W, -0.4, 0.7))
    at_once = worth(
        *cast("tuple[Any, Any, Any]", (stability, difficulty, elapsed)), 5, W, -0.4, 0.7
    )
    each = [worth(*card, *how) for card in zip(stability, difficulty, elapsed, strict=True)]
    assert np.asarray(at_once) == pytest.approx(each)


def test_the_last_days_hold_one_pass_over_all_cards() -> None:
    assert [last_days(400, budget) for budget in (20, 60, 120, 400, 1000)] == [20, 7, 4, 1, 1]
    assert last_days(0, 0) == 1


def test_new_cards_are_paced_to_be_seen_before_the_last_days() -> None:
    # 30 days, the last 10 for one pass at 40 a day: 400 in 20 days
    assert new_per_day(400, 400, 30, 40) == 20
    assert plan_day(30, 400, 400, 40) == DayPlan(40, 20, False, False, SHARE)
    # the last days have begun: what is unseen is spread over them all
    assert plan_day(10, 400, 30, 40) == DayPlan(40, 3, True, True, SHARE)
    assert plan_day(11, 400, 0, 40) == DayPlan(40, 0, False, True, SHARE)
    assert plan_day(1, 400, 0, 40) == DayPlan(40, 0, True, False, SHARE)


def test_what_was_asked_today_is_taken_off_the_day() -> None:
    plan = plan_day(30, 400, 388, 40, seen_today=5, new_today=12)
    assert plan == DayPlan(23, 8, False, False, SHARE)
    assert plan_day(30, 400, 375, 40, new_today=25).new == -5


def test_new_cards_never_take_more_than_the_day_has() -> None:
    assert plan_day(5, 400, 400, 30).new == 30


def test_coverage_and_the_pace_that_completes_it() -> None:
    assert coverage(400, 300, 10, 20) == pytest.approx(300 / 400)
    assert coverage(400, 300, 10, 30) == 1
    assert coverage(0, 0, 10, 0) == 1
    assert cards_per_day_needed(300, 10) == 30
    assert cards_per_day_needed(301, 10) == 31


@given(
    days=st.integers(1, 90),
    cards=st.integers(1, 2000),
    share=st.floats(0, 1),
    budget=st.integers(0, 300),
)
def test_following_the_pace_sees_every_card_when_the_days_can_hold_them(
    days: int, cards: int, share: float, budget: int
) -> None:
    unseen = start = int(cards * share)
    for left in range(days, 0, -1):
        plan = plan_day(left, cards, unseen, budget)
        assert 0 <= plan.new <= plan.room <= budget
        unseen -= min(unseen, plan.new)
    assert (cards - unseen) / cards == pytest.approx(coverage(cards, start, days, budget))
