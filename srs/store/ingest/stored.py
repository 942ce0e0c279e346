"""Looking up what an import may continue: the notes and cards already in the collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from srs.deck.model import Kind
from srs.store import locations
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import StoredNote
from srs.store.tables import cards, decks, notes

CHUNK = 500
NOTE_COLUMNS = (
    "deck_id",
    "topic_id",
    "kind",
    "front",
    "back",
    "details",
    "explicit_id",
    "text_hash",
    "front_hash",
    "line",
    "retired",
)
CARD_COLUMNS = ("deck_id", "topic_id", "note_id", "sibling", "position", "retired")
# From so many texts on, looking at every retired note once is quicker than asking for each text.
_MANY = 10 * CHUNK
T = TypeVar("T")


def notes_to_continue(
    connection: Connection,
    affected: set[int],
    names: Set[str],
    hashes: Set[bytes],
    packed: Set[str] = frozenset(),
) -> list[Any]:
    """Return the notes of the affected decks, and the retired ones elsewhere of an id or text.

    Each row is an id and the `NOTE_COLUMNS`. `packed` are the ids given by another program, which
    are the same in whatever file it wrote: living notes of theirs are taken from the decks of its
    other files.
    """
    wanted = select(notes.c.id, *(notes.c[name] for name in NOTE_COLUMNS))
    rows = [
        row
        for some in chunks(sorted(affected))
        for row in connection.execute(
            wanted.where(notes.c.deck_id.in_(some)).order_by(notes.c.deck_id, notes.c.line)
        )
    ]
    for ids in chunks(_retired_elsewhere(connection, affected, names, hashes)):
        rows += connection.execute(wanted.where(notes.c.id.in_(ids)).order_by(notes.c.id))
    here = {row.explicit_id for row in rows if not row.retired}
    in_other_files = (
        wanted.join(decks, decks.c.id == notes.c.deck_id)
        .where(~notes.c.retired, decks.c.path.startswith(locations.FOREIGN))
        .order_by(notes.c.id)
    )
    for some in chunks(sorted(packed - here)):
        for row in connection.execute(in_other_files.where(notes.c.explicit_id.in_(some))):
            if row.explicit_id not in here:
                here.add(row.explicit_id)
                rows.append(row)
    return rows


def _retired_elsewhere(
    connection: Connection, affected: set[int], names: Set[str], hashes: Set[bytes]
) -> list[int]:
    """Return the ids of the retired notes of other decks that have one of the names or texts."""
    elsewhere = select(notes.c.id, notes.c.explicit_id, notes.c.text_hash).where(
        notes.c.retired, notes.c.deck_id.not_in(affected)
    )
    if len(names) + len(hashes) > _MANY:
        return [
            row.id
            for row in connection.execute(elsewhere)
            if row.explicit_id in names or row.text_hash in hashes
        ]
    found: dict[int, None] = {}
    for column, values in ((notes.c.explicit_id, names), (notes.c.text_hash, hashes)):
        for some in chunks(sorted(values)):
            rows = connection.execute(elsewhere.where(column.in_(some)))
            found |= dict.fromkeys(row.id for row in rows)
    return list(found)


def cards_by_sibling(connection: Connection, note_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the cards of some notes, by note and by the name among its siblings.

    Each row is an id and the `CARD_COLUMNS`.
    """
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for some in chunks(note_ids):
        for row in connection.execute(
            select(cards.c.id, *(cards.c[name] for name in CARD_COLUMNS)).where(
                cards.c.note_id.in_(some)
            )
        ):
            found[row.note_id][row.sibling] = row
    return found


def as_stored(row: Any) -> StoredNote:
    """Turn a row of `notes_to_continue` into the value that matching works on."""
    return StoredNote(
        row.id,
        str(row.deck_id),
        Kind(row.kind),
        row.explicit_id,
        row.text_hash,
        row.front_hash,
        row.retired,
        Text(row.front, row.back),
    )


def chunks(values: Sequence[T]) -> list[Sequence[T]]:
    """Cut values into pieces that fit into one statement."""
    return [values[i : i + CHUNK] for i in range(0, len(values), CHUNK)]
