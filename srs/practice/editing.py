"""The file of a card: where to edit it, and taking up what was changed there.

Only an edit needs the importer and SQLAlchemy, so a sitting imports this module late.
"""

from __future__ import annotations

from pathlib import Path

from srs.errors import SrsError
from srs.store import cards, locations, sources
from srs.store.cards import StoredCard
from srs.store.collection import Collection
from srs.store.ingest.run import Options, import_paths


def place(collection: Collection, card: StoredCard) -> tuple[Path, int]:
    """Return a card's file and line, copying a bundled deck to the person first.

    Raises SrsError when the file is gone, is another program's, or the copy cannot be made.
    """
    if locations.is_foreign(card.deck_path):
        raise SrsError(
            "This card came from another program's file, so its text lives in the collection: "
            "srs export --own writes it to a Markdown deck that you can edit."
        )
    file = locations.deck_file(card.deck_path)
    if not file.exists():
        raise SrsError(f"{file} is gone, so it cannot be edited.")
    return sources.own_copy(collection, card.deck_path), card.note.line


def reread(collection: Collection, card: StoredCard) -> int:
    """Read a card's file again, which may be another than when it was shown; counts the changes.

    Raises SrsError, with file and line, when the file has an error; nothing is changed then.
    """
    with collection.reading_sql() as execute:
        here = cards.fetch(execute, card.id)
    file = locations.deck_file((here or card).deck_path)
    report = import_paths(collection, [file], Options(sources.format_of(collection, file)))
    if report.errors:
        first = report.errors[0]
        raise SrsError(f"{first.file}:{first.line}: {first.message}. Nothing was changed.")
    return report.changes
