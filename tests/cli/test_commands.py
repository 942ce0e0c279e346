"""The commands as a person or a script calls them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.commands import Srs

from srs.cli import main as command_line
from srs.cli.due import in_words
from srs.deck.files import LARGEST
from srs.store.due import DueCounts

Write = Callable[[str, str], Path]

TWO = "# t\n\nQ: What bounds decode?\nA: Bandwidth.\n\nQ: What bounds prefill?\nA: Compute.\n"


def test_every_command_has_help_with_an_example_and_a_line_in_the_readme(srs: Srs) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    listing = srs("--help").out
    for name in command_line.COMMANDS:
        helped = srs(name, "--help")
        assert helped.status == 0
        assert f"Example: srs {name}" in helped.out
        assert f"`srs {name}" in readme
        assert f"  {name} " in listing


def test_the_version_is_the_packages(srs: Srs) -> None:
    assert srs("--version").out.startswith("srs 0.")


def test_an_unknown_command_is_wrong_usage_and_names_the_nearest(srs: Srs) -> None:
    outcome = srs("reviw")
    assert (outcome.status, outcome.err) == (
        2,
        "srs: there is no command 'reviw'; did you mean srs review?\n",
    )


def test_without_a_terminal_srs_says_what_is_due_and_how_to_go_on(srs: Srs, write: Write) -> None:
    assert "srs in a terminal begins with the bundled decks" in srs().out
    srs("import", write("a.md", TWO))
    outcome = srs()
    assert outcome.status == 0
    assert outcome.out == "2 due: 2 new\n"
    assert "srs review --plain" in outcome.err


def test_an_import_prints_the_contracts_json(srs: Srs, write: Write) -> None:
    path = write("a.md", TWO)
    report = srs("import", path, "--json").json
    keys = {"files", "added", "updated", "moved", "retired", "unchanged", "errors", "warnings"}
    assert keys <= report.keys()
    assert (report["files"], report["added"], report["errors"]) == (1, 2, [])
    assert srs("import", path, "--json").json["unchanged"] == 2
    path.write_text(path.read_text() + "\nC: nothing is left out here\n")
    outcome = srs("import", path, "--json")
    assert outcome.status == 1
    (error,) = outcome.json["errors"]
    assert {"file", "line", "column", "code", "message"} <= error.keys()
    assert (error["file"], error["line"], error["code"]) == (
        str(path),
        12,
        "cloze-without-deletion",
    )


def test_a_bare_import_rereads_what_was_brought_in(srs: Srs, write: Write) -> None:
    path = write("a.md", TWO)
    srs("import", path)
    path.write_text(path.read_text() + "\nQ: Why?\nA: Because.\n")
    assert srs("import").out == "1 file: 1 added, 2 unchanged\n"


def test_a_dry_run_lists_its_decisions_and_stores_nothing(srs: Srs, write: Write) -> None:
    path = write("a.md", TWO)
    outcome = srs("import", path, "--dry-run")
    assert f"added     {path}:6\n  + What bounds decode?\n" in outcome.out
    assert "Would be: 1 file: 2 added" in outcome.out
    assert srs("due", "--json").json["total"] == 0


def test_check_reads_and_stores_nothing(srs: Srs, write: Write, home: Path) -> None:
    path = write("a.md", TWO + "\nQ: Is there no answer?\n")
    outcome = srs("check", path)
    assert outcome.status == 1
    assert f"{path}:12:1: no-answer: " in outcome.out
    assert not home.exists()
    assert srs("check", path, "--json").json["notes"] == 0


def test_of_many_warnings_of_one_kind_the_rest_are_counted(srs: Srs, write: Write) -> None:
    path = write("a.md", "---\ndeck: D\n---\n" + "## empty\n" * 60 + "## Why?\nso\n")
    outcome = srs("check", path)
    assert outcome.out.count("empty-card: ") == 51
    assert "empty-card: 10 more warnings like these; --json" in outcome.out
    assert len(srs("check", path, "--json").json["warnings"]) == 60


def test_a_strict_check_wants_what_a_deck_for_others_has(srs: Srs, write: Write) -> None:
    path = write("a.md", "## When is a cache cold?\n\nAfter a deploy.\n")
    assert srs("check", path).status == 0
    outcome = srs("check", "--strict", path)
    assert outcome.status == 1
    assert f"{path}:4:1: no-source: " in outcome.out
    report = srs("check", "--strict", path, "--json").json
    assert [problem["code"] for problem in report["errors"]] == [
        "no-judgement",
        "no-side",
        "no-source",
    ]


def test_a_strict_check_makes_errors_of_warnings(srs: Srs, write: Write) -> None:
    path = write("a.md", "# t\n\n## Nothing below\n\n" + TWO)
    assert srs("check", path, "--json").json["warnings"][0]["code"] == "empty-card"
    report = srs("check", "--strict", path, "--json").json
    assert (report["errors"][0]["code"], report["warnings"]) == ("empty-card", [])


def test_the_bundled_decks_are_clean(srs: Srs) -> None:
    report = srs("check", "--strict", Path(__file__).parents[2] / "decks", "--json").json
    assert (report["errors"], report["warnings"]) == ([], [])
    assert report["cards"] >= 60


def test_due_prints_the_contracts_json(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWO))
    assert srs("due", "--json").json == {
        "new": 2,
        "learning": 0,
        "review": 0,
        "total": 2,
        "stories": 0,
        "next_due": None,
        "topics": [{"topic": "a/t", "new": 2, "learning": 0, "review": 0, "total": 2}],
    }
    srs("review", "--plain", typed="\n4\n\n4\n")
    assert srs("due", "--json").json["next_due"] is not None
    assert srs("due").out.startswith("Nothing due until")


def test_a_plain_sitting_asks_reveals_grades_and_sums_up(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWO))
    outcome = srs("review", "--plain", typed="\n1\n\n4\nq\n")
    assert outcome.status == 0
    assert "1 of 2 · a/t · new" in outcome.out
    assert "1 Again 1m   2 Hard 6m   3 Good 10m" in outcome.out
    assert "2 answers on 2 cards" in outcome.out
    assert "Next:\n  1. srs " in outcome.out
    assert "  a/t: 1 of 2 again" in outcome.out


def test_a_plain_sitting_knows_every_act(srs: Srs, write: Write) -> None:
    hinted = "\nQ: Which limit?\n\nA: Memory.\n\n> [!TIP]\n> Think of bytes.\n"
    srs("import", write("a.md", TWO + hinted))
    typed = "h\nf it is unclear\ns\nb\nu\nu\nx\n?\n\n7\n3\nu\nq\n"
    outcome = srs("review", "--plain", typed=typed)
    assert "There is no 'x' here." in outcome.err
    assert "There is no '7' here." in outcome.err
    assert "Enter reveals" in outcome.err
    for said in ("Flagged", "Suspended", "Buried", "Undone: Bury.", "Undone: Suspend."):
        assert said in outcome.err
    assert "Undone: Good." in outcome.err
    (card,) = srs("cards", "--flagged", "--json").json
    assert card["flag"] == "it is unclear"


def test_a_typed_answer_is_compared(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", "Q: What bounds decode?\n<!-- type-in -->\nA: bandwidth\n"))
    outcome = srs("review", "--plain", typed="bandwith\n2\nq\n")
    assert "bandwi[+d]th" in outcome.out
    assert "Right." in srs("review", "--plain", typed="Bandwidth\n3\nq\n").out


def test_suspended_cards_are_listed_and_come_back(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWO))
    srs("review", "--plain", typed="s\nq\n")
    (card,) = srs("cards", "--suspended", "--json").json
    assert srs("due", "--json").json["total"] == 1
    assert srs("unsuspend", str(card["id"])).out == "1 card back in the queue.\n"
    assert srs("due", "--json").json["total"] == 2
    outcome = srs("unsuspend", str(card["id"]))
    assert (outcome.status, "is not suspended" in outcome.err) == (1, True)
    assert srs("unsuspend").status == 2


def test_a_deck_is_left_out_and_taken_in_again(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWO))
    assert srs("decks", "disable", "A").out == "a is left out of the queue.\n"
    assert srs("due", "--json").json["total"] == 0
    assert srs("decks", "--json").json[0]["enabled"] is False
    srs("decks", "enable", "a")
    assert srs("due", "--json").json["total"] == 2
    assert srs("decks", "enable", "b").status == 1
    assert srs("decks", "enable").status == 2


def test_settings_are_shown_checked_and_reset(srs: Srs) -> None:
    assert srs("config", "new-per-day", "3").status == 0
    assert srs("config", "--json").json["new-per-day"] == "3"
    refused = srs("config", "new-per-day", "-1")
    assert (refused.status, "between 0 and 9999" in refused.err) == (1, True)
    srs("config", "--unset", "new-per-day")
    assert srs("config", "new-per-day", "--json").json == {"new-per-day": "10"}
    assert srs("config", "nonsense").status == 1


def test_a_bad_setting_in_the_file_can_be_put_right(srs: Srs, home: Path) -> None:
    srs("config")
    with sqlite3.connect(home / "collection.db") as connection:
        connection.execute("INSERT INTO setting VALUES ('rollover-hour', '99')")
    refused = srs("due")
    assert (refused.status, "rollover-hour is 99" in refused.err) == (1, True)
    assert srs("config", "rollover-hour", "5").status == 0
    assert srs("due").status == 0


def test_statistics_count_answers_and_recall(srs: Srs, write: Write) -> None:
    assert "There are no cards yet" in srs("stats").out
    srs("import", write("a.md", TWO))
    srs("review", "--plain", typed="\n3\n\n1\nq\n")
    found = srs("stats", "--json").json
    assert found["cards"]["total"] == 2
    assert [span["answers"] for span in found["spans"]] == [2, 2, 2]
    assert "2 cards: 0 new, 2 learning" in srs("stats").out


def test_a_backup_is_a_file_of_its_own_and_replaces_none(srs: Srs, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert srs("backup", target).out == f"{target}\n"
    assert target.exists()
    assert srs("backup", target).status == 1
    assert "backups" in srs("backup").out


def test_the_doctor_finds_and_mends_a_card_that_is_not_as_its_log_says(
    srs: Srs, write: Write, home: Path
) -> None:
    srs("import", write("a.md", TWO))
    srs("review", "--plain", typed="\n3\nq\n")
    assert srs("doctor").status == 0
    with sqlite3.connect(home / "collection.db") as connection:
        connection.execute("UPDATE card SET stability = stability + 1 WHERE reps = 1")
    ill = srs("doctor", "--json")
    assert ill.status == 1
    assert len(ill.json["differing"]) == 1
    assert "1 card rebuilt from the log." in srs("doctor", "--repair").out
    assert srs("doctor").status == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfebroken", "not-utf8"),
        (b"---\ndeck: [\n---\nQ: a\nA: b\n", "bad-front-matter"),
        (b"x" * (LARGEST + 1), "too-large"),
        (b"---\ndeck: d\n---\n```\n", "unclosed-fence"),
    ],
    ids=["not UTF-8", "broken YAML", "huge", "unclosed"],
)
def test_bad_files_give_one_line_each_and_change_nothing(
    srs: Srs, folder: Path, content: bytes, code: str
) -> None:
    (folder / "bad.md").write_bytes(content)
    outcome = srs("import", folder)
    assert outcome.status == 1
    assert f": {code}: " in outcome.out
    assert "Traceback" not in outcome.err
    assert srs("decks", "--json").json == []


def test_a_missing_path_an_unknown_topic_and_a_foreign_database_are_one_sentence_each(
    srs: Srs, home: Path, folder: Path
) -> None:
    assert "no such file" in srs("import", folder / "none.md").out
    unknown = srs("review", "nosuch", "--plain")
    assert (unknown.status, unknown.err.count("\n")) == (1, 2)
    assert "no topic or deck 'nosuch'" in unknown.err
    (home / "collection.db").write_text("these are my notes")
    for command in (["due"], ["stats"], ["review", "--plain"]):
        outcome = srs(*command)
        assert (outcome.status, outcome.err.count("\n")) == (1, 1)
        assert "is not a collection of srs" in outcome.err


def test_a_fault_of_srs_is_said_without_a_traceback(
    srs: Srs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("srs.store.decks.listed", fail)
    outcome = srs("decks")
    assert outcome.status == 1
    assert "fault of srs itself (ZeroDivisionError: oops)" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_check_says_of_each_file_what_it_was_read_as_and_why(srs: Srs, folder: Path) -> None:
    path = folder / "page.md"
    path.write_text("- Why? #card\n\t- Because.\n")
    told = srs("check", "--verbose", path).out
    assert f"{path}: logseq (by a bullet tagged `#card`), 1 note" in told


def test_an_import_and_a_check_say_which_dialects_they_recognised(srs: Srs, tmp_path: Path) -> None:
    obsidian, questions = tmp_path / "obsidian.md", tmp_path / "questions.md"
    obsidian.write_text("#flashcards\n\nlatency::time to answer\n")
    questions.write_text("## Q1. Why batch?\n\nTo share.\n\n## Contents\n\n- one\n")
    both = str(obsidian), str(questions)
    assert srs("check", *both).out == (
        "2 files (1 obsidian, 1 questions), 2 notes, 2 cards, 0 errors, 0 warnings\n"
    )
    assert srs("import", *both).out == ("2 files (1 obsidian, 1 questions): 2 added\n")
    for command in ("check", "import"):
        found = srs(command, "--json", "--format", "questions", *both).json
        assert found["formats"] == {"questions": 2}
    refused = srs("check", "--format", "org", *both)
    assert refused.status == 2
    assert "obsidian" in refused.err


def test_a_bare_import_takes_no_option_that_needs_a_path(srs: Srs, home: Path) -> None:
    for option in (["--dry-run"], ["--retire"], ["--format", "srs"]):
        outcome = srs("import", *option)
        assert (outcome.status, "need a PATH" in outcome.err) == (2, True)
    assert not home.exists()


def test_a_source_that_is_gone_is_told_until_its_cards_are_retired(srs: Srs, write: Write) -> None:
    path = write("a.md", TWO)
    srs("import", path)
    path.unlink()
    assert ": source-gone: " in srs("import").out
    assert srs("import", "--retire", path).out == "0 files: 2 retired\n"
    quiet = srs("import")
    assert (quiet.status, quiet.out) == (0, "0 files: no cards\n")
    write("a.md", TWO)
    assert srs("import").out == "1 file: 2 back again\n"


def test_headings_that_are_no_cards_are_counted_with_the_way_to_take_them(
    srs: Srs, folder: Path
) -> None:
    notes = folder / "notes.md"
    notes.write_text("## Caches\n\nKeep what is read often.\n")
    for command in ("check", "import"):
        told = srs(command, notes).err
        assert "1 section is no card: it asks nothing, or nothing below answers." in told
        assert "--format srs" in told
    assert srs("import", "--format", "srs", notes).out == "1 file: 1 added\n"


def test_a_command_is_told_from_a_typed_answer_by_a_colon(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", "Q: Which key quits?\n<!-- type-in -->\nA: q\n"))
    assert "Right." not in srs("review", "--plain", typed=":q\n").out
    assert "Right." in srs("review", "--plain", typed="q\n3\nq\n").out


def test_a_newer_collection_is_refused_by_every_path_in_one_sentence(srs: Srs, home: Path) -> None:
    srs("config")
    with sqlite3.connect(home / "collection.db") as connection:
        connection.execute("INSERT INTO migration VALUES ('of_the_future', 0)")
    for command in (["due"], ["stats"], ["review", "--plain"]):
        outcome = srs(*command)
        assert (outcome.status, outcome.err.count("\n")) == (1, 1)
        assert "newer version of srs" in outcome.err


@pytest.mark.parametrize(
    ("days", "phrase"), [(0, "18:40"), (1, "tomorrow"), (3, "Friday"), (9, "Thu 3 Dec")]
)
def test_when_the_next_card_comes_reads_as_a_sentence(days: int, phrase: str) -> None:
    clock = ManualClock("2026-11-24T09:00")
    next_due = clock.now_ms() + (days * 24 * 60 + 9 * 60 + 40) * 60_000
    assert in_words(DueCounts(0, 0, 0, next_due, (), 4), clock) == f"Nothing due until {phrase}."
