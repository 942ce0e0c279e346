"""A mock interview: drawn by a seed, written down as it goes, and no schedule moved by it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import answer_all, rows

from srs.errors import SrsError
from srs.practice import debrief, mock_beginning
from srs.practice.desk import Desk
from srs.practice.mock import MockInterview, Phase
from srs.practice.mock_plan import MockKind, plan_mock
from srs.schedule.model import Rating
from srs.store.collection import Collection

PROBES = "### Probes\n- First probe?\n- Second probe?\n- Third probe?\n"
DECK = (
    "# Batching\n\nQ: Why batch?\nA: Throughput.\n\nQ: Why not?\nA: Latency.\n\n"
    "# Drift\n\nQ: What drifts?\nA: Inputs.\n\nQ: And labels?\nA: Too.\n\n# Prompts\n\n"
    "## Design: A feed.\nTen thousand a second.\n\n"
    "- [ ] Requirements: goal\n- [ ] Numbers: reads\n- [ ] Monitoring: age\n\n"
    f"{PROBES}\n## Story: An outage.\n<!-- kind: serving -->\n"
    f"- [ ] Situation\n- [ ] Numbers: before and after\n\n{PROBES}"
)


@pytest.fixture
def interviewer(
    write: Callable[[str, str], Path], take_in: Callable[..., object], desk: Desk
) -> Desk:
    write("a.md", DECK)
    take_in()
    return desk


def go_through(interview: MockInterview, clock: ManualClock, *, points: int = 1) -> list[Phase]:
    phases: list[Phase] = []
    while (phase := interview.phase) is not Phase.OVER:
        phases.append(phase)
        clock.advance(minutes=0.25)
        if phase in (Phase.ASK, Phase.SPEAK):
            interview.go_on()
        elif phase is Phase.GRADE:
            interview.grade(Rating.HARD)
        else:
            interview.give(points)
    return phases


def test_a_mixed_interview_warms_up_designs_probes_scores_and_tells(
    interviewer: Desk, clock: ManualClock
) -> None:
    interview = interviewer.mock(minutes=10)
    phases = go_through(interview, clock)
    assert phases == [
        Phase.ASK, Phase.GRADE, Phase.SPEAK, Phase.PROBE, Phase.PROBE,
        Phase.SCORE, Phase.SCORE, Phase.SCORE, Phase.SPEAK, Phase.PROBE, Phase.SCORE, Phase.SCORE,
    ]  # fmt: skip
    assert interview.total_ms == len(phases) * 15_000


def test_the_checklist_is_shown_only_after_the_telling(interviewer: Desk) -> None:
    interview = interviewer.mock(minutes=20, kind="design")
    shown = interview.shown
    assert shown is not None
    assert shown.question == "A feed.\n\nTen thousand a second."
    assert (shown.rubric, shown.answer, shown.probe) == ((), "", "")
    interview.go_on()
    interview.give(2)
    interview.give(0)
    shown = interview.shown
    assert shown is not None
    assert shown.rubric == ("Requirements: goal", "Numbers: reads", "Monitoring: age")


def test_no_card_row_is_touched_and_the_answers_inform_the_insight(
    interviewer: Desk, collection: Collection, clock: ManualClock
) -> None:
    answer_all(interviewer.start())
    clock.advance(days=9)
    before = rows(collection, "SELECT * FROM card ORDER BY id")
    for kind in MockKind:
        go_through(interviewer.mock(minutes=12, kind=kind.value), clock)
    assert rows(collection, "SELECT * FROM card ORDER BY id") == before
    logged = rows(
        collection, "SELECT scheduled, predicted IS NOT NULL FROM review WHERE kind = 'mock'"
    )
    assert len(logged) == 4 + 1 + 1 + (2 + 1 + 1)
    assert {scheduled for scheduled, _ in logged} == {0}
    assert (0, 1) in logged


@pytest.mark.parametrize("stop_after", range(1, 16))
def test_what_was_scored_survives_an_end_at_any_instant(
    interviewer: Desk, collection: Collection, clock: ManualClock, stop_after: int
) -> None:
    interview = interviewer.mock(minutes=10)
    for _ in range(stop_after):
        if interview.phase in (Phase.ASK, Phase.SPEAK):
            interview.go_on()
        elif interview.phase is Phase.GRADE:
            interview.grade(Rating.GOOD)
        elif interview.phase is not Phase.OVER:
            clock.advance(minutes=1)
            interview.give(2)
    if interview.phase is Phase.OVER:
        with pytest.raises(SrsError, match="cut off"):
            interviewer.mock(minutes=1, resume=True)
        return
    # Nothing is closed: the process is gone.
    again = interviewer.mock(minutes=1, resume=True)
    assert [(i.points, i.probe_points, i.rating, i.spoken) for i in again.items] == [
        (i.points, i.probe_points, i.rating, i.spoken) for i in interview.items
    ]
    go_through(again, clock)
    graded = Counter(rows(collection, "SELECT card_id FROM review WHERE kind = 'mock'"))
    assert set(graded.values()) == {1}
    assert len(graded) == 3


def test_an_interview_cut_off_between_the_last_line_and_its_grade_is_graded_once(
    interviewer: Desk, collection: Collection, clock: ManualClock
) -> None:
    interview = interviewer.mock(minutes=10, kind="stories")
    go_through(interview, clock)
    ((uid,),) = rows(collection, "SELECT uid FROM mock")
    stored = interview.stored_now()
    stored.entries[:] = [each for each in stored.entries if each.what not in ("rating", "end")]
    assert MockInterview(collection, stored).phase is Phase.OVER
    assert rows(collection, "SELECT count(*) FROM review WHERE kind = 'mock'") == [(1,)]
    assert stored.uid == uid


def test_a_line_scored_again_counts_as_scored_last(interviewer: Desk, clock: ManualClock) -> None:
    interview = interviewer.mock(minutes=10, kind="design")
    interview.go_on()
    for _ in range(3):
        interview.give(0)
    assert interview.back()
    interview.give(2)
    again = interviewer.mock(minutes=1, resume=True)
    assert again.items[0].points == [2]
    assert again.items[0].probe_points == [0, 0]


def test_a_pause_stops_the_clock_and_a_resumed_section_goes_on_from_its_time(
    interviewer: Desk, clock: ManualClock
) -> None:
    interview = interviewer.mock(minutes=10, kind="design")
    clock.advance(minutes=2)
    interview.pause()
    clock.advance(minutes=50)
    assert interview.spent_ms == 120_000
    interview.pause()
    clock.advance(minutes=1)
    assert interview.spent_ms == 180_000
    interview.close()
    clock.advance(hours=5)
    again = interviewer.mock(minutes=1, resume=True)
    clock.advance(minutes=1)
    assert again.spent_ms == 240_000


def test_a_clock_set_back_moves_no_section(interviewer: Desk, clock: ManualClock) -> None:
    interview = interviewer.mock(minutes=10, kind="design")
    clock.advance(minutes=2)
    clock.set("2026-11-24T08:30")
    assert interview.spent_ms == 120_000


def test_what_is_skipped_costs_nothing(
    interviewer: Desk, collection: Collection, clock: ManualClock
) -> None:
    interview = interviewer.mock(minutes=10)
    interview.skip()
    go_through(interview, clock, points=2)
    account = debrief.of_mock(collection, interview.stored_now())
    assert account.title.startswith("16 of 16 points (100%)")
    assert "1 left out" in account.title


def test_the_same_seed_draws_the_same_interview_and_the_weak_are_drawn_more(
    interviewer: Desk, collection: Collection, clock: ManualClock
) -> None:
    answer_all(interviewer.start("a/batching"), Rating.EASY)
    drawn: Counter[str] = Counter()
    topics = dict(
        rows(collection, "SELECT c.uid, t.path FROM card c JOIN topic t ON t.id = topic_id")
    )
    for seed in range(200):
        plan = plan_mock(collection, seed, 1.5, MockKind.CONCEPTS, None)
        assert plan == plan_mock(collection, seed, 1.5, MockKind.CONCEPTS, None)
        drawn[topics[plan[0].card_uid]] += 1
    # Recall is certain for one topic and unknown for the other: 0.1 against 0.6.
    assert drawn["a/drift"] > 3 * drawn["a/batching"] > 0


def test_an_unknown_company_is_told(interviewer: Desk) -> None:
    with pytest.raises(SrsError, match="no company profile 'acme'"):
        interviewer.mock(minutes=10, company="acme")


def test_the_plan_is_kept_with_its_seed(interviewer: Desk, collection: Collection) -> None:
    interviewer.mock(minutes=10, company="startup")
    ((seed, minutes, company, plan),) = rows(
        collection, "SELECT seed, minutes, company, plan FROM mock"
    )
    assert (minutes, company) == (10.0, "startup")
    again = plan_mock(collection, seed, minutes, MockKind.MIXED, company)
    assert [each.card_uid.hex() for each in again] == [item[1] for item in json.loads(plan)]


def test_the_debrief_names_topics_lines_last_time_and_three_actions(
    interviewer: Desk, collection: Collection, clock: ManualClock
) -> None:
    go_through(interviewer.mock(minutes=10), clock, points=2)
    clock.advance(days=1)
    interview = interviewer.mock(minutes=10)
    go_through(interview, clock, points=1)
    account = debrief.of_mock(collection, interview.stored_now())
    assert account.title == "9 of 18 points (50%) in 3 min."
    assert account.sections[0].startswith("warm-up: 1 of 2")
    assert any("Numbers" in line and line.startswith("−1") for line in account.cost)
    assert account.against_last.startswith("Last time 94%; now 50% (-44 points).")
    assert [action.what for action in account.actions] == ["focus", "rehearse", "drill"]


def test_a_sitting_has_a_debrief_too(interviewer: Desk) -> None:
    sitting = interviewer.start()
    sitting.answer(Rating.AGAIN)
    sitting.answer(Rating.GOOD)
    account = sitting.debrief()
    assert account.title == "1 of 2 passed in 0 s."
    assert account.cost[0].endswith("1 of 1 again")
    assert [action.key for action in account.actions] == ["f", "d", "r"]


def test_resuming_nothing_is_told(interviewer: Desk, collection: Collection) -> None:
    with pytest.raises(SrsError, match="No mock interview was cut off"):
        mock_beginning.resume(collection)


def test_mock_interviews_go_with_a_collection_that_is_taken_away(
    interviewer: Desk, collection: Collection, clock: ManualClock, tmp_path: Path
) -> None:
    from srs.exchange import complete

    go_through(interviewer.mock(minutes=10), clock)
    file = tmp_path / "all.json"
    complete.write(collection, file)
    with Collection.open(tmp_path / "other.db", clock=clock) as other:
        for _ in range(2):  # the second time brings nothing new
            complete.read(other, file)
        for table in ("mock", "mock_entry"):
            wanted = rows(collection, f"SELECT uid FROM {table} ORDER BY uid")
            assert wanted
            assert rows(other, f"SELECT uid FROM {table} ORDER BY uid") == wanted
