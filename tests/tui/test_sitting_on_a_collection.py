"""The screens on a real collection: what is graded is in the log before the next card shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import rows
from tui.driving import app_on, press, running, screen_name, seen

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.sources import remember

TWO_TOPICS = """
# Batching

Q: First question?
A: First answer.

C: Decode is bound by [memory].

# Drift

Q: Last question?
A: Last answer.
"""


@pytest.fixture
def full_desk(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
    desk: Desk,
) -> Desk:
    deck = write("a.md", TWO_TOPICS)
    assert take_in().added == 3
    # Without a remembered source the app would bring in the bundled decks.
    remember(collection, [deck])
    return desk


def log(collection: Collection) -> list[int]:
    return [rating for (rating,) in rows(collection, "SELECT rating FROM review ORDER BY ms, id")]


async def test_a_sitting_from_home_to_home(
    full_desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    async with running(app_on(full_desk)) as pilot:
        assert "3 new" in seen(pilot)
        await press(pilot, "space")
        for answered in range(3):
            assert f"{answered} of 3" in seen(pilot)
            clock.advance(minutes=1)
            await press(pilot, "space", "4")
            assert len(log(collection)) == answered + 1
        assert "Done. 3 answers" in seen(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "HomeScreen"
        assert "Done for today." in seen(pilot)
        assert "3 answered today · 3 of 3 cards seen" in seen(pilot)


async def test_undo_across_cards_takes_the_grades_out_of_the_log(
    full_desk: Desk, collection: Collection
) -> None:
    async with running(app_on(full_desk, straight_to_review=True)) as pilot:
        first = seen(pilot)
        await press(pilot, "space", "4", "space", "3", "u", "u")
        assert "Undone: Easy." in seen(pilot)
        assert seen(pilot).splitlines()[3] == first.splitlines()[3]
    assert rows(collection, "SELECT count(*) FROM event WHERE kind = 'void'") == [(2,)]


async def test_an_edit_shows_at_once(
    full_desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    from srs.tui import editor

    def fix_a_typo(words: list[str]) -> None:
        file = Path(words[-1])
        assert file == folder / "a.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("First answer.", "Better answer."), encoding="utf-8")

    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(editor, "run", fix_a_typo)
    async with running(app_on(full_desk, straight_to_review=True)) as pilot:
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        while "First question?" not in seen(pilot):
            await press(pilot, "s")
        await press(pilot, "e")
        assert "The card is up to date." in seen(pilot)
        await press(pilot, "space")
        assert "Better answer." in seen(pilot)


async def test_flags_and_suspensions_are_in_the_collection(
    full_desk: Desk, collection: Collection
) -> None:
    async with running(app_on(full_desk, straight_to_review=True)) as pilot:
        await press(pilot, "f", *"vague", "enter")
        assert "⚑ flagged: vague" in seen(pilot)
        await press(pilot, "s")
    assert rows(collection, "SELECT kind FROM event ORDER BY ms, id") == [("flag",), ("suspend",)]


async def test_a_topic_can_be_asked_alone(full_desk: Desk) -> None:
    async with running(app_on(full_desk, straight_to_review=True, scope="a/drift")) as pilot:
        assert "Last question?" in seen(pilot)
        assert "0 of 1" in seen(pilot)


async def test_a_forgotten_card_comes_back_in_the_same_sitting(
    full_desk: Desk, collection: Collection, clock: ManualClock
) -> None:
    app = app_on(full_desk, straight_to_review=True, scope="a/drift")
    async with running(app) as pilot:
        await press(pilot, "space", "1")
        clock.advance(minutes=2)
        assert "Last question?" in seen(pilot)
        await press(pilot, "space", "3")
    assert log(collection) == [1, 3]
