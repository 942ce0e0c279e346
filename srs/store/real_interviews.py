"""Interviews that took place: what was asked, how it went, what had been expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srs.schedule.memory import retrievability
from srs.store.collection import Collection, insert
from srs.store.queue import Execute

INTERVIEWS = "SELECT uid, day, company, note FROM real_interview ORDER BY day DESC, ms DESC"
QUESTIONS = """
SELECT text, points, card_uid, topic, expected FROM real_question
WHERE interview_uid = :uid ORDER BY place
"""
OF_TOPIC = """
SELECT stability, fsrs_day FROM card WHERE NOT retired AND NOT suspended
AND deck_id IN (SELECT id FROM deck WHERE enabled AND NOT retired)
AND topic_id IN (SELECT id FROM topic WHERE path = :topic)
"""
UID_OF = "SELECT uid FROM card WHERE id = :id"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an interview, 0 to 2 for how it went.

    `topic` and `card_uid` are None where nothing matched. `expected` is the share, 0 to 1, that
    was expected of the topic on the day.
    """

    text: str
    points: int
    card_uid: bytes | None = None
    topic: str | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview that took place on a day (days since 1970-01-01)."""

    uid: bytes
    day: int
    company: str
    note: str
    questions: tuple[Question, ...]


def expected_of(execute: Execute, topic: str, day: int, weights: Sequence[float]) -> float | None:
    """Return the mean recall of a topic's cards on a day, one never seen counting 0.

    It is by today's memories. None when the topic has no card.
    """
    recalls = [
        0.0 if stability is None else retrievability(stability, max(1, day - last), weights)
        for stability, last in execute(OF_TOPIC, {"topic": topic})
    ]
    return sum(recalls) / len(recalls) if recalls else None


def card_uid(execute: Execute, card_id: int) -> bytes:
    """Return the uid of a card."""
    return bytes(next(iter(execute(UID_OF, {"id": card_id})))[0])


def record(
    collection: Collection, day: int, company: str, questions: Sequence[Question], note: str = ""
) -> bytes:
    """Write an interview down, all of it or nothing; returns its uid. Raises SrsError."""
    uid = collection.new_uid()
    with collection.writing_sql() as execute:
        insert(
            execute,
            "real_interview",
            {
                "uid": uid,
                "ms": collection.clock.now_ms(),
                "day": day,
                "company": company,
                "note": note,
            },
        )
        for place, each in enumerate(questions):
            insert(
                execute,
                "real_question",
                {
                    "uid": collection.new_uid(),
                    "interview_uid": uid,
                    "place": place,
                    "text": each.text,
                    "points": each.points,
                    "card_uid": each.card_uid,
                    "topic": each.topic,
                    "expected": each.expected,
                },
            )
    return uid


def interviews(execute: Execute) -> list[Interview]:
    """Return the interviews, the newest first."""
    heads = list(execute(INTERVIEWS, {}))
    return [
        Interview(
            uid,
            day,
            company,
            note,
            tuple(Question(*row) for row in execute(QUESTIONS, {"uid": uid})),
        )
        for uid, day, company, note in heads
    ]
