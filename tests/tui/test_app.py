"""The app around the screens: starting, failing, themes, size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tui.driving import app_on, press, running, screen_name, seen, settle
from tui.fake_desk import NO_CARDS, OVERVIEW, FakeDesk, FakeSitting, card

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.tui.app import SrsApp

HEAVY = {"sqlmodel", "sqlalchemy", "sqlite3", "fsrs", "markdown_it", "pygments", "unicodeit"}


def one_card() -> FakeDesk:
    return FakeDesk(FakeSitting([card("Why?", "So.")]))


def test_the_first_frame_needs_nothing_heavy() -> None:
    script = "import srs.tui.app, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = set(run.stdout.split())
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith("srs.store")}
    assert not modules & {"srs.practice.desk", "srs.practice.review", "srs.tui.screens.review"}


async def test_a_collection_that_cannot_be_opened_is_one_sentence() -> None:
    def broken() -> Desk:
        raise SrsError("/data/[x].db is damaged: restore a backup in its place.")

    app = SrsApp(broken)
    async with running(app) as pilot:
        assert "/data/[x].db is damaged: restore a backup in its place." in seen(pilot)
        await press(pilot, "q")
    assert app.return_code == 0


async def test_an_unknown_scope_is_said_at_home() -> None:
    app = app_on(one_card(), straight_to_review=True, scope="nonsense")
    async with running(app) as pilot:
        assert "There is no topic or deck 'nonsense'" in seen(pilot)
        assert screen_name(pilot) == "HomeScreen"


async def test_on_a_first_run_the_sitting_waits_for_the_bundled_decks() -> None:
    class FirstRun(FakeDesk):
        def reread(self) -> str | None:
            self.today = OVERVIEW
            self.sitting.cards.append(card("Bundled?", "Yes."))
            return "28 cards to begin with."

    desk = FirstRun(today=NO_CARDS)
    async with running(app_on(desk, straight_to_review=True)) as pilot:
        assert "Bundled?" in seen(pilot)
        await press(pilot, "escape")
        assert "18 due" in seen(pilot)


async def test_a_notice_does_not_follow_to_the_next_screen() -> None:
    class Changed(FakeDesk):
        def reread(self) -> str | None:
            return "Your decks changed: 2 added."

    async with running(app_on(Changed())) as pilot:
        assert "Your decks changed: 2 added." in seen(pilot)
        await press(pilot, "w")
        assert "Your decks changed" not in seen(pilot)


async def test_a_chosen_theme_is_remembered() -> None:
    desk = one_card()
    async with running(app_on(desk)) as pilot:
        pilot.app.theme = "srs-high-contrast"
        await settle(pilot)
    assert desk.preferences == {"theme": "srs-high-contrast"}


async def test_a_remembered_theme_is_taken_and_not_stored_again() -> None:
    desk = one_card()
    async with running(app_on(desk, theme="srs-light")) as pilot:
        assert pilot.app.theme == "srs-light"
    assert desk.preferences == {}


async def test_a_theme_that_is_not_there_is_said() -> None:
    async with running(app_on(one_card(), theme="mauve")) as pilot:
        assert "There is no theme 'mauve'" in seen(pilot)


@pytest.mark.parametrize("theme", ["srs-light", "srs-high-contrast", "ansi-dark", "ansi-light"])
async def test_every_screen_is_drawn_in_every_sort_of_theme(theme: str) -> None:
    async with running(app_on(one_card(), theme=theme)) as pilot:
        assert "18 due" in seen(pilot)
        await press(pilot, "space", "space")
        assert "3 Good 6d" in seen(pilot)
        await press(pilot, "3")
        assert "Done." in seen(pilot)


async def test_without_colour_the_grades_are_still_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(app_on(one_card())) as pilot:
        await press(pilot, "space", "space")
        assert "1 Again 10m" in seen(pilot)


async def test_the_palette_finds_what_can_be_done_now_and_does_it() -> None:
    async with running(app_on(one_card(), straight_to_review=True)) as pilot:
        await pilot.press("ctrl+p", *"susp")
        assert "Suspend it  (s)" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Suspended." in seen(pilot)


async def test_a_tiny_terminal_is_asked_for_more_room_and_the_card_comes_back() -> None:
    sitting = FakeSitting([card("Why?", "So."), card("What?", "That.")])
    async with running(app_on(FakeDesk(sitting), straight_to_review=True)) as pilot:
        await press(pilot, "space")
        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert "srs needs more room:" in seen(pilot)
        assert "So." not in seen(pilot)
        await press(pilot, "3", "s", "space")
        assert not sitting.answered
        await pilot.resize_terminal(80, 24)
        await press(pilot, "3")
        assert "What?" in seen(pilot)


async def test_every_screen_survives_every_size() -> None:
    async with running(app_on(one_card(), straight_to_review=True)) as pilot:
        for keys in ([], ["question_mark"], ["escape", "space"], ["3"], ["escape"]):
            await press(pilot, *keys)
            for size in [(1, 1), (20, 5), (32, 10), (50, 24), (160, 50), (80, 24)]:
                await pilot.resize_terminal(*size)
        assert screen_name(pilot) == "HomeScreen"


async def test_the_text_of_a_card_is_laid_out_again_for_a_new_width() -> None:
    words = " ".join(f"word{n}" for n in range(30))
    sitting = FakeSitting([card(words, "-")])
    async with running(app_on(FakeDesk(sitting), straight_to_review=True)) as pilot:
        await pilot.resize_terminal(40, 24)
        await settle(pilot)
        assert all(f"word{n}" in seen(pilot).split() for n in range(30))
        await pilot.resize_terminal(160, 50)
        await settle(pilot)
        longest = max(len(line.strip()) for line in seen(pilot).splitlines())
        assert 80 < longest <= 100


async def test_a_fault_ends_with_a_sentence_and_the_account_goes_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Faulty(FakeDesk):
        def start(self, *_: Any, **__: Any) -> FakeSitting:
            raise ZeroDivisionError("a mistake in the program")

    app = app_on(Faulty(data_folder=tmp_path))
    with pytest.raises(ZeroDivisionError):
        async with running(app) as pilot:
            await press(pilot, "space")
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "All that was graded is kept." in told
    assert "ZeroDivisionError" in (tmp_path / "last-fault.txt").read_text()
    assert app.return_code == 1
