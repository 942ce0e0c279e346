"""Taking back what an import decided: parting a pair that was joined, joining one that was not.

The log is append-only and belongs to cards, so a history never moves: it stays with the old note's
cards. Parting gives that note its old text again and retires it, and a note of its own stands for
the new text. Joining lets the old note say what the new one says. Each undoes the other exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from srs.errors import SrsError
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest.ledger import NOTE_COLUMNS, PLACE_COLUMNS, restored, snapshot
from srs.store.ingest.siblings import continued
from srs.store.tables import cards, decisions, decks, notes

LISTED = 500


class DecisionGoneError(SrsError):
    """There is no such decision, or its cards have changed since."""


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision that can be taken back; `before` and `after` are front and back.

    `joined` says that the new text has the old one's history.
    """

    number: int
    joined: bool
    reason: str
    file: str
    line: int
    before: tuple[str, str]
    after: tuple[str, str]


def listed(collection: Collection) -> list[StoredDecision]:
    """Return the newest decisions that can be taken back, newest first."""
    with collection.reading() as connection:
        rows = connection.execute(
            select(decisions).order_by(decisions.c.id.desc()).limit(LISTED)
        ).all()
        found = (_described(connection, row) for row in rows)
        return [each for each in found if each is not None]


def take_back(collection: Collection, number: int) -> StoredDecision:
    """Part a joined pair or join a parted one, and return the decision as it stands then.

    Raises DecisionGoneError when there is none of that number or its cards changed since.
    """
    with collection.writing() as connection:
        row = connection.execute(select(decisions).where(decisions.c.id == number)).one_or_none()
        if row is None:
            raise DecisionGoneError(
                f"There is no decision {number}; srs import --undo lists those that can be undone."
            )
        if _described(connection, row) is None:
            raise DecisionGoneError(
                f"The cards of decision {number} have changed since, so it cannot be undone; "
                "srs import --undo lists those that can."
            )
        if row.joined:
            _part(collection, connection, row)
        else:
            _join(connection, row)
        row = connection.execute(select(decisions).where(decisions.c.id == number)).one()
        found = _described(connection, row)
        assert found is not None
        return found


def _described(connection: Connection, row: Any) -> StoredDecision | None:
    """Return a decision in words, None when it cannot be taken back any more."""
    old = _note_row(connection, row.old_note_id)
    if row.joined:
        if old.retired:
            return None
        values, _ = restored(row.before)
        before, present = (values["front"], values["back"]), old
    else:
        present = _note_row(connection, row.new_note_id)
        if present.retired or not old.retired:
            return None
        before = old.front, old.back
    path = connection.execute(select(decks.c.path).where(decks.c.id == present.deck_id)).scalar()
    file = str(locations.deck_file(path or ""))
    after = present.front, present.back
    return StoredDecision(row.id, row.joined, row.reason, file, present.line, before, after)


def _part(collection: Collection, connection: Connection, row: Any) -> None:
    old = _note_row(connection, row.old_note_id)
    values = {name: getattr(old, name) for name in NOTE_COLUMNS} | {"retired": False}
    new_id = row.new_note_id
    if new_id is None:
        key = connection.execute(
            notes.insert().values({**values, "uid": collection.new_uid()})
        ).inserted_primary_key
        assert key is not None
        new_id = int(key[0])
    else:
        _change_note(connection, new_id, values)
    text, places = restored(row.before)
    there = {card.sibling: card for card in _cards_of(connection, new_id)}
    for card in _cards_of(connection, old.id):
        if card.id not in places and card.sibling not in there:
            # It came with the new text, or after it, and stays with it.
            _change_card(connection, card.id, {"note_id": new_id})
            continue
        if not card.retired:
            place = _place(card) | {"note_id": new_id, "retired": False}
            if card.sibling in there:
                _change_card(connection, there[card.sibling].id, place)
            else:
                connection.execute(cards.insert().values({**place, "uid": collection.new_uid()}))
        _change_card(connection, card.id, places.get(card.id, {}) | {"retired": True})
    _change_note(connection, old.id, text | {"retired": True})
    _change_decision(connection, row.id, {"joined": False, "new_note_id": new_id})


def _join(connection: Connection, row: Any) -> None:
    old = _note_row(connection, row.old_note_id)
    new = _note_row(connection, row.new_note_id)
    olds = {card.sibling: card for card in _cards_of(connection, old.id)}
    news = {card.sibling: card for card in _cards_of(connection, new.id) if not card.retired}
    before = snapshot(old, olds.values())
    follows = continued(dict.fromkeys(olds, True), list(news))
    for key, card in news.items():
        if key in follows:
            place = _place(card) | {"retired": False}
            _change_card(connection, olds[follows[key]].id, place)
            _change_card(connection, card.id, {"retired": True})
        else:
            _change_card(connection, card.id, {"note_id": old.id})
    values = {name: getattr(new, name) for name in NOTE_COLUMNS}
    _change_note(connection, old.id, values | {"retired": False})
    # No import may find the emptied note by its text or id: the history is the other's.
    nameless = {"text_hash": new.uid, "front_hash": new.uid, "explicit_id": None}
    _change_note(connection, new.id, nameless | {"retired": True})
    _change_decision(connection, row.id, {"joined": True, "before": before})


def _note_row(connection: Connection, note_id: int) -> Any:
    return connection.execute(select(notes).where(notes.c.id == note_id)).one()


def _place(card: Any) -> dict[str, Any]:
    return {name: getattr(card, name) for name in PLACE_COLUMNS}


def _cards_of(connection: Connection, note_id: int) -> list[Any]:
    rows = connection.execute(select(cards).where(cards.c.note_id == note_id).order_by(cards.c.id))
    return list(rows)


def _change_note(connection: Connection, note_id: int, values: dict[str, Any]) -> None:
    connection.execute(update(notes).where(notes.c.id == note_id).values(values))


def _change_card(connection: Connection, card_id: int, values: dict[str, Any]) -> None:
    values = {**values, "revision": cards.c.revision + 1}
    connection.execute(update(cards).where(cards.c.id == card_id).values(values))


def _change_decision(connection: Connection, number: int, values: dict[str, Any]) -> None:
    connection.execute(update(decisions).where(decisions.c.id == number).values(values))
