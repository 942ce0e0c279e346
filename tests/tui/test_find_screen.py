"""Finding a card by its words, and putting it in order: suspend it, flag it, mend its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import rows
from support.studied import study
from textual.pilot import Pilot
from tui.driving import app_on, press, running, screen_name, seen, settle

from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.sources import remember

DECK = """
# Batching

Q: What does a batcher wait for?
A: A fuller batch.

Q: When does waiting stop to pay?
A: When **one** request comes alone.

Source: Triton, user_guide/batcher.md

# Drift

Q: Which drift can hurt while the inputs stand still?
A: Concept drift.
"""
WIDE = (160, 50)


@pytest.fixture
def desk(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
) -> Desk:
    deck = write("serving.md", DECK)
    assert take_in().added == 3
    remember(collection, [deck])
    return Desk(collection)


async def type_in(pilot: Pilot[None], text: str) -> None:
    await press(pilot, *("space" if letter == " " else letter for letter in text))


async def test_every_letter_finds_anew(desk: Desk) -> None:
    async with running(app_on(desk)) as pilot:
        await press(pilot, "slash")
        assert screen_name(pilot) == "FindScreen"
        assert "each from its beginning" in seen(pilot)
        await type_in(pilot, "wait")
        assert "2 cards" in seen(pilot)
        await type_in(pilot, " ful")
        assert "1 card\n" in seen(pilot)
        assert "new          What does a batcher wait for?" in seen(pilot)
        await type_in(pilot, "lest")
        assert "No card has that text." in seen(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "FindScreen"
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"


async def test_a_card_is_opened_whole(desk: Desk, clock: ManualClock) -> None:
    sitting = desk.start("serving/batching")
    sitting.answer(Rating.EASY)
    clock.advance(days=1)
    async with running(app_on(desk)) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "wait")
        await press(pilot, "down", "up", "enter")
        assert screen_name(pilot) == "CardScreen"
        assert "A fuller batch." in seen(pilot)
        assert "1 answer · recall now 98% · stability 8.3 days · due on Tuesday" in seen(pilot)
        assert "Tue 24 Nov 2026  Easy" in seen(pilot)
        await press(pilot, "escape")
        await press(pilot, "down", "enter")
        assert "When one request comes alone." in seen(pilot)
        assert "Triton, user_guide/batcher.md" in seen(pilot)
        assert "not asked yet" in seen(pilot)


async def test_a_card_leaves_the_queue_and_comes_back(desk: Desk, collection: Collection) -> None:
    async with running(app_on(desk)) as pilot:
        assert "3 new" in seen(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "concept")
        await press(pilot, "enter", "s")
        assert "Suspended" in seen(pilot)
        assert "s ask again" in seen(pilot)
        await press(pilot, "escape")
        assert "suspended    Which drift" in seen(pilot)
        await press(pilot, "escape")
        assert "2 new" in seen(pilot)
        await press(pilot, "slash")
        assert "Below: what is suspended, flagged or a leech." in seen(pilot)
        assert "suspended    Which drift" in seen(pilot)
        await press(pilot, "enter", "s", "escape")
        assert "Which drift" not in seen(pilot)
        await press(pilot, "escape")
        assert "3 new" in seen(pilot)
    kinds = [kind for (kind,) in rows(collection, "SELECT kind FROM event ORDER BY ms, id")]
    assert kinds == ["suspend", "unsuspend"]


async def test_a_flag_is_set_and_taken_off(desk: Desk) -> None:
    async with running(app_on(desk)) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "concept")
        await press(pilot, "enter", "f")
        await type_in(pilot, "too long")
        await press(pilot, "enter")
        assert "⚑ flagged: too long" in seen(pilot)
        await press(pilot, "f", *["backspace"] * len("too long"), "enter")
        assert "⚑" not in seen(pilot)
        assert "The flag is off." in seen(pilot)


async def test_an_edit_is_taken_up(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from srs.tui import editor

    deck = folder / "serving.md"

    def mend(app: object, file: Path, line: int) -> None:
        assert file == deck
        assert deck.read_text().splitlines()[line - 1].startswith("Q: Which drift")
        deck.write_text(deck.read_text().replace("Concept drift.", "Concept drift, P(Y|X)."))

    monkeypatch.setattr(editor, "edit", mend)
    async with running(app_on(desk)) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "concept")
        await press(pilot, "enter", "e")
        assert "Concept drift, P(Y|X)." in seen(pilot)
        assert "The card is up to date." in seen(pilot)


async def test_a_card_that_an_edit_took_away_says_so(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from srs.tui import editor

    def strike_out(app: object, file: Path, line: int) -> None:
        file.write_text(file.read_text().partition("# Drift")[0])

    monkeypatch.setattr(editor, "edit", strike_out)
    async with running(app_on(desk)) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "concept")
        await press(pilot, "enter", "e")
        assert "That card left its deck; its answers are kept." in seen(pilot)
        await press(pilot, "s", "f")
        assert screen_name(pilot) == "CardScreen"
        await press(pilot, "escape")
        assert "No card has that text." in seen(pilot)


async def test_a_wide_screen_shows_the_card_beside_the_list(desk: Desk) -> None:
    async with running(app_on(desk), WIDE) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "wait")
        assert "A fuller batch." in seen(pilot)
        assert "batching" in seen(pilot)
        await press(pilot, "down")
        assert "When one request comes alone." in seen(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "When one request comes alone." not in seen(pilot)


@pytest.mark.parametrize("width", [60, 80, 110, 120, 160])
async def test_the_question_has_room_at_every_width(desk: Desk, width: int) -> None:
    async with running(app_on(desk), (width, 30)) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "concept")
        row = next(line for line in seen(pilot).splitlines() if line.strip().startswith("new"))
        assert "Which drift can hurt" in row


async def test_text_of_a_deck_stays_text(
    write: Callable[[str, str], Path], take_in: Callable[..., ImportReport], desk: Desk
) -> None:
    write("hostile.md", "Q: [bold]shout[/] \x1b[31mred?\nA: [/oops] list[int]\n")
    take_in()
    async with running(app_on(desk), WIDE) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "shout")
        assert "[bold]shout[/] [31mred?" in seen(pilot)
        assert "[/oops] list[int]" in seen(pilot)


async def test_the_list_goes_by_pages(
    collection: Collection, clock: ManualClock, folder: Path
) -> None:
    study(collection, clock, folder, cards=20, days=0)
    remember(collection, [folder])
    async with running(app_on(Desk(collection))) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "question")
        assert "80 cards" in seen(pilot)
        first = seen(pilot)
        await press(pilot, "pagedown", "pagedown")
        assert seen(pilot) != first
        await press(pilot, "pageup", "pageup")
        assert seen(pilot) == first
