"""What was done, by study day and by card, as columns for the statistics."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select, text

from srs.schedule.model import EventKind, Rating
from srs.store.tables import cards, events, reviews

# It goes by the index from one day to the next, where DISTINCT would read every answer.
_ACTIVE_DAYS = text(
    """
    WITH RECURSIVE active(day) AS (
        SELECT MAX(study_day) FROM review
        UNION ALL
        SELECT (SELECT MAX(study_day) FROM review WHERE study_day < day) FROM active
        WHERE day IS NOT NULL)
    SELECT day FROM active WHERE day IS NOT NULL
    """
)


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


def days(connection: Connection, since: int) -> list[Day]:
    """Return the study days with answers from `since` on, oldest first."""
    voids = events.alias()
    tested = reviews.c.predicted.is_not(None)
    rows = connection.execute(
        select(
            reviews.c.study_day,
            func.count(),
            func.sum(reviews.c.duration_ms),
            func.count().filter(tested),
            func.count().filter(tested & (reviews.c.rating != int(Rating.AGAIN))),
            func.coalesce(func.sum(reviews.c.predicted), 0.0),
        )
        .where(
            reviews.c.study_day >= since,
            ~exists().where(voids.c.target == reviews.c.uid, voids.c.kind == EventKind.VOID.value),
        )
        .group_by(reviews.c.study_day)
        .order_by(reviews.c.study_day)
    )
    return [Day(*row) for row in rows]


def active_days(connection: Connection) -> set[int]:
    """Return the study days that have answers."""
    return set(connection.execute(_ACTIVE_DAYS).scalars())


def answers_on(connection: Connection, study_day: int) -> int:
    """Count the answers of a study day."""
    return sum(day.answers for day in days(connection, study_day) if day.study_day == study_day)


def recent_pace_ms(connection: Connection, answers: int = 300) -> float | None:
    """Return the mean milliseconds of the newest answers, None when there are none."""
    newest = select(reviews.c.duration_ms).order_by(reviews.c.id.desc()).limit(answers).subquery()
    mean = connection.execute(select(func.avg(newest.c.duration_ms))).scalar()
    return None if mean is None else float(mean)


def card_counts(connection: Connection) -> CardCounts:
    """Count the living cards."""
    state = cards.c.state
    row = connection.execute(
        select(
            func.count(),
            func.count().filter(state == 0),
            func.count().filter(state.in_((1, 3))),
            func.count().filter(state == 2),
            func.count().filter(cards.c.suspended),
            func.count().filter(cards.c.leech),
            func.count().filter(cards.c.flag.is_not(None)),
        ).where(~cards.c.retired)
    ).one()
    return CardCounts(*row)
