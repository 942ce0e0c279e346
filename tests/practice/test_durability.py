"""What a killed process leaves behind, and what two at once do to each other."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.killing import assert_nothing_is_lost, kill_a_sitting

from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.run import import_paths

Write = Callable[[str, str], Path]

CARDS = "".join(f"\nQ: Question {n}?\nA: Answer {n}.\n" for n in range(60))


@pytest.fixture
def filled(tmp_path: Path, write: Write) -> Path:
    path = tmp_path / "kept" / "collection.db"
    with Collection.open(path) as collection:
        collection.change_setting("new-per-day", "60")
        import_paths(collection, [write("a.md", CARDS)])
    return path


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_sitting_loses_no_grade_it_acknowledged(filled: Path, seed: int) -> None:
    assert_nothing_is_lost(filled, kill_a_sitting(filled, seed))


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_killed_sittings_lose_no_grade(filled: Path, seed: int) -> None:
    assert_nothing_is_lost(filled, kill_a_sitting(filled, seed))


@pytest.mark.parametrize("statements", [3, 6, 9, 12, 15])
def test_an_import_killed_half_way_brings_in_everything_or_nothing(
    tmp_path: Path, write: Write, statements: int
) -> None:
    write("a.md", CARDS)
    folder = write("b.md", CARDS.replace("Question", "Problem")).parent
    path = tmp_path / "kept" / "collection.db"
    script = (
        "import os, signal, sqlite3, sys; from pathlib import Path\n"
        "from srs.store.collection import Collection\n"
        "from srs.store.ingest.run import import_paths\n"
        "collection, left = Collection.open(Path(sys.argv[1])), [int(sys.argv[3])]\n"
        "class Killing(sqlite3.Connection):\n"
        "    def execute(self, *given): return self.counted(super().execute(*given))\n"
        "    def executemany(self, *given): return self.counted(super().executemany(*given))\n"
        "    def counted(self, result):\n"
        "        left[0] -= 1\n"
        "        if left[0] == 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return result\n"
        "connect = sqlite3.connect\n"
        "sqlite3.connect = lambda *given, **named: connect(*given, **named, factory=Killing)\n"
        "import_paths(collection, [Path(sys.argv[2])])"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, str(path), str(folder), str(statements)], check=False
    )
    with Collection.open(path) as collection:
        found = examine(collection)
        assert found.healthy
        assert (process.returncode, found.cards) == (-signal.SIGKILL, 0)
        assert import_paths(collection, [folder]).errors == []
        assert examine(collection).cards == 120


def test_two_processes_at_once_neither_lose_nor_double_an_answer(filled: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from srs.practice.desk import Desk\n"
        "from srs.schedule.model import Rating; from srs.store.collection import Collection\n"
        "sitting = Desk(Collection.open(Path(sys.argv[1]))).start()\n"
        "while sitting.asked is not None: sitting.answer(Rating.EASY)\n"
        "print(sitting.progress().answered)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(filled)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    answered = [int(process.communicate()[0]) for process in running]
    assert sum(answered) == 60
    with Collection.open(filled) as collection:
        with collection.reading() as connection:
            counts = connection.exec_driver_sql(
                "SELECT count(*), count(DISTINCT card_id) FROM review"
            ).one()
        assert tuple(counts) == (60, 60)
        assert examine(collection).healthy
