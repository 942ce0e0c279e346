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
T = TypeVar("T")


def notes_to_continue(
    connection: Connection,
    affected: set[int],
    names: Sequence[str],
    hashes: Sequence[bytes],
    packed: Set[str] = frozenset(),
) -> list[Any]:
    """Return the notes of the affected decks, and the retired ones elsewhere of an id or text.

    `packed` are the ids given by another program, which are the same in whatever file it wrote:
    living notes of theirs are taken from the decks of its other files.
    """
    wanted = select(
        notes.c.id,
        notes.c.deck_id,
        notes.c.topic_id,
        notes.c.kind,
        notes.c.front,
        notes.c.back,
        notes.c.details,
        notes.c.explicit_id,
        notes.c.text_hash,
        notes.c.front_hash,
        notes.c.line,
        notes.c.retired,
    )
    rows = [
        row
        for some in chunks(sorted(affected))
        for row in connection.execute(
            wanted.where(notes.c.deck_id.in_(some)).order_by(notes.c.deck_id, notes.c.line)
        )
    ]
    found = {row.id for row in rows}
    elsewhere = wanted.where(notes.c.retired, notes.c.deck_id.not_in(affected))
    for column, values in ((notes.c.explicit_id, names), (notes.c.text_hash, hashes)):
        for some in chunks(values):
            for row in connection.execute(elsewhere.where(column.in_(some))):
                if row.id not in found:
                    found.add(row.id)
                    rows.append(row)
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


def cards_by_sibling(connection: Connection, note_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the cards of some notes, by note and by the name among its siblings."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for some in chunks(note_ids):
        for row in connection.execute(
            select(
                cards.c.id,
                cards.c.note_id,
                cards.c.deck_id,
                cards.c.topic_id,
                cards.c.sibling,
                cards.c.position,
                cards.c.retired,
            ).where(cards.c.note_id.in_(some))
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
