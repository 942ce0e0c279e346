"""The weakest cards of a scope, for a sitting on them alone."""

from __future__ import annotations

from itertools import starmap

from srs.schedule.clock import Moment
from srs.schedule.queue import Candidate, take
from srs.store.queue import LIVE, Execute, Scope

# Recall falls with the days since the last answer as a share of the stability, so this is the
# order of recall on a day, the least first, without the formula.
WEAKEST = f"""
SELECT id, note_id, topic_id, NULL, 1 FROM card
WHERE state IN (1, 2, 3) AND {LIVE}{{scope}}
ORDER BY (:day - fsrs_day) / stability DESC, lapses DESC, uid
"""


def weakest(
    execute: Execute, scope: Scope, day: int, now: Moment, cards: int, *, bury_siblings: bool
) -> list[Candidate]:
    """Return up to so many seen cards of a scope, the least likely to be recalled on a day first.

    Of cards alike in that, those forgotten more often come first. Unseen cards are not among them.
    """
    values = {"study_day": now.study_day, "day": day, **scope.parameters}
    rows = execute(WEAKEST.format(scope=scope.condition), values)
    return take(starmap(Candidate, rows), cards, set() if bury_siblings else None)
