"""Opening a collection: new, older, newer, foreign, damaged, in use."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from support.clock import ManualClock
from support.looking import rows

from srs.errors import SrsError
from srs.store import migrations, settings, sources, versions
from srs.store.card_columns import PRACTISED
from srs.store.collection import Collection
from srs.store.drills import DRILLS
from srs.store.queue import STORY_NOTES


def open_at(path: Path, clock: ManualClock) -> Collection:
    return Collection.open(path, clock=clock, chance=random.Random(1))


def test_a_collection_is_durable_and_keeps_its_references(collection: Collection) -> None:
    with collection.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_log_refuses_updates_and_deletions(collection: Collection) -> None:
    for statement in ("UPDATE review SET rating = 1", "DELETE FROM rehearsal"):
        with collection.writing() as connection:
            triggers = connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            ).scalar()
            assert triggers == 18
            connection.execute(text(statement))  # no rows yet: nothing to refuse


def test_a_newer_collection_is_refused_with_a_sentence(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "collection.db"
    open_at(path, clock).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migration VALUES ('rubrics_of_the_future', 0)")
    with pytest.raises(SrsError, match=r"newer .*rubrics_of_the_future.* update srs"):
        open_at(path, clock)


def test_a_migration_runs_once_after_a_backup(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "collection.db"
    open_at(path, clock).close()
    calls: list[str] = []

    def add_a_table(connection: Connection) -> None:
        calls.append("ran")
        connection.execute(text("CREATE TABLE later (id INTEGER)"))

    monkeypatch.setitem(migrations.STEPS, "add_a_table", add_a_table)
    monkeypatch.setattr(versions, "MIGRATIONS", tuple(migrations.STEPS))
    open_at(path, clock).close()
    with open_at(path, clock) as collection:
        assert rows(collection, "SELECT name FROM migration ORDER BY name")[0] == ("add_a_table",)
    assert calls == ["ran"]
    (backup,) = (tmp_path / "backups").iterdir()
    with sqlite3.connect(backup) as old:
        assert not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchall()


def test_an_older_source_keeps_the_format_it_was_imported_in(
    tmp_path: Path, clock: ManualClock
) -> None:
    path = tmp_path / "collection.db"
    with Collection.open(path, clock=clock):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE source DROP COLUMN format")
        connection.execute("ALTER TABLE source ADD COLUMN own_format BOOLEAN NOT NULL DEFAULT 0")
        for name, own_format in (("ours", 1), ("others", 0)):
            connection.execute(
                "INSERT INTO source (path, own_format, added_ms) VALUES (?, ?, 0)",
                (str(tmp_path / name), own_format),
            )
        connection.execute("DELETE FROM migration WHERE name = 'source_formats'")
    with Collection.open(path, clock=clock) as collection:
        assert sources.format_of(collection, tmp_path / "ours" / "a.md") == "srs"
        assert sources.format_of(collection, tmp_path / "others" / "a.md") is None


def test_an_older_collection_gets_room_for_rehearsals_that_only_grows(
    tmp_path: Path, clock: ManualClock
) -> None:
    path = tmp_path / "collection.db"
    open_at(path, clock).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE rehearsalmark")
        connection.execute("DROP TABLE rehearsal")
        connection.execute("DROP INDEX ix_note_kind")
        connection.execute("DELETE FROM migration WHERE name = 'rehearsals'")
    with open_at(path, clock) as collection:
        made = {
            name
            for (name,) in rows(
                collection,
                "SELECT name FROM sqlite_master WHERE tbl_name LIKE 'rehearsal%' "
                "AND type IN ('table', 'trigger') OR name = 'ix_note_kind'",
            )
        }
    assert made == {
        "ix_note_kind",
        "rehearsal",
        "rehearsal_is_append_only_delete",
        "rehearsal_is_append_only_update",
        "rehearsalmark",
        "rehearsalmark_is_append_only_delete",
        "rehearsalmark_is_append_only_update",
    }


def test_an_older_collection_gets_the_indexes_of_a_new_one(
    tmp_path: Path, clock: ManualClock
) -> None:
    listed = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    path = tmp_path / "collection.db"
    with open_at(path, clock) as collection:
        of_today = rows(collection, listed)
    with sqlite3.connect(path) as connection:
        for column in ("kind", "explicit_id"):
            connection.execute(f"DROP INDEX ix_note_{column}")
            connection.execute(f"CREATE INDEX ix_note_{column} ON note ({column})")
        connection.execute("DELETE FROM migration WHERE name = 'indexes_of_few'")
    with open_at(path, clock) as collection:
        assert rows(collection, listed) == of_today


def test_what_is_looked_for_among_all_notes_is_found_by_an_index(collection: Collection) -> None:
    by_kind = f"SELECT id FROM card WHERE note_id IN {STORY_NOTES}"
    by_id = "SELECT id FROM note WHERE retired AND explicit_id IN ('a', 'b')"
    for statement in (by_kind, by_id, DRILLS.format(scope=""), PRACTISED):
        with collection.reading_sql() as execute:
            plan = list(execute(f"EXPLAIN QUERY PLAN {statement}", {"study_day": 0}))
        assert not [step for step in plan if step[3].startswith(("SCAN note", "SCAN card"))], plan


def test_a_migration_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "collection.db"
    open_at(path, clock).close()

    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("no such statement"))

    monkeypatch.setitem(migrations.STEPS, "half", half)
    monkeypatch.setattr(versions, "MIGRATIONS", tuple(migrations.STEPS))
    with pytest.raises(SrsError):
        open_at(path, clock)
    with sqlite3.connect(path) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name='half'").fetchall()


def test_another_programs_database_is_left_alone(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "collection.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(SrsError, match="another program"):
        open_at(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"# my notes\n", "is not a collection of srs"),
        (b"SQLite format 3\x00" + b"\x00" * 500, "is damaged|could not be used|another program"),
    ],
    ids=["text", "torn header"],
)
def test_a_file_that_is_no_database_gives_one_sentence(
    tmp_path: Path, clock: ManualClock, content: bytes, sentence: str
) -> None:
    path = tmp_path / "collection.db"
    path.write_bytes(content)
    with pytest.raises(SrsError, match=sentence) as raised:
        open_at(path, clock)
    assert "\n" not in str(raised.value)
    assert path.read_bytes() == content


def test_a_damaged_collection_names_the_backups(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "collection.db"
    open_at(path, clock).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    with pytest.raises(SrsError, match="backups"):
        open_at(path, clock)


def test_a_folder_that_is_a_file_gives_one_sentence(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(SrsError, match=r"could not be used|cannot be"):
        open_at(tmp_path / "home" / "collection.db", clock)


def test_a_full_disk_is_a_sentence_and_changes_nothing(
    tmp_path: Path, clock: ManualClock, collection: Collection
) -> None:
    with collection.reading_sql() as execute:
        ((pages,),) = execute("PRAGMA page_count", {})
        execute(f"PRAGMA max_page_count={pages}", {})
    with pytest.raises(SrsError, match=r"full; nothing was changed"):
        collection.change_setting("theme", "x" * 10_000_000)
    assert collection.stored_settings() == {}


def test_a_backup_is_a_collection_of_its_own(
    tmp_path: Path, clock: ManualClock, collection: Collection
) -> None:
    collection.change_setting("new-per-day", "7")
    copy = collection.back_up()
    assert copy.parent.name == "backups"
    with open_at(copy, clock) as other:
        assert other.settings.scheduling.new_per_day == 7


def test_two_processes_may_make_the_collection_at_once(tmp_path: Path) -> None:
    path = tmp_path / "collection.db"
    script = (
        "import sys; from pathlib import Path; from srs.store.collection import Collection\n"
        "Collection.open(Path(sys.argv[1])).close()"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(process.wait(), process.stderr and process.stderr.read()) for process in running] == [
        (0, b"")
    ] * 3


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("desired-retention", "1.5", "between 0.7 and 0.99"),
        ("desired-retention", "most", "a number such as 0.9"),
        ("rollover-hour", "24", "between 0 and 23"),
        ("learning-steps", "1 minute", "30s, 10m, 2h or 1d"),
        ("interview-date", "15.12.2026", "2026-12-15"),
        ("company", "acme!", "big-tech"),
        ("colour", "red", "no setting 'colour'"),
    ],
)
def test_a_setting_is_checked_before_it_is_stored(
    collection: Collection, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SrsError, match=sentence):
        collection.change_setting(name, value)
    assert collection.stored_settings() == {}


def test_a_setting_goes_back_to_its_default(collection: Collection) -> None:
    collection.change_setting("learning-steps", "1m 10m 1h")
    assert settings.show(collection.settings)["learning-steps"] == "1m 10m 1h"
    collection.change_setting("learning-steps", None)
    assert settings.show(collection.settings)["learning-steps"] == "1m 10m"


def test_every_migration_is_known_by_name() -> None:
    assert tuple(migrations.STEPS) == versions.MIGRATIONS
