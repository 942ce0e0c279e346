"""Pieces of plain SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

CHUNK = 500
T = TypeVar("T")


def one_of(values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Return a list of named places, as `IN` takes it, and the values that belong there."""
    named = {f"one{place}": value for place, value in enumerate(values)}
    return f"({', '.join(f':{name}' for name in named)})", named


def id_list(ids: Sequence[int]) -> str:
    """Return ids as `IN` takes them; of no ids, a list that no row is in."""
    return f"({', '.join(map(str, ids)) or '-1'})"


def insertion(table: str, values: Mapping[str, Any]) -> str:
    """Return the statement that inserts a row; the names are those of the table's columns."""
    places = ", ".join(f":{name}" for name in values)
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"


def chunks(values: Sequence[T]) -> list[Sequence[T]]:
    """Cut values into pieces that fit into one statement."""
    return [values[i : i + CHUNK] for i in range(0, len(values), CHUNK)]
