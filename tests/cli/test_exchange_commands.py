"""The commands that take cards away, bring them back, and find them."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest
from support.commands import Srs
from support.lived import LEAVING, SERVING


@pytest.fixture
def notes(home: Path, tmp_path: Path, srs: Srs) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "serving.md").write_text(SERVING, encoding="utf-8")
    (folder / "leaving.md").write_text(LEAVING, encoding="utf-8")
    assert srs("import", folder).status == 0
    srs("review", "--plain", typed="\n3\n\n1\n\n4\nq\n")
    return folder


def counts(home: Path) -> list[tuple[int, ...]]:
    with sqlite3.connect(home / "collection.db") as database:
        return [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("deck", "note", "card", "review", "event")
        ]


@pytest.mark.parametrize("name", ["out.apkg", "out.md", "out.csv", "out.tsv", "out.json", "out"])
def test_the_ending_says_the_format_and_nothing_is_written_over(
    notes: Path, tmp_path: Path, srs: Srs, name: str
) -> None:
    target = tmp_path / name
    first = srs("export", target)
    assert (first.status, first.err) == (0, "")
    assert str(target) in first.out
    size = sum(file.stat().st_size for file in [target, *target.rglob("*")])
    again = srs("export", target)
    assert again.status == 1
    assert "--force" in again.err
    assert size == sum(file.stat().st_size for file in [target, *target.rglob("*")])
    assert srs("export", target, "--force").status == 0
    assert not list(tmp_path.rglob("*.part"))


def test_an_unknown_ending_is_asked_about(notes: Path, tmp_path: Path, srs: Srs) -> None:
    assert srs("export", tmp_path / "out.xyz").status == 2
    assert srs("export", tmp_path / "out.xyz", "--format", "csv").status == 0


def test_markdown_out_and_into_an_empty_collection_gives_the_same_notes(
    notes: Path, tmp_path: Path, srs: Srs, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def texts() -> list[tuple[bytes, str]]:
        statement = "SELECT text_hash, details FROM note ORDER BY text_hash"
        with sqlite3.connect(Path(current) / "collection.db") as database:
            return list(database.execute(statement))

    current = str(home)
    before = texts()
    srs("export", tmp_path / "text")
    current = str(tmp_path / "elsewhere")
    monkeypatch.setenv("SRS_HOME", current)
    assert srs("import", tmp_path / "text").status == 0
    assert texts() == before


def test_cards_from_elsewhere_become_deck_files_of_ones_own_with_their_history(
    home: Path, tmp_path: Path, srs: Srs
) -> None:
    table = tmp_path / "words.csv"
    table.write_text("front,back,tags\nWhat is 1/2?,<b>half</b>,maths::parts\nQ: or A:?,both,x\n")
    srs("import", table)
    srs("review", "--plain", typed="\n3\n\n4\nq\n")
    before = counts(home)
    assert srs("export", tmp_path / "mine", "--own").status == 0
    again = srs("import", tmp_path / "mine", "--json")
    assert (again.json["added"], again.json["updated"], again.json["retired"]) == (0, 0, 0)
    assert counts(home) == before
    file = tmp_path / "mine" / "words.md"
    assert "<!-- tags: maths::parts · topic: words/maths/parts -->" in file.read_text()
    file.write_text(file.read_text().replace("**half**", "**one half**"))
    assert srs("import", "--json").json["updated"] == 1
    assert counts(home) == before
    assert srs("doctor").status == 0
    refused = srs("export", tmp_path / "other", "--own")
    assert "deck file already" in refused.err


def test_a_table_has_a_line_a_card(notes: Path, tmp_path: Path, srs: Srs) -> None:
    srs("export", tmp_path / "out.csv", "--topic", "serving")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    assert {row["topic"] for row in rows} == {"serving/batching"}
    assert any("[…]" in row["front"] for row in rows)
    assert {row["state"] for row in rows} <= {"new", "learning", "review", "relearning"}


def test_a_complete_json_comes_in_through_import(
    notes: Path, tmp_path: Path, srs: Srs, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(home)
    srs("export", tmp_path / "all.json")
    monkeypatch.setenv("SRS_HOME", str(tmp_path / "other"))
    done = srs("import", tmp_path / "all.json")
    assert done.status == 0
    assert counts(tmp_path / "other") == before
    assert srs("doctor").status == 0
    assert "0 reviews" in srs("import", tmp_path / "all.json").out


@pytest.mark.parametrize("name", ["copy.db", "copy.json"])
def test_restore_goes_back_and_keeps_what_was_there(
    notes: Path, tmp_path: Path, srs: Srs, home: Path, name: str
) -> None:
    copy = tmp_path / name
    srs("backup" if name.endswith(".db") else "export", copy)
    before = counts(home)
    srs("review", "--plain", typed="\n3\n\n3\nq\n")
    after = counts(home)
    assert after != before
    done = srs("restore", copy)
    assert done.status == 0
    assert "is kept as" in done.out
    assert counts(home) == before
    kept = sorted((home / "backups").glob("*.db"))[-1]
    assert srs("restore", kept).status == 0
    assert counts(home) == after
    assert srs("doctor").status == 0


def test_restore_refuses_what_is_not_sound_and_changes_nothing(
    notes: Path, tmp_path: Path, srs: Srs, home: Path
) -> None:
    srs("backup", tmp_path / "bad.db")
    with sqlite3.connect(tmp_path / "bad.db") as database:
        database.execute("UPDATE card SET stability = 99 WHERE state <> 0")
    before = counts(home)
    (tmp_path / "bad.txt").write_text("no database")
    (tmp_path / "bad.json").write_text('{"format": "srs-collection", "version": 1, "settings')
    for name in ("bad.db", "bad.txt", "bad.json", "none.db"):
        done = srs("restore", tmp_path / name)
        assert (done.status, name in done.err) == (1, True)
        assert "fault of srs" not in done.err
    assert counts(home) == before


def test_restore_puts_a_damaged_collection_aside(
    notes: Path, tmp_path: Path, srs: Srs, home: Path
) -> None:
    before = counts(home)
    srs("backup", tmp_path / "good.db")
    (home / "collection.db").write_bytes(b"rubbish" * 1000)
    assert srs("restore", tmp_path / "good.db").status == 0
    assert counts(home) == before
    assert (home / "backups" / "collection-damaged.db").read_bytes()[:7] == b"rubbish"


def fronts(srs: Srs, *words: str) -> list[str]:
    return [card["front"] for card in srs("search", *words, "--json").json]


def test_search_finds_words_from_their_beginning_and_parts_where_there_are_none(
    notes: Path, srs: Srs
) -> None:
    assert fronts(srs, "LITTLE") == ["The law of the queue's length?"]
    assert fronts(srs, "batch", "wait") == [
        "Why does a larger batch raise p50 even when throughput rises?"
    ]
    assert (
        fronts(srs, "andwidth")
        == ["Decode is bound by [memory bandwidth]; prefill by [compute]."] * 2
    )
    assert fronts(srs, "100%") == []
    assert srs("search", "nowhere").out == "No card has that text.\n"
    assert srs("search", '"').status == 0


def test_search_follows_edits_and_leaves_out_what_left(notes: Path, srs: Srs) -> None:
    assert fronts(srs, "stays") == ["What stays?"]
    (notes / "leaving.md").write_text(LEAVING.replace("What stays?", "What remains there?"))
    srs("import", notes)
    assert fronts(srs, "stays") == []
    assert fronts(srs, "remains") == ["What remains there?"]


def test_columns_are_mapped_by_name_or_number(home: Path, tmp_path: Path, srs: Srs) -> None:
    (tmp_path / "a.csv").write_text("Nr,Frage,Antwort\n1,Was?,Das\n2,Wer?,Der\n")
    done = srs("import", tmp_path / "a.csv", "--columns", "front=Frage,back=3", "--json")
    assert (done.json["added"], done.json["formats"]) == (2, {"text": 1})
    wrong = srs("import", tmp_path / "a.csv", "--columns", "front=Gone,back=3")
    assert wrong.status == 1
    assert "Gone" in wrong.out
    assert "--columns" in srs("import", tmp_path / "a.csv", "--columns", "x=1").err
