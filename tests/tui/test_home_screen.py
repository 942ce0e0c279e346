"""The home screen: what now, in one line, and one key to start."""

from __future__ import annotations

from dataclasses import replace

from tui.driving import app_on, press, running, screen_name, seen, settle
from tui.fake_desk import NO_CARDS, NOTHING_DUE, OVERVIEW, FakeDesk, FakeSitting, card


def one_card() -> FakeDesk:
    return FakeDesk(FakeSitting([card("Why?", "So.")]))


async def test_it_says_what_is_due_and_how_long_it_takes() -> None:
    async with running(app_on(FakeDesk())) as pilot:
        assert "18 due · 6 new · about 9 minutes" in seen(pilot)
        assert "Tue 24 Nov · day 12 ▮▮▮▮▮▯▯" in seen(pilot)
        assert "Interview in 21 days" in seen(pilot)
        assert "14 answered today · 31 of 88 cards seen" in seen(pilot)


async def test_the_numbers_of_the_topics_stand_in_columns() -> None:
    async with running(app_on(FakeDesk())) as pilot:
        rows = [line for line in seen(pilot).splitlines() if " due  " in line]
        assert len({row.index(" due") for row in rows if "·" not in row}) == 1
        assert len({row.index(" new") for row in rows if " new" in row and "·" not in row}) == 1


async def test_space_starts_on_everything() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        await press(pilot, "space")
        assert "Why?" in seen(pilot)
    assert desk.scopes == [None]


async def test_a_topic_moved_to_is_what_enter_starts() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        await press(pilot, "j", "down", "k", "G", "g", "j")
        assert "start serving/batching" in seen(pilot)
        await press(pilot, "enter")
    assert desk.scopes == ["serving/batching"]


async def test_escape_goes_back_to_everything() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        await press(pilot, "j", "escape", "enter")
    assert desk.scopes == [None]


async def test_a_click_on_a_topic_starts_it() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        await pilot.click("#topics", offset=(4, 2))
        assert screen_name(pilot) == "ReviewScreen"
    assert desk.scopes == ["monitoring/drift"]


async def test_a_key_in_the_last_line_can_be_clicked() -> None:
    async with running(app_on(one_card())) as pilot:
        await pilot.click("KeyLine", offset=(4, 0))
        await settle(pilot)
        assert screen_name(pilot) == "ReviewScreen"


async def test_without_cards_it_names_the_command_that_brings_them() -> None:
    async with running(app_on(FakeDesk(today=NO_CARDS))) as pilot:
        assert "No cards yet." in seen(pilot)
        assert "srs import FOLDER" in seen(pilot)
        await press(pilot, "space")
        assert screen_name(pilot) == "HomeScreen"


async def test_with_nothing_due_it_says_when_and_learns_new_ones_on_n() -> None:
    desk = FakeDesk(FakeSitting([], held_back=[card("New?", "Yes.")]), today=NOTHING_DUE)
    async with running(app_on(desk)) as pilot:
        assert "The next card comes at 18:40." in seen(pilot)
        assert "12 new cards beyond today's limit: n learns 5 now." in seen(pilot)
        await press(pilot, "n")
        assert "New?" in seen(pilot)


async def test_looking_again_finds_what_came_due() -> None:
    desk = FakeDesk(today=NOTHING_DUE)
    async with running(app_on(desk)) as pilot:
        desk.today = OVERVIEW
        await press(pilot, "l")
        assert "18 due" in seen(pilot)


async def test_coming_home_the_numbers_are_new() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        await press(pilot, "space")
        desk.today = replace(OVERVIEW, review=16)
        await press(pilot, "escape")
        assert "17 due" in seen(pilot)


async def test_what_rereading_changed_is_said() -> None:
    desk = FakeDesk(news="Your decks changed: 2 [added].")
    async with running(app_on(desk)) as pilot:
        assert "Your decks changed: 2 [added]." in seen(pilot)


async def test_the_first_frame_does_not_wait_for_the_collection() -> None:
    app = app_on(FakeDesk())
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.screen.query_one("#name").region.height == 1
        await pilot.app.workers.wait_for_complete()


async def test_leaving_before_there_is_anything_to_see_is_no_fault() -> None:
    app = app_on(FakeDesk())
    async with app.run_test(size=(80, 24)):
        app.exit()
    app._begin()  # as the callback after the first frame does when it comes too late
    assert not app.workers


async def test_an_interview_that_has_passed_is_said_so() -> None:
    today = replace(OVERVIEW, interview_days=-1)
    async with running(app_on(FakeDesk(today=today))) as pilot:
        assert "The interview was 1 day ago" in seen(pilot)


async def test_control_characters_in_a_topic_stay_out_of_the_terminal() -> None:
    topic = replace(OVERVIEW.topics[0], topic="a\x1b[31m[red]b")
    async with running(app_on(FakeDesk(today=replace(OVERVIEW, topics=(topic,))))) as pilot:
        assert "a[red]b" in seen(pilot)
        assert "\x1b" not in seen(pilot)
