"""The mock interview on the screen, from home through the debrief and back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from practice.test_mock_interview import DECK
from support.clock import ManualClock
from support.looking import rows
from tui.driving import app_on, press, running, screen_name, seen, settle

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.sources import remember
from srs.tui.opening import WantedMock

THREE_MINUTES = WantedMock(minutes=3)


@pytest.fixture
def full_desk(
    write: Callable[[str, str], Path],
    take_in: Callable[..., object],
    collection: Collection,
    desk: Desk,
) -> Desk:
    deck = write("a.md", DECK)
    take_in()
    remember(collection, [deck])
    return desk


async def test_a_whole_three_minute_mock_and_its_debrief(
    full_desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    before = rows(collection, "SELECT * FROM card ORDER BY id")
    async with running(app_on(full_desk, mock=THREE_MINUTES)) as pilot:
        await settle(pilot)
        assert screen_name(pilot) == "MockScreen"
        assert "mock · warm-up" in seen(pilot)
        assert "0:00 / 0:36" in seen(pilot)
        clock.advance(minutes=0.5)
        await press(pilot, "space", "2")
        assert "mock · design" in seen(pilot)
        assert "0:00 / 1:48" in seen(pilot)
        assert "Monitoring" not in seen(pilot)
        clock.advance(minutes=2)
        await press(pilot, "space")
        assert "2:00 / 1:48 over" in seen(pilot)
        assert "Probe 1 of 2" in seen(pilot)
        await press(pilot, "2", "1")
        assert "Monitoring: age" in seen(pilot)
        await press(pilot, "2", "0", "1")
        assert "An outage." in seen(pilot)
        await press(pilot, "space", "2", "2", "1")
        assert screen_name(pilot) == "DebriefScreen"
        account = seen(pilot)
        assert "12 of 18 points" in account
        assert "design: Numbers" in account
        assert "The first of its kind" in account
        await press(pilot, "enter")
        assert screen_name(pilot) == "HomeScreen"
    assert rows(collection, "SELECT * FROM card ORDER BY id") == before
    assert rows(collection, "SELECT count(*) FROM mock_entry WHERE what = 'end'") == [(1,)]


async def test_a_next_action_is_done_from_the_debrief(full_desk: Desk) -> None:
    async with running(app_on(full_desk, mock=THREE_MINUTES)) as pilot:
        await press(pilot, "space", "1", "escape")
        assert "f  the weakest cards of a/" in seen(pilot)
        await press(pilot, "f")
        assert screen_name(pilot) == "ReviewScreen"
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"


async def test_the_weakest_prompt_is_told_again_from_the_debrief(full_desk: Desk) -> None:
    async with running(app_on(full_desk, mock=WantedMock(minutes=3, kind="design"))) as pilot:
        await press(pilot, "space", "1", "1", "2", "0", "1")
        assert "r  tell it again: A feed." in seen(pilot)
        await press(pilot, "r")
        assert screen_name(pilot) == "RehearsalScreen"
        assert "A feed." in seen(pilot)


async def test_pause_note_skip_and_back(
    full_desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    async with running(app_on(full_desk, mock=THREE_MINUTES)) as pilot:
        await press(pilot, "p")
        clock.advance(minutes=9)
        await press(pilot, "space")
        assert "Paused at 0:00" in seen(pilot)
        await press(pilot, "p", "n", "t", "p", "enter", "s")
        assert "mock · design" in seen(pilot)
        await press(pilot, "space", "2", "u")
        assert "Probe 1 of 2" in seen(pilot)
    noted = rows(collection, "SELECT text FROM mock_entry WHERE what = 'note'")
    assert noted == [("tp",)]


async def test_a_mock_left_half_way_is_gone_on_with(full_desk: Desk, clock: ManualClock) -> None:
    async with running(app_on(full_desk, mock=THREE_MINUTES)) as pilot:
        await press(pilot, "space", "3", "space", "1", "1", "2")
    path = full_desk.collection.path
    again = Desk(Collection.open(path, clock=clock, chance=random.Random(2)))
    async with running(app_on(again, mock=WantedMock(resume=True))) as pilot:
        await settle(pilot)
        assert "mock · design" in seen(pilot)
        assert "▸ ·  Numbers: reads" in seen(pilot)
        await pilot.resize_terminal(44, 14)
        await settle(pilot)
        assert "Numbers: reads" in seen(pilot)
        await press(pilot, "2")
        await pilot.resize_terminal(160, 50)
        await settle(pilot)
        assert "▸ ·  Monitoring: age" in seen(pilot)


async def test_a_suspended_program_stops_the_clock(full_desk: Desk, clock: ManualClock) -> None:
    app = app_on(full_desk, mock=THREE_MINUTES)
    async with running(app) as pilot:
        app.app_suspend_signal.publish(app)
        await settle(pilot)
        clock.advance(hours=2)
        assert "Paused at 0:00; p goes on." in seen(pilot)
        await press(pilot, "p")
        assert "0:00 / 0:36" in seen(pilot)


async def test_the_closing_screen_leads_to_the_sittings_debrief(full_desk: Desk) -> None:
    async with running(app_on(full_desk)) as pilot:
        await press(pilot, "space", *["space", "4"] * 4, "d")
        assert screen_name(pilot) == "DebriefScreen"
        assert "4 of 4 passed" in seen(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "ClosingScreen"


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (["space", "2", "space", "1", "1", "2"], "mock"),
        (["space", "2", "space", "1", "1", "2", "0", "1", "space", "1", "2", "0"], "debrief"),
    ],
)
def test_picture(full_desk: Desk, keys: list[str], name: str, snap_compare: Any) -> None:
    async def drive(pilot: Any) -> None:
        await pilot.pause()
        await settle(pilot)
        await press(pilot, *keys)

    app = app_on(full_desk, mock=THREE_MINUTES)
    assert snap_compare(app, terminal_size=(80, 24), run_before=drive)
