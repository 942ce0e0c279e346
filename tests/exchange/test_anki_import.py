"""What becomes of an Anki package in the collection."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from support.anki_files import CLOZE, FIRST_DAY, AnkiFile
from support.clock import ManualClock
from support.looking import answer_all, asked, rows

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.schedule.memory import DEFAULT_WEIGHTS, memory_from_sm2
from srs.schedule.model import Rating, State
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.report import ImportReport

Bring = Callable[..., ImportReport]
BERLIN = timezone(timedelta(hours=1))
STATE = "SELECT state, stability, difficulty, fsrs_day, due_day, reps, lapses FROM card"


def at(local: str) -> int:
    return round(datetime.fromisoformat(local).replace(tzinfo=BERLIN).timestamp() * 1000)


def test_a_basic_note_becomes_a_card_under_its_deck_and_its_one_path_of_tags(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "Why &lt;b&gt;?", "<b>So</b>", tags=" hard serving::batching ")
    report = bring(anki_file.package())
    assert (report.files, report.added, report.formats["anki"]) == (1, 1, 1)
    found = rows(
        collection,
        "SELECT front, back, explicit_id, topic.path, deck.name, details FROM note "
        "JOIN topic ON topic.id = topic_id JOIN deck ON deck.id = deck_id",
    )
    ((*values, details),) = found
    assert values == ["Why \\<b>?", "**So**", "g1", "ml/serving/batching", "ML::Serving"]
    assert json.loads(details)["tags"] == ["hard", "serving::batching"]


def test_a_plain_cloze_takes_our_notation_and_its_brackets_are_escaped(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    text = "In x[0] decode is bound by {{c2::memory}}, prefill by {{c1::compute}}."
    anki_file.add("g1", text, "More.", kind=CLOZE, ords=(0, 1))
    bring(anki_file.package())
    assert rows(collection, "SELECT kind, front, back FROM note") == [
        ("cloze", r"In x\[0\] decode is bound by [memory], prefill by [compute].", "More.")
    ]
    assert rows(collection, "SELECT sibling FROM card ORDER BY position") == [
        ("cloze:memory",),
        ("cloze:compute",),
    ]


def test_a_cloze_with_a_hint_asks_as_anki_does(
    desk: Desk, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "It is {{c1::red::colour}} {{c1::and}} hot", kind=CLOZE)
    bring(anki_file.package())
    card = asked(desk.start())
    assert (card.question, card.answer) == ("It is [colour] […] hot", "It is **red** **and** hot")


def test_history_keeps_every_answer_and_goes_on_where_anki_stood(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    card = anki_file.add("g1", "a", "b", type=2, queue=2, due=25, ivl=14, factor=2500)
    anki_file.log(card, at("2026-11-02T09:00"), 3, -600, -60, 0, 0)
    anki_file.log(card, at("2026-11-02T09:10"), 3, 4, -600, 2500, 0)
    anki_file.log(card, at("2026-11-06T02:00"), 1, -600, 4, 2300, 1)
    anki_file.log(card, at("2026-11-06T09:30"), 4, 14, -600, 2300, 2)
    report = bring(anki_file.package())
    assert report.reviews == 4
    found = rows(
        collection,
        "SELECT rating, study_day, fsrs_day, state, due_day, due_ms, duration_ms, kind "
        "FROM review ORDER BY ms",
    )
    day = FIRST_DAY
    assert found == [
        (3, day + 1, day + 1, 1, day + 1, at("2026-11-02T09:10"), 5000, "review"),
        (3, day + 1, day + 1, 2, day + 5, None, 5000, "review"),
        (1, day + 4, day + 4, 3, day + 4, at("2026-11-06T02:10"), 5000, "review"),
        (4, day + 5, day + 5, 2, day + 25, None, 5000, "review"),
    ]
    ((state, _, _, last, due, reps, lapses),) = rows(collection, STATE)
    assert (state, last, due, reps, lapses) == (State.REVIEW, day + 5, day + 25, 4, 1)
    assert rows(collection, "SELECT name FROM device ORDER BY id")[-1] == ("Anki",)
    assert examine(collection).findings == ()


def test_answers_given_here_stay_when_the_package_comes_again_with_more(
    collection: Collection, desk: Desk, clock: ManualClock, anki_file: AnkiFile, bring: Bring
) -> None:
    card = anki_file.add("g1", "a", "b", type=2, queue=2, due=20, ivl=14, factor=2500)
    anki_file.log(card, at("2026-11-06T09:00"), 3, 14, -600, 2500, 0)
    assert bring(anki_file.package()).reviews == 1
    assert answer_all(desk.start()) == 1
    before = rows(collection, STATE)
    anki_file.log(card, at("2026-11-10T09:00"), 3, 14, 14, 2500, 1)
    again = bring(anki_file.package())
    assert (again.unchanged, again.reviews) == (1, 1)
    after = rows(collection, STATE)
    assert after[0][3:5] == before[0][3:5]
    assert after[0][5] == before[0][5] + 1
    assert bring(anki_file.package()).reviews == 0
    assert examine(collection).findings == ()


def test_a_card_without_a_log_starts_from_its_interval_and_ease(
    collection: Collection, desk: Desk, clock: ManualClock, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b", type=2, queue=2, due=23, ivl=20, factor=2100)
    bring(anki_file.package())
    ((state, stability, difficulty, day, due, reps, _),) = rows(collection, STATE)
    assert (state, day, due, reps) == (State.REVIEW, FIRST_DAY + 3, FIRST_DAY + 23, 0)
    assert (stability, difficulty) == pytest.approx(memory_from_sm2(2.1, 20, DEFAULT_WEIGHTS))
    assert examine(collection).findings == ()
    assert answer_all(desk.start()) == 1
    assert desk.overview().new_beyond_limit == 0
    assert rows(collection, "SELECT reps, lapses FROM card") == [(1, 0)]
    assert examine(collection).findings == ()


def test_fsrs_memory_that_anki_had_is_gone_on_from(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    data = '{"s":13.5,"d":4.25,"dr":0.95}'
    anki_file.add("g1", "a", "b", type=2, queue=2, due=30, ivl=12, factor=2500, data=data)
    report = bring(anki_file.package())
    assert rows(collection, "SELECT stability, difficulty FROM card") == [(13.5, 4.25)]
    assert [w.code for w in report.warnings] == ["desired-retention"]
    assert "srs config desired-retention 0.95" in report.warnings[0].message


def test_a_card_that_was_made_new_again_is_new_and_keeps_its_answers(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    card = anki_file.add("g1", "a", "b")
    anki_file.log(card, at("2026-11-02T09:00"), 3, 4, -600, 2500, 0)
    anki_file.log(card, at("2026-11-03T09:00"), 0, 0, 0, 0, 4)
    assert bring(anki_file.package()).reviews == 1
    assert rows(collection, "SELECT state, stability FROM card") == [(State.NEW, None)]
    assert examine(collection).findings == ()


def test_answers_in_the_future_are_left_out_and_grading_goes_on(
    collection: Collection, desk: Desk, anki_file: AnkiFile, bring: Bring
) -> None:
    card = anki_file.add("g1", "a", "b")
    anki_file.log(card, at("2031-01-01T09:00"), 3, 4, -600, 2500, 0)
    report = bring(anki_file.package())
    assert [w.code for w in report.warnings] == ["future-review"]
    assert report.reviews == 0
    desk.start().answer(Rating.GOOD)


def test_old_learning_answers_count_without_hard(
    collection: Collection, tmp_path: Path, bring: Bring
) -> None:
    old = AnkiFile(tmp_path, conf={"schedVer": 1})
    card = old.add("g1", "a", "b", type=2, queue=2, due=25, ivl=4, factor=2500)
    old.log(card, at("2026-11-02T09:00"), 2, 1, -600, 2500, 0)
    old.log(card, at("2026-11-04T09:00"), 2, 4, 1, 2500, 1)
    bring(old.package())
    assert rows(collection, "SELECT rating FROM review ORDER BY ms") == [(3,), (2,)]


def test_the_same_notes_in_another_file_are_the_same_cards(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b")
    bring(anki_file.package("one.apkg"))
    anki_file.db.execute("UPDATE notes SET flds = 'a' || char(31) || 'better'")
    report = bring(anki_file.package("one (1).apkg"))
    assert (report.updated, report.added, report.retired) == (1, 0, 0)
    assert rows(collection, "SELECT back FROM note") == [("better",)]


def test_a_note_that_left_the_package_is_retired_when_it_comes_again(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b")
    anki_file.add("g2", "c", "d")
    bring(anki_file.package())
    anki_file.db.execute("DELETE FROM notes WHERE guid = 'g2'")
    report = bring(anki_file.package())
    assert (report.unchanged, report.retired) == (1, 1)


def test_pictures_are_taken_out_beside_the_collection_and_found_from_the_card(
    collection: Collection, desk: Desk, anki_file: AnkiFile, bring: Bring
) -> None:
    from srs.tui.opener import picture_file

    anki_file.add("g1", '<img src="a b.png">', "[sound:gone.mp3]")
    media = {"a b.png": b"picture", "unused.png": b"x", "../evil.png": b"x"}
    report = bring(anki_file.package(media=media))
    assert [w.code for w in report.warnings] == ["missing-media"]
    card = asked(desk.start())
    assert card.question == "![](a%20b.png)"
    assert picture_file(card.folder, "a%20b.png").read_bytes() == b"picture"
    assert card.folder is not None
    assert [file.name for file in card.folder.iterdir()] == ["a b.png"]
    assert card.folder.is_relative_to(collection.path.parent / "media")


def test_editing_such_a_card_says_where_its_text_lives(
    desk: Desk, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b")
    bring(anki_file.package())
    with pytest.raises(SrsError, match="lives in the collection: srs export"):
        desk.start().edit_place()


def test_a_dry_run_stores_nothing(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", '<img src="p.png">', "b")
    report = bring(anki_file.package(media={"p.png": b"x"}), dry_run=True)
    assert report.added == 1
    assert rows(collection, "SELECT COUNT(*) FROM note") == [(0,)]
    assert not (collection.path.parent / "media").exists()


def test_a_folder_may_hold_decks_and_packages(
    collection: Collection, folder: Path, write: Callable[[str, str], Path], bring: Bring
) -> None:
    write("own.md", "Q: x\nA: y\n")
    file = AnkiFile(folder)
    file.add("g1", "a", "b")
    file.package()
    assert bring(folder).added == 2
    assert bring(folder).unchanged == 2
