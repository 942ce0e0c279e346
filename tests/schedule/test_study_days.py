import pytest
from support.clock import ManualClock

from srs.schedule.clock import (
    DAY_MS,
    SystemClock,
    clock_is_behind,
    day_start_ms,
    moment,
    study_day,
)
from srs.schedule.model import Moment

ZONES = ["Europe/Berlin", "America/New_York", "America/Havana", "Australia/Lord_Howe"]


def day_of(clock: ManualClock, rollover_hour: int = 4) -> int:
    return moment(clock, rollover_hour).study_day


def test_a_study_day_ends_at_four_in_the_morning() -> None:
    clock = ManualClock("2026-11-24T23:30")
    evening = day_of(clock)
    clock.set("2026-11-25T03:59")
    assert day_of(clock) == evening
    clock.set("2026-11-25T04:00")
    assert day_of(clock) == evening + 1


def test_the_rollover_hour_may_be_midnight() -> None:
    clock = ManualClock("2026-11-24T23:59")
    evening = day_of(clock, rollover_hour=0)
    clock.advance(minutes=1)
    assert day_of(clock, rollover_hour=0) == evening + 1


def test_the_first_of_january_1970_is_day_zero() -> None:
    assert day_of(ManualClock("1970-01-01T12:00", "UTC")) == 0


def test_an_hour_lost_or_won_in_the_night_moves_no_study_day() -> None:
    for night in ("2026-03-28T23:00", "2026-10-24T23:00"):
        clock = ManualClock(night)
        evening = day_of(clock)
        clock.set(f"{night[:8]}{int(night[8:10]) + 1}T03:59")
        assert day_of(clock) == evening
        clock.set(f"{night[:8]}{int(night[8:10]) + 1}T04:00")
        assert day_of(clock) == evening + 1


def test_flying_west_in_the_morning_brings_yesterday_back() -> None:
    clock = ManualClock("2026-11-24T09:00", "Asia/Tokyo")
    in_tokyo = day_of(clock)
    clock.fly("America/Los_Angeles")
    assert day_of(clock) == in_tokyo - 1


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("rollover_hour", [0, 2, 4])
def test_a_study_day_starts_at_its_first_instant(zone: str, rollover_hour: int) -> None:
    clock = ManualClock("2026-01-01T12:00", zone)
    first = day_of(clock, rollover_hour)
    for day in range(first, first + 366):
        start = day_start_ms(clock, day, rollover_hour)
        assert study_day(clock, start, rollover_hour) == day
        assert study_day(clock, start - 1, rollover_hour) == day - 1


def test_a_study_day_is_an_hour_short_when_the_clocks_go_forward() -> None:
    clock = ManualClock("2026-03-28T12:00")
    day = day_of(clock)
    hours = (day_start_ms(clock, day + 1, 4) - day_start_ms(clock, day, 4)) / 3_600_000
    assert hours == 23


def test_a_moment_is_the_instant_and_its_study_day() -> None:
    clock = ManualClock("1970-01-03T05:00", "UTC")
    assert moment(clock, 4) == Moment(2 * DAY_MS + 5 * 3_600_000, 2)


def test_a_clock_more_than_a_day_before_the_newest_row_is_behind() -> None:
    newest = ManualClock("2026-11-24T12:00").now_ms()
    assert clock_is_behind(newest - DAY_MS - 1, newest)
    assert not clock_is_behind(newest - DAY_MS, newest)
    assert not clock_is_behind(newest + DAY_MS, newest)


def test_the_system_clock_gives_milliseconds_and_an_offset_of_at_most_fourteen_hours() -> None:
    clock = SystemClock()
    assert clock.now_ms() > ManualClock("2026-01-01T00:00").now_ms()
    assert abs(clock.utc_offset_s(clock.now_ms() // 1000)) <= 14 * 3600
