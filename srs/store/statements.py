"""Running the queue's plain SQL through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from srs.store.queue import Execute


@cache
def _prepared(statement: str) -> TextClause:
    return text(statement)


def executing(connection: Connection) -> Execute:
    """Return a connection's way to run a statement with named parameters."""

    def execute(statement: str, values: Mapping[str, Any]) -> Iterable[Any]:
        return connection.execute(_prepared(statement), values)

    return execute
