import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock

from srs.schedule.clock import moment
from srs.schedule.memory import DEFAULT_WEIGHTS, replay
from srs.schedule.model import CardState, Moment, Rating, State
from srs.schedule.scheduler import Scheduler
from srs.schedule.settings import SchedulingSettings

UID = bytes(range(16))
DAY_MINUTES = 24 * 60
# (rating, minutes before it): within a sitting, overnight, or long after
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(Rating),
        st.one_of(st.integers(0, 30), st.integers(0, 3 * DAY_MINUTES), st.integers(0, 10**6)),
    ),
    max_size=15,
)
STEPS = st.lists(st.integers(1, 3 * 86_400), max_size=3).map(tuple)


def options_of(
    retention: float, learning: tuple[int, ...], relearning: tuple[int, ...], maximum: int
) -> SchedulingSettings:
    return SchedulingSettings(
        desired_retention=retention,
        learning_steps_s=learning,
        relearning_steps_s=relearning,
        maximum_interval_days=maximum,
    )


SETTINGS = st.builds(options_of, st.floats(0.70, 0.99), STEPS, STEPS, st.integers(1, 36_500))


def at(clock: ManualClock) -> Moment:
    return moment(clock, 4)


def studied(
    scheduler: Scheduler, history: list[tuple[Rating, int]], clock: ManualClock
) -> CardState:
    card = CardState()
    for rating, minutes in history:
        clock.advance(minutes=minutes)
        card = scheduler.answer(card, UID, rating, at(clock))
    return card


def in_review(clock: ManualClock) -> CardState:
    history = [(Rating.GOOD, 0), (Rating.GOOD, 10), (Rating.GOOD, 2 * DAY_MINUTES)]
    return studied(Scheduler(SchedulingSettings()), history, clock)


@settings(deadline=None)
@given(options=SETTINGS, history=HISTORIES)
def test_a_preview_is_what_the_answer_gives(
    options: SchedulingSettings, history: list[tuple[Rating, int]]
) -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = studied(Scheduler(options), history, clock)
    preview = Scheduler(options).preview(card, UID, at(clock))
    assert list(preview) == list(Rating)
    for rating in Rating:
        assert Scheduler(options).answer(card, UID, rating, at(clock)) == preview[rating]


@settings(deadline=None)
@given(options=SETTINGS, history=HISTORIES)
def test_a_replay_of_the_answers_gives_the_same_memory(
    options: SchedulingSettings, history: list[tuple[Rating, int]]
) -> None:
    clock = ManualClock("2026-11-24T20:00")
    scheduler = Scheduler(options)
    card = CardState()
    log = []
    for rating, minutes in history:
        clock.advance(minutes=minutes)
        card = scheduler.answer(card, UID, rating, at(clock))
        assert card.fsrs_day is not None
        log.append((rating, card.fsrs_day))
    memory = replay(log, DEFAULT_WEIGHTS)
    assert (card.stability, card.difficulty) == (
        (None, None) if memory is None else pytest.approx(memory, rel=1e-9)
    )


@settings(deadline=None)
@given(options=SETTINGS, history=HISTORIES)
def test_a_better_pass_waits_longer_up_to_the_maximum(
    options: SchedulingSettings, history: list[tuple[Rating, int]]
) -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = studied(Scheduler(options), history, clock)
    preview = Scheduler(options).preview(card, UID, at(clock))
    due_days = [preview[r].due_day for r in list(Rating)[1:] if preview[r].state is State.REVIEW]
    first_day = max(at(clock).study_day, preview[Rating.GOOD].fsrs_day or 0)
    last_day = first_day + options.maximum_interval_days
    for earlier, later in pairwise(due_days):
        assert earlier is not None
        assert later is not None
        assert earlier < later or earlier == later == last_day


@settings(deadline=None)
@given(options=SETTINGS, history=HISTORIES)
def test_an_answered_card_is_always_due_later_than_its_answer(
    options: SchedulingSettings, history: list[tuple[Rating, int]]
) -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = studied(Scheduler(options), history, clock)
    for after in Scheduler(options).preview(card, UID, at(clock)).values():
        assert after.due_day is not None
        assert after.fsrs_day is not None
        counted_from = max(after.fsrs_day, at(clock).study_day)
        if after.due_ms is None:
            assert after.due_day > counted_from
            if after.state is State.REVIEW:
                assert after.due_day <= counted_from + options.maximum_interval_days
        else:
            assert after.due_ms > at(clock).ms
            assert after.state is not State.REVIEW


def test_a_new_card_goes_through_its_steps() -> None:
    clock = ManualClock("2026-11-24T20:00")
    scheduler = Scheduler(SchedulingSettings())
    start = at(clock)
    first = scheduler.preview(CardState(), UID, start)
    waits = [((state.due_ms or 0) - start.ms) / 60_000 for state in first.values()]
    assert waits[:3] == [1, 5.5, 10]
    assert first[Rating.EASY].state is State.REVIEW
    clock.advance(minutes=10)
    second = scheduler.answer(first[Rating.GOOD], UID, Rating.GOOD, at(clock))
    assert second.state is State.REVIEW
    assert second.due_ms is None
    assert second.due_day == start.study_day + 2


def test_without_steps_a_new_card_goes_to_review() -> None:
    scheduler = Scheduler(SchedulingSettings(learning_steps_s=(), relearning_steps_s=()))
    now = at(ManualClock("2026-11-24T20:00"))
    preview = scheduler.preview(CardState(), UID, now)
    assert {after.state for after in preview.values()} == {State.REVIEW}
    # Again waits its own day and does not push Hard to the second
    assert preview[Rating.AGAIN].due_day == preview[Rating.HARD].due_day == now.study_day + 1


def test_only_again_on_a_card_in_review_is_a_lapse() -> None:
    clock = ManualClock("2026-11-24T20:00")
    scheduler = Scheduler(SchedulingSettings())
    assert scheduler.answer(CardState(), UID, Rating.AGAIN, at(clock)).lapses == 0
    card = in_review(clock)
    clock.advance(days=11)
    assert [after.lapses for after in scheduler.preview(card, UID, at(clock)).values()] == [
        1,
        0,
        0,
        0,
    ]
    forgotten = scheduler.answer(card, UID, Rating.AGAIN, at(clock))
    assert forgotten.state is State.RELEARNING
    assert scheduler.answer(forgotten, UID, Rating.AGAIN, at(clock)).lapses == 1


def test_every_answer_counts_and_leaves_its_instant_and_day() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    assert card.reps == 3
    assert card.answered_ms == clock.now_ms()
    assert card.fsrs_day == at(clock).study_day


def test_known_answers_give_known_states() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    assert card.stability == pytest.approx(10.9710, abs=1e-4)
    assert card.difficulty == pytest.approx(2.1043, abs=1e-4)
    clock.advance(days=11)
    good = Scheduler(SchedulingSettings()).answer(card, UID, Rating.GOOD, at(clock))
    assert good.stability == pytest.approx(46.3169, abs=1e-4)
    assert good.due_day is not None
    # 46 days fuzzed by 4.275
    assert 42 <= good.due_day - at(clock).study_day <= 50


def test_a_higher_retention_asks_sooner() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    clock.advance(days=11)
    due = [
        Scheduler(SchedulingSettings(desired_retention=retention))
        .answer(card, UID, Rating.GOOD, at(clock))
        .due_day
        or 0
        for retention in (0.97, 0.9, 0.8)
    ]
    assert due == sorted(due)
    assert due[0] < due[1] < due[2]


def test_no_interval_passes_the_maximum() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    clock.advance(days=11)
    scheduler = Scheduler(SchedulingSettings(maximum_interval_days=30))
    waits = [
        (after.due_day or 0) - at(clock).study_day
        for after in scheduler.preview(card, UID, at(clock)).values()
    ]
    assert max(waits) <= 30
    assert waits[Rating.EASY - 1] >= 27  # 30 less its fuzz


def test_cards_answered_alike_part() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    clock.advance(days=11)
    scheduler = Scheduler(SchedulingSettings())
    due_days = {
        scheduler.answer(card, n.to_bytes(16, "big"), Rating.GOOD, at(clock)).due_day
        for n in range(50)
    }
    assert len(due_days) > 5


def test_a_card_is_fuzzed_anew_at_every_review() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = in_review(clock)
    clock.advance(days=11)
    scheduler = Scheduler(SchedulingSettings())
    due_days = {
        scheduler.answer(replace(card, reps=reps), UID, Rating.GOOD, at(clock)).due_day
        for reps in range(50)
    }
    assert len(due_days) > 5


def test_recall_is_predicted_from_the_day_after() -> None:
    clock = ManualClock("2026-11-24T20:00")
    scheduler = Scheduler(SchedulingSettings())
    assert scheduler.recall(CardState(), at(clock)) is None
    card = in_review(clock)
    clock.advance(minutes=30)
    assert scheduler.recall(card, at(clock)) is None
    clock.advance(days=11)
    assert scheduler.recall(card, at(clock)) == pytest.approx(0.9, abs=0.01)


def test_fewer_steps_in_the_settings_do_not_trap_a_card_in_a_later_one() -> None:
    clock = ManualClock("2026-11-24T20:00")
    card = replace(in_review(clock), state=State.LEARNING, step=4)
    scheduler = Scheduler(SchedulingSettings(learning_steps_s=(60,)))
    assert scheduler.answer(card, UID, Rating.GOOD, at(clock)).state is State.REVIEW


def test_weights_out_of_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match=r"parameters\[20\]"):
        Scheduler(SchedulingSettings(), (*DEFAULT_WEIGHTS[:20], 0.0))


def test_only_the_scheduler_loads_fsrs() -> None:
    program = """
import importlib, pkgutil, sys
import srs.schedule
for module in pkgutil.iter_modules(srs.schedule.__path__):
    if module.name != "scheduler":
        importlib.import_module(f"srs.schedule.{module.name}")
print("fsrs" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
