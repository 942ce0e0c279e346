"""Cards that begin where another program's schedule stood, as notes carry it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from support.looking import answer_all, rows

from srs.deck.model import Deck, Kind, Note, Start
from srs.practice.desk import Desk
from srs.schedule.model import Rating, State
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.foreign import ForeignDeck, ForeignFile
from srs.store.ingest.run import import_paths

NOTE = Note(Kind.BASIC, "a", "b", "topic", 1, explicit_id="one")


def bring(collection: Collection, path: Path, note: Note) -> None:
    file = ForeignFile(path, "other", (ForeignDeck(Deck("D", "topic", (note,))),))
    assert import_paths(collection, (), foreign=[file]).errors == []


def test_a_start_belongs_to_the_card_that_is_added_with_it(
    collection: Collection, desk: Desk, tmp_path: Path
) -> None:
    today = collection.now().study_day
    start = Start("front", today - 2, 10, ease=2.5)
    bring(collection, tmp_path / "x", replace(NOTE, starts=(start,)))
    assert rows(collection, "SELECT state, fsrs_day, due_day FROM card") == [
        (State.REVIEW, today - 12, today - 2)
    ]
    assert answer_all(desk.start()) == 1
    assert examine(collection).findings == ()


def test_a_known_card_takes_no_start(collection: Collection, tmp_path: Path) -> None:
    bring(collection, tmp_path / "x", NOTE)
    start = Start("front", collection.now().study_day, 10)
    bring(collection, tmp_path / "x", replace(NOTE, starts=(start,)))
    assert rows(collection, "SELECT state FROM card") == [(State.NEW,)]


def test_a_card_with_a_start_is_no_new_card_of_the_day(
    collection: Collection, desk: Desk, tmp_path: Path
) -> None:
    collection.change_setting("new-per-day", "1")
    start = Start("front", collection.now().study_day, 10)
    other = replace(NOTE, front="c", line=2, explicit_id="two")
    deck = Deck("D", "topic", (replace(NOTE, starts=(start,)), other))
    file = ForeignFile(tmp_path / "x", "other", (ForeignDeck(deck),))
    import_paths(collection, (), foreign=[file])
    assert desk.overview().new == 1
    sitting = desk.start()
    sitting.answer(Rating.GOOD)
    assert desk.overview().new == 1
