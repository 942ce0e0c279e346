"""Finding cards by their text."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from srs.store import sqlite
from srs.store.collection import Collection
from srs.store.queue import Execute

FOUND = """
SELECT card.id, topic.path, deck.name, deck.path, note.line, note.front, note.back, card.sibling,
    card.state, card.due_day, card.suspended, card.leech, card.flag
FROM card JOIN note ON note.id = card.note_id JOIN topic ON topic.id = card.topic_id
JOIN deck ON deck.id = card.deck_id
WHERE NOT card.retired AND note.id IN ({notes})
ORDER BY topic.path, card.deck_id, card.position LIMIT :most
"""
BY_PART = """
SELECT id FROM note WHERE NOT retired AND {conditions} LIMIT :most
"""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card whose note's text was searched for."""

    id: int
    topic: str
    deck: str
    deck_path: str
    line: int
    front: str
    back: str
    sibling: str
    state: int
    due_day: int | None
    suspended: bool
    leech: bool
    flag: str | None


def search(collection: Collection, text: str, most: int = 50) -> list[FoundCard]:
    """Return at most so many living cards whose front or back has every word of a text.

    A word is found at the beginning of a word, in any case and without accents; where there is
    none, anywhere in the text. The index is brought up to date first.
    """
    words = _WORD.findall(text)
    with collection.writing_sql() as execute:
        indexed = bool(words) and _index(execute)
    with collection.reading_sql() as execute:
        found = sqlite.indexed_notes(execute, words, most) if indexed else []
        if not found:
            found = _by_part(execute, text.split() or [text], most)
        if not found:
            return []
        notes = ", ".join(str(note) for note in found)
        rows = execute(FOUND.format(notes=notes), {"most": most})
        return [_found(*row) for row in rows]


def _found(*columns: Any) -> FoundCard:
    *place, suspended, leech, flag = columns
    found: tuple[Any, ...] = (*place, bool(suspended), bool(leech), flag)
    return FoundCard(*found)


def _index(execute: Execute) -> bool:
    """Bring the index up to date; False where this SQLite has none to offer."""
    try:
        sqlite.update_index(execute)
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            return False
        raise
    return True


def _by_part(execute: Execute, parts: list[str], most: int) -> list[int]:
    conditions, values = [], {}
    for number, part in enumerate(parts):
        escaped = re.sub(r"([%_\\])", r"\\\1", part)
        values[f"part{number}"] = f"%{escaped}%"
        like = f"LIKE :part{number} ESCAPE '\\'"
        conditions.append(f"(front {like} OR back {like})")
    statement = BY_PART.format(conditions=" AND ".join(conditions))
    return [id_ for (id_,) in execute(statement, {**values, "most": most})]
