"""Mock interviews as they are written down: the plan first, then what happened; rows are added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from srs.schedule.model import CardState
from srs.store.collection import Collection, first, insert
from srs.store.history import STATE_COLUMNS, card_state
from srs.store.log import check_clock
from srs.store.queue import ASKABLE, NOT_VOIDED, Execute

MATERIAL = f"""
SELECT card.id, card.uid, card.note_id, topic.path, note.kind, note.details, {STATE_COLUMNS}
FROM card JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
WHERE note.kind <> 'drill' AND card.id IN (SELECT id FROM card WHERE {ASKABLE})
ORDER BY card.uid
"""
MOCKS = """
SELECT uid, ms, study_day, minutes, kind, company, plan FROM mock ORDER BY ms DESC, uid
"""
ENTRIES = """
SELECT place, what, line, points, text, spent_ms, ms FROM mock_entry
WHERE mock_uid = :mock ORDER BY id
"""
GRADED_SINCE = f"""
SELECT COUNT(*) FROM review r JOIN card ON card.id = r.card_id
WHERE card.uid = :card AND r.kind = 'mock' AND r.ms >= :since AND {NOT_VOIDED.format("r")}
"""
ID_OF = "SELECT id FROM card WHERE uid = :uid"


@dataclass(frozen=True, slots=True)
class MockCard:
    """A card that may be asked in a mock interview. `story` is None unless it is a prompt."""

    id: int
    uid: bytes
    note_id: int
    topic: str
    is_prompt: bool
    story_kind: str | None
    company: tuple[str, ...]
    state: CardState


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One thing asked: its section, the card's uid, milliseconds for it, the probes asked."""

    section: str
    card_uid: bytes
    target_ms: int
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of what happened (`srs.store.practice_tables.MockEntry`)."""

    place: int
    what: str
    line: int | None
    points: int | None
    text: str
    spent_ms: int
    ms: int


@dataclass(frozen=True, slots=True)
class StoredMock:
    """A mock interview with all that was written down of it, oldest first."""

    uid: bytes
    ms: int
    study_day: int
    minutes: float
    kind: str
    company: str | None
    plan: tuple[PlannedItem, ...]
    entries: list[Entry] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether it was gone through to the end."""
        return any(entry.what == "end" for entry in self.entries)


def material(execute: Execute, study_day: int) -> list[MockCard]:
    """Return every card that may be asked, drills apart."""
    found = []
    for id_, uid, note_id, topic, kind, details, *state in execute(
        MATERIAL, {"study_day": study_day}
    ):
        note: dict[str, Any] = json.loads(details)
        story = note.get("story") or {}
        company = tuple(note.get("company", ()))
        is_prompt = kind == "story"
        found.append(
            MockCard(
                id_, uid, note_id, topic, is_prompt, story.get("kind"), company, card_state(state)
            )
        )
    return found


def record_plan(
    collection: Collection,
    plan: Sequence[PlannedItem],
    *,
    seed: int,
    minutes: float,
    kind: str,
    company: str | None,
) -> bytes:
    """Write down a planned mock interview; returns its uid. Raises SrsError when that fails."""
    now = collection.now()
    uid = collection.new_uid()
    listed = [
        [each.section, each.card_uid.hex(), each.target_ms, list(each.probes)] for each in plan
    ]
    with collection.writing_sql() as execute:
        check_clock(execute, now)
        insert(
            execute,
            "mock",
            {
                "uid": uid,
                "ms": now.ms,
                "study_day": now.study_day,
                "seed": seed,
                "minutes": minutes,
                "kind": kind,
                "company": company,
                "plan": json.dumps(listed, ensure_ascii=False),
                "device_id": collection.device_id,
            },
        )
    return uid


def record_entry(
    collection: Collection,
    mock: bytes,
    place: int,
    what: str,
    *,
    line: int | None = None,
    points: int | None = None,
    text: str = "",
    spent_ms: int,
) -> Entry:
    """Write down one thing; it is on the disk when this returns. Raises SrsError if it cannot."""
    entry = Entry(place, what, line, points, text, spent_ms, collection.clock.now_ms())
    with collection.writing_sql() as execute:
        insert(
            execute,
            "mock_entry",
            {
                "uid": collection.new_uid(),
                "mock_uid": mock,
                "ms": entry.ms,
                "place": place,
                "what": what,
                "line": line,
                "points": points,
                "text": text,
                "spent_ms": spent_ms,
            },
        )
    return entry


def mocks(execute: Execute) -> list[StoredMock]:
    """Return all mock interviews, the newest first."""
    found = []
    for uid, ms, study_day, minutes, kind, company, plan in execute(MOCKS, {}):
        items = tuple(
            PlannedItem(section, bytes.fromhex(card), target, tuple(probes))
            for section, card, target, probes in json.loads(plan)
        )
        found.append(StoredMock(uid, ms, study_day, minutes, kind, company, items))
    for mock in found:
        mock.entries.extend(Entry(*row) for row in execute(ENTRIES, {"mock": mock.uid}))
    return found


def stored_mock(collection: Collection, uid: bytes) -> StoredMock:
    """Return all that is written down of one mock interview."""
    with collection.reading_sql() as execute:
        return next(mock for mock in mocks(execute) if mock.uid == uid)


def graded_since(execute: Execute, card_uid: bytes, since_ms: int) -> bool:
    """Tell whether a card has an answer of a mock interview from an instant on."""
    row = first(execute(GRADED_SINCE, {"card": card_uid, "since": since_ms}))
    return bool(row and row[0])


def card_id_of(execute: Execute, uid: bytes) -> int | None:
    """Return the id of the card with a uid, None when there is none."""
    row = first(execute(ID_OF, {"uid": uid}))
    return None if row is None else int(row[0])
