"""Asking about pairs in doubt, and taking back what an import decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.looking import answer_all, rows

from srs.practice.desk import Desk
from srs.store import decisions
from srs.store.collection import Collection
from srs.store.decisions import DecisionGoneError
from srs.store.doctor import examine
from srs.store.ingest.report import Doubt, ImportReport, Pair
from srs.store.ingest.run import Options, import_paths

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]

OTHERS = "".join(f"\nQ: What is number {n} of the plan called?\nA: Step {n}.\n" for n in range(4))
OLD = "\nQ: What does a larger batch trade away?\nA: Latency of the first request.\n"
MENDED = "\nQ: What does a larger batch trade away?\nA: The latency of its first request.\n"
# A number changed in the question may correct it or ask another.
DOUBTFUL_OLD = "\nQ: How many GB hold 8 million rows?\nA: 56 of them\n"
DOUBTFUL = "\nQ: How many GB hold 9 million rows?\nA: 63 of them\n"
CLOZE = "\nC: Decode is bound by [memory bandwidth], prefill by [compute].\n"
CLOZE_MORE = "\nC: Decode is bound by [memory bandwidth], prefill by [compute] and [flops].\n"


def texts(collection: Collection) -> dict[str, tuple[bool, int]]:
    """Map the back of each note, or a cloze's text, to whether it is retired, and its reviews."""
    found = rows(
        collection,
        "SELECT CASE n.kind WHEN 'cloze' THEN n.front ELSE n.back END, n.retired,"
        " (SELECT count(*) FROM review r JOIN card c ON c.id = r.card_id WHERE c.note_id = n.id)"
        " FROM note n WHERE n.text_hash <> n.uid ORDER BY n.id",
    )
    return {text: (bool(retired), reviews) for text, retired, reviews in found}


def everything(collection: Collection) -> list[list[tuple[Any, ...]]]:
    """Return the notes, cards and log, without what only says that a card has changed."""
    columns = "id, uid, note_id, deck_id, topic_id, sibling, position, retired, state, step, "
    columns += "stability, difficulty, due_day, due_ms, reps, lapses, suspended, flag"
    return [
        rows(collection, "SELECT * FROM note ORDER BY id"),
        rows(collection, f"SELECT {columns} FROM card ORDER BY id"),
        rows(collection, "SELECT * FROM review ORDER BY id"),
        rows(collection, "SELECT * FROM event ORDER BY id"),
    ]


@pytest.fixture
def carried(write: Write, take_in: TakeIn, desk: Desk) -> int:
    """Mend the answer of a learnt card; gives the number of the decision that carried it."""
    write("a.md", OLD + OTHERS)
    take_in()
    answer_all(desk.start())
    write("a.md", MENDED + OTHERS)
    report = take_in()
    (decision,) = report.decisions
    assert decision.number is not None
    return decision.number


def in_doubt(write: Write, take_in: TakeIn, desk: Desk) -> None:
    write("a.md", DOUBTFUL_OLD + OTHERS)
    take_in()
    answer_all(desk.start())
    write("a.md", DOUBTFUL + OTHERS)


def test_parting_gives_the_history_back_to_the_old_text(
    carried: int, collection: Collection
) -> None:
    before = texts(collection)["The latency of its first request."]
    assert before[1] > 0
    parted = decisions.take_back(collection, carried)
    assert not parted.joined
    found = texts(collection)
    assert found["The latency of its first request."] == (False, 0)
    assert found["Latency of the first request."] == (True, before[1])
    assert examine(collection).findings == ()


def test_a_parted_card_is_asked_as_new_and_the_old_one_is_not(
    carried: int, collection: Collection, desk: Desk
) -> None:
    decisions.take_back(collection, carried)
    assert desk.overview().new == 1
    assert desk.overview().cards == 5


def test_parting_and_joining_again_leaves_all_as_it_was(
    carried: int, collection: Collection
) -> None:
    before = everything(collection)
    decisions.take_back(collection, carried)
    assert decisions.take_back(collection, carried).joined
    notes, cards, *log = everything(collection)
    assert notes[: len(before[0])] == before[0]
    assert cards[: len(before[1])] == before[1]
    assert log == before[2:]
    assert examine(collection).findings == ()


def test_reviews_after_the_parting_stay_with_the_card_they_were_given_on(
    carried: int, collection: Collection, desk: Desk
) -> None:
    decisions.take_back(collection, carried)
    assert answer_all(desk.start()) > 0
    decisions.take_back(collection, carried)
    assert examine(collection).findings == ()
    decisions.take_back(collection, carried)
    assert texts(collection)["The latency of its first request."][1] > 0
    assert examine(collection).findings == ()


def test_the_next_import_keeps_what_was_parted(
    carried: int, collection: Collection, write: Write, take_in: TakeIn
) -> None:
    decisions.take_back(collection, carried)
    write("a.md", MENDED + OTHERS + "\nQ: One more?\nA: Yes.\n")
    report = take_in()
    assert (report.added, report.retired, report.unchanged) == (1, 0, 5)
    write("a.md", OLD + OTHERS)
    report = take_in()
    assert report.revived == 1
    assert not texts(collection)["Latency of the first request."][0]


def test_a_cloze_that_gained_a_deletion_is_parted_with_every_card(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", CLOZE + OTHERS)
    take_in()
    answer_all(desk.start())
    write("a.md", CLOZE_MORE + OTHERS)
    number = take_in().decisions[0].number
    assert number is not None
    before = everything(collection)
    decisions.take_back(collection, number)
    living = rows(
        collection,
        "SELECT c.sibling, c.state FROM card c JOIN note n ON n.id = c.note_id "
        "WHERE n.kind = 'cloze' AND NOT c.retired ORDER BY c.id",
    )
    assert sorted(sibling for sibling, _ in living) == [
        "cloze:compute",
        "cloze:flops",
        "cloze:memory bandwidth",
    ]
    assert {state for _, state in living} == {0}
    assert examine(collection).findings == ()
    decisions.take_back(collection, number)
    assert everything(collection)[1][: len(before[1])] == before[1]
    assert examine(collection).findings == ()


def test_a_pair_in_doubt_is_new_where_nobody_is_asked_and_can_be_joined_later(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    in_doubt(write, take_in, desk)
    report = take_in()
    (doubt,) = report.doubtful
    assert (report.added, report.retired) == (1, 1)
    assert doubt.number is not None
    reviews = texts(collection)["56 of them"][1]
    assert reviews > 0
    assert decisions.take_back(collection, doubt.number).joined
    assert texts(collection)["63 of them"] == (False, reviews)
    assert examine(collection).findings == ()
    decisions.take_back(collection, doubt.number)
    assert texts(collection)["56 of them"] == (True, reviews)
    assert texts(collection)["63 of them"] == (False, 0)
    assert examine(collection).findings == ()


def test_the_note_a_join_emptied_is_never_found_again(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    in_doubt(write, take_in, desk)
    number = take_in().doubtful[0].number
    assert number is not None
    decisions.take_back(collection, number)
    write("a.md", DOUBTFUL.replace("63", "64") + OTHERS)
    assert take_in().updated == 1
    write("a.md", DOUBTFUL + OTHERS)
    report = take_in()
    assert (report.updated, report.revived, report.retired) == (1, 0, 0)


@pytest.mark.parametrize("same", [True, False])
def test_a_pair_in_doubt_is_decided_by_who_is_asked_before_anything_is_stored(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, folder: Path, same: bool
) -> None:
    in_doubt(write, take_in, desk)
    before = everything(collection)

    def ask(doubts: Sequence[Doubt]) -> frozenset[Pair]:
        assert everything(collection) == before
        return frozenset(doubt.pair for doubt in doubts if same)

    report = import_paths(collection, [folder], Options(ask=ask))
    assert report.stored
    assert (report.updated, report.added, report.retired) == ((1, 0, 0) if same else (0, 1, 1))
    assert len(report.doubtful) == (0 if same else 1)
    assert (texts(collection)["63 of them"][1] > 0) is same
    assert examine(collection).findings == ()


def test_a_confirmed_pair_can_be_parted(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, folder: Path
) -> None:
    in_doubt(write, take_in, desk)
    everyone = Options(ask=lambda doubts: frozenset(doubt.pair for doubt in doubts))
    (decision,) = import_paths(collection, [folder], everyone).decisions
    assert decision.reason == "confirmed"
    assert decision.number is not None
    decisions.take_back(collection, decision.number)
    assert texts(collection)["56 of them"][0]
    assert examine(collection).findings == ()


def test_a_dry_run_keeps_no_decision(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    in_doubt(write, take_in, desk)
    report = take_in(dry_run=True)
    assert not report.stored
    assert decisions.listed(collection) == []


def test_decisions_are_listed_newest_first_with_both_texts(
    carried: int, collection: Collection, write: Write, take_in: TakeIn
) -> None:
    write("a.md", MENDED.replace("its first", "the very first") + OTHERS)
    take_in()
    newest, oldest = decisions.listed(collection)
    assert oldest.number == carried
    assert newest.before[1] == "The latency of its first request."
    assert newest.after[1] == "The latency of the very first request."
    assert (newest.joined, newest.reason) == (True, "same front")
    assert Path(newest.file).name == "a.md"


def test_the_newer_of_two_decisions_on_a_card_goes_first_or_not_at_all(
    carried: int, collection: Collection, write: Write, take_in: TakeIn
) -> None:
    write("a.md", MENDED.replace("its first", "the very first") + OTHERS)
    take_in()
    newest = decisions.listed(collection)[0].number
    decisions.take_back(collection, carried)
    assert [each.number for each in decisions.listed(collection)] == [carried]
    with pytest.raises(DecisionGoneError, match="changed since"):
        decisions.take_back(collection, newest)
    decisions.take_back(collection, carried)
    assert {each.number for each in decisions.listed(collection)} == {carried, newest}


def test_a_decision_that_never_was_is_one_sentence(collection: Collection) -> None:
    with pytest.raises(DecisionGoneError, match="There is no decision 7"):
        decisions.take_back(collection, 7)


def test_an_older_collection_gains_the_list_of_decisions(collection: Collection) -> None:
    path = collection.path
    with collection.writing() as connection:
        connection.exec_driver_sql("DROP TABLE decision")
        connection.exec_driver_sql("DELETE FROM migration WHERE name = 'decisions'")
    collection.close()
    with Collection.open(path) as opened:
        assert decisions.listed(opened) == []
