"""What was done, by study day and by card, as columns for the statistics."""

from __future__ import annotations

from dataclasses import dataclass

from srs.store.queue import NOT_VOIDED, Execute

# It goes by the index from one day to the next, where DISTINCT would read every answer.
ACTIVE_DAYS = """
WITH RECURSIVE active(day) AS (
    SELECT MAX(study_day) FROM review
    UNION ALL
    SELECT (SELECT MAX(study_day) FROM review WHERE study_day < day) FROM active
    WHERE day IS NOT NULL)
SELECT day FROM active WHERE day IS NOT NULL
"""
DAYS = f"""
SELECT study_day, COUNT(*), SUM(duration_ms), COUNT(predicted),
    SUM(CASE WHEN predicted IS NOT NULL AND rating > 1 THEN 1 ELSE 0 END),
    COALESCE(SUM(predicted), 0.0)
FROM review r WHERE study_day >= :since AND {NOT_VOIDED.format("r")}
GROUP BY study_day ORDER BY study_day
"""
CARD_COUNTS = """
SELECT COUNT(*), COUNT(CASE WHEN state = 0 THEN 1 END), COUNT(CASE WHEN state IN (1, 3) THEN 1 END),
    COUNT(CASE WHEN state = 2 THEN 1 END), COUNT(CASE WHEN suspended THEN 1 END),
    COUNT(CASE WHEN leech THEN 1 END), COUNT(flag)
FROM card WHERE NOT retired
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The answers of one study day. `expected` sums the recall predicted for the `tested` ones.

    Tested are answers at least one FSRS day after the card's last; `recalled` of them were passes.
    """

    study_day: int
    answers: int
    duration_ms: int
    tested: int
    recalled: int
    expected: float


@dataclass(frozen=True, slots=True)
class CardCounts:
    """Living cards by where they stand."""

    total: int
    new: int
    learning: int
    review: int
    suspended: int
    leeches: int
    flagged: int


def days(execute: Execute, since: int) -> list[Day]:
    """Return the study days with answers from `since` on, oldest first."""
    return [Day(*row) for row in execute(DAYS, {"since": since})]


def active_days(execute: Execute) -> set[int]:
    """Return the study days that have answers."""
    return {day for (day,) in execute(ACTIVE_DAYS, {})}


def answers_on(execute: Execute, study_day: int) -> int:
    """Count the answers of a study day."""
    return sum(day.answers for day in days(execute, study_day) if day.study_day == study_day)


def card_counts(execute: Execute) -> CardCounts:
    """Count the living cards."""
    return CardCounts(*next(iter(execute(CARD_COUNTS, {}))))
