from dataclasses import replace

from support.clock import ManualClock

from srs.schedule.clock import moment
from srs.schedule.days import due_after_days, due_after_step, fsrs_day
from srs.schedule.model import CardState, Moment, Rating, State
from srs.schedule.scheduler import Scheduler
from srs.schedule.settings import SchedulingSettings

UID = bytes(16)
SCHEDULER = Scheduler(SchedulingSettings())


def at(clock: ManualClock) -> Moment:
    return moment(clock, 4)


def answered(card: CardState, rating: Rating, clock: ManualClock) -> CardState:
    return SCHEDULER.answer(card, UID, rating, at(clock))


def test_a_new_card_takes_the_study_day() -> None:
    now = at(ManualClock("2026-11-25T03:00"))
    assert fsrs_day(CardState(), now) == now.study_day


def test_ten_minutes_across_the_rollover_are_one_fsrs_day() -> None:
    clock = ManualClock("2026-11-25T03:55")
    forgotten = answered(CardState(), Rating.AGAIN, clock)
    evening = at(clock).study_day
    clock.advance(minutes=10)
    assert at(clock).study_day == evening + 1
    known = answered(forgotten, Rating.GOOD, clock)
    assert known.fsrs_day == forgotten.fsrs_day == evening
    # the same two answers in the middle of a day
    noon = ManualClock("2026-11-25T12:00")
    forgotten_at_noon = answered(CardState(), Rating.AGAIN, noon)
    noon.advance(minutes=10)
    assert known.stability == answered(forgotten_at_noon, Rating.GOOD, noon).stability


def test_after_six_hours_the_study_day_counts() -> None:
    clock = ManualClock("2026-11-25T03:00")
    card = answered(CardState(), Rating.GOOD, clock)
    clock.advance(hours=5, minutes=59)
    assert fsrs_day(card, at(clock)) == card.fsrs_day
    clock.advance(minutes=1)
    assert fsrs_day(card, at(clock)) == at(clock).study_day


def test_a_night_is_a_day_whatever_the_hours() -> None:
    clock = ManualClock("2026-11-24T23:00")
    card = answered(CardState(), Rating.GOOD, clock)
    clock.set("2026-11-25T07:00")
    assert card.fsrs_day is not None
    assert fsrs_day(card, at(clock)) == card.fsrs_day + 1


def test_a_night_in_which_the_clocks_change_is_one_day() -> None:
    for evening, morning in (
        ("2026-03-28T22:30", "2026-03-29T08:00"),
        ("2026-10-24T22:30", "2026-10-25T08:00"),
    ):
        clock = ManualClock(evening)
        card = answered(CardState(), Rating.EASY, clock)
        assert card.fsrs_day is not None
        clock.set(morning)
        assert fsrs_day(card, at(clock)) == card.fsrs_day + 1


def test_flying_west_never_makes_a_negative_day() -> None:
    clock = ManualClock("2026-11-24T09:00", "Asia/Tokyo")
    card = answered(CardState(), Rating.EASY, clock)
    clock.advance(hours=10)
    clock.fly("America/Los_Angeles")
    assert card.fsrs_day is not None
    assert at(clock).study_day == card.fsrs_day - 1
    again = answered(card, Rating.GOOD, clock)
    assert again.fsrs_day == card.fsrs_day
    assert again.due_day is not None
    assert again.due_day > again.fsrs_day


def test_a_clock_set_back_keeps_the_fsrs_day() -> None:
    clock = ManualClock("2026-11-25T12:00")
    card = answered(CardState(), Rating.EASY, clock)
    clock.set("2026-11-24T18:00")
    assert fsrs_day(card, at(clock)) == card.fsrs_day
    assert answered(card, Rating.GOOD, clock).stability is not None


def test_a_step_under_a_day_ends_at_an_instant() -> None:
    now = at(ManualClock("2026-11-25T03:55"))
    due = due_after_step(now, now.study_day, 600)
    assert (due.day, due.ms) == (now.study_day, now.ms + 600_000)


def test_a_step_of_a_day_or_more_ends_on_a_study_day() -> None:
    now = at(ManualClock("2026-11-25T12:00"))
    assert due_after_step(now, now.study_day, 86_400) == (now.study_day + 1, None)
    assert due_after_step(now, now.study_day, 3 * 86_400) == (now.study_day + 3, None)


def test_an_interval_counts_from_the_later_of_the_two_days() -> None:
    now = at(ManualClock("2026-11-25T12:00"))
    just_after_the_rollover = now.study_day - 1
    flown_west = now.study_day + 1
    assert due_after_days(now, just_after_the_rollover, 1).day == now.study_day + 1
    assert due_after_days(now, flown_west, 1).day == flown_west + 1


def test_an_interval_of_a_day_given_after_the_rollover_is_a_day_for_fsrs() -> None:
    clock = ManualClock("2026-11-25T03:55")
    card = replace(
        answered(CardState(), Rating.AGAIN, clock), state=State.LEARNING, step=1, stability=0.5
    )
    clock.set("2026-11-25T04:05")
    known = answered(card, Rating.GOOD, clock)
    assert known.state is State.REVIEW
    assert known.due_day == at(clock).study_day + 1
    clock.set("2026-11-26T04:30")
    assert known.fsrs_day is not None
    assert at(clock).study_day == known.due_day
    assert fsrs_day(known, at(clock)) > known.fsrs_day
