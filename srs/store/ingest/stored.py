"""Looking up what an import may continue: the notes and cards already in the collection."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence, Set
from operator import itemgetter
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
# The values of a `NoteRow` and a `CardRow`: to make them one takes as long as to read them.
NoteValues = tuple[int, int, int, str, str, str, str, str | None, bytes, bytes, int, int]
CardValues = tuple[int, int, int, int, str, int, int]
_LINE, _TEXT_HASH = (itemgetter(NoteRow._fields.index(name)) for name in ("line", "text_hash"))
_NOTES = f"SELECT {', '.join(f'note.{name}' for name in NoteRow._fields)} FROM note"
_NOTE = CardRow._fields.index("note_id")
_CARDS = f"SELECT {', '.join(CardRow._fields)} FROM card"


class Settled(NamedTuple):
    """A note of the collection that says what the incoming note at a place says, in all but lines.

    Nothing else in the deck says the same, so it is the one that goes on.
    """

    id: int
    line: int
    place: int


Settle = Callable[[NoteValues], int | None]


def notes_of_decks(
    connection: sqlite3.Connection, affected: Set[int], settle: Settle
) -> list[NoteRow | Settled]:
    """Return the notes of the affected decks, each deck's in order of their lines.

    Of the notes that `settle` finds the place of among the incoming ones the texts are not kept.
    """
    rows: list[NoteRow | Settled] = []
    for deck_id in sorted(affected):
        of_deck = connection.execute(f"{_NOTES} WHERE deck_id = :deck_id", {"deck_id": deck_id})
        # SQLite would copy every text to sort by the line.
        some: list[NoteValues] = sorted(of_deck, key=_LINE)
        hashes = list(map(_TEXT_HASH, some))
        repeated = _repeated(hashes)
        for row, text_hash in zip(some, hashes, strict=True):
            place = None if text_hash in repeated else settle(row)
            rows.append(NoteRow._make(row) if place is None else Settled(row[0], _LINE(row), place))
    return rows


def _repeated(hashes: Sequence[bytes]) -> Set[bytes]:
    if len(set(hashes)) == len(hashes):
        return frozenset()
    return {each for each, count in Counter(hashes).items() if count > 1}


def notes_elsewhere(
    connection: sqlite3.Connection,
    affected: Set[int],
    names: Set[str],
    hashes: Sequence[bytes],
    packed: Set[str],
) -> list[NoteRow]:
    """Return the retired notes of other decks than the affected that have an id or a text.

    `packed` are the ids given by another program, which are the same in whatever file it wrote:
    living notes of theirs are taken from the decks of its other files.
    """
    rows: list[NoteRow] = []
    here: set[str | None] = set()
    for ids in chunks(_retired_elsewhere(connection, affected, names, hashes)):
        found = connection.execute(f"{_NOTES} WHERE id IN {id_list(ids)} ORDER BY id")
        rows += map(NoteRow._make, found)
    for some_names in chunks(sorted(packed)):
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
    connection: sqlite3.Connection, affected: Set[int], names: Set[str], hashes: Sequence[bytes]
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


def cards_of_deck(connection: sqlite3.Connection, deck_id: int) -> dict[int, list[CardValues]]:
    """Return the cards of a deck's notes, by note, in the order they were made in."""
    found: dict[int, list[CardValues]] = {}
    for row in connection.execute(
        f"{_CARDS} WHERE note_id IN (SELECT id FROM note WHERE deck_id = :deck_id) "
        "ORDER BY note_id, id",
        {"deck_id": deck_id},
    ):
        if row[_NOTE] in found:
            found[row[_NOTE]].append(row)
        else:
            found[row[_NOTE]] = [row]
    return found


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
