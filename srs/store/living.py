"""What is asked: the living decks with their notes and cards, a deck at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from srs.deck.codec import decode
from srs.deck.model import Kind, Note
from srs.schedule.model import CardState, LoggedEvent, LoggedReview
from srs.store.history import (
    EVENTS,
    REVIEWS,
    STATE_COLUMNS,
    card_state,
    logged_event,
    logged_review,
)
from srs.store.queue import Execute, Scope

OF_DECK = " AND card_id IN (SELECT id FROM card WHERE deck_id = :of_deck AND NOT retired)"
DURATIONS = f"SELECT uid, duration_ms FROM review WHERE TRUE{OF_DECK}"
DECKS = """
SELECT id, uid, name, path FROM deck
WHERE id IN (SELECT deck_id FROM card WHERE NOT retired{scope}) ORDER BY name, path
"""
CARDS = f"""
SELECT note.id, note.uid, kind, front, back, details, line, topic.path,
    card.id, card.uid, sibling, suspended, buried_until, flag, leech, {STATE_COLUMNS}
FROM card JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
WHERE card.id IN (SELECT id FROM card WHERE deck_id = :of_deck AND NOT retired{{scope}})
ORDER BY position, card.id
"""


@dataclass(frozen=True, slots=True)
class LivingCard:
    """A card that is asked, and where it stands; `key` names it among its note's."""

    id: int
    uid: bytes
    key: str
    state: CardState
    suspended: bool
    buried_until: int | None
    flag: str | None
    leech: bool


@dataclass(frozen=True, slots=True)
class LivingNote:
    """A note with those of its cards that are asked, in order."""

    uid: bytes
    note: Note
    cards: tuple[LivingCard, ...]


@dataclass(frozen=True, slots=True)
class LivingDeck:
    """A deck and its notes in order. `path` is as the collection stores it."""

    id: int
    uid: bytes
    name: str
    path: str
    notes: tuple[LivingNote, ...]


def living_decks(execute: Execute, scope: Scope | None = None) -> Iterator[LivingDeck]:
    """Yield the decks that have cards in a scope, by name, with their cards of that scope."""
    scope = scope or Scope()
    rows = list(execute(DECKS.format(scope=scope.condition), scope.parameters))
    for id_, uid, name, path in rows:
        notes = _notes(execute, id_, scope)
        yield LivingDeck(id_, uid, name, path, tuple(notes))


def logs_of(
    execute: Execute, deck_id: int
) -> Iterator[tuple[int, list[LoggedReview | LoggedEvent], dict[bytes, int]]]:
    """Yield the cards of a deck that have a log: its unvoided rows, oldest first.

    With them come the milliseconds that each answer took, by its uid.
    """
    values = {"of_deck": deck_id}
    durations = dict(execute(DURATIONS, values))
    logs: dict[int, list[LoggedReview | LoggedEvent]] = {}
    for row in execute(REVIEWS.format(of_card=OF_DECK), values):
        logs.setdefault(row[0], []).append(logged_review(row))
    for row in execute(EVENTS.format(of_card=OF_DECK), values):
        logs.setdefault(row[0], []).append(logged_event(row))
    for card_id, log in logs.items():
        yield card_id, sorted(log, key=lambda row: (row.ms, row.uid)), durations


def _notes(execute: Execute, deck_id: int, scope: Scope) -> Iterator[LivingNote]:
    values = {"of_deck": deck_id, **scope.parameters}
    rows = execute(CARDS.format(scope=scope.condition), values)
    for _, group in groupby(rows, key=lambda row: row[0]):
        found = list(group)
        uid, kind, front, back, details, line, topic = found[0][1:8]
        note = decode(
            json.loads(details), kind=Kind(kind), front=front, back=back, topic=topic, line=line
        )
        yield LivingNote(uid, note, tuple(_card(row[8:]) for row in found))


def _card(row: Sequence[Any]) -> LivingCard:
    id_, uid, key, suspended, buried_until, flag, leech = row[:7]
    state = card_state(row[7:])
    return LivingCard(id_, uid, key, state, bool(suspended), buried_until, flag, bool(leech))
