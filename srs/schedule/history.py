"""A card's standing, rebuilt from its review log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from srs.schedule.memory import replay
from srs.schedule.model import (
    CardHistory,
    CardState,
    EventKind,
    LoggedEvent,
    LoggedReview,
    Rating,
    State,
)


def fold(
    reviews: Sequence[LoggedReview], events: Sequence[LoggedEvent], weights: Sequence[float]
) -> CardHistory:
    """Return what follows from a card's unvoided rows, in whatever order they come.

    Rows are taken by (milliseconds, uid). Stability and difficulty are replayed under `weights`
    over the scheduled answers since the last reset; state, step and due are those of the newest
    of them, so new weights move no due date. A leech answer suspends the card; the newest of
    suspension, its end and leech answer counts. A reset makes the card new; it neither ends a
    suspension or bury nor takes a flag away.
    """
    rows: list[LoggedReview | LoggedEvent] = sorted(
        [*reviews, *events], key=lambda row: (row.ms, row.uid)
    )
    standing = _Standing()
    for row in rows:
        if isinstance(row, LoggedReview):
            standing.take_review(row)
        else:
            standing.take_event(row)
    return CardHistory(
        card=_card(standing.answers, weights),
        suspended=standing.suspended,
        buried_until=standing.buried_until,
        flag=standing.flag,
        leech=standing.leech,
    )


@dataclass(slots=True)
class _Standing:
    """What the rows read so far amount to; `answers` are the scheduled ones since the reset."""

    answers: list[LoggedReview] = field(default_factory=list)
    suspended: bool = False
    buried_until: int | None = None
    flag: str | None = None
    leech: bool = False

    def take_review(self, row: LoggedReview) -> None:
        if row.scheduled:
            self.answers.append(row)
        if row.leech:
            self.leech = self.suspended = True

    def take_event(self, row: LoggedEvent) -> None:
        match row.kind:
            case EventKind.SUSPEND:
                self.suspended = True
            case EventKind.UNSUSPEND:
                self.suspended = False
            case EventKind.BURY:
                self.buried_until = row.until_day
            case EventKind.UNBURY:
                self.buried_until = None
            case EventKind.FLAG:
                self.flag = row.text
            case EventKind.UNFLAG:
                self.flag = None
            case EventKind.RESET:
                self.answers.clear()
                self.leech = False
            case EventKind.VOID:
                pass  # the row it takes back is not among those given


def _card(answers: Sequence[LoggedReview], weights: Sequence[float]) -> CardState:
    memory = replay(((row.rating, row.fsrs_day) for row in answers), weights)
    if memory is None:
        return CardState()
    newest = answers[-1]
    return CardState(
        state=newest.state,
        step=newest.step,
        stability=memory[0],
        difficulty=memory[1],
        fsrs_day=newest.fsrs_day,
        answered_ms=newest.ms,
        due_day=newest.due_day,
        due_ms=newest.due_ms,
        reps=len(answers),
        lapses=_lapses(answers),
    )


def _lapses(answers: Sequence[LoggedReview]) -> int:
    """Return how many answers were Again to a card that stood in review."""
    return sum(
        before.state is State.REVIEW and after.rating is Rating.AGAIN
        for before, after in pairwise(answers)
    )
