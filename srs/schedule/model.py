"""The values that scheduling works on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from srs.schedule.clock import Moment as Moment


class Rating(IntEnum):
    """How an answer went. Hard is a pass."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a card stands; the numbers of the last three are FSRS's own."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class ReviewKind(StrEnum):
    """The practice an answer was given in."""

    REVIEW = "review"
    FOCUS = "focus"
    REHEARSAL = "rehearsal"
    DRILL = "drill"
    MOCK = "mock"


class EventKind(StrEnum):
    """What the log records beside answers. `VOID` takes back one earlier row.

    `START` says where another program's schedule stood, and learning goes on from there.
    """

    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    UNBURY = "unbury"
    FLAG = "flag"
    UNFLAG = "unflag"
    RESET = "reset"
    START = "start"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class CardState:
    """A card's scheduling state, a cache of its review log.

    `stability` is in days, `difficulty` from 1 to 10; both are None while the card is new.
    `fsrs_day` is the FSRS day of the last scheduled answer and `answered_ms` its instant.
    `due_day` is the study day on which the card is due; `due_ms` the instant, set only while a
    learning step shorter than a day runs.
    """

    state: State = State.NEW
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    fsrs_day: int | None = None
    answered_ms: int | None = None
    due_day: int | None = None
    due_ms: int | None = None
    reps: int = 0
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class LoggedReview:
    """An unvoided answer as the review log holds it, with the state it led to."""

    uid: bytes
    ms: int
    fsrs_day: int
    rating: Rating
    scheduled: bool
    state: State
    step: int | None
    due_day: int | None
    due_ms: int | None
    leech: bool


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An unvoided event as the log holds it.

    `until_day` belongs to a bury: the first study day on which the card may be asked again.
    `text` belongs to a flag, whose note of the person it is, and to a start
    (`srs.schedule.beginning`).
    """

    uid: bytes
    ms: int
    kind: EventKind
    until_day: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardHistory:
    """Everything that follows from a card's unvoided log rows."""

    card: CardState
    suspended: bool = False
    buried_until: int | None = None
    flag: str | None = None
    leech: bool = False
