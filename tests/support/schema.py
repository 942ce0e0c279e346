"""The SQL of the tables as SQLModel would make them.

Run it as `PYTHONPATH=tests python -m support.schema` to write `srs/store/schema.sql` after a
change of the tables.
"""

from __future__ import annotations

from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from srs.store import practice_tables
from srs.store.schema import FILE


def from_models() -> str:
    """Return every statement, in the order in which the tables refer to each other."""
    statements: list[str] = []

    def keep(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        lines = str(statement.compile(dialect=engine.dialect)).strip().split("\n")
        statements.append("\n".join(line.rstrip().replace("\t", "    ") for line in lines) + ";\n")

    engine = create_mock_engine("sqlite://", keep)
    practice_tables.ALL[0].metadata.create_all(engine, checkfirst=False)
    # The indexes of a table are a set: put them in one order.
    return "\n".join(
        sorted(statements, key=lambda s: (s.startswith("CREATE INDEX"), s * (s[7:12] == "INDEX")))
    )


if __name__ == "__main__":
    FILE.write_text(from_models(), encoding="utf-8")
