"""The decks of the collection: listing them, and leaving one out for a while."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from sqlalchemy import func, select, update

from srs.errors import SrsError
from srs.store.collection import Collection
from srs.store.tables import cards, decks


class UnknownDeckError(SrsError):
    """No deck has the name that was given."""


@dataclass(frozen=True, slots=True)
class ListedDeck:
    """A deck in a list, with its living cards and how many of them were ever asked."""

    name: str
    path: str
    enabled: bool
    cards: int
    seen: int


def listed(collection: Collection) -> list[ListedDeck]:
    """Return the decks that have cards, by name."""
    with collection.reading() as connection:
        rows = connection.execute(
            select(
                decks.c.name,
                decks.c.path,
                decks.c.enabled,
                func.count().label("cards"),
                func.count().filter(cards.c.state != 0).label("seen"),
            )
            .join(cards, cards.c.deck_id == decks.c.id)
            .where(~decks.c.retired, ~cards.c.retired)
            .group_by(decks.c.id)
            .order_by(decks.c.name, decks.c.path)
        )
        return [ListedDeck(*row) for row in rows]


def set_enabled(collection: Collection, name: str, enabled: bool) -> str:
    """Leave a deck out of the queue, or take it in again; returns its full name.

    Raises UnknownDeckError, with the nearest names, when there is none of that name.
    """
    names = [deck.name for deck in listed(collection)]
    exact = next((n for n in names if n.casefold() == name.strip().casefold()), None)
    if exact is None:
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "srs decks lists them."
        raise UnknownDeckError(f"There is no deck {name!r}; {hint}")
    with collection.writing() as connection:
        connection.execute(update(decks).where(decks.c.name == exact).values(enabled=enabled))
    return exact
