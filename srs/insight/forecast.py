"""What is to come, day by day, and what has been done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from srs.insight.calibration import Calibrated, wilson
from srs.insight.material import Material

AGES = (1, 2, 4, 8, 15, 31, 91)
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class DayAhead:
    """The cards due on a study day (today's hold what is overdue) and the minutes they take."""

    study_day: int
    due: int
    minutes: float


@dataclass(frozen=True, slots=True)
class DayDone:
    """The answers of a study day and the minutes they took."""

    answers: int
    minutes: float


def forecast(material: Material, on: int) -> tuple[DayAhead, ...]:
    """Return what falls due from today to the study day `on`, a year at most.

    It counts each card once, when it is due: later reviews and new cards come on top.
    """
    cards = material.cards
    due = material.seen & ~cards.suspended & ~np.isnan(cards.due_day)
    days = min(max(0, on - material.today), LONGEST_DAYS) + 1
    ahead = np.maximum(0, cards.due_day[due] - material.today).astype(np.int64)
    counts = np.bincount(ahead[ahead < days], minlength=days)
    pace = material.pace_ms / 60_000
    return tuple(
        DayAhead(material.today + day, int(count), float(count * pace))
        for day, count in enumerate(counts)
    )


def days_done(material: Material, days: int = LONGEST_DAYS) -> Mapping[int, DayDone]:
    """Return the study days with answers among the last so many, for a heat map."""
    rows = material.reviews
    back = material.today - rows.study_day
    recent = (back >= 0) & (back < days)
    back = back[recent]
    answers = np.bincount(back, minlength=days)
    minutes = np.bincount(back, rows.duration_ms[recent] / 60_000, days)
    return {
        material.today - int(day): DayDone(int(answers[day]), float(minutes[day]))
        for day in np.flatnonzero(answers)[::-1]
    }


def hours_spent(material: Material) -> float:
    """Return the hours of all answers."""
    return float(material.reviews.duration_ms.sum(dtype=np.int64)) / 3_600_000


def retention_by_age(material: Material) -> tuple[Calibrated, ...]:
    """Return recall, predicted and observed, by the days since the card's last answer."""
    rows, at = material.reviews, material.reviews.counted
    at = at[at > 0]
    at = at[rows.card[at] == rows.card[at - 1]]
    age = rows.fsrs_day[at] - rows.fsrs_day[at - 1]
    at, age = at[age > 0], age[age > 0]
    group = np.searchsorted(AGES, age, side="right") - 1
    reviews, right, predicted = (
        np.bincount(group, column, len(AGES))
        for column in (None, rows.rating[at] > 1, rows.predicted[at])
    )
    names = [str(low) if high - low == 1 else f"{low}–{high - 1}" for low, high in pairwise(AGES)]
    return tuple(
        Calibrated(name, int(n), float(p / n), float(r / n), *wilson(float(r), float(n)))
        for name, n, r, p in zip([*names, f"{AGES[-1]}+"], reviews, right, predicted, strict=True)
        if n
    )
