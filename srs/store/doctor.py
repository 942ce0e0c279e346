"""Proving that the collection is sound: the file, the references, and every card by its log."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from srs.store import sqlite
from srs.store.collection import Collection
from srs.store.standings import standings
from srs.store.tables import cards, events, notes, rehearsal_marks, reviews

TOLERANCE = 1e-9
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor looked at and found. `differing` cards are not as their log says."""

    cards: int
    reviews: int
    events: int
    differing: tuple[int, ...]
    findings: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def examine(collection: Collection, *, repair: bool = False) -> Diagnosis:
    """Check the file, the references, and every card's state against a replay of its log.

    Stability and difficulty may differ by 1e-9 of their size. With `repair` the cards that differ
    are rebuilt from the log.
    """
    scope = collection.writing() if repair else collection.reading()
    with scope as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        findings = sqlite.problems(driver)
        findings += _strays(connection)
        differing: list[int] = []
        rows = connection.execute(select(cards).order_by(cards.c.id))
        repairs: list[tuple[int, dict[str, Any]]] = []
        for row, (card_id, wanted) in zip(
            rows, standings(driver.execute, collection.weights), strict=True
        ):
            different = [name for name, value in wanted.items() if not _same(value, row, name)]
            if different:
                differing.append(card_id)
                repairs.append((card_id, wanted))
                if len(differing) <= SHOWN:
                    findings.append(_difference(row, different[0], wanted[different[0]]))
        if len(differing) > SHOWN:
            findings.append(f"{len(differing) - SHOWN} more cards are not as their log says.")
        if repair:
            for card_id, wanted in repairs:
                connection.execute(
                    update(cards)
                    .where(cards.c.id == card_id)
                    .values({**wanted, "revision": cards.c.revision + 1})
                )
        return Diagnosis(
            _count(connection, cards),
            _count(connection, reviews),
            _count(connection, events),
            tuple(differing),
            tuple(findings),
        )


def _strays(connection: Connection) -> list[str]:
    found = []
    targets = reviews.select().where(reviews.c.uid == events.c.target)
    other = events.alias()
    lost = connection.execute(
        select(events.c.id).where(
            events.c.kind == "void",
            ~exists(targets.correlate(events)),
            ~exists(other.select().where(other.c.uid == events.c.target).correlate(events)),
        )
    ).all()
    if lost:
        found.append(f"{len(lost)} voids take back a row that is not in the log.")
    odd = connection.execute(
        select(rehearsal_marks.c.id).where(
            (rehearsal_marks.c.kind == "line") & ~rehearsal_marks.c.points.between(0, 2)
            | (rehearsal_marks.c.kind == "graded")
            & ~exists(
                reviews.select()
                .where(reviews.c.uid == rehearsal_marks.c.review_uid)
                .correlate(rehearsal_marks)
            )
        )
    ).all()
    if odd:
        found.append(
            f"{len(odd)} rows about rehearsals have impossible points or an answer that is not "
            "in the log."
        )
    astray = connection.execute(
        select(cards.c.id)
        .join(notes, notes.c.id == cards.c.note_id)
        .where(~cards.c.retired, notes.c.retired)
    ).all()
    if astray:
        found.append(f"{len(astray)} cards are asked though their note is retired.")
    return found


def _same(wanted: Any, row: Any, name: str) -> bool:
    found = getattr(row, name)
    if isinstance(wanted, float) and isinstance(found, float):
        return math.isclose(wanted, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(found == wanted)


def _difference(row: Any, name: str, wanted: Any) -> str:
    return (
        f"Card {row.id} has {name.replace('_', ' ')} {getattr(row, name)}; its log says {wanted}. "
        "Run srs doctor --repair."
    )


def _count(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
