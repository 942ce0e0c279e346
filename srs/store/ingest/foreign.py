"""Decks that come out of other programs' files, with what was learned of their cards there.

`srs.exchange` reads such files into these values; an import takes them like deck files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.model import Deck, Problem
from srs.schedule.model import Rating


@dataclass(frozen=True, slots=True)
class PastReview:
    """An answer given in another program: epoch milliseconds, rating, length.

    `scheduled` is false for an answer that moved no schedule there, such as one of a cram.
    """

    ms: int
    rating: Rating
    duration_ms: int
    scheduled: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """What another program knew of one card: its answers, oldest first, and its standing.

    `due_day` counts from 1970-01-01 and is None for a card that was new or in a learning step.
    """

    reviews: tuple[PastReview, ...] = ()
    due_day: int | None = None
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

    A file with an error has no decks. `media` maps a file name as the notes refer to it to its
    bytes' place in the file, `None` where the file does not hold it.
    """

    path: Path
    format: str
    decks: tuple[ForeignDeck, ...] = ()
    problems: tuple[Problem, ...] = ()
    media: Mapping[str, str | None] = field(default_factory=dict)
