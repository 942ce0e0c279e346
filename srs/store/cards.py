"""Looking cards up: the one a sitting asks, and lists of those that want attention."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, bindparam, or_, select

from srs.deck.codec import decode
from srs.deck.model import Kind, Note
from srs.schedule.model import CardState
from srs.store.history import STATE_COLUMNS, card_state
from srs.store.tables import cards, decks, notes, topics


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card with its note, its place and its scheduling state."""

    id: int
    uid: bytes
    note_id: int
    topic_id: int
    sibling: str
    revision: int
    askable: bool
    flag: str | None
    leech: bool
    state: CardState
    note: Note
    topic: str
    deck: str
    deck_path: str


class Filter(StrEnum):
    """Which cards want attention."""

    SUSPENDED = "suspended"
    FLAGGED = "flagged"
    LEECH = "leech"


@dataclass(frozen=True, slots=True)
class ListedCard:
    """A card in a list."""

    id: int
    topic: str
    deck_path: str
    line: int
    front: str
    suspended: bool
    leech: bool
    flag: str | None
    lapses: int


# Built once: building it takes several times as long as SQLite takes to run it.
_WHOLE_CARD = (
    select(
        cards.c.id,
        cards.c.uid,
        cards.c.note_id,
        cards.c.topic_id,
        cards.c.sibling,
        cards.c.revision,
        cards.c.suspended,
        cards.c.retired,
        cards.c.flag,
        cards.c.leech,
        *STATE_COLUMNS,
        notes.c.kind,
        notes.c.front,
        notes.c.back,
        notes.c.line,
        notes.c.details,
        topics.c.path.label("topic"),
        decks.c.name.label("deck"),
        decks.c.path.label("deck_path"),
    )
    .join(notes, notes.c.id == cards.c.note_id)
    .join(topics, topics.c.id == cards.c.topic_id)
    .join(decks, decks.c.id == cards.c.deck_id)
    .where(cards.c.id == bindparam("card"))
)


def fetch(connection: Connection, card_id: int) -> StoredCard | None:
    """Return a card, None when there is none of that id."""
    row = connection.execute(_WHOLE_CARD, {"card": card_id}).first()
    if row is None:
        return None
    note = decode(
        json.loads(row.details),
        kind=Kind(row.kind),
        front=row.front,
        back=row.back,
        topic=row.topic,
        line=row.line,
    )
    return StoredCard(
        row.id,
        row.uid,
        row.note_id,
        row.topic_id,
        row.sibling,
        row.revision,
        not (row.suspended or row.retired),
        row.flag,
        row.leech,
        card_state(row),
        note,
        row.topic,
        row.deck,
        row.deck_path,
    )


def listed(
    connection: Connection, filters: Iterable[Filter] = (), ids: Iterable[int] = ()
) -> list[ListedCard]:
    """Return the living cards that any of the filters holds for, or those of the ids, by topic."""
    wanted = {
        Filter.SUSPENDED: cards.c.suspended,
        Filter.FLAGGED: cards.c.flag.is_not(None),
        Filter.LEECH: cards.c.leech,
    }
    condition = or_(cards.c.id.in_(list(ids)), *(wanted[each] for each in filters))
    rows = connection.execute(
        select(
            cards.c.id,
            topics.c.path,
            decks.c.path.label("deck_path"),
            notes.c.line,
            notes.c.front,
            cards.c.suspended,
            cards.c.leech,
            cards.c.flag,
            cards.c.lapses,
        )
        .join(notes, notes.c.id == cards.c.note_id)
        .join(topics, topics.c.id == cards.c.topic_id)
        .join(decks, decks.c.id == cards.c.deck_id)
        .where(condition, ~cards.c.retired)
        .order_by(topics.c.path, cards.c.deck_id, cards.c.position)
    )
    return [ListedCard(*row) for row in rows]
