"""Cards that stand word for word in two decks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from srs.deck.model import Problem, Severity
from srs.store import locations
from srs.store.tables import decks, notes


def copies_of_living(connection: Connection, paths: Sequence[str]) -> list[Problem]:
    """Warn of notes that stand word for word in a second deck too."""
    here, there = notes.alias(), notes.alias()
    deck, other = decks.alias(), decks.alias()
    # The index alone tells which texts there are more than once.
    repeated = select(notes.c.text_hash).group_by(notes.c.text_hash).having(func.count() > 1)
    rows = connection.execute(
        select(deck.c.path, here.c.line, other.c.path.label("copy"))
        .join(deck, deck.c.id == here.c.deck_id)
        .join(there, there.c.text_hash == here.c.text_hash)
        .join(other, other.c.id == there.c.deck_id)
        .where(
            here.c.text_hash.in_(repeated),
            there.c.deck_id != here.c.deck_id,
            ~here.c.retired,
            ~there.c.retired,
        )
    )
    order = {path: place for place, path in enumerate(paths)}
    found = [row for row in rows if row.path in order]
    found.sort(key=lambda row: (order[row.path], row.line, row.copy))
    return [
        Problem(
            str(locations.deck_file(row.path)),
            row.line,
            1,
            "duplicate-card",
            f"the same card stands in {locations.deck_file(row.copy)} and both are asked; "
            "delete one of them",
            Severity.WARNING,
        )
        for row in found
    ]
