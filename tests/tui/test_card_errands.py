"""Errands away from the card: its file in an editor, its pictures in a viewer."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import app_on, press, running, seen
from tui.fake_desk import FakeDesk, FakeSitting, card

from srs.practice.model import Asked
from srs.tui import editor, opener
from srs.tui.app import SrsApp

FIRST = card("First question?", "First answer.")


def asking(*cards: Asked, place: tuple[Path, int] | None = None) -> SrsApp:
    return app_on(FakeDesk(FakeSitting(list(cards), place=place)), straight_to_review=True)


async def edit_with(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("VISUAL", name)
    monkeypatch.setattr(pilot.app, "suspend", nullcontext)
    await press(pilot, "e")


async def test_an_edit_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(editor, "run", ran.append)
    async with running(asking(FIRST, place=(Path("/decks/a.md"), 7))) as pilot:
        await edit_with(pilot, monkeypatch, "vim")
        assert ran == [["vim", "+7", "/decks/a.md"]]
        assert "The question as it reads now." in seen(pilot)
        assert "The card is up to date." in seen(pilot)


async def test_an_editor_that_cannot_run_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(asking(FIRST, place=(Path("/decks/a.md"), 7))) as pilot:
        await edit_with(pilot, monkeypatch, "/no/such/editor")
        assert "The editor '/no/such/editor' cannot be run" in seen(pilot)
        assert "First question?" in seen(pilot)


async def test_a_terminal_without_room_for_an_editor_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", "vim")
    async with running(asking(FIRST, place=(Path("/decks/a.md"), 7))) as pilot:
        await press(pilot, "e")
        assert "This terminal cannot make room for an editor." in seen(pilot)


async def test_a_picture_opens_from_the_decks_folder_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opener, "open_outside", opened.append)
    (tmp_path / "plot.png").write_bytes(b"")
    inside = card("See ![the plot](plot.png)", "-", folder=tmp_path)
    outside = card("See ![secrets](../secrets.png)", "-", folder=tmp_path)
    async with running(asking(inside, outside)) as pilot:
        await press(pilot, "o")
        assert opened == [str(tmp_path / "plot.png")]
        await press(pilot, "s", "o")
        assert "lies outside its deck's folder" in seen(pilot)
        assert len(opened) == 1


async def test_a_web_address_is_shown_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opener, "open_outside", opened.append)
    asked = card("See ![far](https://example.org/a.png)", "-")
    async with running(asking(asked)) as pilot:
        await press(pilot, "o")
        assert "https://example.org/a.png" in seen(pilot)
        await press(pilot, "escape")
        assert not opened
        await press(pilot, "o", "enter")
        assert opened == ["https://example.org/a.png"]
