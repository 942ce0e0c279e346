"""The dashboard: an instruction, the topics as a tree, their pages, company and date."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.studied import HALF_REMEMBERED, study
from textual.pilot import Pilot
from tui.driving import app_on, press, running, screen_name, seen, settle
from tui.fake_desk import KNOWN, FakeDesk, row

from srs.practice.dashboard import Dashboard
from srs.practice.desk import Desk
from srs.practice.insights import Insights
from srs.store.collection import Collection
from srs.store.sources import remember
from srs.tui.widgets.topic_tree import TopicTree

WIDE = (160, 50)


@pytest.fixture
def studied(collection: Collection, clock: ManualClock, folder: Path) -> Desk:
    """Return the desk of a person who has studied for twenty days, their interview ahead."""
    study(collection, clock, folder)
    remember(collection, [folder])
    collection.change_setting("interview-date", "2027-01-04")
    collection.change_setting("company", "big-tech")
    return Desk(collection)


@pytest.fixture
def unseen(collection: Collection, clock: ManualClock, folder: Path) -> Desk:
    """Return the desk of a person who has answered nothing yet."""
    study(collection, clock, folder, days=0)
    remember(collection, [folder])
    return Desk(collection)


def words(pilot: Pilot[None]) -> str:
    return " ".join(seen(pilot).split())


async def test_home_says_how_ready_one_is_and_what_to_do_tonight(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        assert "Interview in 21 days, 2027-01-04, big-tech ready for " in words(pilot)
        assert "Tonight: " in seen(pilot)
        assert "costs most" in seen(pilot)


async def test_a_wide_home_has_a_second_column() -> None:
    async with running(app_on(FakeDesk()), WIDE) as pilot:
        assert "Due this week" in seen(pilot)
        assert "15 min  +1.9 points  monitoring/drift" in seen(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Due this week" not in seen(pilot)


async def test_home_names_at_most_six_keys() -> None:
    async with running(app_on(FakeDesk()), WIDE) as pilot:
        last = seen(pilot).splitlines()[-2:]
        keys = next(line for line in last if "help" in line).split("   ")
        assert len([key for key in keys if key.strip()]) <= 6


async def test_the_instruction_comes_before_the_topics(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w")
        lines = seen(pilot).splitlines()
        ready, step, first = (
            next(at for at, line in enumerate(lines) if text in line)
            for text in ("Ready for", " points", "serving")
        )
        assert ready < step
        assert step <= first
        assert "of a big-tech interview on Mon 4 Jan, in 21 days" in words(pilot)
        assert "Without any review until then; by the plan about " in words(pilot)


async def test_the_numbers_of_the_topics_stand_below_their_names(studied: Desk) -> None:
    async with running(app_on(studied), (80, 34)) as pilot:
        await press(pilot, "w", "x")
        lines = seen(pilot).splitlines()
        heading = next(line for line in lines if "now → then" in line)
        rows = [line for line in lines if " → " in line and "%" in line]
        assert len(rows) == 6
        end = heading.index("now → then") + len("now → then")
        assert {line.index("%") + 1 for line in rows} == {end}


async def test_topics_open_and_close(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w")
        assert "tail-latency  " not in seen(pilot)
        await press(pilot, "g", "l")
        assert "▾ " in seen(pilot)
        open_rows = seen(pilot)
        await press(pilot, "j", "h")
        assert pilot.app.screen.query_one(TopicTree).highlighted == 0
        assert seen(pilot).count("→") == open_rows.count("→")
        await press(pilot, "h")
        assert "▾ " not in seen(pilot)
        await press(pilot, "space")
        assert "▾ " in seen(pilot)


async def test_f_takes_the_step_and_on_a_topic_drills_it(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w", "f")
        assert screen_name(pilot) == "ReviewScreen"
        await press(pilot, "escape")
        while screen_name(pilot) != "DashboardScreen":
            await press(pilot, "enter")
        await press(pilot, "G", "f")
        assert screen_name(pilot) == "ReviewScreen"


async def test_enter_opens_the_topics_page_and_escape_leads_back(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w", "g", "enter")
        assert screen_name(pilot) == "TopicScreen"
        assert "without a review; by the plan " in words(pilot)
        assert "100%" in seen(pilot)
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "Likeliest to be forgotten then" in seen(pilot)
        assert "question " in seen(pilot)
        assert "◆ predicted" in seen(pilot)
        await press(pilot, "f")
        assert screen_name(pilot) == "ReviewScreen"
        await press(pilot, "escape")
        while screen_name(pilot) not in ("TopicScreen", "DashboardScreen"):
            await press(pilot, "enter")
        assert screen_name(pilot) == "TopicScreen"
        await press(pilot, "escape")
        assert screen_name(pilot) == "DashboardScreen"
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"


async def test_c_switches_the_company(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w", "c")
        assert "high-traffic" in seen(pilot)
        await press(pilot, "j", "enter")
        assert "of a startup interview" in words(pilot)
        assert studied.collection.settings.company == "startup"
        await press(pilot, "c", "escape")
        assert studied.collection.settings.company == "startup"


async def test_t_sets_the_date_typed_or_with_the_arrows(studied: Desk) -> None:
    async with running(app_on(studied)) as pilot:
        await press(pilot, "w", "t")
        assert "Monday 4 January 2027, in 21 days" in seen(pilot)
        await press(pilot, "up", "pageup")
        assert "Tuesday 12 January 2027, in 29 days" in seen(pilot)
        await press(pilot, "enter")
        assert "on Tue 12 Jan, in 29 days" in words(pilot)
        await press(pilot, "t", *["backspace"] * 10, *"soon", "enter")
        assert "'soon' is no date" in seen(pilot)
        await press(pilot, *["backspace"] * 4, "enter")
        assert studied.collection.settings.interview_date is None
        assert "of a big-tech interview today" in words(pilot)


async def test_before_there_is_data_it_says_what_it_will_show_and_begins(unseen: Desk) -> None:
    async with running(app_on(unseen)) as pilot:
        await press(pilot, "w")
        assert "Nothing is known yet." in seen(pilot)
        assert "⏎ begins with the first cards" in words(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "ReviewScreen"


async def test_without_any_card_it_waits_for_some() -> None:
    async with running(app_on(FakeDesk(known=replace(KNOWN, is_empty=True, steps=())))) as pilot:
        await press(pilot, "w")
        assert "Nothing is known yet." in seen(pilot)


async def test_a_verdict_that_is_not_to_be_trusted_says_so(studied: Desk) -> None:
    async with running(app_on(studied), WIDE) as pilot:
        await press(pilot, "w")
        assert "Not to be trusted yet." in seen(pilot)


async def test_hostile_names_of_topics_stay_text() -> None:
    name = "a\x1b[31m[red]b"
    known = replace(KNOWN, topics=(row(name, 0.5, 0.4), row("漢字" * 30, 0.5, 0.4)))
    async with running(app_on(FakeDesk(known=known))) as pilot:
        await press(pilot, "w")
        assert "[red]b" in seen(pilot)
        assert "\x1b" not in seen(pilot)
        assert all(len(line) <= 80 for line in seen(pilot).splitlines())


@pytest.mark.parametrize("size", [(32, 10), (50, 24), (80, 24), (110, 30), (200, 60)])
async def test_every_size_shows_the_instruction(studied: Desk, size: tuple[int, int]) -> None:
    async with running(app_on(studied), size) as pilot:
        await press(pilot, "w", "x")
        assert "points" in seen(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "now → then" in seen(pilot)


async def test_ten_thousand_cards_in_three_hundred_topics() -> None:
    rows = [row(f"area-{n % 20}/topic-{n}", 0.5, 0.4, seen=30, cards=34) for n in range(300)]
    tops = [row(f"area-{n}", 0.5, 0.4, is_parent=True, seen=450, cards=510) for n in range(20)]
    topics = tuple(sorted([*rows, *tops], key=lambda each: each.topic))
    async with running(app_on(FakeDesk(known=replace(KNOWN, topics=topics)))) as pilot:
        await press(pilot, "w", "x", "G")
        assert "topic-" in seen(pilot)
        assert pilot.app.screen.query_one(TopicTree).option_count == 320


class SlowInsights(Insights):
    """Readings that wait until they are let go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.go = threading.Event()

    def dashboard(self) -> Dashboard:
        self.go.wait(10)
        return super().dashboard()


@pytest.fixture
def slowly(studied: Desk, monkeypatch: pytest.MonkeyPatch) -> SlowInsights:
    """Let the desk read slowly."""
    insights = SlowInsights(studied)
    monkeypatch.setattr(studied, "insights", lambda: insights)
    return insights


async def pause(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.pause(0)


async def test_home_and_dashboard_are_there_before_the_log_is_read(
    studied: Desk, slowly: SlowInsights
) -> None:
    app = app_on(studied)
    async with app.run_test(size=(80, 24)) as pilot:
        while screen_name(pilot) != "HomeScreen":
            await pilot.pause(0.01)
        await pilot.press("w")
        await pause(pilot)
        assert screen_name(pilot) == "DashboardScreen"
        assert "reading…" in seen(pilot)
        slowly.go.set()
        await settle(pilot)
        assert "Ready for" in seen(pilot)


async def test_leaving_while_it_reads_drops_what_comes(studied: Desk, slowly: SlowInsights) -> None:
    app = app_on(studied)
    async with app.run_test(size=(80, 24)) as pilot:
        while screen_name(pilot) != "HomeScreen":
            await pilot.pause(0.01)
        await pilot.press("w")
        await pause(pilot)
        await pilot.press("escape")
        await pause(pilot)
        assert screen_name(pilot) == "HomeScreen"
        await pilot.press("enter")
        await pause(pilot)
        slowly.go.set()
        await settle(pilot)
        assert screen_name(pilot) in ("ReviewScreen", "HomeScreen")


async def test_the_statistics_open_and_change_their_span(studied: Desk) -> None:
    async with running(app_on(studied), WIDE) as pilot:
        await press(pilot, "s")
        assert screen_name(pilot) == "StatisticsScreen"
        assert "‹a year›" in seen(pilot)
        assert "Remembered, by days since the last answer" in seen(pilot)
        assert "due until 4 Jan" in seen(pilot)
        await press(pilot, "h", "h", "h")
        assert "‹30 days›" in seen(pilot)
        await press(pilot, "l")
        assert "‹90 days›" in seen(pilot)
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"


@pytest.mark.parametrize("height", [24, 60])
async def test_the_days_to_come_are_named_below_their_columns(studied: Desk, height: int) -> None:
    """The last name ends with the last column, whether or not the page has to scroll."""
    studied.insights().set_date("in 20 weeks")
    async with running(app_on(studied), (80, height)) as pilot:
        await press(pilot, "s")
        pilot.app.screen.query_one("#forecast").scroll_visible(animate=False)
        await settle(pilot)
        names = next(line for line in seen(pilot).splitlines() if line.strip().startswith("14 Dec"))
        assert len(names.split()) == 4


async def test_statistics_without_answers_say_what_they_will_show(unseen: Desk) -> None:
    async with running(app_on(unseen)) as pilot:
        await press(pilot, "s")
        assert "Nothing has been answered yet." in seen(pilot)


@pytest.mark.parametrize("theme", ["srs-light", "srs-high-contrast", "ansi-dark", "ansi-light"])
async def test_every_theme_shows_the_same_shapes(studied: Desk, theme: str) -> None:
    async with running(app_on(studied, theme=theme), (80, 34)) as pilot:
        await press(pilot, "w", "x")
        assert "●" in seen(pilot)
        assert "━" in seen(pilot)
        assert all(topic.rpartition("/")[2] in seen(pilot) for topic in HALF_REMEMBERED)


async def test_own_stories_are_told_kind_by_kind(studied: Desk) -> None:
    folder = studied.repertoire().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "late.md").write_text(
        "---\nstory: Late pages\nkind: serving\n---\n# Situation\nSo.\n"
    )
    async with running(app_on(studied), WIDE) as pilot:
        await press(pilot, "w")
        assert "data-integrity –" in words(pilot)
        assert "serving – " not in words(pilot)
