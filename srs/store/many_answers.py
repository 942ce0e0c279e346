"""Logging a great many answers at once, as if they had been given one after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from srs.schedule.days import fsrs_day
from srs.schedule.model import CardState, Moment, Rating, ReviewKind
from srs.store.collection import Collection, insert
from srs.store.history import rebuild
from srs.store.log import LONGEST_ANSWER_MS
from srs.store.queue import Execute

UNSEEN = """
SELECT card.id, card.uid, card.note_id, topic.path, note.details FROM card
JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
WHERE card.state = 0 AND NOT card.retired AND NOT card.suspended
    AND note.kind NOT IN ('story', 'drill')
ORDER BY card.id
"""


class UnseenCard(NamedTuple):
    """A card that was never asked; `side` is what its note says it trains, if it says so."""

    id: int
    uid: bytes
    note_id: int
    topic: str
    side: str | None


class Answered(NamedTuple):
    """An answer with the card's state before and after it."""

    card_id: int
    now: Moment
    rating: Rating
    duration_ms: int
    before: CardState
    after: CardState
    leech: bool


def unseen_cards(execute: Execute) -> list[UnseenCard]:
    """Return the living cards that were never asked, without stories and drills."""
    return [
        UnseenCard(id_, uid, note, topic, json.loads(details).get("side"))
        for id_, uid, note, topic, details in execute(UNSEEN, {})
    ]


def record_many(collection: Collection, answers: Sequence[Answered]) -> None:
    """Log answers in the order given and bring their cards in line; all, or nothing.

    The states must be what the collection's own scheduler gives, or the doctor will object.
    """
    uids = iter(collection.new_uids(len(answers)))
    with collection.writing_sql() as execute:
        for answer in answers:
            values = {
                "uid": next(uids),
                "card_id": answer.card_id,
                "ms": answer.now.ms,
                "study_day": answer.now.study_day,
                "fsrs_day": fsrs_day(answer.before, answer.now),
                "rating": int(answer.rating),
                "duration_ms": min(answer.duration_ms, LONGEST_ANSWER_MS),
                "kind": ReviewKind.REVIEW.value,
                "scheduled": True,
                "predicted": collection.scheduler.recall(answer.before, answer.now),
                "weights_id": collection.weights_id,
                "device_id": collection.device_id,
                "state": int(answer.after.state),
                "step": answer.after.step,
                "due_day": answer.after.due_day,
                "due_ms": answer.after.due_ms,
                "leech": answer.leech,
            }
            insert(execute, "review", values)
        for card_id in sorted({answer.card_id for answer in answers}):
            rebuild(execute, card_id, collection.weights)
