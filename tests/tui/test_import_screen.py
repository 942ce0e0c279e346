"""The import screen: a path, what would come of it, doubts, and what did."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.lived import lived_in
from support.looking import answer_all, rows
from textual.pilot import Pilot
from tui.driving import app_on, press, running, screen_name, seen, settle

from srs.exchange import complete
from srs.exchange.package.writer import write as write_package
from srs.practice import importing
from srs.practice.desk import Desk
from srs.practice.paths import completion, typed_path
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest import run
from srs.tui.widgets.paths import PathField

Write = Callable[[str, str], Path]

OLD = "Q: How many GB hold 8 million rows?\nA: 56 of them\n"
NEW = "Q: How many GB hold 9 million rows?\nA: 63 of them\n"
HOSTILE = "Q: What is [bold]this[/bold]\x1b[31m?\nA: [link=file:///etc/passwd]x[/link]\n"


@pytest.fixture
def stored(write: Write, desk: Desk) -> Path:
    """Bring one deck in and learn it; gives its file."""
    path = write("own/a.md", OLD)
    importing.bring_in(desk.collection, [path.parent], run.Options())
    answer_all(desk.start())
    return path


async def look_at(pilot: Pilot[None], path: Path | str) -> None:
    await press(pilot, "i")
    pilot.app.screen.query_one(PathField).value = str(path)
    await press(pilot, "enter")


async def test_a_path_is_looked_at_then_imported_and_home_knows(desk: Desk, write: Write) -> None:
    desk.collection.change_setting("new-per-day", "60")
    folder = write("own/a.md", OLD).parent
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, folder)
        assert "1 file · 1 added" in seen(pilot)
        assert "a.md:4" in seen(pilot)
        assert "+ How many GB hold 8 million rows?" in seen(pilot)
        assert rows(desk.collection, "SELECT count(*) FROM deck WHERE path LIKE '%a.md'") == [(0,)]
        await press(pilot, "enter")
        assert "Imported: 1 added." in seen(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "HomeScreen"
        cards = desk.overview().cards
        assert f"of {cards} cards seen" in seen(pilot)
    assert rows(desk.collection, "SELECT count(*) FROM source WHERE path LIKE '%own'") == [(1,)]


async def test_an_error_is_named_by_place_and_the_good_files_come_in_on_o(
    desk: Desk, write: Write
) -> None:
    write("own/a.md", OLD)
    folder = write("own/b.md", "C: nothing [x] is\n\n```\nnever closed\n").parent
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, folder)
        assert "2 files · 1 error" in seen(pilot)
        assert "Nothing comes in until it is mended." in seen(pilot)
        assert "b.md:6:1" in seen(pilot)
        assert "⏎ import" not in seen(pilot)
        await press(pilot, "enter")
        assert "2 files · 1 error" in seen(pilot)
        await press(pilot, "o")
        assert "1 file with errors will be left out." in seen(pilot)
        await press(pilot, "enter")
        assert "Imported: 1 added. 1 file left out." in seen(pilot)


async def test_a_doubt_is_shown_side_by_side_and_y_keeps_the_history(
    desk: Desk, stored: Path, write: Write
) -> None:
    async with running(app_on(desk)) as pilot:
        write("own/a.md", NEW)
        await look_at(pilot, stored.parent)
        assert "1 card may be an old one reworded; you will be asked." in seen(pilot)
        await press(pilot, "enter")
        assert screen_name(pilot) == "DoubtScreen"
        (both,) = [line for line in seen(pilot).splitlines() if "million" in line]
        assert "‹8› million rows?" in both
        assert "‹9› million rows?" in both
        await press(pilot, "y")
        assert "Imported: 1 updated." in seen(pilot)
    assert reviewed(desk.collection) == ["63 of them"]


@pytest.mark.parametrize(("key", "kept"), [("n", []), ("q", []), ("a", ["63 of them"])])
async def test_each_doubt_or_all_can_be_answered(
    desk: Desk, stored: Path, write: Write, key: str, kept: list[str]
) -> None:
    async with running(app_on(desk)) as pilot:
        write("own/a.md", NEW)
        await look_at(pilot, stored.parent)
        await press(pilot, "enter", key)
        assert "Imported:" in seen(pilot)
    assert reviewed(desk.collection) == kept


async def test_escape_from_a_doubt_imports_nothing(desk: Desk, stored: Path, write: Write) -> None:
    async with running(app_on(desk)) as pilot:
        write("own/a.md", NEW)
        await look_at(pilot, stored.parent)
        await press(pilot, "enter", "escape")
        assert screen_name(pilot) == "ImportScreen"
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"
    assert reviewed(desk.collection) == ["56 of them"]


async def test_u_joins_and_parts_what_was_decided(desk: Desk, stored: Path, write: Write) -> None:
    async with running(app_on(desk)) as pilot:
        write("own/a.md", NEW)
        await look_at(pilot, stored.parent)
        await press(pilot, "enter", "n", "j")
        assert "u undo decision" in seen(pilot)
        await press(pilot, "u")
        assert "One card again." in seen(pilot)
        assert reviewed(desk.collection) == ["63 of them"]
        await press(pilot, "u")
        assert "Two cards now." in seen(pilot)
    assert reviewed(desk.collection) == []


async def test_without_a_path_earlier_decisions_are_listed(
    desk: Desk, stored: Path, write: Write
) -> None:
    write("own/a.md", NEW)
    async with running(app_on(desk)) as pilot:
        assert "reworded: i and ⏎ show what was decided." in seen(pilot)
        await press(pilot, "i", "enter")
        assert "Decided in earlier imports" in seen(pilot)
        await press(pilot, "j", "u")
        assert "One card again." in seen(pilot)
    assert reviewed(desk.collection) == ["63 of them"]
    del stored


async def test_without_a_path_and_decisions_it_says_so(desk: Desk) -> None:
    async with running(app_on(desk)) as pilot:
        await press(pilot, "i", "enter")
        assert "Nothing was decided that can be undone." in seen(pilot)


async def test_a_folder_without_decks_tells_what_a_deck_is(desk: Desk, folder: Path) -> None:
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, folder)
        assert "No deck was found there." in seen(pilot)
        assert "## What bounds decode?" in seen(pilot)
        await press(pilot, "escape")
        assert screen_name(pilot) == "HomeScreen"


@pytest.mark.parametrize("path", ["/nowhere/at/all", "x" * 5000, "\0"], ids=["gone", "long", "nul"])
async def test_a_path_that_is_none_is_one_sentence(desk: Desk, path: str) -> None:
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, path)
        shown = seen(pilot)
        assert "there is no such file or folder" in shown or "File name too long" in shown
        assert pilot.app.screen.query_one(PathField).has_focus
        assert screen_name(pilot) == "ImportScreen"


async def test_hostile_text_stays_text(desk: Desk, write: Write) -> None:
    path = write("own/a.md", HOSTILE)
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, path)
        assert "What is [bold]this[/bold]" in seen(pilot)
        assert "\x1b" not in seen(pilot)


async def test_escape_stops_what_is_under_way_and_nothing_is_stored(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("own/a.md", OLD).parent
    for n in range(3):
        write(f"own/{n}.md", OLD)
    reading, go_on = threading.Event(), threading.Event()
    follow = importing.Importing._follow

    def slowly(self: importing.Importing, step: object) -> None:
        reading.set()
        assert go_on.wait(30)
        follow(self, step)  # type: ignore[arg-type]

    async with running(app_on(desk)) as pilot:
        monkeypatch.setattr(importing.Importing, "_follow", slowly)
        await press(pilot, "i")
        field = pilot.app.screen.query_one(PathField)
        field.value = str(folder)
        await pilot.pause(0)
        field.post_message(PathField.Submitted(field, str(folder)))
        while not reading.is_set():
            await pilot.pause(0)
        assert "esc stop" in seen(pilot)
        await pilot.app.screen.run_action("leave")
        await pilot.pause(0)
        assert "Stopping…" in seen(pilot)
        go_on.set()
        await settle(pilot)
        assert "Stopped; nothing was imported." in seen(pilot)
        assert pilot.app.screen.query_one(PathField).display
    assert rows(desk.collection, "SELECT count(*) FROM deck WHERE path LIKE '%own%'") == [(0,)]


async def test_tab_completes_a_path(desk: Desk, folder: Path) -> None:
    (folder / "machine-learning").mkdir()
    (folder / "machine-vision").mkdir()
    async with running(app_on(desk)) as pilot:
        await press(pilot, "i")
        field = pilot.app.screen.query_one(PathField)
        field.value = f"{folder}/ma"
        await press(pilot, "tab")
        assert field.value == f"{folder}/machine-"
        assert "machine-learning/" in seen(pilot)
        assert "machine-vision/" in seen(pilot)
        await press(pilot, "l", "tab")
        assert field.value == f"{folder}/machine-learning/"


async def test_a_question_mark_asks_for_help_while_typing(desk: Desk) -> None:
    async with running(app_on(desk)) as pilot:
        await press(pilot, "i", "question_mark")
        assert screen_name(pilot) == "HelpScreen"


@pytest.mark.parametrize("size", [(160, 50), (50, 20), (32, 10)])
async def test_it_fits_large_and_small_terminals(
    desk: Desk, stored: Path, write: Write, size: tuple[int, int]
) -> None:
    async with running(app_on(desk), size) as pilot:
        write("own/a.md", NEW)
        await look_at(pilot, stored.parent)
        assert "1 retired" in seen(pilot)
        await press(pilot, "enter")
        assert "‹9›" in seen(pilot) or size[1] < 20
        await press(pilot, "n")
        assert "Imported" in seen(pilot)


async def test_files_of_other_programs_come_in_and_the_preview_says_what_they_are(
    desk: Desk, tmp_path: Path, clock: ManualClock
) -> None:
    packed = write_package(lived_in(tmp_path / "lived", clock), tmp_path / "out.apkg")
    (tmp_path / "words.csv").write_text("front,back\nWhat is it?,That\n", encoding="utf-8")
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, tmp_path / "out.apkg")
        assert f"1 file (anki) · {packed.cards} added, " in seen(pilot)
        assert re.search(r"[1-9]\d* reviews of theirs", seen(pilot))
        await press(pilot, "enter")
        assert f"Imported: {packed.cards} added" in seen(pilot)
        await press(pilot, "enter")
        await look_at(pilot, tmp_path / "words.csv")
        assert "1 file (text) · 1 added" in seen(pilot)
        await press(pilot, "enter")
        assert "Imported: 1 added." in seen(pilot)
    assert examine(desk.collection).findings == ()


async def test_a_whole_collection_is_left_to_the_command(desk: Desk, tmp_path: Path) -> None:
    complete.write(desk.collection, tmp_path / "all.json")
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, tmp_path / "all.json")
        assert "is a whole collection" in " ".join(seen(pilot).split())


async def test_a_folder_whose_readme_holds_the_questions_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "famous"
    folder.mkdir()
    (folder / "README.md").write_text("".join(f"## Why {n}?\n\nSo.\n\n" for n in range(4)))
    async with running(app_on(desk)) as pilot:
        await look_at(pilot, folder)
        assert "holds 4 questions" in " ".join(seen(pilot).split())


def test_a_path_is_read_as_people_paste_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "my notes").mkdir()
    wanted = tmp_path / "my notes"
    for text in ("~/my notes", f"'{wanted}'", f'"{wanted}" ', f"file://{wanted}", "~/my\\ notes"):
        assert typed_path(text) == wanted
    assert typed_path("~nobody-has-this-name/x") == Path("~nobody-has-this-name/x")


def test_completion_knows_home_hidden_names_and_where_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes").mkdir()
    (tmp_path / ".config").mkdir()
    (tmp_path / "notes.md").write_text("")
    assert completion("~/no").common == "~/notes"
    assert completion("~/no").choices == ("notes.md", "notes/")
    assert completion("~/").choices == ("notes.md", "notes/")
    assert completion("~/.").common == "~/.config/"
    assert completion("~/nowhere/x").choices == ()
    assert completion("a\0b").choices == ()


def reviewed(collection: Collection) -> list[str]:
    """Return the answers of the living cards that have a history."""
    found = rows(
        collection,
        "SELECT n.back FROM card c JOIN note n ON n.id = c.note_id "
        "WHERE NOT c.retired AND c.reps > 0",
    )
    return [back for (back,) in found]
