"""The end of a sitting: what was done, what went wrong, what comes."""

from __future__ import annotations

from tui.driving import app_on, press, running, screen_name, seen
from tui.fake_desk import FakeDesk, FakeSitting, card

from srs.tui.app import SrsApp

FIRST = card("Why do we batch?", "So.", topic="serving/batching")
SECOND = card("What is drift?", "A change.", topic="monitoring/drift")


def ending(*held_back: str) -> tuple[SrsApp, FakeSitting]:
    sitting = FakeSitting([FIRST, SECOND], held_back=[card(text, "-") for text in held_back])
    return app_on(FakeDesk(sitting), straight_to_review=True), sitting


async def test_it_says_what_was_done_and_what_was_missed() -> None:
    app, _ = ending()
    async with running(app) as pilot:
        await press(pilot, "space", "1", "space", "3")
        shown = seen(pilot)
        assert "Done. 2 answers in 24 s." in shown
        assert "Again    1" in shown
        assert "Hard     0" in shown
        assert "serving/batching     1 of 1" in shown
        assert "monitoring/drift" not in shown
        assert "Why do we batch?" in shown
        assert "The next card comes at 18:40." in shown


async def test_undo_takes_back_the_last_card_of_the_sitting() -> None:
    app, sitting = ending()
    async with running(app) as pilot:
        await press(pilot, "space", "3", "space", "3", "u")
        assert screen_name(pilot) == "ReviewScreen"
        assert "Undone: Good." in seen(pilot)
        assert "What is drift?" in seen(pilot)
    assert len(sitting.answered) == 1


async def test_more_new_cards_go_on_with_the_same_sitting() -> None:
    app, _ = ending("New one?")
    async with running(app) as pilot:
        await press(pilot, "space", "3", "space", "3")
        assert "1 new card beyond today's limit: n learns 1 now." in seen(pilot)
        await press(pilot, "n")
        assert "New one?" in seen(pilot)
        await press(pilot, "space", "4")
        assert "Done. 3 answers" in seen(pilot)


async def test_enter_goes_home() -> None:
    app, sitting = ending()
    async with running(app) as pilot:
        await press(pilot, "space", "3", "space", "3", "enter")
        assert screen_name(pilot) == "HomeScreen"
    assert sitting.closed


async def test_looking_again_goes_on_when_a_card_came_due() -> None:
    app, sitting = ending()
    async with running(app) as pilot:
        await press(pilot, "space", "3", "space", "3", "space")
        assert "Nothing is due yet." in seen(pilot)
        sitting.cards.append(card("Due now?", "Yes."))
        await press(pilot, "space")
        assert "Due now?" in seen(pilot)


async def test_a_sitting_with_nothing_to_ask_says_when_something_comes() -> None:
    app = app_on(FakeDesk(FakeSitting([])), straight_to_review=True)
    async with running(app) as pilot:
        assert "Nothing is due." in seen(pilot)
        assert "The next card comes at 18:40." in seen(pilot)
        assert "u undo" not in seen(pilot)
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"
