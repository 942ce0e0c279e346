"""Everything a collection holds, as rows that mean the same on another computer.

Each table becomes a part of the document that `srs.exchange.complete` describes. Local ids are
left out: a column `card_id` becomes `card` and holds the uid of the card, `topic_id` the path of
the topic, `weights_id` the number that the weights have in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, LargeBinary, Table

from srs.store import practice_tables, tables
from srs.store.queue import Execute

# In the order of the document: what is referred to comes first.
PARTS: Mapping[str, Table] = {
    "settings": tables.settings,
    "devices": tables.devices,
    "weights": tables.weights,
    "sources": tables.sources,
    "decks": tables.decks,
    "topics": tables.topics,
    "notes": tables.notes,
    "cards": tables.cards,
    "reviews": tables.reviews,
    "events": tables.events,
    "rehearsals": tables.rehearsals,
    "rehearsal_marks": tables.rehearsal_marks,
    **{each.name: each for each in practice_tables.ALL},
}
# Tables that are no part. What imports decided can be undone only where it was decided: it names
# rows of this database by their ids, as they were before, and no card or answer depends on it.
LEFT_OUT = frozenset({"migration", "decision"})
# By what a row that others refer to is known, on every computer.
KEYS = {
    "deck": "uid",
    "topic": "path",
    "note": "uid",
    "card": "uid",
    "device": "uid",
    "rehearsal": "uid",
}
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """A column as the document names it; `refers_to` is the table that a reference leads to."""

    name: str
    column: Column[Any]
    refers_to: str | None = None


def fields_of(table: Table) -> tuple[Field, ...]:
    """Return the columns of a table that the document holds."""
    found = []
    for column in table.columns:
        parent = next((key.column.table.name for key in column.foreign_keys), None)
        if parent is not None:
            found.append(Field(column.name.removesuffix("_id"), column, parent))
        elif column.name != "id":
            found.append(Field(column.name, column))
        elif table is tables.weights:
            found.append(Field(NUMBER, column))
    return tuple(found)


def dump(execute: Execute) -> Iterator[tuple[str, tuple[Field, ...], Iterator[list[Any]]]]:
    """Yield each part: its name, its columns and its rows, which are to be read before the next.

    Values are what JSON has: uids and digests in hexadecimal, truths as true and false.
    """
    known: dict[str, dict[int, Any]] = {}
    for name, table in PARTS.items():
        fields = fields_of(table)
        if table.name in KEYS:
            known[table.name] = {
                id_: _plain(key)
                for id_, key in execute(f"SELECT id, {KEYS[table.name]} FROM {table.name}", {})
            }
        yield name, fields, _rows(execute, table, fields, known)


def _rows(
    execute: Execute, table: Table, fields: Iterable[Field], known: Mapping[str, Mapping[int, Any]]
) -> Iterator[list[Any]]:
    fields = tuple(fields)
    columns = ", ".join(field.column.name for field in fields)
    order = next(iter(table.primary_key)).name
    change = {
        place: convert
        for place, field in enumerate(fields)
        if (convert := _conversion(field, known)) is not None
    }.items()
    for found in execute(f"SELECT {columns} FROM {table.name} ORDER BY {order}", {}):
        row = list(found)
        for place, convert in change:
            value = row[place]
            if value is not None:
                row[place] = convert(value)
        yield row


def _conversion(
    field: Field, known: Mapping[str, Mapping[int, Any]]
) -> Callable[[Any], Any] | None:
    if field.refers_to is not None and field.refers_to in known:
        return known[field.refers_to].__getitem__
    if isinstance(field.column.type, Boolean):
        return bool
    return _plain if isinstance(field.column.type, LargeBinary) else None


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
