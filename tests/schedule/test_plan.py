"""The plan toward a date: what a day holds, and what a place in it costs."""

from __future__ import annotations

from math import e, exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.schedule.observed import Evidence, mean_offset, offset, shifted
from srs.schedule.plan import (
    DayPlan,
    SlotPrice,
    cards_per_day_needed,
    coverage,
    last_days,
    least_worth,
    new_today,
    plan_day,
)


def test_an_offset_moves_the_odds_of_a_recall() -> None:
    # odds 9 to 1 become 9/e to 1
    assert shifted(0.9, -1) == pytest.approx(9 / (9 + exp(1)))


def test_a_topic_lies_around_the_person_and_the_person_around_what_is_expected() -> None:
    assert offset(Evidence(), Evidence()) == 0
    # 8 fewer recalled than expected over information 12: -8 / (12 + 1/.0025) for the person; a
    # topic that has 5 of the 8 over 4 of the 12 lies (-5 - 4 mean) / (4 + 1/.0625) from there
    mean = -8 / 412
    assert mean_offset(Evidence(-8, 12)) == pytest.approx(mean)
    assert offset(Evidence(), Evidence(-8, 12)) == pytest.approx(mean)
    assert offset(Evidence(-5, 4), Evidence(-8, 12)) == pytest.approx(mean + (-5 - 4 * mean) / 20)


def test_the_price_of_a_place_falls_with_how_often_cards_can_be_asked() -> None:
    # 80 a day of 400 cards for 14 days: 2.8 askings a card and a fifth of the cards a day
    price = SlotPrice.of(400, 80, 14, answers=0)
    assert price.askings == pytest.approx(2.8)
    assert (price.share, price.offset) == (0.2, 0)
    assert price.on(1) == pytest.approx(1 / (4 + 2.8**4 / 2.5) + 0.006 / 0.2)
    assert price.on(10) == pytest.approx(1 / (4 + 2.8**4 / 2.5) + 0.006 / 2)
    # answers given before count as askings
    assert SlotPrice.of(400, 80, 14, answers=800).askings == pytest.approx(4.8)
    assert SlotPrice.of(400, 80, 14, answers=800).on(1) < price.on(1)


def test_who_forgets_more_than_expected_pays_more_and_in_steps() -> None:
    price = SlotPrice.of(400, 80, 14, 0, offset=-0.52)
    assert price == SlotPrice.of(400, 80, 14, 0, offset=-0.48)
    assert price.on(3) == pytest.approx(exp(1.5 * 0.5) * SlotPrice.of(400, 80, 14, 0).on(3))


def test_less_is_enough_to_ask_a_topic_ahead_that_is_forgotten_more_often_than_the_others() -> None:
    assert least_worth(0.1, 0.1) == pytest.approx(0.008)
    # e^(2 × −0.5): a logit of half below the person's mean
    assert least_worth(-0.4, 0.1) == pytest.approx(0.008 / e)
    assert least_worth(0.6, 0.1) == pytest.approx(0.008 * e)


def test_without_cards_or_room_there_is_a_price_all_the_same() -> None:
    assert SlotPrice.of(0, 40, 10, 0).on(1) > 0
    assert SlotPrice.of(40, 0, 10, 0).on(1) > 0


def test_the_last_days_hold_one_pass_over_all_cards() -> None:
    assert [last_days(400, budget) for budget in (20, 60, 120, 400, 1000)] == [20, 7, 4, 1, 1]
    assert last_days(0, 0) == 1


def test_new_cards_come_faster_at_first_than_they_must() -> None:
    # 30 days, the last 10 for one pass at 40 a day: 400 in 20 days are 20 a day, and 32 at first
    assert new_today(400, 400, 30, 40) == 32
    assert plan_day(30, 400, 400, 40) == DayPlan(40, 32)
    # the last days have begun: what is unseen is spread over them all
    assert plan_day(10, 400, 30, 40) == DayPlan(40, 5)
    assert plan_day(11, 400, 0, 40) == DayPlan(40, 0)
    assert new_today(400, 2, 30, 40) == 2


def test_what_was_asked_today_is_taken_off_the_day() -> None:
    assert plan_day(30, 400, 388, 40, seen_today=5, begun_today=12) == DayPlan(23, 20)
    assert plan_day(30, 400, 365, 40, begun_today=35).new == -3


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
