"""The queue with an interview ahead, and sittings on weak cards."""

from __future__ import annotations

import contextlib
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock
from support.looking import answer_all, asked, rows

from srs.errors import SrsError
from srs.practice import interview
from srs.practice.dates import read_day
from srs.practice.desk import Desk
from srs.practice.focus import NO_INTERVAL
from srs.practice.phrases import date_of
from srs.schedule.model import Rating
from srs.schedule.simulation import Course, Learner, Play
from srs.store import planning
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.due import read_day as read_queue
from srs.store.due import read_due
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import import_paths

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]
FIRST_DAY = "2026-11-24"


def questions(count: int, topic: str = "t") -> str:
    return f"# {topic}\n" + "".join(
        f"\nQ: Question {topic} {n}?\nA: Answer {n}.\n" for n in range(count)
    )


@pytest.fixture
def forty(write: Write, take_in: TakeIn) -> None:
    write("a.md", questions(40))
    take_in()


def due(collection: Collection) -> tuple[int, int]:
    counts = read_due(collection.path, collection.clock)
    return counts.new, counts.review


def learn_everything(desk: Desk, clock: ManualClock) -> None:
    """Answer all cards Easy today, so that all are in review, and let four days pass."""
    desk.collection.change_setting("new-per-day", "9999")
    answer_all(desk.start(), Rating.EASY)
    desk.collection.change_setting("new-per-day", "0")
    clock.advance(days=4)


def test_new_cards_are_paced_to_be_seen_before_the_last_days_faster_at_first(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    collection.change_setting("new-per-day", "2")
    collection.change_setting("reviews-per-day", "18")
    assert due(collection) == (2, 0)
    interview.set_target(collection, "in 10 days")
    # one pass over 40 cards takes two days of 20, so eight are left for 40 cards: five a day
    assert due(collection) == (8, 0)
    answer_all(desk.start(), Rating.EASY)
    assert due(collection) == (0, 0)
    clock.advance(days=1)
    assert due(collection)[0] == 8


def test_more_new_cards_can_be_learnt_than_the_plan_asks(forty: None, desk: Desk) -> None:
    interview.set_target(desk.collection, "in 10 days")
    sitting = desk.start()
    first = answer_all(sitting, Rating.EASY)
    for _ in range(2):
        sitting.learn_more(3)
        assert answer_all(sitting, Rating.EASY) == 3
    assert first == 10


def test_the_eve_asks_cards_that_are_not_due_and_their_answers_schedule(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    learn_everything(desk, clock)
    assert due(collection) == (0, 0)
    interview.set_target(collection, "tomorrow")
    assert due(collection)[1] > 0
    sitting = desk.start()
    first = asked(sitting).card_id
    before = rows(collection, "SELECT due_day FROM card WHERE id = :id", id=first)
    sitting.answer(Rating.GOOD)
    after = rows(collection, "SELECT due_day FROM card WHERE id = :id", id=first)
    assert after > before
    assert rows(collection, "SELECT scheduled, kind FROM review ORDER BY id DESC LIMIT 1") == [
        (1, "review")
    ]
    assert sitting.undo() == "Undone: Good."
    assert asked(sitting).card_id == first
    assert rows(collection, "SELECT due_day FROM card WHERE id = :id", id=first) == before
    answer_all(sitting)
    assert due(collection) == (0, 0)
    assert examine(collection).healthy


def test_the_eve_asks_first_what_is_likeliest_to_be_forgotten(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    collection.change_setting("new-per-day", "20")
    answer_all(desk.start(), Rating.EASY)
    clock.advance(days=1)
    collection.change_setting("learning-steps", "")
    answer_all(desk.start(), Rating.AGAIN)
    weak = {id_ for (id_,) in rows(collection, "SELECT id FROM card ORDER BY stability LIMIT 20")}
    clock.advance(hours=20)
    interview.set_target(collection, "tomorrow")
    sitting = desk.start()
    shown: list[int] = []
    while sitting.asked is not None and len(shown) < 20:
        shown.append(sitting.asked.card_id)
        sitting.answer(Rating.GOOD)
    assert set(shown) == weak


def test_minutes_a_day_limit_what_is_asked(forty: None, collection: Collection) -> None:
    interview.set_target(collection, "in 4 days", minutes=5)
    assert due(collection) == (6, 0)  # at fifty seconds a card


@pytest.mark.parametrize("days_after", [0, 1, 30])
def test_from_the_date_on_the_queue_is_the_plain_one(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock, days_after: int
) -> None:
    learn_everything(desk, clock)
    interview.set_target(collection, "tomorrow")
    sitting = desk.start()
    for _ in range(3):
        sitting.answer(Rating.HARD)
    clock.advance(days=1 + days_after)
    dated = read_due(collection.path, clock)
    asked_first = asked(desk.start()).card_id if dated.total else None
    interview.clear_target(collection)
    assert read_due(collection.path, clock) == dated
    assert asked_first == (asked(desk.start()).card_id if dated.total else None)


acts = st.lists(st.sampled_from([1, 2, 3, 4, "bury", "undo", "later"]), max_size=60)


@settings(max_examples=25, deadline=None)
@given(
    notes=st.integers(1, 12),
    days=st.integers(1, 9),
    new=st.integers(0, 5),
    reviews=st.integers(0, 8),
    seed=st.integers(0, 99),
    acts=acts,
)
def test_the_plan_asks_no_card_twice_a_day_and_keeps_to_limits_and_burying(
    notes: int, days: int, new: int, reviews: int, seed: int, acts: list[int | str]
) -> None:
    clock = ManualClock(f"{FIRST_DAY}T09:00")
    text = "---\ndeck: d\n---\n" + "".join(
        f"\nC: Card [{n}] has [two {n}] deletions.\n" for n in range(notes)
    )
    with tempfile.TemporaryDirectory() as folder:
        file, path = Path(folder) / "d.md", Path(folder) / "collection.db"
        file.write_text(text)
        with Collection.open(path, clock=clock, chance=random.Random(seed)) as collection:
            import_paths(collection, [file])
            collection.change_setting("new-per-day", str(new))
            collection.change_setting("reviews-per-day", str(reviews))
            interview.set_target(collection, f"in {days} days")
            desk = Desk(collection)
            sitting = desk.start()
            for act in acts:
                if act == "later":
                    clock.advance(hours=17)
                    sitting = desk.start()
                elif act == "undo":
                    sitting.undo()
                elif sitting.asked is None:
                    clock.advance(hours=9)
                    sitting = desk.start()
                elif act == "bury":
                    sitting.bury()
                else:
                    sitting.answer(Rating(int(act)))
            _check_days(collection, new + reviews)
            assert examine(collection).healthy


def _check_days(collection: Collection, most: int) -> None:
    answers = rows(
        collection,
        "SELECT r.study_day, r.card_id, c.note_id, (SELECT p.state FROM review p "
        "WHERE p.card_id = r.card_id AND p.ms < r.ms AND NOT EXISTS "
        "(SELECT 1 FROM event v WHERE v.target = p.uid) ORDER BY p.ms DESC LIMIT 1) FROM review r "
        "JOIN card c ON c.id = r.card_id "
        "WHERE NOT EXISTS (SELECT 1 FROM event v WHERE v.target = r.uid) ORDER BY r.ms",
    )
    whole = Counter((day, card) for day, card, _, state in answers if state not in (1, 3))
    assert all(times == 1 for times in whole.values())
    fresh = {(day, card, note) for day, card, note, state in answers if state not in (1, 3)}
    assert all(n <= most for n in Counter(day for day, _, _ in fresh).values())
    assert all(n == 1 for n in Counter((day, note) for day, _, note in fresh).values())


def _study_unevenly(desk: Desk, collection: Collection, clock: ManualClock) -> None:
    collection.change_setting("learning-steps", "")
    collection.change_setting("relearning-steps", "")
    chance = random.Random(2)
    for _ in range(4):
        sitting = desk.start()
        while sitting.asked is not None:
            sitting.answer(Rating(chance.choice([1, 2, 3, 3, 3, 4])))
        clock.advance(days=2)


def test_the_eve_goes_first_to_the_topic_that_is_forgotten_more_than_expected(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    write("a.md", questions(12, "firm") + questions(12, "shaky"))
    take_in()
    collection.change_setting("new-per-day", "99")
    collection.change_setting("learning-steps", "")
    collection.change_setting("relearning-steps", "")
    answer_all(desk.start(), Rating.GOOD)
    clock.advance(days=4)
    # Half of each topic is asked again; what is left of both stands where it stood.
    left: dict[str, set[int]] = {}
    for topic, rating in (("firm", Rating.GOOD), ("shaky", Rating.AGAIN)):
        sitting = desk.start(scope=f"a/{topic}")
        for _ in range(6):
            sitting.answer(rating)
        left[topic] = {
            id_
            for (id_,) in rows(
                collection,
                "SELECT c.id FROM card c JOIN topic t ON t.id = c.topic_id "
                "WHERE t.path = :path AND c.reps = 1",
                path=f"a/{topic}",
            )
        }
    clock.advance(hours=12)
    interview.set_target(collection, "tomorrow")
    sitting = desk.start()
    shown = []
    while sitting.asked is not None:
        shown.append(sitting.asked.card_id)
        sitting.answer(Rating.GOOD)
    assert len(left["firm"]) == len(left["shaky"]) == 6
    assert max(map(shown.index, left["shaky"])) < min(map(shown.index, left["firm"]))


@pytest.mark.parametrize("days", [1, 2, 4, 9, 30, 200])
def test_the_queue_asks_the_cards_that_the_simulation_of_the_plan_asks(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock, days: int
) -> None:
    _study_unevenly(desk, collection, clock)
    interview.set_target(collection, f"in {days} days", minutes=8)
    collection.change_setting("new-per-day", "3")
    now = collection.now()
    with collection.reading_sql() as execute:
        aim = planning.read_aim(execute, collection.settings, now)
        columns, topics, total = planning.read_columns(execute, now, 100)
        queued = read_queue(execute, collection.settings, now).chosen
    assert aim is not None
    course = Course(days, aim.cards_per_day, 3, aim.weights)
    play = Play(columns, course, Learner(aim.weights), 1, 1, topics)
    chosen = play.chosen(0)[0]
    ids = [id_ for (id_,) in rows(collection, "SELECT id FROM card ORDER BY uid")]
    assert total == 40
    assert {ids[n] for n in range(40) if chosen[n] and play.seen[0, n]} == {
        card.card_id for card in queued.reviews
    }
    assert len(queued.new) == sum(chosen[n] and not play.seen[0, n] for n in range(40))
    assert queued.reviews or queued.new


def test_a_focus_sitting_asks_the_weakest_cards_first_due_or_not(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    write("a.md", questions(6, "wanted") + questions(6, "other"))
    take_in()
    collection.change_setting("new-per-day", "20")
    collection.change_setting("learning-steps", "")
    sitting = desk.start()
    for rating in (1, 2, 3, 4) * 3:
        sitting.answer(Rating(rating))
    clock.advance(days=2)
    weakest = rows(
        collection,
        "SELECT c.id FROM card c JOIN topic t ON t.id = c.topic_id WHERE t.path = 'a/wanted' "
        "ORDER BY stability, c.uid LIMIT 4",
    )
    sitting = desk.focus("a/wanted", limit=4)
    shown = []
    while sitting.asked is not None:
        shown.append((sitting.asked.card_id,))
        sitting.answer(Rating.GOOD)
    assert shown == weakest
    assert rows(collection, "SELECT kind FROM review ORDER BY id DESC LIMIT 4") == [("focus",)] * 4


def test_a_focus_answer_a_day_later_schedules(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    learn_everything(desk, clock)
    sitting = desk.focus("a/t")
    card = asked(sitting).card_id
    assert asked(sitting).buttons[2].interval != NO_INTERVAL
    sitting.answer(Rating.GOOD)
    assert rows(
        collection,
        "SELECT kind, scheduled, predicted IS NOT NULL FROM review WHERE card_id = :card "
        "ORDER BY id DESC LIMIT 1",
        card=card,
    ) == [("focus", 1, 1)]
    assert examine(collection).healthy


def test_a_focus_answer_on_the_same_day_is_logged_and_moves_nothing(
    forty: None, desk: Desk, collection: Collection
) -> None:
    card = asked(desk.start()).card_id
    desk.start().answer(Rating.EASY)
    state = "SELECT state, step, stability, difficulty, fsrs_day, due_day, due_ms, reps FROM card"
    before = rows(collection, f"{state} WHERE id = :card", card=card)
    sitting = desk.focus("a/t")
    assert asked(sitting).card_id == card
    assert {button.interval for button in asked(sitting).buttons} == {NO_INTERVAL}
    sitting.answer(Rating.AGAIN)
    assert rows(collection, f"{state} WHERE id = :card", card=card) == before
    assert rows(
        collection,
        "SELECT scheduled, predicted, state FROM review ORDER BY id DESC LIMIT 1",
    ) == [(0, None, 2)]
    assert asked(sitting).card_id == card, "a forgotten card comes once more"
    assert sitting.undo() == "Undone: Again."
    sitting.answer(Rating.GOOD)
    assert sitting.asked is None
    assert sitting.waiting.new_beyond_limit == 0
    assert examine(collection).healthy
    assert rows(collection, f"{state} WHERE id = :card", card=card) == before


def test_a_topic_of_which_nothing_was_seen_has_no_weak_cards(forty: None, desk: Desk) -> None:
    with pytest.raises(SrsError, match="You have seen no card of a/t yet"):
        desk.focus("a/t")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-15", "2026-12-15"),
        ("15 Dec", "2026-12-15"),
        ("December 15", "2026-12-15"),
        ("3 January", "2027-01-03"),
        ("24 nov", "2026-11-24"),
        ("Dec 15, 2027", "2027-12-15"),
        ("29 Feb", "2028-02-29"),
        ("tomorrow", "2026-11-25"),
        ("in 3 weeks", "2026-12-15"),
        ("in 1 day", "2026-11-25"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str) -> None:
    assert read_day(text, date_of(20_781).date()).isoformat() == day


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "31 Feb", "in x days"])
def test_what_is_no_day_is_said_so(text: str) -> None:
    with pytest.raises(SrsError, match="is no date; write a date such as"):
        read_day(text, date_of(20_781).date())


@pytest.mark.parametrize("text", ["in 99999 weeks", "9999-12-31"])
def test_a_day_too_far_away_to_plan_for_is_refused(text: str) -> None:
    with pytest.raises(SrsError, match="is more than 1000 days away; give a nearer day"):
        read_day(text, date_of(20_781).date())


@given(text=st.text(max_size=20))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    today = date_of(20_781).date()
    with contextlib.suppress(SrsError):
        assert read_day(text, today) >= today


def test_the_sentences_say_what_the_days_will_do(forty: None, collection: Collection) -> None:
    def said() -> tuple[str, ...]:
        with collection.reading_sql() as execute:
            return interview.said(execute, collection)

    assert said() == ()
    interview.set_target(collection, "in 5 days", minutes=3)
    assert said() == (
        "At 3 minutes a day 37% of the cards will have been seen by 29 Nov; 7 minutes would do.",
    )
    interview.set_target(collection, minutes=30)
    assert said() == ("40 of 40 cards unseen: 16 new today keep you in time.",)
    interview.set_target(collection, "tomorrow")
    assert said()[-1] == (
        "Tonight has room for new cards only; f on the dashboard goes over known ones."
    )
    interview.set_target(collection, minutes=60)
    assert said()[-1].startswith("Tonight is for what you have not seen yet, then a short")


def test_with_all_cards_seen_the_eve_is_a_last_pass(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    learn_everything(desk, clock)
    interview.set_target(collection, "tomorrow")
    with collection.reading_sql() as execute:
        said = interview.said(execute, collection)
    assert said == ("Tonight is a short last pass over what you are likeliest to forget.",)


def test_the_recall_to_expect_counts_unseen_cards_as_forgotten(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    def expected() -> interview.Expected:
        with collection.reading_sql() as execute:
            found = interview.expected(execute, collection)
        assert found is not None
        return found

    interview.set_target(collection, "in 12 days")
    assert expected().without_reviews == 0
    answer_all(desk.start(), Rating.EASY)
    later = expected()
    assert 0 < later.without_reviews < 0.3
    assert later.with_plan > 0.9


def test_a_new_card_takes_more_of_the_minutes_than_a_known_one(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    def answer(minutes: float, *, new: int) -> None:
        sitting = desk.start()
        sitting.learn_more(new)
        while sitting.asked is not None:
            clock.advance(minutes=minutes)
            sitting.answer(Rating.EASY)

    collection.change_setting("new-per-day", "0")
    answer(1.0, new=20)
    clock.advance(days=30)
    interview.set_target(collection, "tomorrow", minutes=10)
    assert due(collection) == (10, 0)  # a minute each
    interview.clear_target(collection)
    answer(0.25, new=0)
    answer(1.0, new=20)
    clock.advance(days=30)
    interview.set_target(collection, "tomorrow", minutes=4)
    assert due(collection) == (0, 16)  # a quarter of a minute each


def test_the_minutes_are_counted_by_the_persons_own_pace_once_it_is_known(
    forty: None, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    sitting = desk.start()
    sitting.learn_more(10)
    for _ in range(20):
        clock.advance(minutes=0.25)
        sitting.answer(Rating.EASY)
    clock.advance(days=1)
    interview.set_target(collection, "in 4 days", minutes=3)
    assert sum(due(collection)) == 12  # at a quarter of a minute a card


def test_without_minutes_the_plan_takes_as_many_cards_as_are_usual(
    write: Write, take_in: TakeIn, desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    write("a.md", questions(120))
    take_in()
    interview.set_target(collection, "in 2 days")
    assert due(collection) == (36, 0)  # half an hour
    collection.change_setting("new-per-day", "50")
    interview.clear_target(collection)
    answer_all(desk.start(), Rating.EASY)
    clock.advance(days=1)
    interview.set_target(collection, "in 2 days")
    assert sum(due(collection)) >= 50
