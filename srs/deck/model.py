"""The values a deck file is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a note asks for."""

    BASIC = "basic"
    CLOZE = "cloze"
    STORY = "story"
    DRILL = "drill"


class Severity(StrEnum):
    """Whether a problem stops the import of its file."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a deck file: where, a stable code, and what to write instead.

    Lines and columns count from 1.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = Severity.ERROR


DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Story:
    """What a prompt to speak about carries beside its front and back.

    `kind` is one of the four kinds of story, or `DESIGN` for a system to be designed, whose
    `rubric` is the checklist of that design.
    """

    kind: str | None = None
    minutes: float | None = None
    rubric: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """A drill variable drawn from a list."""

    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A drill variable drawn from minimum, minimum + step, … up to maximum."""

    minimum: float
    maximum: float
    step: float


@dataclass(frozen=True, slots=True)
class Drill:
    """A numeric question: its variables, the expression of the answer, the tolerance.

    A constant is `Choices` of one value. `tolerance` is a fraction of the answer (0.1 is 10 %).
    `unit` is what the answer counts or is measured in, such as `GB`, None for a bare number.
    """

    variables: Mapping[str, Choices | Range]
    answer: str
    tolerance: float
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedNumber:
    """The answer to a drill: in `unit` (None: a bare number), right within a fraction of it."""

    value: float
    tolerance: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a note that is neither the front nor a deletion, as Markdown.

    Notes of other programs can ask for anything that is made of their fields; `name` tells the
    asks of one note apart and stays when their texts change.
    """

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where another program's schedule stood with a card, for a card that begins here.

    `card` is the card's key (`srs.deck.cards.card_keys`). Days count from 1970-01-01: `due_day` is
    the day the card is due, `interval_days` the length of the interval that ends there. `ease` is
    the factor by which a Good answer would lengthen it (2.5 in SM-2), `stability` (days) and
    `difficulty` (1 to 10) are FSRS's, where the other program used it.
    """

    card: str
    due_day: int
    interval_days: int
    ease: float | None = None
    stability: float | None = None
    difficulty: float | None = None


# Nothing changes a note, but a class that says so takes four times as long to make one, and a
# large import makes a hundred thousand.
@dataclass(slots=True, unsafe_hash=True)
class Note:
    """One entry of a deck, as Markdown.

    `front` is the question; of a cloze it is the whole text with its `[deletions]`.
    `back` is the answer without hints and without the source paragraph; of a cloze it is what is
    told with every answer.
    `topic` is the full path, such as `serving/batching`.
    `line` is the line of the marker or heading, from 1.
    `tags` are the other program's, as it writes them. A note with `asks` has one card for each of
    them and no other. `starts` are no part of what the note says: a change in them is no edit.
    """

    kind: Kind
    front: str
    back: str
    topic: str
    line: int
    hints: tuple[str, ...] = ()
    source: str | None = None
    explicit_id: str | None = None
    reverse: bool = False
    type_in: bool = False
    side: str | None = None
    judgement: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    story: Story | None = None
    drill: Drill | None = None
    tags: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck file: its name, its notes in order, and the sections that were no cards."""

    name: str
    topic: str
    notes: tuple[Note, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: the deck, unless an error makes it unusable, and the problems.

    `format` is the name of the dialect that the file was read in (`srs.deck.dialects.formats`),
    empty where the text could not be had; `sign` says in words what it was recognised by, empty
    where it was not recognised but given.
    """

    deck: Deck | None
    problems: tuple[Problem, ...] = field(default=())
    format: str = ""
    sign: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the file from being imported."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)
