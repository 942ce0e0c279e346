"""The drills of a scope, and the numbers they were answered with."""

from __future__ import annotations

from itertools import starmap
from typing import NamedTuple

from srs.schedule.clock import Moment
from srs.schedule.queue import Candidate
from srs.store.collection import first
from srs.store.queue import LIVE, NOT_VOIDED, Execute, Scope

# Those never drilled first, then those whose last drill is longest ago.
DRILLS = f"""
SELECT id, note_id, topic_id, NULL, 1 FROM card
WHERE note_id IN (SELECT id FROM note WHERE kind = 'drill') AND {LIVE}{{scope}}
ORDER BY COALESCE((SELECT MAX(ms) FROM review r WHERE r.card_id = card.id AND r.kind = 'drill'
    AND {NOT_VOIDED.format("r")}), 0), topic_id, position
"""
DRAWN = "SELECT seed, typed, correct FROM drawn WHERE review_uid = :review"


class DrawnAnswer(NamedTuple):
    """The seed of a drill's numbers, what was typed, and whether it was right."""

    seed: int
    typed: str
    correct: bool | None


def drills(execute: Execute, scope: Scope, now: Moment) -> list[Candidate]:
    """Return the drills of a scope that can be asked, the longest unpractised first."""
    values = {"study_day": now.study_day, **scope.parameters}
    return list(starmap(Candidate, execute(DRILLS.format(scope=scope.condition), values)))


def drawn_of(execute: Execute, review_uid: bytes) -> DrawnAnswer | None:
    """Return what the log holds of the numbers of an answer, None when it was to no drill."""
    row = first(execute(DRAWN, {"review": review_uid}))
    if row is None:
        return None
    return DrawnAnswer(row[0], row[1], None if row[2] is None else bool(row[2]))
