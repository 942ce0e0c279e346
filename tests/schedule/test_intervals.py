import pytest

from srs.schedule.intervals import interval_label
from srs.schedule.model import CardState, Moment

NOW = Moment(1_764_000_000_000, 20_416)


@pytest.mark.parametrize(
    ("seconds", "label"),
    [
        (30, "30s"),
        (60, "1m"),
        (330, "6m"),
        (600, "10m"),
        (3_580, "1h"),
        (3_600, "1h"),
        (5_400, "1.5h"),
        (86_000, "23.9h"),
        (-60, "0s"),
    ],
)
def test_a_step_under_a_day_is_written_by_the_clock(seconds: int, label: str) -> None:
    card = CardState(due_day=NOW.study_day, due_ms=NOW.ms + seconds * 1000)
    assert interval_label(card, NOW) == label


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (1, "1d"),
        (30, "30d"),
        (31, "1mo"),
        (37, "1.2mo"),
        (364, "12mo"),
        (365, "1y"),
        (548, "1.5y"),
        (36_500, "100y"),
        (-3, "0d"),
    ],
)
def test_a_longer_interval_is_written_in_days_months_and_years(days: int, label: str) -> None:
    assert interval_label(CardState(due_day=NOW.study_day + days), NOW) == label


def test_a_new_card_has_no_interval() -> None:
    with pytest.raises(ValueError, match="new card"):
        interval_label(CardState(), NOW)
