"""Study days and FSRS days in sittings: midnight, the rollover, clock changes, journeys."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import answer_all, asked, rows

from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.report import ImportReport

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]


@pytest.fixture
def one_card(write: Write, take_in: TakeIn) -> None:
    write("a.md", "Q: What bounds decode?\nA: Bandwidth.\n")
    take_in()


def fsrs_days(collection: Collection) -> list[int]:
    return [day for (day,) in rows(collection, "SELECT fsrs_day FROM review ORDER BY ms")]


def gap(collection: Collection) -> int:
    first, *_, last = fsrs_days(collection)
    return last - first


def test_ten_minutes_across_the_rollover_are_one_fsrs_day(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.set("2026-11-25T03:55")
    sitting = Desk(collection).start()
    sitting.answer(Rating.AGAIN)
    clock.set("2026-11-25T04:05")
    sitting.refresh()
    sitting.answer(Rating.GOOD)
    assert gap(collection) == 0
    assert [day for (day,) in rows(collection, "SELECT study_day FROM review ORDER BY ms")] == [
        20781,
        20782,
    ]
    assert examine(collection).healthy


def test_the_next_morning_is_another_fsrs_day(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.set("2026-11-24T23:30")
    sitting = Desk(collection).start()
    sitting.answer(Rating.AGAIN)
    clock.set("2026-11-25T07:30")
    answer_all(Desk(collection).start(), Rating.EASY)
    assert gap(collection) == 1


def test_an_evening_past_midnight_belongs_to_the_day_that_began_it(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.set("2026-11-24T23:50")
    sitting = Desk(collection).start()
    sitting.answer(Rating.EASY)
    clock.set("2026-11-25T00:10")
    assert Desk(collection).overview().answered_today == 1
    assert Desk(collection).overview().today == "Tue 24 Nov"


@pytest.mark.parametrize(
    ("evening", "morning"),
    [("2026-03-28T20:00", "2026-03-29T09:00"), ("2026-10-24T20:00", "2026-10-25T09:00")],
    ids=["an hour lost", "an hour gained"],
)
def test_a_change_of_the_clocks_is_one_night(
    one_card: None, collection: Collection, clock: ManualClock, evening: str, morning: str
) -> None:
    clock.set(evening)
    Desk(collection).start().answer(Rating.AGAIN)
    clock.set(morning)
    answer_all(Desk(collection).start(), Rating.EASY)
    assert gap(collection) == 1
    assert examine(collection).healthy


def test_flying_west_never_gives_a_negative_day(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.set("2026-11-25T05:00")
    Desk(collection).start().answer(Rating.AGAIN)
    clock.fly("America/Los_Angeles")
    clock.advance(hours=7)
    assert clock.utc_offset_s(clock.now_ms() // 1000) == -8 * 3600
    sitting = Desk(collection).start()
    sitting.answer(Rating.GOOD)
    days = fsrs_days(collection)
    assert days == sorted(days)
    assert examine(collection).healthy


def test_flying_east_over_the_date_line_is_a_day_later_and_no_more(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.fly("America/Los_Angeles")
    clock.set("2026-11-24T09:00")
    Desk(collection).start().answer(Rating.EASY)
    clock.fly("Asia/Tokyo")
    clock.advance(hours=12)
    assert Desk(collection).overview().due == 0
    assert examine(collection).healthy


def test_a_clock_set_back_by_minutes_changes_nothing(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    sitting = Desk(collection).start()
    sitting.answer(Rating.AGAIN)
    clock.set("2026-11-24T08:50")
    sitting.refresh()
    answer_all(Desk(collection).start(), Rating.GOOD)
    assert gap(collection) == 0
    instants = [ms for (ms,) in rows(collection, "SELECT ms FROM review ORDER BY id")]
    assert instants == sorted(set(instants))
    assert examine(collection).healthy


def test_a_card_is_due_on_the_study_day_its_button_promised(
    one_card: None, collection: Collection, clock: ManualClock
) -> None:
    clock.set("2026-11-25T02:00")
    sitting = Desk(collection).start()
    promised = int(asked(sitting).buttons[3].interval.removesuffix("d"))
    sitting.answer(Rating.EASY)
    clock.set("2026-11-24T12:00")
    clock.advance(days=promised - 1)
    assert Desk(collection).overview().due == 0
    clock.advance(days=1)
    assert Desk(collection).overview().due == 1


@pytest.mark.parametrize("seed", range(3))
def test_months_of_sittings_replay_to_the_same_states(
    write: Write, take_in: TakeIn, collection: Collection, clock: ManualClock, seed: int
) -> None:
    chance = random.Random(seed)
    write("a.md", "".join(f"\nQ: Question {n}?\nA: Answer {n}.\n" for n in range(12)))
    take_in()
    desk = Desk(collection)
    zones = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
    for _ in range(25):
        clock.advance(hours=chance.randint(1, 70))
        if chance.random() < 0.2:
            clock.fly(chance.choice(zones))
        sitting = desk.start(limit=8)
        while sitting.asked is not None:
            sitting.answer(chance.choice(list(Rating)))
            clock.advance(minutes=chance.random() * 9)
            if chance.random() < 0.15:
                sitting.undo()
    diagnosis = examine(collection)
    assert diagnosis.findings == ()
    assert diagnosis.reviews > 60
