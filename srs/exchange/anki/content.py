"""What a package's database holds, whatever its generation: notes, cards, decks, the review log."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from srs.exchange.anki.database import Database, damaged
from srs.exchange.anki.history import CardRow, LogRow, Times, first_day
from srs.exchange.anki.notetypes import NoteType, note_types
from srs.exchange.anki.protobuf import ProtobufError
from srs.exchange.anki.sides import NoteRow
from srs.exchange.readers import Surroundings
from srs.schedule.clock import study_day

_FIELD_END = "\x1f"
_NEW = 0
_RETENTIONS = (0.7, 0.99)


class Content(NamedTuple):
    """The notes that have cards, in the order in which new ones are learned, and all of theirs.

    `cards` go by the note's id, `log` by the card's. `desired_retention` is what most cards were
    scheduled by, None where nothing tells.
    """

    notes: Sequence[NoteRow]
    cards: Mapping[int, Sequence[CardRow]]
    log: Mapping[int, Sequence[LogRow]]
    decks: Mapping[int, str]
    note_types: Mapping[int, NoteType]
    times: Times
    desired_retention: float | None


def load(database: Database, surroundings: Surroundings) -> Content:
    """Read a package's database; raises PackageError when it is damaged."""
    try:
        return _load(database, surroundings)
    except (ProtobufError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise damaged("its tables hold what Anki never writes") from error


def _load(database: Database, surroundings: Surroundings) -> Content:
    decks = _decks(database)
    cards: dict[int, list[CardRow]] = defaultdict(list)
    for row in database.rows(
        "SELECT id, nid, did, ord, type, queue, due, ivl, factor, left, odue, odid, flags, data "
        "FROM cards ORDER BY nid, ord"
    ):
        card = _card(row)
        cards[card.note_id].append(card)
    notes = [
        NoteRow(int(id_), str(guid) or f"note {id_}", int(kind), tuple(_text(tags).split()), fields)
        for id_, guid, kind, tags, flds in database.rows(
            "SELECT id, guid, mid, tags, flds FROM notes"
        )
        for fields in [tuple(_text(flds).split(_FIELD_END))]
        if id_ in cards
    ]
    notes.sort(key=lambda note: (_position(cards[note.id]), note.id))
    log: dict[int, list[LogRow]] = defaultdict(list)
    for card_id, *values in database.rows(
        "SELECT cid, id, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id"
    ):
        log[int(card_id)].append(LogRow(*map(_number, values)))
    config = _config(database)
    return Content(
        _unlike(notes),
        cards,
        log,
        decks,
        note_types(database),
        _times(database, config, surroundings),
        _retention(card.data for found in cards.values() for card in found),
    )


def _card(row: Sequence[Any]) -> CardRow:
    *numbers, data = row
    (id_, note, deck, ord_, type_, queue, due, interval, ease, left, odue, odid, flags) = map(
        _number, numbers
    )
    home = odid or deck
    return CardRow(
        id_,
        note,
        home,
        ord_,
        type_,
        queue,
        due,
        interval,
        ease,
        left,
        odue,
        bool(odid),
        flags,
        _text(data),
    )


def _unlike(notes: list[NoteRow]) -> list[NoteRow]:
    """Give notes whose id another has already one of their own."""
    seen: set[str] = set()
    found = []
    for note in notes:
        if note.guid in seen:
            note = note._replace(guid=f"{note.guid} {note.id}")
        seen.add(note.guid)
        found.append(note)
    return found


def _position(cards: Sequence[CardRow]) -> int:
    return min((card.due for card in cards if card.type == _NEW), default=0)


def _number(value: Any) -> int:
    if isinstance(value, int):
        return value
    return int(float(value)) if isinstance(value, float | str) and value else 0


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _decks(database: Database) -> dict[int, str]:
    """Return the names of the decks, with `::` between the parts."""
    if not database.is_newest:
        return {int(key): str(deck["name"]) for key, deck in database.json("decks").items()}
    rows = database.rows("SELECT id, name FROM decks")
    return {int(key): _text(name).replace(_FIELD_END, "::") for key, name in rows}


def _config(database: Database) -> dict[str, Any]:
    if not database.is_newest:
        return database.json("conf")
    return {
        str(key): json.loads(_text(value))
        for key, value in database.rows("SELECT KEY, val FROM config")
        if key in ("schedVer", "creationOffset", "rollover")
    }


def _times(database: Database, config: Mapping[str, Any], here: Surroundings) -> Times:
    (created,) = next(iter(database.rows("SELECT crt FROM col LIMIT 1")))
    west = config.get("creationOffset")
    now = study_day(here.clock, here.clock.now_ms(), here.rollover_hour)
    return Times(
        first_day(_number(created), None if west is None else int(west), here.clock),
        now,
        here.clock,
        here.rollover_hour,
        int(config.get("schedVer", 1)) < 2,
    )


def _retention(data: Any) -> float | None:
    """Return the desired retention that most cards were scheduled by."""
    found: Counter[float] = Counter()
    for each in data:
        if '"dr"' not in each:
            continue
        try:
            found[float(json.loads(each)["dr"])] += 1
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    low, high = _RETENTIONS
    common = [value for value, _ in found.most_common(1) if low <= value <= high]
    return common[0] if common else None
