"""An import of thousands of cards goes another way into the collection, to the same end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from support.looking import rows

from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options, import_paths

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]
MANY = 5_200
ONE = "## What bounds decode?\n\nMemory bandwidth.\n"


def many(extra: str = "") -> str:
    cards = "".join(f"## What is limit {n}?\n\nIt is {n}.\n\n" for n in range(MANY))
    return extra + cards


def indexes(collection: Collection) -> list[tuple[object, ...]]:
    return rows(collection, "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY 1")


def test_a_first_import_of_thousands_leaves_a_sound_collection(
    collection: Collection, write: Write, take_in: TakeIn
) -> None:
    before = indexes(collection)
    report = take_in(write("many.md", many()))
    assert (report.added, len(report.decisions)) == (MANY, MANY)
    assert indexes(collection) == before
    found = examine(collection)
    assert (found.findings, found.cards) == ((), MANY)
    uids = rows(collection, "SELECT count(DISTINCT uid) FROM card")
    assert uids == [(MANY,)]


def test_a_dry_run_of_thousands_leaves_no_trace(collection: Collection, write: Write) -> None:
    before = indexes(collection)
    report = import_paths(collection, [write("many.md", many())], Options(dry_run=True))
    assert report.added == MANY
    assert indexes(collection) == before
    assert rows(collection, "SELECT count(*) FROM card") == [(0,)]


def test_among_thousands_a_retired_card_is_found_again(
    collection: Collection, write: Write, take_in: TakeIn
) -> None:
    file = write("one.md", ONE)
    take_in(file)
    ((card,),) = rows(collection, "SELECT id FROM card")
    file.unlink()
    take_in(file, retire=True)
    report = take_in(write("many.md", many(ONE + "\n")))
    assert (report.added, report.revived) == (MANY, 1)
    assert rows(collection, f"SELECT retired FROM card WHERE id = {card}") == [(0,)]
