"""A whole rehearsal on the screen: told against the clock, scored, graded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.clock import ManualClock
from support.looking import rows
from support.stories import P99, WHOLE
from textual.pilot import Pilot
from tui.driving import app_on, press, running, screen_name, seen, settle

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.sources import remember
from srs.tui.widgets.timer import Timer

STORIES = f"""
## Story: {P99}
<!-- kind: serving · minutes: 3 -->

- [ ] Situation: traffic, the p99 promised, the p99 seen
- [ ] Your part during the incident
- [ ] How you isolated the hop, with the evidence for each step
- [ ] Numbers: before, after, how long, how many users
- [ ] A decision you took under time pressure, and who disagreed
- [ ] Effect on **model quality** of what you cut or rolled back
- [ ] The gate or budget that would stop it now
- [ ] What you would do differently

### Probes
- Which hop, and how did you isolate it?

## Story: A dashboard was green while users left.
<!-- kind: monitoring -->
- [ ] The signal

Q: An ordinary question?
A: An answer.
"""


@pytest.fixture
def full_desk(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
    desk: Desk,
) -> Desk:
    deck = write("a.md", STORIES)
    assert take_in().added == 3
    remember(collection, [deck])
    folder = desk.repertoire().folder
    folder.mkdir()
    (folder / "week.md").write_text(WHOLE, encoding="utf-8")
    return desk


async def look(pilot: Pilot[None]) -> str:
    pilot.app.screen.query_one(Timer).look()
    await settle(pilot)
    return seen(pilot)


async def test_a_rehearsal_from_home_to_home(
    full_desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    async with running(app_on(full_desk)) as pilot:
        assert "r rehearse" in seen(pilot)
        await press(pilot, "r")
        assert "2 prompts: 0 due, 2 not rehearsed yet, 1 with a story of yours" in seen(pilot)
        await press(pilot, "enter")
        assert P99 in seen(pilot)
        assert "Your story: The week p99 doubled" in seen(pilot)
        assert "9,000 requests" not in seen(pilot)
        await press(pilot, "h")
        assert "A ranking service at 9,000 requests a second." in seen(pilot)
        assert "Which hop" not in seen(pilot)
        await press(pilot, "p")
        assert "Which hop, and how did you isolate it?" in seen(pilot)
        clock.advance(minutes=2.5)
        await press(pilot, "2")  # no line is scored while it is told
        await press(pilot, "space")
        assert " 2:30 / 3:00" in seen(pilot)
        for line, key in enumerate("22120212", start=1):
            await press(pilot, key)
            scored = rows(collection, "SELECT count(*) FROM rehearsalmark")
            assert scored == [(line,)]
        await press(pilot, *"slower", "enter")
        assert "12 of 16, Again: no point on line 5" in " ".join(seen(pilot).split())
        assert "Due again tomorrow" in " ".join(seen(pilot).split())
        await press(pilot, "enter")
        assert screen_name(pilot) == "PromptsScreen"
        assert "12/16  2:30" in seen(pilot)
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"
    assert rows(collection, "SELECT rating, kind FROM review") == [(1, "rehearsal")]
    assert rows(collection, "SELECT text FROM rehearsalmark WHERE kind = 'note'") == [("slower",)]


async def test_home_says_when_a_story_is_due(full_desk: Desk, clock: ManualClock) -> None:
    repertoire = full_desk.repertoire()
    rehearsal = repertoire.rehearse(repertoire.choose("monitoring"))
    rehearsal.stop()
    rehearsal.give(0)
    rehearsal.grade()
    clock.advance(days=1)
    async with running(app_on(full_desk)) as pilot:
        assert "1 story due  r rehearse" in seen(pilot)
        await press(pilot, "r", "space")
        assert "A dashboard was green while users left." in seen(pilot)


async def test_the_timer_follows_the_clock_and_not_its_ticks(
    full_desk: Desk, clock: ManualClock
) -> None:
    async with running(app_on(full_desk, rehearse=True, scope="p99")) as pilot:
        timer = pilot.app.screen.query_one(Timer)
        assert " 0:00 / 3:00" in await look(pilot)
        clock.advance(minutes=1.7)
        assert " 1:42 / 3:00" in await look(pilot)
        assert not timer.has_class("-over")
        clock.advance(minutes=1.4)
        assert " 3:06 / 3:00 over" in await look(pilot)
        assert timer.has_class("-over")


async def test_time_in_the_shell_is_not_spoken_time(full_desk: Desk, clock: ManualClock) -> None:
    async with running(app_on(full_desk, rehearse=True, scope="p99")) as pilot:
        clock.advance(minutes=1)
        with suspended(pilot):
            clock.advance(minutes=20)
        clock.advance(minutes=0.5)
        assert " 1:30 / 3:00" in await look(pilot)


@contextmanager
def suspended(pilot: Pilot[None]) -> Any:
    pilot.app._suspend_signal()
    yield
    pilot.app._resume_signal()


async def test_a_resize_keeps_place_and_points(full_desk: Desk, collection: Collection) -> None:
    async with running(app_on(full_desk, rehearse=True, scope="p99")) as pilot:
        await press(pilot, "space", "2", "1")
        for size in ((40, 12), (20, 5), (160, 50)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert "▸ ·  How you isolated the hop" in seen(pilot)
        await press(pilot, "u", "0")
    marks = "SELECT position, points FROM rehearsalmark ORDER BY id"
    assert rows(collection, marks) == [(0, 2), (1, 1), (1, 0)]


async def test_leaving_half_way_keeps_the_lines_and_goes_on_later(
    full_desk: Desk, collection: Collection
) -> None:
    async with running(app_on(full_desk, rehearse=True, scope="p99")) as pilot:
        await press(pilot, "space", "2", "2", "escape")
        assert screen_name(pilot) == "HomeScreen"
        await press(pilot, "r", "enter")
        assert "Told earlier today; going on with the score." in seen(pilot)
        assert "▸ ·  How you isolated the hop" in seen(pilot)
        await press(pilot, *"222222", "escape")
    assert rows(collection, "SELECT rating FROM review") == [(4,)]


async def test_an_unknown_prompt_is_a_sentence_at_home(full_desk: Desk) -> None:
    async with running(app_on(full_desk, rehearse=True, scope="nonsense")) as pilot:
        assert screen_name(pilot) == "HomeScreen"
        assert "There is no prompt 'nonsense'" in seen(pilot)


async def test_lines_over_time_stand_beside_the_rubric(full_desk: Desk, clock: ManualClock) -> None:
    repertoire = full_desk.repertoire()
    for points in (0, 1):
        rehearsal = repertoire.rehearse(repertoire.choose("monitoring"))
        rehearsal.stop()
        rehearsal.give(points)
        rehearsal.grade()
        clock.advance(days=2)
    async with running(app_on(full_desk, rehearse=True, scope="monitoring")) as pilot:
        await press(pilot, "space", "2", "enter")
        assert "0 1  The signal" in seen(pilot)
        assert "Before: 0 in 0:00, 1 in 0:00." in seen(pilot)


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        pytest.param(["h", "h", "p"], (80, 24), id="telling"),
        pytest.param(["space", *"2210"], (80, 24), id="scoring"),
        pytest.param(["space", *"22122221", "enter"], (160, 50), id="graded-wide"),
    ],
)
def test_screen(
    keys: list[str],
    size: tuple[int, int],
    full_desk: Desk,
    clock: ManualClock,
    snap_compare: Callable[..., bool],
) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await settle(pilot)
        clock.advance(minutes=1.7)
        await look(pilot)
        await press(pilot, *keys)

    app = app_on(full_desk, rehearse=True, scope="p99")
    assert snap_compare(app, terminal_size=size, run_before=drive)
