"""What the statistics screen says, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from srs.insight.activity import streak
from srs.insight.calibration import Calibration
from srs.insight.dashboard import Insight
from srs.insight.forecast import DayDone, days_done, forecast, hours_spent, retention_by_age
from srs.insight.material import Material
from srs.practice.dashboard import Day
from srs.practice.phrases import counted, date_of, duration
from srs.practice.topic_page import Bin, as_bin

SPANS = {"30 days": 30, "90 days": 90, "a year": 365}
LEVELS = 5
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A row a weekday, Monday first, and a column a week, the oldest first.

    A cell is 0 without answers and 1 to 4 by how many there were against the busiest day; None
    lies outside the span. `months` names each column in which a month begins; `key` says from how
    many answers on each level holds.
    """

    rows: tuple[tuple[int | None, ...], ...]
    months: tuple[str, ...]
    key: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days looked back on and ahead, with its totals in a sentence."""

    name: str
    heat: HeatMap
    done: str
    ahead: tuple[Day, ...]
    ahead_in_words: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """Everything on the statistics screen; `spans` from the shortest to the longest."""

    is_empty: bool
    standing: str
    spans: tuple[Span, ...]
    ages: tuple[Bin, ...]
    bins: tuple[Bin, ...]
    calibration: str


def statistics_page(material: Material, found: Insight) -> StatisticsPage:
    """Put what was done, and what is to come, into words and levels."""
    done = days_done(material)
    hours = hours_spent(material)
    row = counted(streak(done.__contains__, material.today), "day in a row", "days in a row")
    answers = len(material.reviews)
    return StatisticsPage(
        is_empty=not answers,
        standing=f"{counted(answers, 'answer')} in {_spent(hours * 60)} · {row}",
        spans=tuple(
            _span(name, days, done, material, found.days_left) for name, days in SPANS.items()
        ),
        ages=tuple(map(as_bin, retention_by_age(material))),
        bins=tuple(map(as_bin, found.calibration.bins)),
        calibration=_calibration(found.calibration),
    )


def _calibration(found: Calibration) -> str:
    if found.log_loss is None or found.baseline is None:
        return found.verdict
    return (
        f"{found.verdict} Log loss {found.log_loss:.3f}, of a moving average {found.baseline:.3f}."
    )


def _spent(minutes: float) -> str:
    return duration(round(minutes * 60_000))


def _span(
    name: str, days: int, done: Mapping[int, DayDone], material: Material, days_left: int
) -> Span:
    first = material.today - days + 1
    chosen = [each for day, each in done.items() if day >= first]
    answers = sum(each.answers for each in chosen)
    minutes = sum(each.minutes for each in chosen)
    # With an interview ahead the outlook ends on its day.
    until = min(days, days_left) if days_left else days
    ahead = forecast(material, material.today + until)
    due, minutes_ahead = sum(day.due for day in ahead), sum(day.minutes for day in ahead)
    end = date_of(material.today + until)
    return Span(
        name,
        _heat(done, first, material.today),
        f"{counted(answers, 'answer')} on {counted(len(chosen), 'day')}, {_spent(minutes)}",
        tuple(Day(_short(date_of(day.study_day)), day.due, round(day.minutes)) for day in ahead),
        f"{due:,} due until {_short(end)}, about {_spent(minutes_ahead)}, new cards apart",
    )


def _short(day: datetime) -> str:
    return f"{day.day} {day:%b}"


def _heat(done: Mapping[int, DayDone], first: int, today: int) -> HeatMap:
    monday = first - date_of(first).weekday()
    weeks = (today - monday) // DAYS_IN_WEEK + 1
    most = max((each.answers for day, each in done.items() if day >= first), default=0)
    key = tuple(max(level + 1, -(-most * level // (LEVELS - 1))) for level in range(LEVELS - 1))
    key = (1, *key[1:])
    return HeatMap(
        tuple(
            tuple(
                _heat_level(done, monday + week * DAYS_IN_WEEK + weekday, first, today, key)
                for week in range(weeks)
            )
            for weekday in range(DAYS_IN_WEEK)
        ),
        _months(monday, weeks),
        key,
    )


def _heat_level(
    done: Mapping[int, DayDone], day: int, first: int, today: int, key: Sequence[int]
) -> int | None:
    if not first <= day <= today:
        return None
    answers = done[day].answers if day in done else 0
    return sum(answers >= least for least in key)


def _months(monday: int, weeks: int) -> tuple[str, ...]:
    names, before = [], 0
    for week in range(weeks):
        # The week bears the month of its Sunday, so that the 1st lies in the column named.
        month = date_of(monday + week * DAYS_IN_WEEK) + timedelta(days=DAYS_IN_WEEK - 1)
        names.append(f"{month:%b}" if month.month != before else "")
        before = month.month
    return tuple(names)
