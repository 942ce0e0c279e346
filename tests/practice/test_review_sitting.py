"""The daily sitting as a person meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import answer_all, asked, rows

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.practice.review import NOTHING_TO_UNDO
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.report import ImportReport

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]


def questions(count: int, topic: str = "t") -> str:
    return f"# {topic}\n" + "".join(
        f"\nQ: Question {topic} {n}?\nA: Answer {n}.\n" for n in range(count)
    )


@pytest.fixture
def three(write: Write, take_in: TakeIn) -> None:
    write("a.md", questions(3))
    take_in()


def test_a_new_card_shows_its_four_intervals_and_gives_what_it_showed(
    three: None, desk: Desk, collection: Collection
) -> None:
    sitting = desk.start()
    assert [button.interval for button in asked(sitting).buttons][:3] == ["1m", "6m", "10m"]
    easy = asked(sitting).buttons[3].interval
    card = asked(sitting).card_id
    sitting.answer(Rating.EASY)
    ((due, today),) = rows(
        collection,
        "SELECT due_day, (SELECT study_day FROM review) FROM card WHERE id = :id",
        id=card,
    )
    assert easy == f"{due - today}d"


def test_a_grade_is_stored_before_the_next_card_is_asked(
    three: None, desk: Desk, collection: Collection
) -> None:
    sitting = desk.start()
    first = asked(sitting).card_id
    sitting.answer(Rating.GOOD)
    assert asked(sitting).card_id != first
    assert rows(collection, "SELECT card_id, rating FROM review") == [(first, 3)]


def test_learning_cards_come_back_when_their_step_is_over(
    three: None, desk: Desk, clock: ManualClock
) -> None:
    sitting = desk.start()
    first = asked(sitting).card_id
    sitting.answer(Rating.AGAIN)
    assert asked(sitting).card_id != first
    clock.advance(minutes=2)
    sitting.answer(Rating.EASY)
    assert asked(sitting).card_id == first


def test_a_learning_card_is_asked_early_when_nothing_else_is_left(
    three: None, desk: Desk, clock: ManualClock
) -> None:
    sitting = desk.start()
    for _ in range(3):
        sitting.answer(Rating.GOOD)
    assert sitting.asked is not None


def test_a_step_beyond_learn_ahead_makes_the_sitting_wait_and_says_until_when(
    three: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    collection.change_setting("learning-steps", "1h")
    sitting = desk.start()
    for _ in range(3):
        sitting.answer(Rating.AGAIN)
    assert sitting.asked is None
    assert sitting.waiting.next_due == "10:00"
    clock.advance(minutes=45)
    sitting.refresh()
    assert sitting.asked is not None


def test_undo_takes_back_answers_one_by_one_across_cards(
    three: None, desk: Desk, collection: Collection
) -> None:
    sitting = desk.start()
    order = []
    for rating in (Rating.EASY, Rating.AGAIN, Rating.GOOD):
        order.append(asked(sitting).card_id)
        sitting.answer(rating)
    undone = []
    for _ in range(3):
        assert sitting.undo().startswith("Undone")
        undone.append(asked(sitting).card_id)
    assert undone == order[::-1]
    assert sitting.undo() == NOTHING_TO_UNDO
    assert sitting.progress().answered == 0
    assert rows(collection, "SELECT DISTINCT state, reps FROM card") == [(0, 0)]
    assert rows(collection, "SELECT count(*) FROM review") == [(3,)]
    assert examine(collection).healthy


def test_after_an_undo_the_sitting_asks_every_card_once(three: None, desk: Desk) -> None:
    sitting = desk.start()
    sitting.answer(Rating.EASY)
    sitting.undo()
    assert answer_all(sitting, Rating.EASY) == 3


def test_suspend_bury_and_flag_can_be_undone(
    three: None, desk: Desk, collection: Collection
) -> None:
    sitting = desk.start()
    first = asked(sitting).card_id
    sitting.flag("the number is wrong")
    assert asked(sitting).flag == "the number is wrong"
    sitting.suspend()
    sitting.bury()
    assert sitting.progress().left == 1
    for _ in range(3):
        sitting.undo()
    assert asked(sitting).card_id == first
    assert asked(sitting).flag is None
    assert rows(collection, "SELECT DISTINCT suspended, buried_until, flag FROM card") == [
        (False, None, None)
    ]
    assert answer_all(sitting, Rating.EASY) == 3


def test_a_buried_card_is_asked_again_tomorrow(three: None, desk: Desk, clock: ManualClock) -> None:
    sitting = desk.start()
    buried = asked(sitting).card_id
    sitting.bury()
    answer_all(sitting, Rating.EASY)
    clock.set("2026-11-25T03:59")
    assert desk.start().asked is None
    clock.set("2026-11-25T04:00")
    assert asked(desk.start()).card_id == buried


def test_siblings_wait_for_another_day(
    write: Write, take_in: TakeIn, desk: Desk, clock: ManualClock
) -> None:
    write("a.md", "C: Prefill is bound by [compute], decode by [bandwidth].\n")
    take_in()
    assert desk.overview().new == 1
    sitting = desk.start()
    first = asked(sitting).question
    sitting.answer(Rating.EASY)
    assert sitting.asked is None
    clock.advance(days=1)
    assert asked(desk.start()).question != first


def test_siblings_come_together_when_burying_is_off(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection
) -> None:
    collection.change_setting("bury-siblings", "no")
    write("a.md", "C: Prefill is bound by [compute], decode by [bandwidth].\n")
    take_in()
    assert answer_all(desk.start(), Rating.EASY) == 2


def test_new_cards_are_limited_a_day_and_more_can_be_asked_for(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    collection.change_setting("new-per-day", "2")
    write("a.md", questions(7))
    take_in()
    sitting = desk.start()
    assert answer_all(sitting, Rating.EASY) == 2
    assert sitting.waiting.new_beyond_limit == 5
    sitting.learn_more(3)
    assert answer_all(sitting, Rating.EASY) == 3
    again = desk.start()
    assert again.asked is None
    again.learn_more(1)
    assert answer_all(again, Rating.EASY) == 1
    clock.advance(days=1)
    assert desk.overview().new == 1


def test_reviews_are_limited_a_day(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    write("a.md", questions(6))
    take_in()
    answer_all(desk.start(), Rating.EASY)
    clock.advance(days=60)
    collection.change_setting("reviews-per-day", "4")
    assert desk.overview().review == 4
    sitting = desk.start()
    assert answer_all(sitting, Rating.EASY) == 4
    assert desk.start().asked is None


def test_new_cards_come_from_all_topics_at_the_same_pace(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    for name in ("alpha", "beta", "gamma"):
        write(f"{name}.md", questions(4, "one") + questions(4, "two"))
    take_in()
    collection.change_setting("new-per-day", "3")
    for _ in range(2):
        assert [(topic.topic, topic.new) for topic in desk.overview().topics] == [
            ("alpha", 1),
            ("beta", 1),
            ("gamma", 1),
        ]
        answer_all(desk.start(), Rating.EASY)
        clock.advance(days=1)


def test_a_scope_keeps_the_sitting_to_a_topic_or_a_deck(
    write: Write, take_in: TakeIn, desk: Desk
) -> None:
    write("a.md", questions(2, "alpha") + questions(2, "beta"))
    write("b.md", questions(3, "gamma"))
    take_in()
    assert answer_all(desk.start("a/beta"), Rating.EASY) == 2
    assert answer_all(desk.start("a"), Rating.EASY) == 2
    assert answer_all(desk.start("B"), Rating.EASY) == 3
    with pytest.raises(SrsError, match=r"no topic or deck 'a/betta'; did you mean a/beta"):
        desk.start("a/betta")


def test_a_limit_ends_the_sitting(three: None, desk: Desk) -> None:
    sitting = desk.start(limit=2)
    assert answer_all(sitting, Rating.EASY) == 2
    assert sitting.waiting.stopped
    sitting.undo()
    assert sitting.asked is not None


def test_minutes_end_the_sitting(three: None, desk: Desk, clock: ManualClock) -> None:
    sitting = desk.start(minutes=5)
    sitting.answer(Rating.EASY)
    clock.advance(minutes=5)
    sitting.answer(Rating.EASY)
    assert sitting.asked is None
    assert sitting.waiting.stopped


def test_a_leech_is_suspended_and_said(
    three: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    collection.change_setting("leech-threshold", "2")
    collection.change_setting("relearning-steps", "")
    sitting = desk.start(limit=1)
    leech = asked(sitting).card_id
    sitting.answer(Rating.EASY)
    said = None
    for _ in range(2):
        clock.advance(days=40)
        sitting = desk.start()
        while asked(sitting).card_id != leech:
            sitting.answer(Rating.EASY)
        said = sitting.answer(Rating.AGAIN)
    assert said is not None
    assert "leech" in said
    assert rows(collection, "SELECT suspended, leech FROM card WHERE id = :id", id=leech) == [
        (True, True)
    ]
    assert len(sitting.summary().leeches) == 1
    sitting.undo()
    assert asked(sitting).card_id == leech
    assert examine(collection).healthy


def test_a_card_answered_in_another_terminal_is_passed_over(
    three: None, desk: Desk, collection: Collection
) -> None:
    here, there = desk.start(), desk.start()
    there.answer(Rating.EASY)
    said = here.answer(Rating.AGAIN)
    assert said is not None
    assert "answered elsewhere" in said
    assert rows(collection, "SELECT rating FROM review") == [(4,)]
    answer_all(here, Rating.EASY)
    assert answer_all(there, Rating.EASY) == 0
    assert rows(collection, "SELECT count(*), count(DISTINCT card_id) FROM review") == [(3, 3)]


def test_an_answer_given_elsewhere_since_cannot_be_undone(
    three: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    here = desk.start()
    here.answer(Rating.AGAIN)
    clock.advance(minutes=5)
    there = desk.start()
    there.answer(Rating.EASY)
    assert "elsewhere" in here.undo()
    assert rows(collection, "SELECT count(*) FROM event WHERE kind = 'void'") == [(0,)]


def test_with_a_clock_set_back_by_days_nothing_is_graded(
    three: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    sitting = desk.start()
    sitting.answer(Rating.EASY)
    clock.set("2026-11-20T09:00")
    card = asked(sitting).card_id
    with pytest.raises(SrsError, match="clock"):
        sitting.answer(Rating.GOOD)
    assert asked(sitting).card_id == card
    assert rows(collection, "SELECT count(*) FROM review") == [(1,)]


def test_the_summary_says_what_was_done_and_what_went_wrong(
    write: Write, take_in: TakeIn, desk: Desk, clock: ManualClock
) -> None:
    write("a.md", questions(2, "alpha") + questions(1, "beta"))
    take_in()
    sitting = desk.start()
    missed = asked(sitting).question
    sitting.answer(Rating.AGAIN)
    clock.advance(minutes=3)
    sitting.answer(Rating.EASY)
    summary = sitting.summary()
    assert (summary.answered, summary.again, summary.easy) == (2, 1, 1)
    assert summary.elapsed_ms == 180_000
    assert [(card.question, card.again) for card in summary.missed] == [(missed, 1)]
    assert sum(topic.again for topic in summary.topics) == 1
    assert summary.next_due == "now"


def test_an_edited_card_is_asked_with_its_new_text(
    write: Write, take_in: TakeIn, desk: Desk
) -> None:
    path = write("a.md", "Q: What bounds decode?\nA: Bandwith.\n")
    take_in()
    sitting = desk.start()
    assert sitting.edit_place() == (path, 4)
    path.write_text(path.read_text().replace("Bandwith", "Bandwidth"))
    assert sitting.take_up_edit() == "The card is up to date."
    assert asked(sitting).answer == "Bandwidth."


def test_a_broken_edit_changes_nothing_and_names_the_line(
    write: Write, take_in: TakeIn, desk: Desk
) -> None:
    path = write("a.md", "Q: What bounds decode?\nA: Bandwidth.\n")
    take_in()
    sitting = desk.start()
    path.write_text(path.read_text() + "\n```\nnever closed\n")
    with pytest.raises(SrsError, match=r"a\.md:7: .* Nothing was changed"):
        sitting.take_up_edit()
    assert asked(sitting).answer == "Bandwidth."


def test_editing_a_bundled_card_copies_its_deck_to_the_person(desk: Desk) -> None:
    desk.reread()
    sitting = desk.start()
    file, line = sitting.edit_place()
    assert file.parent == desk.data_folder / "decks"
    assert line > 1
    file.write_text(file.read_text() + "\n## Why was this written here?\n\nTo see it come.\n")
    before = desk.overview().cards
    sitting.take_up_edit()
    assert desk.overview().cards == before + 1
