"""Looking up what an import may continue: the notes and cards already in the collection."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

from srs.store import locations
from srs.store.plain import CHUNK, chunks, id_list, one_of

# From so many texts on, looking at every retired note once is quicker than asking for each text.
_MANY = 10 * CHUNK


class NoteRow(NamedTuple):
    """A note of the collection; `id` and the `NOTE_COLUMNS`."""

    id: int
    deck_id: int
    topic_id: int
    kind: str
    front: str
    back: str
    details: str
    explicit_id: str | None
    text_hash: bytes
    front_hash: bytes
    line: int
    retired: bool


class CardRow(NamedTuple):
    """A card of the collection; `id` and the `CARD_COLUMNS`."""

    id: int
    deck_id: int
    topic_id: int
    note_id: int
    sibling: str
    position: int
    retired: bool


NOTE_COLUMNS = NoteRow._fields[1:]
CARD_COLUMNS = CardRow._fields[1:]
_NOTES = f"SELECT {', '.join(f'note.{name}' for name in NoteRow._fields)} FROM note"
_CARDS = f"SELECT {', '.join(CardRow._fields)} FROM card"


class Settled(NamedTuple):
    """A note of the collection that says what the incoming note at a place says, in all but lines.

    Nothing else in the deck says the same, so it is the one that goes on.
    """

    id: int
    line: int
    place: int


Settle = Callable[[NoteRow], int | None]


def notes_to_continue(
    connection: sqlite3.Connection,
    affected: set[int],
    names: Set[str],
    hashes: Sequence[bytes],
    packed: Set[str],
    settle: Settle,
) -> list[NoteRow | Settled]:
    """Return the notes of the affected decks, and the retired ones elsewhere of an id or text.

    `packed` are the ids given by another program, which are the same in whatever file it wrote:
    living notes of theirs are taken from the decks of its other files. Of the notes that `settle`
    finds the place of among the incoming ones the texts are not kept.
    """
    rows: list[NoteRow | Settled] = []
    here: set[str | None] = set()
    for deck_id in sorted(affected):
        of_deck = connection.execute(
            f"{_NOTES} WHERE deck_id = :deck_id ORDER BY line", {"deck_id": deck_id}
        )
        some = list(map(NoteRow._make, of_deck))
        repeated = Counter(row.text_hash for row in some)
        for row in some:
            place = settle(row) if repeated[row.text_hash] == 1 else None
            rows.append(row if place is None else Settled(row.id, row.line, place))
        here |= {row.explicit_id for row in some if not row.retired}
    for ids in chunks(_retired_elsewhere(connection, affected, names, hashes)):
        found = connection.execute(f"{_NOTES} WHERE id IN {id_list(ids)} ORDER BY id")
        rows += map(NoteRow._make, found)
    for some_names in chunks(sorted(packed - here)):
        these, values = one_of(some_names)
        for each in connection.execute(
            f"{_NOTES} JOIN deck ON deck.id = note.deck_id WHERE NOT note.retired "
            f"AND note.explicit_id IN {these} AND deck.path LIKE :foreign ORDER BY note.id",
            {**values, "foreign": f"{locations.FOREIGN}%"},
        ):
            row = NoteRow._make(each)
            if row.explicit_id not in here:
                here.add(row.explicit_id)
                rows.append(row)
    return rows


def _retired_elsewhere(
    connection: sqlite3.Connection, affected: set[int], names: Set[str], hashes: Sequence[bytes]
) -> list[int]:
    """Return the ids of the retired notes of other decks that have one of the names or texts."""
    elsewhere = (
        "SELECT id, explicit_id, text_hash FROM note "
        f"WHERE retired AND deck_id NOT IN {id_list(sorted(affected))}"
    )
    if len(names) + len(hashes) > _MANY:
        retired = connection.execute(elsewhere).fetchall()
        texts = set(hashes) if retired else ()
        return [id_ for id_, name, text in retired if name in names or text in texts]
    found: dict[int, None] = {}
    for column, wanted in (("explicit_id", sorted(names)), ("text_hash", sorted(set(hashes)))):
        for some in chunks(wanted):
            these, values = one_of(some)
            rows = connection.execute(f"{elsewhere} AND {column} IN {these}", values)
            found |= dict.fromkeys(row[0] for row in rows)
    return list(found)


def cards_by_sibling(
    connection: sqlite3.Connection, note_ids: Sequence[int]
) -> dict[int, dict[str, CardRow]]:
    """Return the cards of some notes, by note and by the name among its siblings."""
    found: dict[int, dict[str, CardRow]] = defaultdict(dict)
    for some in chunks(note_ids):
        for row in connection.execute(f"{_CARDS} WHERE note_id IN {id_list(some)}"):
            card = CardRow._make(row)
            found[card.note_id][card.sibling] = card
    return found
