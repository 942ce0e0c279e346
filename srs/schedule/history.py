"""A card's standing, rebuilt from its review log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from srs.schedule.beginning import Beginning
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
    over the scheduled answers since the last reset, or from the last start on; state, step and due
    are those of the newest of them, so new weights move no due date. A leech answer suspends the
    card; the newest of suspension, its end and leech answer counts. A reset makes the card new; it
    neither ends a suspension or bury nor takes a flag away.
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
        card=_card(standing.answers, standing.beginning, weights),
        suspended=standing.suspended,
        buried_until=standing.buried_until,
        flag=standing.flag,
        leech=standing.leech,
    )


@dataclass(slots=True)
class _Standing:
    """What the rows read so far amount to; `answers` are the scheduled ones since the beginning."""

    answers: list[LoggedReview] = field(default_factory=list)
    beginning: Beginning | None = None
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
                self.beginning = None
                self.leech = False
            case EventKind.START:
                self.answers.clear()
                self.beginning = Beginning.from_text(row.text)
            case EventKind.VOID:
                pass  # the row it takes back is not among those given


def _card(
    answers: Sequence[LoggedReview], beginning: Beginning | None, weights: Sequence[float]
) -> CardState:
    if beginning is None:
        memory = replay(((row.rating, row.fsrs_day) for row in answers), weights)
    else:
        before = beginning.memory(weights)
        given = ((row.rating, row.fsrs_day) for row in answers)
        memory = replay(given, weights, before, beginning.day)
    if memory is None:
        return CardState()
    if not answers:
        assert beginning is not None
        return CardState(
            state=State.REVIEW,
            stability=memory[0],
            difficulty=memory[1],
            fsrs_day=beginning.day,
            due_day=beginning.due_day,
        )
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
        lapses=_lapses(answers, began_in_review=beginning is not None),
    )


def _lapses(answers: Sequence[LoggedReview], *, began_in_review: bool) -> int:
    """Return how many answers were Again to a card that stood in review."""
    first = began_in_review and answers[0].rating is Rating.AGAIN
    return first + sum(
        before.state is State.REVIEW and after.rating is Rating.AGAIN
        for before, after in pairwise(answers)
    )
