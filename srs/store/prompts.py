"""The prompts to speak about: story cards, which are rehearsed and never asked among the others.

`srs due` waits for the count, so this module imports nothing heavy.
"""

from __future__ import annotations

from typing import NamedTuple

from srs.store.queue import ASKABLE, STORY_NOTES, Execute

STANDING = f"""
SELECT COUNT(CASE WHEN state > 0 AND {{due}} THEN 1 END), COUNT(CASE WHEN state = 0 THEN 1 END)
FROM card WHERE note_id IN {STORY_NOTES} AND {ASKABLE}
"""
# A story that was answered among the cards may still stand in a learning step.
IS_DUE = "(COALESCE(due_day, 0) <= :study_day)"
ASKABLE_PROMPTS = f"""
SELECT id FROM card WHERE note_id IN {STORY_NOTES} AND {ASKABLE}
ORDER BY deck_id, position
"""


class Standing(NamedTuple):
    """How many prompts are due to be rehearsed, and how many never were."""

    due: int
    new: int


def standing(execute: Execute, study_day: int) -> Standing:
    """Count the prompts by how they stand on a study day."""
    rows = execute(STANDING.format(due=IS_DUE), {"study_day": study_day})
    return Standing(*next(iter(rows)))


def card_ids(execute: Execute, study_day: int) -> list[int]:
    """Return the cards of the prompts that may be rehearsed, by deck and place."""
    return [id_ for (id_,) in execute(ASKABLE_PROMPTS, {"study_day": study_day})]
