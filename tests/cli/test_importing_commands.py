"""`srs import` as it runs: going on past broken files, asking, listing, undoing, progress."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from support.commands import Outcome, Srs

from srs.cli import doubts
from srs.cli.main import main
from srs.cli.progress import ProgressLine
from srs.store.ingest.progress import Stage, Step

Write = Callable[[str, str], Path]

OLD = "Q: How many GB hold 8 million rows?\nA: 56 of them\n"
NEW = "Q: How many GB hold 9 million rows?\nA: 63 of them\n"
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "


class Typed(io.StringIO):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_a_terminal(
    srs: Srs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Run a command where a person is present, who types some lines."""
    del srs

    def run(*arguments: str | Path, typed: str = "") -> Outcome:
        monkeypatch.setattr("sys.stdin", Typed(typed))
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


def many(write: Write, count: int) -> Path:
    """Write that many good decks and three bad ones."""
    for n in range(count):
        write(f"good-{n}.md", f"Q: What is {n}?\nA: Number {n}.\n")
    write("bad/cloze.md", "C: nothing is deleted\n")
    (path := write("bad/bytes.md", "")).write_bytes(b"\xff\xfe\x00")
    write("bad/fence.md", "Q: a\nA: b\n\n```\nnever closed\n")
    return path.parent.parent


def test_three_bad_files_keep_the_good_ones_out_and_the_report_says_how_to_go_on(
    srs: Srs, write: Write
) -> None:
    outcome = srs("import", many(write, 20))
    assert outcome.status == 1
    assert "--keep-going" in outcome.err
    assert srs("due", "--json").json["total"] == 0


def test_keep_going_takes_the_good_files_and_names_those_left_out(srs: Srs, write: Write) -> None:
    folder = many(write, 20)
    report = srs("import", folder, "--keep-going", "--json").json
    assert (report["added"], len(report["errors"])) == (20, 3)
    assert [Path(file).name for file in report["left_out"]] == ["bytes.md", "cloze.md", "fence.md"]
    outcome = srs("import", folder, "--keep-going")
    assert outcome.status == 1
    assert "3 files left out: mend the errors and import again." in outcome.err
    assert "cloze.md:4:1: cloze-without-deletion" in outcome.out
    (folder / "bad" / "fence.md").write_text("Q: a\nA: b\n")
    assert srs("import", "--json").json["added"] == 1  # the folder is remembered


def test_keep_going_retires_nothing_of_a_file_that_broke(srs: Srs, write: Write) -> None:
    path = write("a.md", OLD)
    srs("import", path.parent)
    path.write_text("C: broken\n")
    write("b.md", NEW)
    report = srs("import", path.parent, "--keep-going", "--json").json
    assert (report["added"], report["retired"]) == (1, 0)


@pytest.mark.campaign
def test_a_thousand_files_of_which_three_are_bad(srs: Srs, write: Write) -> None:
    folder = many(write, 997)
    assert srs("import", folder, "--json").json["added"] == 0
    assert srs("import", folder, "--keep-going", "--json").json["added"] == 997


def test_a_person_is_asked_about_doubts_before_anything_is_stored(
    at_a_terminal: Callable[..., Outcome], write: Write
) -> None:
    path = write("a.md", OLD)
    at_a_terminal("import", path)
    write("a.md", NEW)
    outcome = at_a_terminal("import", path, typed="what\ny\n")
    assert outcome.out.endswith("1 updated\n")
    assert "1 of 1" in outcome.err
    assert all(mark in outcome.err for mark in ("‹8›", "‹9›", "‹56›", "‹63›"))
    assert outcome.err.count(doubts.QUESTION) == 2  # `what` is no answer


@pytest.mark.parametrize(
    ("typed", "updated", "added"),
    [("y\nn\n", 1, 1), ("n\ny\n", 1, 1), ("a\n", 2, 0), ("y\nq\n", 1, 1), ("", 0, 2)],
)
def test_each_doubt_is_answered_or_all_of_them(
    at_a_terminal: Callable[..., Outcome], write: Write, typed: str, updated: int, added: int
) -> None:
    other = "\nQ: How long do 5 TB take at 8 GB/s?\nA: About 11 minutes\n"
    path = write("a.md", OLD + other)
    at_a_terminal("import", path)
    write("a.md", NEW + other.replace("5", "6").replace("11", "13"))
    outcome = at_a_terminal("import", path, typed=typed)
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (\w+)", outcome.out)}
    assert (counts.get("updated", 0), counts.get("added", 0)) == (updated, added)


def test_without_a_terminal_doubtful_cards_are_new_and_can_be_joined_by_number(
    srs: Srs, write: Write
) -> None:
    path = write("a.md", OLD)
    srs("import", path)
    write("a.md", NEW)
    outcome = srs("import", path, "--verbose")
    assert "1 card may be an old one reworded and came in as new" in outcome.err
    number = re.search(r"^in doubt .*\[(\d+)\]$", outcome.out, re.MULTILINE)
    assert number is not None
    joined = srs("import", "--undo", number[1])
    assert "One card again" in joined.out
    parted = srs("import", "--undo", number[1])
    assert "Two cards now" in parted.out
    listed = srs("import", "--undo")
    assert f"[{number[1]}]" in listed.out
    assert "  - How many GB hold ‹8› million rows?" in listed.out
    assert srs("doctor").status == 0


def test_undoing_what_is_not_there_is_one_sentence(srs: Srs, home: Path) -> None:
    assert srs("import", "--undo").out == "There is no decision that could be undone.\n"
    outcome = srs("import", "--undo", "12")
    assert outcome.status == 1
    assert outcome.err.startswith("srs: There is no decision 12;")
    assert srs("import", "--undo", "nonsense").status == 2
    del home


def test_decisions_are_lines_no_wider_than_the_terminal_around_what_changed(
    srs: Srs, write: Write
) -> None:
    path = write("a.md", f"Q: Why?\nA: {LONG}\x1b[31m[red]fifteen[/] sixteen.\n")
    srs("import", path)
    write("a.md", f"Q: Why?\nA: {LONG}\x1b[31m[red]15[/] sixteen.\n")
    outcome = srs("import", path, "--dry-run")
    lines = [line for line in outcome.out.splitlines() if line.startswith("  ")]
    assert len(lines) == 2
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].startswith("  - …")
    assert "[red]‹fifteen›[/]" in lines[0]
    assert "[red]‹15›[/]" in lines[1]
    assert "\x1b" not in outcome.out


def test_the_first_import_of_own_notes_says_once_how_to_add_the_bundled_decks(
    srs: Srs, write: Write
) -> None:
    path = write("a.md", OLD)
    assert "srs import --bundled adds them" in srs("import", path).err
    assert "--bundled" not in srs("import", path).err
    assert srs("import", "--bundled", "--json").json["added"] > 200
    assert "--bundled" not in srs("import", write("b.md", NEW)).err


def test_progress_is_for_a_person_at_a_terminal_alone(srs: Srs, write: Write) -> None:
    outcome = srs("import", write("a.md", OLD))
    assert "reading" not in outcome.err
    assert json.loads(srs("import", "--json").out)["unchanged"] == 1


def test_progress_shows_how_many_of_how_many_once_it_takes_long() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    with ProgressLine(console, wait_s=0) as line:
        line.tell(Step(Stage.READING, 12, 340))
        line.shown.wait()
        line.tell(Step(Stage.WRITING, 3, 7))
        line.hide()
    assert "3 of 7" in screen.getvalue()


def test_what_is_done_in_no_time_shows_no_progress() -> None:
    screen = io.StringIO()
    with ProgressLine(Console(file=screen, force_terminal=True), wait_s=3600) as line:
        line.tell(Step(Stage.READING, 1, 2))
    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    "path", ["x" * 5000, "a/" * 3000, "~nobody-here/notes"], ids=["name", "path", "home"]
)
def test_a_path_no_system_can_have_is_one_sentence(srs: Srs, home: Path, path: str) -> None:
    del home
    for command in ("import", "check"):
        outcome = srs(command, path)
        assert outcome.status == 1
        assert "fault of srs" not in outcome.err


def test_a_vault_comes_in_beside_notes_that_are_empty_or_have_odd_properties(
    srs: Srs, folder: Path
) -> None:
    (folder / "empty.md").write_text("")
    (folder / "odd.md").write_text("---\naliases: [a\n---\nQ: Why?\nA: Because.\n")
    (folder / "open.md").write_text("---\ntags: a\n\nQ: What?\nA: That.\n")
    outcome = srs("import", folder, "--json")
    assert outcome.status == 0
    assert outcome.json["added"] == 2
    codes = [warning["code"] for warning in outcome.json["warnings"]]
    assert codes == ["empty-file", "foreign-front-matter", "foreign-front-matter"]
