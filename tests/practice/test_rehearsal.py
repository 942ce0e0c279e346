"""Telling a story against the clock, scoring it line by line, and what that schedules."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import ManualClock
from support.looking import answer_all, rows
from support.stories import P99, WHOLE

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.practice.prompts import draw_framing, draw_probes
from srs.practice.rehearsal import Rehearsal, Stopwatch
from srs.practice.repertoire import Repertoire
from srs.practice.rubric import EIGHT_LINES, score
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import import_paths

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]

STORIES = f"""
## Story: {P99}
<!-- kind: serving · minutes: 2 · id: p99 -->
Mind the second side.

### Probes
- Which hop?
- What did it do to the predictions?
- What rolled back with it?

## Story: A dashboard was green while users left.
<!-- kind: monitoring -->
- [ ] The signal
- [ ] The repair

## Design: A feed.
<!-- minutes: 30 -->
- [ ] Requirements: p99
- [ ] Cost

Q: An ordinary question?
A: An answer.
"""


@pytest.fixture
def repertoire(write: Write, take_in: TakeIn, desk: Desk) -> Repertoire:
    write("a.md", STORIES)
    assert take_in().errors == []
    return desk.repertoire()


def tell(repertoire: Repertoire, wanted: str, points: list[int]) -> Rehearsal:
    rehearsal = repertoire.rehearse(repertoire.choose(wanted))
    rehearsal.stop()
    for each in points:
        rehearsal.give(each)
    return rehearsal


def due_day(collection: Collection, front: str) -> int:
    ((day,),) = rows(
        collection,
        "SELECT due_day FROM card JOIN note ON note.id = note_id WHERE front LIKE :front",
        front=front + "%",
    )
    return int(day)


def test_a_story_told_well_is_scheduled_in_whole_days(
    repertoire: Repertoire, collection: Collection, clock: ManualClock
) -> None:
    rehearsal = repertoire.rehearse(repertoire.choose("p99"))
    clock.advance(minutes=1.5)
    assert (rehearsal.spoken_ms, rehearsal.prompt.target_ms) == (90_000, 120_000)
    rehearsal.stop()
    clock.advance(minutes=1)
    for points in (2, 2, 1, 2, 1, 1, 2, 1):
        rehearsal.give(points)
    result = rehearsal.grade()
    assert (result.score.points, result.score.rating) == (12, Rating.GOOD)
    assert result.spoken_ms == 90_000
    assert rows(collection, "SELECT rating, kind, scheduled, due_ms, duration_ms FROM review") == [
        (3, "rehearsal", 1, None, 90_000)
    ]
    assert due_day(collection, "p99") >= collection.now().study_day + 2
    assert examine(collection).healthy


def test_a_story_that_fails_comes_back_tomorrow_and_is_never_a_leech(
    repertoire: Repertoire, collection: Collection, clock: ManualClock
) -> None:
    for _ in range(12):
        result = tell(repertoire, "p99", [0] * 8).grade()
        assert result.score.rating is Rating.AGAIN
        assert due_day(collection, "p99") == collection.now().study_day + 1
        clock.advance(days=1)
    assert repertoire.choose().explicit_id == "p99"
    assert examine(collection).healthy


@pytest.mark.parametrize(
    ("points", "rating"),
    [
        ([2, 2, 1, 1, 1, 1, 1, 1], Rating.AGAIN),  # 10
        ([2, 2, 2, 1, 1, 1, 1, 1], Rating.HARD),  # 11
        ([2, 2, 2, 0, 2, 2, 2, 2], Rating.AGAIN),  # no number
        ([2, 2, 2, 2, 0, 2, 2, 2], Rating.AGAIN),
        ([2, 2, 2, 2, 2, 0, 2, 2], Rating.AGAIN),
        ([0, 2, 2, 2, 2, 2, 2, 2], Rating.GOOD),  # 14 of 16
        ([1, 2, 2, 2, 2, 2, 2, 2], Rating.EASY),  # 15 of 16
        ([2, 2, 2, 1, 1, 1, 2, 1], Rating.GOOD),  # 12 of 16
        ([2, 2, 2, 0, 2, 1, 2, 1, 2], Rating.GOOD),  # nine lines have no key lines
        ([0], Rating.AGAIN),
        ([2], Rating.EASY),
    ],
)
def test_the_score_gives_the_rating(points: list[int], rating: Rating) -> None:
    came_to = score(points)
    assert came_to.rating is rating
    assert came_to.passed is (rating is not Rating.AGAIN)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=12), st.data())
def test_a_better_line_never_lowers_the_rating(points: list[int], data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(points) - 1))
    better = [*points[:line], min(2, points[line] + 1), *points[line + 1 :]]
    assert score(better).rating >= score(points).rating


def test_a_prompt_without_a_list_of_its_own_has_the_eight_lines(repertoire: Repertoire) -> None:
    assert repertoire.choose("p99").rubric == EIGHT_LINES
    assert repertoire.choose("monitoring").rubric == ("The signal", "The repair")
    design = repertoire.choose("design")
    assert (design.rubric, design.minutes) == (("Requirements: p99", "Cost"), 30)
    assert repertoire.rehearse(design).beats == ("Requirements", "Cost")


def test_stories_are_rehearsed_and_not_asked_among_the_cards(
    repertoire: Repertoire, desk: Desk, clock: ManualClock
) -> None:
    overview = desk.overview()
    assert (overview.new, overview.stories_due, overview.stories_new) == (1, 0, 3)
    assert overview.new_beyond_limit == 0
    tell(repertoire, "p99", [2] * 8).grade()
    assert desk.overview().new == 1  # a rehearsal takes no new card's place
    assert answer_all(desk.start(), Rating.EASY) == 1
    clock.advance(days=100)
    overview = desk.overview()
    assert (overview.review, overview.stories_due) == (1, 1)


def test_what_is_due_comes_first_and_designs_last(
    repertoire: Repertoire, clock: ManualClock
) -> None:
    assert [each.prompt.kind for each in repertoire.listed()] == ["serving", "monitoring", "design"]
    tell(repertoire, "monitoring", [2, 2]).grade()
    assert [each.prompt.kind for each in repertoire.listed()] == ["serving", "design", "monitoring"]
    clock.advance(days=60)
    assert repertoire.listed()[0].due
    assert repertoire.choose().kind == "monitoring"


def test_the_clock_is_worked_out_from_the_start_and_pauses_leave_no_trace(
    clock: ManualClock,
) -> None:
    watch = Stopwatch(clock)
    clock.advance(minutes=1)
    clock.set("2026-11-24T03:00")  # a change of the wall clock moves nothing
    assert watch.elapsed_ms == 60_000
    watch.pause()
    watch.pause()
    clock.advance(minutes=30)
    assert (watch.elapsed_ms, watch.paused) == (60_000, True)
    watch.go_on()
    watch.go_on()
    clock.advance(minutes=0.5)
    assert (watch.elapsed_ms, watch.paused) == (90_000, False)


def test_hints_are_the_beats_of_the_own_story_and_else_the_rubric(repertoire: Repertoire) -> None:
    prompt = repertoire.choose("p99")
    assert repertoire.rehearse(prompt).beats == EIGHT_LINES
    repertoire.folder.mkdir()
    (repertoire.folder / "week.md").write_text(WHOLE, encoding="utf-8")
    rehearsal = repertoire.rehearse(prompt)
    assert rehearsal.beats[0] == "**Situation**: A ranking service at 9,000 requests a second."
    shown = [rehearsal.hint() for _ in range(len(rehearsal.beats) + 1)]
    assert shown == [True] * len(rehearsal.beats) + [False]
    rehearsal.stop()
    for _ in range(8):
        rehearsal.give(2)
    rehearsal.grade()
    assert [told.spoken_ms for told in repertoire.past_of_story("week")] == [0]


def test_probes_and_framing_rotate_with_each_rehearsal() -> None:
    uid, probes = random.Random(1).randbytes(16), ["a", "b", "c", "d"]
    first, second = draw_probes(uid, 0, probes), draw_probes(uid, 1, probes)
    assert {*first, *second} == set(probes)
    assert draw_probes(uid, 2, probes) == first
    assert draw_probes(uid, 0, ["only"]) == ("only",)
    assert draw_probes(uid, 0, []) == ()
    assert len({draw_framing(uid, reps) for reps in range(4)}) == 4


def test_a_line_can_be_scored_again_and_the_newest_counts(
    repertoire: Repertoire, collection: Collection
) -> None:
    rehearsal = tell(repertoire, "monitoring", [0, 2])
    assert rehearsal.back()
    assert rehearsal.back()
    assert not rehearsal.back()
    rehearsal.give(2)
    rehearsal.give(1)
    rehearsal.write_note("  slower at the end ")
    assert rehearsal.grade().score.points == 3
    (past,) = rehearsal.history()
    assert (past.points, past.note) == ((2, 1), "slower at the end")
    assert rows(collection, "SELECT count(*) FROM rehearsalmark WHERE kind = 'line'") == [(4,)]


def test_nothing_is_scored_before_it_was_told_or_after_the_last_line(
    repertoire: Repertoire,
) -> None:
    rehearsal = repertoire.rehearse(repertoire.choose("monitoring"))
    with pytest.raises(SrsError, match="no line to score"):
        rehearsal.give(2)
    rehearsal.stop()
    with pytest.raises(SrsError, match="every line"):
        rehearsal.grade()
    with pytest.raises(SrsError, match="0, 1 or 2"):
        rehearsal.give(3)
    rehearsal.give(2)
    rehearsal.give(2)
    with pytest.raises(SrsError, match="no line to score"):
        rehearsal.give(2)
    assert rehearsal.grade() is rehearsal.grade()


def test_a_rehearsal_cut_off_goes_on_today_and_is_let_be_tomorrow(
    repertoire: Repertoire, clock: ManualClock
) -> None:
    tell(repertoire, "p99", [2, 1])
    again = repertoire.rehearse(repertoire.choose("p99"))
    assert (again.resumed, again.points, again.line) == (True, [2, 1], 2)
    clock.advance(days=1)
    fresh = repertoire.rehearse(repertoire.choose("p99"))
    assert (fresh.resumed, fresh.spoken, fresh.points) == (False, False, [])


def test_a_rubric_that_was_edited_meanwhile_is_scored_from_its_first_changed_line(
    repertoire: Repertoire, write: Write, take_in: TakeIn
) -> None:
    tell(repertoire, "monitoring", [2])
    write("a.md", STORIES.replace("- [ ] The signal", "- [ ] The signal, and its delay"))
    take_in()
    assert repertoire.rehearse(repertoire.choose("monitoring")).points == []


def test_a_second_terminal_that_was_faster_is_not_overruled(
    repertoire: Repertoire, collection: Collection
) -> None:
    here = tell(repertoire, "monitoring", [2, 2])
    there = repertoire.rehearse(repertoire.choose("monitoring"))
    there.grade()
    with pytest.raises(SrsError, match="elsewhere"):
        here.grade()
    assert rows(collection, "SELECT count(*) FROM review") == [(1,)]


def test_the_log_of_rehearsals_only_grows(repertoire: Repertoire, collection: Collection) -> None:
    tell(repertoire, "monitoring", [2, 2]).grade()
    for statement in ("UPDATE rehearsalmark SET points = 2", "DELETE FROM rehearsal"):
        with pytest.raises(SrsError, match="append-only"), collection.writing_sql() as execute:
            execute(statement, {})


def test_the_doctor_sees_a_rehearsal_whose_answer_is_not_in_the_log(
    repertoire: Repertoire, collection: Collection
) -> None:
    rehearsal = tell(repertoire, "monitoring", [2, 2])
    assert examine(collection).healthy
    with collection.writing_sql() as execute:
        execute(
            "INSERT INTO rehearsalmark (uid, rehearsal_id, ms, kind, text, review_uid) "
            "SELECT x'01', id, 0, 'graded', '', x'02' FROM rehearsal",
            {},
        )
    assert "rehearsals" in " ".join(examine(collection).findings)
    rehearsal.close()


SCORING = """
import sys
from pathlib import Path
from srs.practice.desk import Desk
from srs.store.collection import Collection
repertoire = Desk(Collection.open(Path(sys.argv[1]))).repertoire()
rehearsal = repertoire.rehearse(repertoire.choose("p99"))
rehearsal.stop()
print("told", flush=True)
while rehearsal.line is not None:
    rehearsal.give(rehearsal.line % 3)
    print("scored", flush=True)
rehearsal.grade()
print("graded", flush=True)
"""


@pytest.mark.parametrize("lines", range(10))
def test_a_killed_rehearsal_keeps_every_line_it_acknowledged(
    tmp_path: Path, write: Write, lines: int
) -> None:
    path = tmp_path / "kept" / "collection.db"
    with Collection.open(path) as collection:
        import_paths(collection, [write("a.md", STORIES)])
    process = subprocess.Popen(
        [sys.executable, "-c", SCORING, str(path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(1 + lines)]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    scored = said.count("scored\n")
    with Collection.open(path) as collection:
        assert examine(collection).healthy
        repertoire = Desk(collection).repertoire()
        again = repertoire.rehearse(repertoire.choose("p99"))
        answers = rows(collection, "SELECT count(*) FROM review")[0][0]
        if answers:
            assert (again.resumed, scored) == (False, 8)
            return
        assert again.resumed
        assert len(again.points) in (scored, scored + 1)
        assert again.points == [line % 3 for line in range(len(again.points))]
        while again.line is not None:
            again.give(2)
        again.grade()
        assert rows(collection, "SELECT count(*) FROM review") == [(1,)]
