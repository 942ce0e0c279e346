"""Rehearsals as they are written down: told first, then line by line; rows are only added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from srs.store.collection import Collection, first, insert
from srs.store.log import check_clock
from srs.store.queue import NOT_VOIDED, Execute

TOLD = """
SELECT id, uid, card_id, ms, study_day, target_ms, spoken_ms, seed, probes, story FROM rehearsal
{where} ORDER BY ms, uid
"""
MARKS = f"""
SELECT rehearsal_id, kind, position, points, text, (
    SELECT r.rating FROM review r
    WHERE r.uid = review_uid AND {NOT_VOIDED.format("r")})
FROM rehearsalmark WHERE rehearsal_id IN (SELECT id FROM rehearsal {{where}}) ORDER BY ms, id
"""
ANSWERED_SINCE = """
SELECT 1 FROM review WHERE card_id = :card_id AND kind = 'rehearsal' AND ms >= :since_ms
"""


@dataclass(slots=True)
class Told:
    """One rehearsal: how long it took, and what was written down about it so far.

    `points` maps a rubric line's place, from 0, to its points, 0 to 2; `lines` to its text.
    `rating` is that of the answer it became, None while it is not scored to the end or when that
    answer was taken back.
    """

    id: int
    uid: bytes
    card_id: int
    ms: int
    study_day: int
    target_ms: int
    spoken_ms: int
    seed: int
    probes: tuple[str, ...]
    story: str | None
    points: dict[int, int] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)
    note: str = ""
    rating: int | None = None
    graded: bool = False


def record_told(
    collection: Collection,
    card_id: int,
    *,
    target_ms: int,
    spoken_ms: int,
    seed: int,
    probes: Iterable[str],
    story: str | None,
) -> int:
    """Write down that a prompt was spoken about; returns the rehearsal's id."""
    now = collection.now()
    uid = collection.new_uid()
    with collection.writing_sql() as execute:
        check_clock(execute, now)
        insert(
            execute,
            "rehearsal",
            {
                "uid": uid,
                "card_id": card_id,
                "ms": now.ms,
                "study_day": now.study_day,
                "target_ms": target_ms,
                "spoken_ms": spoken_ms,
                "seed": seed,
                "probes": json.dumps(list(probes)),
                "story": story,
                "device_id": collection.device_id,
            },
        )
        row = first(execute("SELECT id FROM rehearsal WHERE uid = :uid", {"uid": uid}))
    assert row is not None
    return int(row[0])


def record_line(
    collection: Collection, rehearsal: int, position: int, text: str, points: int
) -> None:
    """Write down the points of one line of the rubric; it is on the disk when this returns."""
    _mark(collection, rehearsal, "line", position=position, points=points, text=text)


def record_note(collection: Collection, rehearsal: int, text: str) -> None:
    """Write down a word to oneself."""
    _mark(collection, rehearsal, "note", text=text)


def record_graded(collection: Collection, rehearsal: int, review_uid: bytes) -> None:
    """Write down which answer of the review log the rehearsal became."""
    _mark(collection, rehearsal, "graded", review_uid=review_uid)


def of_card(execute: Execute, card_id: int) -> list[Told]:
    """Return a prompt's rehearsals, oldest first."""
    return _read(execute, "WHERE card_id = :card_id", card_id=card_id)


def everything(execute: Execute) -> list[Told]:
    """Return all rehearsals, oldest first."""
    return _read(execute, "")


def unfinished(execute: Execute, card_id: int, study_day: int) -> Told | None:
    """Return a prompt's newest rehearsal if it is of this study day and not scored to the end."""
    told = _read(
        execute, "WHERE card_id = :card_id AND study_day = :day", card_id=card_id, day=study_day
    )
    if not told or told[-1].graded:
        return None
    # The answer is written before its mark: a process killed between them has scored to the end.
    answered = execute(ANSWERED_SINCE, {"card_id": card_id, "since_ms": told[-1].ms})
    return None if first(answered) else told[-1]


def _read(execute: Execute, where: str, **values: Any) -> list[Told]:
    found = {}
    for id_, uid, card_id, ms, day, target, spoken, seed, probes, story in execute(
        TOLD.format(where=where), values
    ):
        asked = tuple(json.loads(probes))
        found[id_] = Told(id_, uid, card_id, ms, day, target, spoken, seed, asked, story)
    for id_, kind, position, points, text, rating in execute(MARKS.format(where=where), values):
        told = found[id_]
        if kind == "line":
            told.points[position] = points
            told.lines[position] = text
        elif kind == "note":
            told.note = text
        else:
            told.graded = True
            told.rating = rating
    return list(found.values())


def _mark(collection: Collection, rehearsal: int, kind: str, **values: Any) -> None:
    with collection.writing_sql() as execute:
        insert(
            execute,
            "rehearsalmark",
            {
                "uid": collection.new_uid(),
                "rehearsal_id": rehearsal,
                "ms": collection.clock.now_ms(),
                "kind": kind,
                "text": "",
                **values,
            },
        )
