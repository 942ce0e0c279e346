"""Taking in the rows of another collection: the union of two logs, and the cards that follow.

Rows are told apart by their uids. A note that came to both collections by itself, such as one of
a bundled deck, is the same note where it has the same id or the same text in the same deck.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from srs.store.collection import first, newest_weights
from srs.store.complete import KEYS, NUMBER, PARTS, Field, fields_of
from srs.store.history import histories, history_values
from srs.store.queue import Execute
from srs.store.rows import RowCheck, RowError, same

PRACTICE = ("drawn", "mock", "mock_entry", "real_interview", "real_question")
LOGS = ("reviews", "events", "rehearsals", "rehearsal_marks", *PRACTICE)


@dataclass(slots=True)
class Merged:
    """How many rows came in, and how many cards that were here changed by them."""

    into_empty: bool = False
    decks: int = 0
    notes: int = 0
    cards: int = 0
    reviews: int = 0
    events: int = 0
    changed: int = 0


@dataclass(slots=True)
class Merge:
    """One merge, within the caller's transaction; parts are to be given in the order of `PARTS`.

    Raises RowError for a row that no collection of srs holds.
    """

    execute: Execute
    report: Merged = field(default_factory=Merged)
    _ids: dict[str, dict[Any, int]] = field(default_factory=dict)
    _notes_by_text: dict[tuple[int, str, Any], int] = field(default_factory=dict)
    _cards_by_sibling: dict[tuple[int, str], int] = field(default_factory=dict)

    def begin(self) -> None:
        """Look at what is here. An empty collection gives up its own device and weights."""
        execute = self.execute
        empty = all(
            first(execute(f"SELECT 1 FROM {table} LIMIT 1", {})) is None
            for table in ("source", "deck", "note", "card", "review", "event")
        )
        self.report.into_empty = empty
        if empty:
            for table in ("device", "weights", "setting"):
                execute(f"DELETE FROM {table}", {})
        for table, key in KEYS.items():
            rows = execute(f"SELECT {key}, id FROM {table}", {})
            self._ids[table] = {_hexed(value): id_ for value, id_ in rows}
        self._ids["weights"] = {}
        if empty:
            return
        for id_, deck, name, text in execute(
            "SELECT id, deck_id, explicit_id, text_hash FROM note WHERE NOT retired", {}
        ):
            self._notes_by_text.setdefault((deck, "text", text), id_)
            if name is not None:
                self._notes_by_text[deck, "id", name] = id_
        for id_, note, sibling in execute("SELECT id, note_id, sibling FROM card", {}):
            self._cards_by_sibling[note, sibling] = id_

    def take(self, part: str, columns: Sequence[Any], rows: Iterable[Any]) -> None:
        """Take in the rows of one part, whose columns have these names."""
        table = PARTS[part].name
        fields, defaults = _matched(part, columns)
        names = [each.column.name for each in fields if each.name != NUMBER] + list(defaults)
        places = ", ".join(f":{name}" for name in names)
        unless_known = " ON CONFLICT (uid) DO NOTHING" if part in LOGS else ""
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}){unless_known}"
        check = RowCheck(part, fields)
        before = self._count(table)
        for number, row in enumerate(rows, 1):
            try:
                values = self._referring(fields, check.values(row)) | defaults
                self._store(part, table, statement, values)
            except RowError as error:
                raise RowError(f"row {number} of {part}: {error}") from None
            except UnicodeEncodeError:
                raise RowError(f"row {number} of {part}: a text holds half a character") from None
        if hasattr(self.report, part):
            setattr(self.report, part, self._count(table) - before)

    def finish(self) -> None:
        """Write every card anew whose log says something else than its row."""
        found = newest_weights(self.execute)
        if found is None:
            raise RowError("there are no weights")
        weights = found[1]
        names = list(history_values_names())
        rows = self.execute(f"SELECT id, {', '.join(names)} FROM card ORDER BY id", {})
        wrong: list[dict[str, Any]] = []
        for row, (card_id, history) in zip(rows, histories(self.execute, weights), strict=True):
            wanted = history_values(history)
            if not all(same(wanted[name], row[i]) for i, name in enumerate(names, 1)):
                wrong.append({**wanted, "card_id": card_id})
        changes = ", ".join(f"{name} = :{name}" for name in names)
        for values in wrong:
            self.execute(
                f"UPDATE card SET {changes}, revision = revision + 1 WHERE id = :card_id", values
            )
        self.report.changed = len(wrong)

    def _referring(self, fields: Sequence[Field], values: dict[str, Any]) -> dict[str, Any]:
        """Return the values by the columns' names, with the local ids of what they refer to."""
        found = {}
        for each in fields:
            value = values[each.name]
            if each.refers_to is not None:
                try:
                    value = self._ids[each.refers_to][value]
                except (KeyError, TypeError):
                    raise RowError(f"its {each.refers_to} is not in the file") from None
            found[NUMBER if each.name == NUMBER else each.column.name] = value
        return found

    def _store(self, part: str, table: str, statement: str, values: dict[str, Any]) -> None:
        match part:
            case "reviews" | "events" | "rehearsal_marks":
                self.execute(statement, values)
            case _ if part in PRACTICE:
                self.execute(statement, values)
            case "settings":
                if self.report.into_empty:
                    self.execute(statement, values)
            case "weights":
                self._store_weights(statement, values)
            case "sources":
                if not self._find("source", path=values["path"]):
                    self.execute(statement, values)
            case "topics":
                self._insert_unless(
                    self._ids["topic"].get(values["path"]), table, statement, values
                )
            case "devices" | "rehearsals":
                self._insert_unless(self._known(table, values), table, statement, values)
            case "decks":
                known = self._known(table, values) or self._find("deck", path=values["path"])
                self._insert_unless(known, table, statement, values)
            case "notes":
                self._insert_unless(
                    self._known(table, values) or self._same_note(values), table, statement, values
                )
            case _:
                place = (values["note_id"], values["sibling"])
                known = self._known(table, values) or self._cards_by_sibling.get(place)
                self._insert_unless(known, table, statement, values)

    def _store_weights(self, statement: str, values: dict[str, Any]) -> None:
        number = values.pop(NUMBER)
        known = self._find("weights", **values)
        if known is None:
            self.execute(statement, values)
            known = self._find("weights", **values)
            assert known is not None
        self._ids["weights"][number] = known

    def _insert_unless(
        self, known: int | None, table: str, statement: str, values: dict[str, Any]
    ) -> None:
        key = KEYS[table]
        if known is None:
            self.execute(statement, values)
            known = self._find(table, **{key: values[key]})
            assert known is not None
        self._ids[table][_hexed(values[key])] = known

    def _known(self, table: str, values: dict[str, Any]) -> int | None:
        return self._ids[table].get(_hexed(values["uid"]))

    def _same_note(self, values: dict[str, Any]) -> int | None:
        by_id = self._notes_by_text.get((values["deck_id"], "id", values["explicit_id"]))
        return by_id or self._notes_by_text.get((values["deck_id"], "text", values["text_hash"]))

    def _find(self, table: str, **values: Any) -> int | None:
        condition = " AND ".join(f"{name} = :{name}" for name in values)
        row = first(self.execute(f"SELECT id FROM {table} WHERE {condition}", values))
        return None if row is None else int(row[0])

    def _count(self, table: str) -> int:
        return int(first(self.execute(f"SELECT count(*) FROM {table}", {}))[0])  # type: ignore[index]


def history_values_names() -> Iterable[str]:
    """Return the columns of a card row that follow from its log."""
    from srs.schedule.model import CardHistory, CardState

    return history_values(CardHistory(CardState()))


def _matched(part: str, columns: Sequence[Any]) -> tuple[list[Field], dict[str, Any]]:
    """Return the fields of the columns named, and the values of those an older file lacks."""
    fields = {each.name: each for each in fields_of(PARTS[part])}
    unknown = [name for name in columns if not isinstance(name, str) or name not in fields]
    if unknown:
        raise RowError(f"{part} has a column {unknown[0]!r} that this srs does not know")
    if len(set(columns)) != len(columns):
        raise RowError(f"{part} names a column twice")
    defaults = {}
    for name in fields.keys() - set(columns):
        column = fields[name].column
        if not (column.nullable or column.default is not None):
            raise RowError(f"{part} lacks the column {name}")
        defaults[column.name] = getattr(column.default, "arg", None)
    return [fields[name] for name in columns], defaults


def _hexed(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
