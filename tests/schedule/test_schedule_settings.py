from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.errors import SrsError
from srs.schedule.settings import (
    SchedulingSettings,
    SettingError,
    format_duration,
    parse_duration,
)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"desired_retention": 1.5},
            "The setting desired-retention is 1.5; it must lie between 0.7 and 0.99.",
        ),
        (
            {"desired_retention": float("nan")},
            "The setting desired-retention is nan; it must lie between 0.7 and 0.99.",
        ),
        (
            {"rollover_hour": 24},
            "The setting rollover-hour is 24; it must lie between 0 and 23.",
        ),
        (
            {"maximum_interval_days": 0},
            "The setting maximum-interval-days is 0; it must lie between 1 and 36500.",
        ),
        (
            {"new_per_day": -1},
            "The setting new-per-day is -1; it must lie between 0 and 9999.",
        ),
        (
            {"reviews_per_day": 10_000},
            "The setting reviews-per-day is 10000; it must lie between 0 and 9999.",
        ),
        (
            {"learn_ahead_minutes": -5},
            "The setting learn-ahead-minutes is -5; it must lie between 0 and 1440.",
        ),
        (
            {"leech_threshold": 0},
            "The setting leech-threshold is 0; it must lie between 1 and 99.",
        ),
        (
            {"learning_steps_s": (60, 0)},
            "The setting learning-steps holds 0s; a step must lie between 1s and 30d.",
        ),
        (
            {"relearning_steps_s": (31 * 86_400,)},
            "The setting relearning-steps holds 31d; a step must lie between 1s and 30d.",
        ),
    ],
)
def test_a_value_out_of_range_is_refused_in_one_sentence(
    values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SettingError) as refused:
        SchedulingSettings(**values)
    assert str(refused.value) == sentence
    assert isinstance(refused.value, SrsError)


@pytest.mark.parametrize("retention", [0.70, 0.99])
def test_the_ends_of_a_range_are_allowed(retention: float) -> None:
    assert SchedulingSettings(desired_retention=retention).desired_retention == retention


def test_a_card_may_have_no_steps() -> None:
    assert SchedulingSettings(learning_steps_s=()).learning_steps_s == ()


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("10m", 600), ("2h", 7200), ("1d", 86_400), ("90m", 5400)]
)
def test_a_duration_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "10", "m", "-1m", "1.5h", "10 m", "10x", "1m1m", "²m", "٣m", "9" * 5000 + "d"]
)
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(SettingError, match="write a duration such as 30s, 10m, 2h or 1d"):
        parse_duration(text)


@given(st.integers(0, 10**8 - 1))
def test_a_duration_is_read_as_it_was_written(seconds: int) -> None:
    assert parse_duration(format_duration(seconds)) == seconds


def test_a_duration_is_written_in_its_largest_unit() -> None:
    assert [format_duration(s) for s in (45, 60, 5400, 86_400)] == ["45s", "1m", "90m", "1d"]
