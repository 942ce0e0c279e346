"""The plan toward the interview on the screens, and a focus sitting in the TUI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from support.clock import ManualClock
from support.looking import answer_all
from tui.driving import app_on, press, running, screen_name, seen
from tui.fake_desk import OVERVIEW, FakeDesk

from srs.practice import interview
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.ingest.report import ImportReport
from srs.store.sources import remember

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]

FOUR = "# t\n" + "".join(f"\nQ: What is {n}?\nA: It is {n}.\n" for n in range(4))


async def test_home_says_what_the_days_until_the_interview_will_do() -> None:
    sentence = "At 15 minutes a day 74% of the cards will have been seen by 15 Dec."
    desk = FakeDesk(today=replace(OVERVIEW, plan=(sentence,)))
    async with running(app_on(desk)) as pilot:
        assert "Interview in 21 days, 2026-12-15" in seen(pilot)
        assert sentence in seen(pilot)


async def test_the_eve_is_a_last_pass_from_home_to_the_closing_screen(
    write: Write, take_in: TakeIn, desk: Desk, clock: ManualClock
) -> None:
    remember(desk.collection, [write("a.md", FOUR)])
    take_in()
    answer_all(desk.start(), Rating.EASY)
    clock.advance(days=5)
    interview.set_target(desk.collection, "tomorrow")
    async with running(app_on(desk)) as pilot:
        assert "4 due" in seen(pilot)
        assert "Interview tomorrow, 2026-11-30" in seen(pilot)
        assert "Tonight is a short last pass" in seen(pilot)
        await press(pilot, "enter")
        for _ in range(4):
            await press(pilot, "space", "3")
        assert screen_name(pilot) == "ClosingScreen"
        assert "Tonight is a short last pass" in seen(pilot)
        await press(pilot, "enter")
        assert "Done for today." in seen(pilot)


async def test_a_focus_sitting_opens_on_the_weak_cards_and_undoes(
    write: Write, take_in: TakeIn, desk: Desk
) -> None:
    remember(desk.collection, [write("a.md", FOUR)])
    take_in()
    answer_all(desk.start(), Rating.EASY)
    app = app_on(desk, straight_to_review=True, scope="a/t", focus=True)
    async with running(app) as pilot:
        assert screen_name(pilot) == "ReviewScreen"
        await press(pilot, "space", "3")
        assert "1 of 4" in seen(pilot)
        await press(pilot, "u")
        assert "Undone: Good." in seen(pilot)


async def test_a_focus_on_what_was_never_seen_goes_home_and_says_why(
    write: Write, take_in: TakeIn, desk: Desk
) -> None:
    remember(desk.collection, [write("a.md", FOUR)])
    take_in()
    app = app_on(desk, straight_to_review=True, scope="a/t", focus=True)
    async with running(app) as pilot:
        assert screen_name(pilot) == "HomeScreen"
        assert "You have seen no card of a/t yet" in " ".join(seen(pilot).split())
