"""Cards that stand word for word in two decks."""

from __future__ import annotations

from collections.abc import Sequence

from srs.deck.model import Problem, Severity
from srs.store import locations
from srs.store.queue import Execute

# The index alone tells which texts there are more than once. A text that stands in many decks is
# told of once a deck: pairs would be too many.
COPIES = """
WITH often AS (SELECT text_hash FROM note GROUP BY text_hash HAVING COUNT(*) > 1),
living AS (
    SELECT note.text_hash, note.line, deck.id, deck.path
    FROM often JOIN note ON note.text_hash = often.text_hash
    JOIN deck ON deck.id = note.deck_id WHERE NOT note.retired
),
spread AS (
    SELECT text_hash, COUNT(DISTINCT id) AS decks, MIN(path) AS lowest, MAX(path) AS highest
    FROM living GROUP BY text_hash HAVING COUNT(DISTINCT id) > 1
)
SELECT living.path, living.line,
    CASE WHEN living.path = spread.lowest THEN spread.highest ELSE spread.lowest END,
    spread.decks - 2
FROM living JOIN spread ON spread.text_hash = living.text_hash
"""


def copies_of_living(execute: Execute, paths: Sequence[str]) -> list[Problem]:
    """Warn of notes that stand word for word in a second deck too."""
    order = {path: place for place, path in enumerate(paths)}
    found = [row for row in execute(COPIES, {}) if row[0] in order] if order else []
    found.sort(key=lambda row: (order[row[0]], row[1], row[2]))
    return [
        Problem(
            str(locations.deck_file(path)),
            line,
            1,
            "duplicate-card",
            _in_words(str(locations.deck_file(copy)), others),
            Severity.WARNING,
        )
        for path, line, copy, others in found
    ]


def _in_words(copy: str, others: int) -> str:
    if not others:
        return f"the same card stands in {copy} and both are asked; delete one of them"
    decks = "1 other deck" if others == 1 else f"{others} other decks"
    return f"the same card stands in {copy} and {decks}, and all are asked; keep one of them"
