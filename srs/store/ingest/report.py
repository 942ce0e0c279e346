"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from srs.deck.model import Note, Problem


class Change(StrEnum):
    """What became of a card."""

    ADDED = "added"
    UPDATED = "updated"
    MOVED = "moved"
    RETIRED = "retired"
    REVIVED = "revived"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one note: its cards, its text before and after, its deck file.

    `reason` says why a note is taken for the old one: `same id`, `same text`, `same front`, or
    `alike 0.87`. It is None for a note that is new or retired. `number` is the decision's in the
    collection, by which it can be taken back; None where there is nothing to take back.
    """

    change: Change
    cards: int
    file: str
    line: int
    before: str | None
    after: str | None
    before_back: str | None = None
    after_back: str | None = None
    reason: str | None = None
    number: int | None = None


# A note that is new: its deck file, the note, the number of its cards.
Begun = tuple[str, Note, int]
# An old note's id and the hash of a new note's text.
Pair = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new note that is nearly sure to be an old one reworded; it was taken for new.

    `score` is their likeness, from 0 to 1; `before` and `after` are front and back. `pair` names
    the two in `Options.same`. `number` is the decision's, as in `Decision`.
    """

    file: str
    line: int
    score: float
    before: tuple[str, str]
    after: tuple[str, str]
    pair: Pair
    number: int | None = None


@dataclass(slots=True)
class ImportReport:
    """The outcome of an import. Counts are of cards, except `files` and `skipped` sections.

    `reviews` counts the answers that came with cards of other programs.

    `formats` says how many of the files that were read are in which dialect; a file that did not
    change is not read. `left_out` are the files and folders that an import with `keep_going` went
    on without. `stored` tells whether the collection is as the report says.

    `decided` holds the `decisions`, the new notes among them as they are: of a large import they
    are a great many, and few people look at them.
    """

    files: int = 0
    added: int = 0
    updated: int = 0
    moved: int = 0
    retired: int = 0
    revived: int = 0
    unchanged: int = 0
    skipped: int = 0
    reviews: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    decided: list[Decision | Begun] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    stored: bool = False

    def recognised(self, format_name: str) -> None:
        """Count a file of a dialect; one whose text could not be had has none."""
        if format_name:
            self.formats[format_name] += 1

    def count(self, change: Change, cards: int) -> None:
        """Add cards to the count of a change."""
        setattr(self, change.value, getattr(self, change.value) + cards)

    def decide(self, decision: Decision) -> None:
        """Count a decision, and keep it for the person unless nothing changed."""
        self.count(decision.change, decision.cards)
        if decision.change is not Change.UNCHANGED:
            self.decided.append(decision)

    def begin(self, file: str, note: Note, cards: int) -> None:
        """Count a new note's cards, and keep it for the person."""
        self.added += cards
        self.decided.append((file, note, cards))

    def add(self, other: ImportReport) -> None:
        """Add what another import did."""
        stored = self.stored or other.stored
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.stored = stored

    @property
    def decisions(self) -> list[Decision]:
        """What was decided about each note that is not as it was, in order."""
        return [each if isinstance(each, Decision) else _of_new(*each) for each in self.decided]

    @property
    def changes(self) -> int:
        """The cards that are not as they were."""
        return self.added + self.updated + self.moved + self.retired + self.revived

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command contract's JSON object."""
        shown = asdict(replace(self, decided=[], doubtful=[]))
        del shown["decided"], shown["stored"]
        shown["doubtful"] = len(self.doubtful)
        shown["formats"] = dict(sorted(self.formats.items()))
        return shown


def _of_new(file: str, note: Note, cards: int) -> Decision:
    return Decision(Change.ADDED, cards, file, note.line, None, note.front, after_back=note.back)
