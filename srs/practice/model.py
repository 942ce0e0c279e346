"""What a sitting shows its faces; they print it and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from srs.deck.model import ExpectedNumber, Kind
from srs.schedule.model import Rating


@dataclass(frozen=True, slots=True)
class Button:
    """A rating and the interval it would give, such as Good and `6d`."""

    rating: Rating
    label: str
    interval: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The card that is being asked, as Markdown.

    `expected` is the text to type when the card is answered by typing, `number` what a drill comes
    to with the numbers that `seed` drew. `folder` is where the
    deck's pictures are looked for. `file` is None when the text no longer stands in a file.
    `flag` is the person's note on a bad card, None when it is not flagged.
    """

    card_id: int
    deck: str
    topic: str
    kind: Kind
    question: str
    answer: str
    hints: tuple[str, ...]
    source: str | None
    expected: str | None
    is_new: bool
    flag: str | None
    folder: Path | None
    file: Path | None
    line: int
    buttons: tuple[Button, Button, Button, Button]
    number: ExpectedNumber | None = None
    seed: int | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the card is answered by typing."""
        return self.expected is not None or self.number is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sitting is: cards answered, cards left by sort, milliseconds spent."""

    answered: int
    new: int
    learning: int
    review: int
    elapsed_ms: int

    @property
    def left(self) -> int:
        """The cards still to come, as far as is known."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why no card is asked: when the next one is due, and what could be learnt instead.

    `next_due_ms` is None when nothing is scheduled at all. `new_beyond_limit` counts unseen cards
    that today's limit holds back. `stopped` says that the sitting's own limit ended it. `plan`
    says how the plan toward the interview stands, a sentence each.
    """

    next_due_ms: int | None
    next_due: str | None
    new_beyond_limit: int
    stopped: bool
    plan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicResult:
    """How one topic went in a sitting."""

    topic: str
    answered: int
    again: int


@dataclass(frozen=True, slots=True)
class MissedCard:
    """A card that was answered Again, by its question."""

    topic: str
    question: str
    again: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sitting did, for its closing screen."""

    answered: int
    cards: int
    elapsed_ms: int
    again: int
    hard: int
    good: int
    easy: int
    new: int
    topics: tuple[TopicResult, ...]
    missed: tuple[MissedCard, ...]
    leeches: tuple[str, ...]
    next_due_ms: int | None
    next_due: str | None


@dataclass(frozen=True, slots=True)
class TopicDue:
    """The cards due today in one topic."""

    topic: str
    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home screen says.

    `topics` are the top-level ones. `next_due` is a phrase such as `18:40` or `tomorrow`.
    `minutes` estimates the time for today's cards, from the person's own pace once there is one.
    `interview_days` counts days to the interview, None when no date is set; it is negative when
    the date has passed. `plan` says how the plan toward it stands, a sentence each.
    Stories to rehearse are counted apart from the cards: those due, and those never rehearsed.
    """

    today: str
    new: int
    learning: int
    review: int
    minutes: int
    topics: tuple[TopicDue, ...]
    next_due_ms: int | None
    next_due: str | None
    new_beyond_limit: int
    cards: int
    seen: int
    answered_today: int
    streak_days: int
    week: tuple[bool, ...]
    interview_days: int | None
    interview_date: str | None
    plan: tuple[str, ...] = ()
    stories_due: int = 0
    stories_new: int = 0

    @property
    def due(self) -> int:
        """Cards that a sitting would ask now."""
        return self.new + self.learning + self.review
