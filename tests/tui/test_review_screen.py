"""A whole sitting on the review screen, by keys and by mouse."""

from __future__ import annotations

from typing import Any

import pytest
from tui.driving import app_on, place, press, running, screen_name, seen
from tui.fake_desk import FakeDesk, FakeSitting, card

from srs.practice.model import Asked
from srs.schedule.model import Rating
from srs.tui.app import SrsApp

FIRST = card("First question?", "First answer.", source="A book, page 7", is_new=True)
SECOND = card("Second question?", "Second answer.")
THIRD = card("Third question?", "Third answer.")


def sitting_of(*cards: Asked, **other: Any) -> FakeSitting:
    return FakeSitting(list(cards), **other)


def review(sitting: FakeSitting, **options: Any) -> SrsApp:
    return app_on(FakeDesk(sitting), straight_to_review=True, **options)


def ratings(sitting: FakeSitting) -> list[Rating]:
    return [rating for _, rating in sitting.answered]


async def test_the_answer_and_its_grades_come_only_when_asked_for() -> None:
    async with running(review(sitting_of(FIRST))) as pilot:
        assert "First question?" in seen(pilot)
        assert "new" in seen(pilot)
        assert "First answer." not in seen(pilot)
        assert "Again" not in seen(pilot)
        await press(pilot, "space")
        assert "First answer." in seen(pilot)
        assert "A book, page 7" in seen(pilot)
        for label in ("1 Again 10m", "2 Hard 2d", "3 Good 6d", "4 Easy 15d"):
            assert label in seen(pilot)


async def test_a_digit_grades_and_the_next_card_shows() -> None:
    sitting = sitting_of(FIRST, SECOND, THIRD, FIRST, SECOND)
    async with running(review(sitting)) as pilot:
        await press(pilot, "space", "1")
        assert "Second question?" in seen(pilot)
        assert "Second answer." not in seen(pilot)
        assert "1 of 5 · 0:12" in seen(pilot)
        await press(pilot, "space", "2", "space", "3", "space", "4")
    assert ratings(sitting) == list(Rating)


async def test_space_after_the_answer_is_good() -> None:
    sitting = sitting_of(FIRST, SECOND)
    async with running(review(sitting)) as pilot:
        await press(pilot, "space", "space")
    assert ratings(sitting) == [Rating.GOOD]


async def test_keys_pressed_in_one_go_act_in_their_order() -> None:
    sitting = sitting_of(FIRST, SECOND, THIRD)
    async with running(review(sitting)) as pilot:
        await press(pilot, "space", "1", "space", "4", "space", "2")
    assert ratings(sitting) == [Rating.AGAIN, Rating.EASY, Rating.HARD]


async def test_a_grade_before_the_answer_does_nothing() -> None:
    sitting = sitting_of(FIRST)
    async with running(review(sitting)) as pilot:
        await press(pilot, "3")
        await pilot.click("#easy")
    assert not sitting.answered


async def test_a_click_on_a_grade_grades() -> None:
    sitting = sitting_of(FIRST, SECOND, THIRD, FIRST, SECOND)
    async with running(review(sitting)) as pilot:
        for rating in Rating:
            await press(pilot, "space")
            await pilot.click(f"#{rating.name.lower()}")
    assert ratings(sitting) == list(Rating)


async def test_the_grades_stand_where_they_stood_on_every_card() -> None:
    async with running(review(sitting_of(FIRST, SECOND))) as pilot:
        await press(pilot, "space")
        first = [place(grade) for grade in pilot.app.screen.query(".grade")]
        await press(pilot, "3", "space")
        assert [place(grade) for grade in pilot.app.screen.query(".grade")] == first


async def test_undo_goes_back_over_several_cards() -> None:
    sitting = sitting_of(FIRST, SECOND, THIRD)
    async with running(review(sitting)) as pilot:
        await press(pilot, "space", "3", "space", "1", "u")
        assert "Undone: Again." in seen(pilot)
        assert "Second question?" in seen(pilot)
        await press(pilot, "u")
        assert "First question?" in seen(pilot)
        assert "First answer." not in seen(pilot)
        assert not sitting.answered


@pytest.mark.parametrize(("key", "said"), [("s", "Suspended."), ("b", "Buried until tomorrow.")])
async def test_a_card_put_away_is_said_and_can_be_taken_back(key: str, said: str) -> None:
    async with running(review(sitting_of(FIRST, SECOND))) as pilot:
        await press(pilot, key)
        assert said in seen(pilot)
        assert "Second question?" in seen(pilot)
        await press(pilot, "u")
        assert "First question?" in seen(pilot)


async def test_a_flag_takes_a_note_and_an_empty_note_takes_it_off() -> None:
    sitting = sitting_of(FIRST)
    async with running(review(sitting)) as pilot:
        await press(pilot, "f", *"too", "space", *"vague", "enter")
        assert sitting.cards[0].flag == "too vague"
        assert "⚑ flagged: too vague" in seen(pilot)
        await press(pilot, "f", "ctrl+u", "backspace", "enter")
        assert sitting.cards[0].flag is None
        assert "flagged" not in seen(pilot)


async def test_leaving_the_flag_dialog_flags_nothing() -> None:
    sitting = sitting_of(FIRST)
    async with running(review(sitting)) as pilot:
        await press(pilot, "f", "x", "escape")
        assert screen_name(pilot) == "ReviewScreen"
    assert sitting.cards[0].flag is None


async def test_hints_come_one_by_one() -> None:
    asked = card("Question?", "Answer.", hints=("Think of arrivals.", "Multiply."))
    async with running(review(sitting_of(asked))) as pilot:
        assert "hint" in seen(pilot)
        await press(pilot, "h")
        assert "hint 1 of 2" in seen(pilot)
        assert "Multiply." not in seen(pilot)
        await press(pilot, "h")
        assert "Think of arrivals." in seen(pilot)
        assert "Multiply." in seen(pilot)
        assert "h hint" not in seen(pilot)


async def test_a_typed_answer_is_compared_with_the_expected_one() -> None:
    asked = card("Bound by?", "It is memory bandwidth.", expected="memory bandwidth")
    sitting = sitting_of(asked, SECOND)
    async with running(review(sitting)) as pilot:
        assert "⏎ check" in seen(pilot)
        await press(pilot, *"memory", "space", *"bandwith", "enter")
        assert "✗ typed     memory bandwith" in seen(pilot)
        assert "expected  memory bandwi‹d›th" in seen(pilot)
        await press(pilot, "1")
        assert ratings(sitting) == [Rating.AGAIN]


async def test_a_right_typed_answer_is_said_to_be_right() -> None:
    asked = card("Bound by?", "It is memory.", expected="memory")
    async with running(review(sitting_of(asked))) as pilot:
        await press(pilot, *"Memory", "enter")
        assert "✓ right  memory" in seen(pilot)


async def test_escape_leaves_the_field_so_that_other_keys_act() -> None:
    asked = card("Bound by?", "Memory.", expected="memory")
    async with running(review(sitting_of(asked, SECOND))) as pilot:
        await press(pilot, "s")
        assert "Second question?" not in seen(pilot)
        await press(pilot, "escape", "s")
        assert "Second question?" in seen(pilot)


async def test_a_leech_is_said_on_the_screen() -> None:
    async with running(review(sitting_of(FIRST, SECOND, notice="A leech: [8] times."))) as pilot:
        await press(pilot, "space", "1")
        assert "A leech: [8] times." in seen(pilot)


async def test_when_a_grade_cannot_be_stored_the_card_stays() -> None:
    sitting = sitting_of(FIRST, SECOND, error="The disk is full; nothing was changed.")
    async with running(review(sitting)) as pilot:
        await press(pilot, "space", "3")
        assert "The disk is full; nothing was changed." in seen(pilot)
        assert "Second question?" not in seen(pilot)
        sitting.error = None
        await press(pilot, "3")
        assert "Second question?" in seen(pilot)


async def test_card_text_is_never_markup_nor_terminal_control() -> None:
    text = "Is [/oops] x[1] or [red]x[/red]? \x1b[31mred\x1b[0m \x1b]0;title\x07"
    async with running(review(sitting_of(card(text, "[/nope] [@click=app.quit]a[/]")))) as pilot:
        await press(pilot, "space")
        assert "Is [/oops] x[1] or [red]x[/red]? red" in seen(pilot)
        assert "[/nope] [@click=app.quit]a[/]" in seen(pilot)
        assert "\x1b" not in seen(pilot)
        assert "title" not in seen(pilot)


def long_card() -> Asked:
    return card("Long?", "\n\n".join(f"Paragraph {n}." for n in range(40)))


async def test_the_answer_of_a_long_card_comes_into_view_and_scrolls() -> None:
    async with running(review(sitting_of(long_card()))) as pilot:
        await press(pilot, "space")
        assert "Paragraph 0." in seen(pilot)
        await press(pilot, "G")
        assert "Paragraph 39." in seen(pilot)
        await press(pilot, "g")
        assert "Long?" in seen(pilot)
        await press(pilot, "j", "j", "down")
        assert "Long?" not in seen(pilot)
        await press(pilot, "pagedown", "pageup", "k", "k", "k")
        assert "Long?" in seen(pilot)


async def test_escape_goes_home_and_ends_the_sitting() -> None:
    sitting = sitting_of(FIRST)
    async with running(review(sitting)) as pilot:
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"
        assert sitting.closed


async def test_q_leaves_from_the_middle_of_a_card() -> None:
    sitting = sitting_of(FIRST, SECOND)
    desk = FakeDesk(sitting)
    app = app_on(desk, straight_to_review=True)
    async with running(app) as pilot:
        await press(pilot, "space", "3", "q")
    assert app.return_code == 0
    assert ratings(sitting) == [Rating.GOOD]
    assert desk.closed


async def test_help_lists_the_keys_of_the_screen_below() -> None:
    async with running(review(sitting_of(FIRST))) as pilot:
        await press(pilot, "question_mark")
        for does in ("Suspend it", "Bury it until tomorrow", "Take back the last act", "Back home"):
            assert does in seen(pilot)
        await press(pilot, "escape")
        assert screen_name(pilot) == "ReviewScreen"


async def test_at_most_six_keys_stand_in_the_last_line() -> None:
    async with running(review(sitting_of(FIRST, SECOND))) as pilot:
        await press(pilot, "space", "3")
        keys = seen(pilot).splitlines()[-1].split("   ")
        assert [key for key in keys if key.strip()][-1] == "? help"
        assert len([key for key in keys if key.strip()]) == 6


async def test_a_rebound_key_acts_and_is_the_one_shown() -> None:
    sitting = sitting_of(FIRST, SECOND, THIRD)
    keys = {"review.suspend": "x", "review.easy": "l"}
    async with running(review(sitting, keys=keys)) as pilot:
        assert "x suspend" in seen(pilot)
        await press(pilot, "s")
        assert "First question?" in seen(pilot)
        await press(pilot, "x", "space", "l")
        assert "Third question?" in seen(pilot)
    assert ratings(sitting) == [Rating.EASY]
