"""What an import does with decks, and what it never does with a history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.looking import answer_all, asked, rows

from srs.deck import files
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store import sources
from srs.store.collection import Collection
from srs.store.ingest.report import Change, ImportReport

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]

TWO_CARDS = """
Q: What does a batcher trade?
A: Latency for throughput.

Q: What bounds decode?
A: Memory bandwidth.
"""


def learnt(desk: Desk, question: str) -> None:
    """Answer one card Easy, so that it has a history."""
    sitting = desk.start()
    while asked(sitting).question != question:
        sitting.bury()
    sitting.answer(Rating.EASY)


def history(collection: Collection) -> dict[str, tuple[int, bool]]:
    """Map each front to the answers its living card carries."""
    found = rows(
        collection,
        "SELECT n.front, c.reps FROM card c JOIN note n ON n.id = c.note_id WHERE NOT c.retired",
    )
    return {front: (reps, True) for front, reps in found}


def test_a_folder_comes_in_and_a_second_run_changes_nothing(write: Write, take_in: TakeIn) -> None:
    write("a.md", TWO_CARDS)
    write("deeper/b.md", "C: Prefill is bound by [compute], decode by [bandwidth].\n")
    first = take_in()
    assert (first.files, first.added, first.unchanged) == (2, 4, 0)
    second = take_in()
    assert (second.files, second.changes, second.unchanged) == (2, 0, 4)


def test_an_unchanged_file_is_not_parsed_again(
    write: Write, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", TWO_CARDS)
    take_in()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an unchanged file was parsed")

    monkeypatch.setattr(files, "read_bytes", refuse)
    assert take_in().unchanged == 2


def test_cards_with_one_front_are_told_apart_by_their_answers(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    cards = [f"Q: What does it print?\nA: The number {number}.\n" for number in range(4)]
    write("a.md", "\n".join(cards))
    take_in()
    before = dict(rows(collection, "SELECT back, uid FROM note"))
    write("a.md", "\n".join([cards[3], cards[1], cards[0], cards[2].replace("The", "Always the")]))
    report = take_in()
    assert (report.unchanged, report.updated, report.added, report.retired) == (3, 1, 0, 0)
    after = dict(rows(collection, "SELECT back, uid FROM note"))
    assert {back: uid for back, uid in after.items() if back in before}.items() <= before.items()


def test_a_card_that_differs_in_white_space_alone_is_no_other_card(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", "Q: What holds?  \nAnd why?\nA: One.  \nTwo.\n\nQ: And else?\nA: Nothing.\n")
    take_in()
    before = rows(collection, "SELECT id, text_hash, front_hash FROM note ORDER BY id")
    write("a.md", "Q: What holds?\nAnd why?\nA: One.\nTwo.\n\nQ: And else?\nA: Nothing.\n")
    report = take_in()
    assert (report.updated, report.unchanged, report.added, report.retired) == (1, 1, 0, 0)
    assert rows(collection, "SELECT id, text_hash, front_hash FROM note ORDER BY id") == before


def test_a_card_that_stayed_while_others_changed_can_still_move(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    write("a.md", TWO_CARDS.replace("for throughput", "for more throughput"))
    assert take_in().unchanged == 1
    before, after = TWO_CARDS.split("\n\n")
    write("a.md", before.replace("for throughput", "for more throughput"))
    write("b.md", after)
    report = take_in()
    assert (report.moved, report.unchanged, report.added, report.retired) == (1, 1, 0, 0)


def test_one_broken_file_keeps_the_whole_call_out(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("good.md", TWO_CARDS)
    write("broken.md", "C: there is no deletion here\n")
    report = take_in()
    assert [problem.code for problem in report.errors] == ["cloze-without-deletion"]
    assert rows(collection, "SELECT count(*) FROM card") == [(0,)]


def test_a_card_that_moves_within_or_between_files_keeps_its_history(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    learnt(desk, "What bounds decode?")
    write("a.md", "Q: What does a batcher trade?\nA: Latency for throughput.\n")
    write("b.md", "\n\nQ: What bounds decode?\nA: Memory bandwidth.\n")
    report = take_in()
    assert (report.moved, report.unchanged, report.retired, report.added) == (1, 1, 0, 0)
    assert history(collection)["What bounds decode?"] == (1, True)


def test_an_explicit_id_keeps_the_history_of_a_reworded_card(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", "Q: What bounds decode?\n<!-- id: decode -->\nA: Memory bandwidth.\n")
    take_in()
    learnt(desk, "What bounds decode?")
    write("a.md", "Q: Which limit does decode meet?\n<!-- id: decode -->\nA: Bytes per second.\n")
    report = take_in()
    assert (report.updated, report.added, report.retired) == (1, 0, 0)
    assert history(collection) == {"Which limit does decode meet?": (1, True)}


def test_a_better_answer_under_the_same_question_keeps_the_history(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    learnt(desk, "What bounds decode?")
    write("a.md", TWO_CARDS.replace("Memory bandwidth.", "Memory bandwidth, at small batches."))
    assert take_in().updated == 1
    assert history(collection)["What bounds decode?"] == (1, True)


def test_a_vanished_card_is_retired_and_comes_back_with_its_history(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    learnt(desk, "What bounds decode?")
    write("a.md", "Q: What does a batcher trade?\nA: Latency for throughput.\n")
    assert take_in().retired == 1
    assert "What bounds decode?" not in history(collection)
    write("a.md", TWO_CARDS)
    report = take_in()
    assert (report.revived, report.added) == (1, 0)
    assert history(collection)["What bounds decode?"] == (1, True)


def test_a_deleted_file_of_a_folder_retires_its_cards(write: Write, take_in: TakeIn) -> None:
    write("a.md", TWO_CARDS)
    gone = write("b.md", "Q: Why?\nA: Because.\n")
    take_in()
    gone.unlink()
    report = take_in()
    assert (report.retired, report.unchanged) == (1, 2)


def test_only_the_paths_given_can_retire(write: Write, take_in: TakeIn) -> None:
    a = write("a.md", TWO_CARDS)
    b = write("b.md", "Q: Why?\nA: Because.\n")
    take_in()
    b.unlink()
    assert take_in(a).retired == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe broken \x80"),
        lambda path: path.write_text("---\ndeck: a\n---\n```\nnever closed\n"),
        lambda path: path.write_text("---\ndeck: a\n---\n"),
        lambda path: path.unlink(),
    ],
    ids=["empty", "not UTF-8", "unclosed fence", "no cards", "gone"],
)
def test_a_file_that_is_empty_broken_or_gone_retires_nothing_until_confirmed(
    write: Write, take_in: TakeIn, collection: Collection, damage: Callable[[Path], None]
) -> None:
    path = write("a.md", TWO_CARDS)
    take_in()
    damage(path)
    report = take_in(path)
    assert len(report.errors) == 1
    assert report.retired == 0
    assert len(history(collection)) == 2


def test_a_folder_that_is_suddenly_empty_retires_nothing_until_confirmed(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    path = write("a.md", TWO_CARDS)
    take_in()
    path.unlink()
    assert [problem.code for problem in take_in().errors] == ["retire-unconfirmed"]
    assert len(history(collection)) == 2
    assert take_in(retire=True).retired == 2


def test_a_confirmed_empty_file_retires_its_cards(write: Write, take_in: TakeIn) -> None:
    path = write("a.md", TWO_CARDS)
    take_in()
    path.write_bytes(b"")
    assert take_in(path, retire=True).retired == 2


def test_a_card_that_stands_in_many_decks_is_warned_of_once_a_deck(
    write: Write, take_in: TakeIn
) -> None:
    for name in "abcde":
        write(f"{name}.md", "Q: What bounds decode?\nA: Memory bandwidth.\n")
    warnings = take_in().warnings
    assert [problem.code for problem in warnings] == ["duplicate-card"] * 5
    assert "e.md and 3 other decks" in warnings[0].message
    assert "a.md and 3 other decks" in warnings[4].message


def test_a_copy_of_a_living_card_is_new_and_warned_of(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    learnt(desk, "What bounds decode?")
    write("b.md", "Q: What bounds decode?\nA: Memory bandwidth.\n")
    report = take_in()
    assert report.added == 1
    assert [problem.code for problem in report.warnings] == ["duplicate-card"]
    assert sorted(
        reps for (reps,) in rows(collection, "SELECT reps FROM card WHERE NOT retired")
    ) == [0, 0, 1]


def test_siblings_of_a_cloze_follow_their_deletion(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    write("a.md", "C: <!-- id: x --> Prefill: [compute]; decode: [bandwidth].\n")
    take_in()
    sitting = desk.start()
    sitting.answer(Rating.EASY)
    (first,) = rows(collection, "SELECT sibling FROM card WHERE reps = 1")
    write("a.md", "C: <!-- id: x --> Decode: [bandwidth]; prefill: [compute].\n")
    take_in()
    assert rows(collection, "SELECT sibling FROM card WHERE reps = 1") == [first]


def test_a_dry_run_reports_and_stores_nothing(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", TWO_CARDS)
    report = take_in(dry_run=True)
    assert report.added == 2
    assert [decision.change for decision in report.decisions] == [Change.ADDED, Change.ADDED]
    assert rows(collection, "SELECT count(*) FROM deck") == [(0,)]


def test_sources_are_reread_when_they_changed(
    write: Write, take_in: TakeIn, collection: Collection, folder: Path
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    sources.remember(collection, [folder])
    assert sources.reread(collection).changes == 0
    write("b.md", "Q: Why?\nA: Because.\n")
    write("broken.md", "C: no deletion\n")
    report = sources.reread(collection)
    assert report.added == 1
    assert [problem.code for problem in report.errors] == ["cloze-without-deletion"]


def test_a_source_that_is_gone_keeps_its_cards(
    write: Write, take_in: TakeIn, collection: Collection, folder: Path
) -> None:
    path = write("a.md", TWO_CARDS)
    take_in()
    sources.remember(collection, [folder])
    path.unlink()
    folder.rmdir()
    report = sources.reread(collection)
    assert [problem.code for problem in report.warnings] == ["source-gone"]
    assert len(history(collection)) == 2


def test_the_bundled_decks_come_in_whole_and_an_own_copy_takes_their_place(
    desk: Desk, collection: Collection
) -> None:
    assert desk.reread() is not None
    cards = desk.overview().cards
    assert cards >= 60
    ((path,), *_) = rows(collection, "SELECT path FROM deck ORDER BY path")
    assert path.startswith("bundled:")
    copy = sources.own_copy(collection, path)
    assert copy.parent.parent == collection.path.parent
    copy.write_text(copy.read_text() + "\n## Is a new question taken up?\n\nIt is.\n")
    assert sources.reread(collection).added == 1
    assert desk.overview().cards == cards + 1


def test_answering_everything_twice_leaves_nothing_due_today(
    write: Write, take_in: TakeIn, desk: Desk, clock: object
) -> None:
    write("a.md", TWO_CARDS)
    take_in()
    assert answer_all(desk.start(), Rating.EASY) == 2
    assert desk.overview().due == 0
