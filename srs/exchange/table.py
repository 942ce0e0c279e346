"""The living cards as a table, CSV or TSV: a line a card, for a spreadsheet or a script."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from srs.deck.cards import faces
from srs.exchange.writing import whole_file
from srs.store.collection import Collection
from srs.store.living import LivingCard, LivingDeck, LivingNote, living_decks
from srs.store.queue import Scope

COLUMNS = (
    "front",
    "back",
    "topic",
    "deck",
    "tags",
    "kind",
    "state",
    "due",
    "stability",
    "difficulty",
    "reps",
    "lapses",
    "suspended",
    "flag",
    "card",
)
EPOCH = date(1970, 1, 1)


def write(
    collection: Collection,
    target: Path,
    scope: Scope | None = None,
    *,
    delimiter: str = ",",
    force: bool = False,
) -> int:
    """Write a line for every living card of a scope, below a line of names; returns how many.

    `front` and `back` are what the card asks and answers, as Markdown; `due` is the study day, and
    `card` the card's uid. The text is UTF-8, quoted as RFC 4180 says.
    """
    count = 0
    with (
        whole_file(target, force=force) as path,
        path.open("w", encoding="utf-8", newline="") as file,
        collection.reading_sql() as execute,
    ):
        lines = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        lines.writerow(COLUMNS)
        for deck in living_decks(execute, scope):
            for row in _rows(deck):
                lines.writerow(row)
                count += 1
    return count


def _rows(deck: LivingDeck) -> Iterator[list[object]]:
    for each in deck.notes:
        for card in each.cards:
            yield _row(deck, each, card)


def _row(deck: LivingDeck, living: LivingNote, card: LivingCard) -> list[object]:
    shown = faces(living.note, card.key)
    state = card.state
    return [
        shown.question,
        shown.answer,
        living.note.topic,
        deck.name,
        " ".join(living.note.tags),
        living.note.kind.value,
        state.state.name.lower(),
        "" if state.due_day is None else (EPOCH + timedelta(days=state.due_day)).isoformat(),
        "" if state.stability is None else f"{state.stability:.4f}",
        "" if state.difficulty is None else f"{state.difficulty:.4f}",
        state.reps,
        state.lapses,
        "yes" if card.suspended else "no",
        card.flag or "",
        card.uid.hex(),
    ]
