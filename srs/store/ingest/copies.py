"""Cards that stand word for word in two decks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from srs.deck.model import Problem, Severity
from srs.store import locations
from srs.store.tables import decks, notes


def copies_of_living(connection: Connection, paths: Sequence[str]) -> list[Problem]:
    """Warn of notes that stand word for word in a second deck too."""
    here, there = notes.alias(), notes.alias()
    other = decks.alias()
    found: list[Problem] = []
    for path in paths:
        rows = connection.execute(
            select(here.c.line, other.c.path)
            .join(decks, decks.c.id == here.c.deck_id)
            .join(there, there.c.text_hash == here.c.text_hash)
            .join(other, other.c.id == there.c.deck_id)
            .where(
                decks.c.path == path,
                there.c.deck_id != here.c.deck_id,
                ~here.c.retired,
                ~there.c.retired,
            )
            .order_by(here.c.line)
        )
        for row in rows:
            found.append(
                Problem(
                    str(locations.deck_file(path)),
                    row.line,
                    1,
                    "duplicate-card",
                    f"the same card stands in {locations.deck_file(row.path)} and both are asked; "
                    "delete one of them",
                    Severity.WARNING,
                )
            )
    return found
