import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.schedule.fuzz import fuzz_bounds, fuzz_factor, fuzzed


@pytest.mark.parametrize(
    ("interval", "bounds"),
    [
        # 1 + .15·(n−2.5) up to 7, + .1·(n−7) up to 20, + .05·(n−20) above
        (1, (1, 1)),
        (2, (2, 2)),
        (3, (2, 4)),  # 3 ± 1.075
        (7, (5, 9)),  # 7 ± 1.675
        (10, (8, 12)),  # 10 ± 1.975
        (20, (17, 23)),  # 20 ± 2.975
        (30, (27, 33)),  # 30 ± 3.475
        (100, (93, 107)),  # 100 ± 6.975
        (365, (345, 385)),  # 365 ± 20.225
    ],
)
def test_the_bounds_are_those_worked_out_by_hand(interval: int, bounds: tuple[int, int]) -> None:
    assert fuzz_bounds(interval, 1, 36_500) == bounds


def test_the_bounds_stay_within_minimum_and_maximum() -> None:
    assert fuzz_bounds(7, 6, 8) == (6, 8)
    assert fuzz_bounds(100, 1, 95) == (88, 95)  # 95 ± 6.725, up to 95


def test_a_range_of_one_day_above_two_is_widened_where_the_maximum_allows() -> None:
    assert fuzz_bounds(4, 9, 100) == (9, 11)  # 9 ± 1.875, from 9
    assert fuzz_bounds(2.4, 3, 100) == (3, 4)  # 3 ± 1.075, from 3
    assert fuzz_bounds(50, 5, 5) == (5, 5)
    assert fuzz_bounds(1, 2, 100) == (2, 2)


def test_the_maximum_wins_over_a_larger_minimum() -> None:
    assert fuzz_bounds(40, 41, 30) == (30, 30)


def test_the_factor_picks_evenly_and_reaches_both_bounds() -> None:
    picked = [fuzzed(7, (i + 0.5) / 500, 1, 36_500) for i in range(500)]
    assert {days: picked.count(days) for days in picked} == {5: 100, 6: 100, 7: 100, 8: 100, 9: 100}


@given(uid=st.binary(min_size=16, max_size=16), reps=st.integers(0, 10_000))
def test_the_factor_is_fixed_by_card_and_review_count(uid: bytes, reps: int) -> None:
    assert 0 <= fuzz_factor(uid, reps) < 1
    assert fuzz_factor(uid, reps) == fuzz_factor(uid, reps)


def test_cards_and_reviews_get_factors_of_their_own_spread_over_the_range() -> None:
    factors = {fuzz_factor(n.to_bytes(16, "big"), reps) for n in range(100) for reps in range(10)}
    assert len(factors) == 1000
    assert 0.47 < sum(factors) / 1000 < 0.53


@given(
    interval=st.floats(0.5, 40_000),
    factor=st.floats(0, 1, exclude_max=True),
    minimum=st.integers(1, 400),
    maximum=st.integers(1, 36_500),
)
def test_a_fuzzed_interval_lies_within_its_bounds(
    interval: float, factor: float, minimum: int, maximum: int
) -> None:
    low, high = fuzz_bounds(interval, minimum, maximum)
    assert low <= fuzzed(interval, factor, minimum, maximum) <= high
    assert min(minimum, maximum) <= low <= high <= maximum
