"""Decks that come out of other programs' files, with what was learned of their cards there.

`srs.exchange` reads such files into these values; an import takes them like deck files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.model import Deck, Problem, Severity, Start
from srs.schedule.model import Rating, State


@dataclass(frozen=True, slots=True)
class PastReview:
    """An answer given in another program: epoch milliseconds, rating, length.

    `wait_s` is the wait until the card was to be asked again, in seconds; where the other program
    does not tell, it is what this one would have given. `state` is what the answer led to, None
    where only the wait tells. `scheduled` is false for an answer that
    moved no schedule there, such as one of a cram.
    """

    ms: int
    rating: Rating
    duration_ms: int
    wait_s: int | None = None
    state: State | None = None
    scheduled: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """Where scheduling stood with a card: what `srs.schedule.model.CardState` says of the same.

    `step` is the learning step it waits in, from 0. Of a new card nothing else is said.
    """

    state: State = State.NEW
    step: int | None = None
    due_day: int | None = None
    due_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What another program knew of one card.

    `name` tells the card apart from all others of that program for good, whatever its text: by
    it an answer that came in before is known again. `reviews` are oldest first. `resets` are the
    instants at which the card was made new again. `start` stands for what was learned before the
    first review that is known, or (`start_ms` says when) before a later one. `standing` is None
    where only the reviews tell. `buried_until` is the first day on which the card is asked again.
    """

    name: str
    reviews: tuple[PastReview, ...] = ()
    resets: tuple[int, ...] = ()
    start: Start | None = None
    start_ms: int | None = None
    standing: Standing | None = None
    suspended: bool = False
    buried_until: int | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignDeck:
    """One deck of a file. `pasts` goes by (explicit id of the note, key of the card)."""

    deck: Deck
    pasts: Mapping[tuple[str, str], Past] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """What reading one file of another program gave; `format` is the name of what it is.

    A file with an error has no decks. `program` is the name under which its reviews are logged.
    `media` maps a file name as the notes refer to it to where its bytes are in the file.
    """

    path: Path
    format: str
    decks: tuple[ForeignDeck, ...] = ()
    problems: tuple[Problem, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)
    program: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the file from being imported."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    def pasts(self) -> Iterator[tuple[str, tuple[str, str], Past]]:
        """Yield the name of the deck, the note's id with the card's key, and what was learned."""
        for each in self.decks:
            for key, past in each.pasts.items():
                yield each.deck.name, key, past
