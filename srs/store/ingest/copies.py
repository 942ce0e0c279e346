"""Cards that stand word for word in two decks."""

from __future__ import annotations

from collections.abc import Sequence

from srs.deck.model import Problem, Severity
from srs.store import locations
from srs.store.queue import Execute

# The index alone tells which texts there are more than once.
COPIES = """
SELECT deck.path, here.line, other.path
FROM note AS here JOIN deck ON deck.id = here.deck_id
JOIN note AS there ON there.text_hash = here.text_hash
JOIN deck AS other ON other.id = there.deck_id
WHERE here.text_hash IN (SELECT text_hash FROM note GROUP BY text_hash HAVING COUNT(*) > 1)
AND there.deck_id <> here.deck_id AND NOT here.retired AND NOT there.retired
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
            f"the same card stands in {locations.deck_file(copy)} and both are asked; "
            "delete one of them",
            Severity.WARNING,
        )
        for path, line, copy in found
    ]
