"""Looking cards up: the one a sitting asks, and lists of those that want attention."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from srs.deck.codec import decode
from srs.deck.model import Kind, Note
from srs.schedule.model import CardState, Rating, ReviewKind
from srs.store.collection import first
from srs.store.history import STATE_COLUMNS, card_state
from srs.store.queue import NOT_VOIDED, Execute

CARD = f"""
SELECT card.id, card.uid, card.note_id, card.topic_id, sibling, revision, suspended, card.retired,
    flag, leech, kind, front, back, line, details, topic.path, deck.name, deck.path, {STATE_COLUMNS}
FROM card JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
JOIN deck ON deck.id = card.deck_id WHERE card.id = :card_id
"""
ANSWERS = f"""
SELECT ms, rating, duration_ms, kind, scheduled FROM review
WHERE card_id = :card_id AND {NOT_VOIDED.format("review")} ORDER BY ms DESC, uid DESC LIMIT :most
"""
LISTED = """
SELECT card.id, topic.path, deck.path, line, front, suspended, leech, flag, lapses
FROM card JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
JOIN deck ON deck.id = card.deck_id WHERE NOT card.retired AND ({conditions})
ORDER BY topic.path, card.deck_id, position
"""


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card with its note, its place and its scheduling state."""

    id: int
    uid: bytes
    note_id: int
    topic_id: int
    sibling: str
    revision: int
    suspended: bool
    retired: bool
    flag: str | None
    leech: bool
    state: CardState
    note: Note
    topic: str
    deck: str
    deck_path: str

    @property
    def askable(self) -> bool:
        """Whether a sitting may ask it."""
        return not (self.suspended or self.retired)


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One unvoided answer to a card, in whatever kind of sitting."""

    ms: int
    rating: Rating
    duration_ms: int
    kind: ReviewKind
    scheduled: bool


class Filter(StrEnum):
    """Which cards want attention."""

    SUSPENDED = "suspended"
    FLAGGED = "flagged"
    LEECH = "leech"


CONDITIONS = {
    Filter.SUSPENDED: "suspended",
    Filter.FLAGGED: "flag IS NOT NULL",
    Filter.LEECH: "leech",
}


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
def fetch(execute: Execute, card_id: int) -> StoredCard | None:
    """Return a card, None when there is none of that id."""
    row = first(execute(CARD, {"card_id": card_id}))
    if row is None:
        return None
    (id_, uid, note_id, topic_id, sibling, revision, suspended, retired, flag, leech) = row[:10]
    (kind, front, back, line, details, topic, deck, deck_path) = row[10:18]
    note = decode(
        json.loads(details), kind=Kind(kind), front=front, back=back, topic=topic, line=line
    )
    return StoredCard(
        id_,
        uid,
        note_id,
        topic_id,
        sibling,
        revision,
        bool(suspended),
        bool(retired),
        flag,
        bool(leech),
        card_state(row[18:]),
        note,
        topic,
        deck,
        deck_path,
    )


def answers(execute: Execute, card_id: int, most: int) -> list[PastAnswer]:
    """Return at most so many of a card's answers, the newest first."""
    return [
        PastAnswer(ms, Rating(rating), duration_ms, ReviewKind(kind), bool(scheduled))
        for ms, rating, duration_ms, kind, scheduled in execute(
            ANSWERS, {"card_id": card_id, "most": most}
        )
    ]


def listed(execute: Execute, filters: Iterable[Filter]) -> list[ListedCard]:
    """Return the living cards that any of the filters holds for, by topic."""
    conditions = " OR ".join(CONDITIONS[each] for each in filters)
    rows = execute(LISTED.format(conditions=conditions), {})
    return [
        ListedCard(id_, topic, deck_path, line, front, bool(suspended), bool(leech), flag, lapses)
        for id_, topic, deck_path, line, front, suspended, leech, flag, lapses in rows
    ]
