"""A first run killed at any instant, and two processes that answer and undo at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from support.looking import rows

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.schedule.clock import SystemClock
from srs.store import locations
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.due import read_due
from srs.store.ingest.run import import_paths

Write = Callable[[str, str], Path]

FIRST_RUN = """
from srs.practice.desk import open_desk
print("begins", flush=True)
open_desk().reread()
print("done", flush=True)
"""
IMPORT = """
import sys
from pathlib import Path
from srs.store.collection import Collection
from srs.store.ingest.run import import_paths
collection = Collection.open(Path(sys.argv[1]))
print("begins", flush=True)
import_paths(collection, [Path(sys.argv[2])])
print("done", flush=True)
"""
SITTING = """
import random, sys
from pathlib import Path
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
chance = random.Random(int(sys.argv[2]))
sitting = Desk(Collection.open(Path(sys.argv[1]))).start()
print("ready", flush=True)
sys.stdin.readline()
for _ in range(60):
    for _ in range(chance.randint(0, 40_000)):
        pass
    if chance.random() < 0.15:
        if sitting.undo().startswith("Undone"):
            print("undone")
    elif sitting.asked is not None:
        card = sitting.asked.card_id
        said = sitting.answer(chance.choice(list(Rating)))
        print("elsewhere" if said and "elsewhere" in said else f"graded {card}")
"""


def killed(script: str, arguments: list[str], after_s: float, **environment: str) -> bool:
    """Run a script, kill it so long after it said that it begins; tell whether that was in time."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == b"begins\n"
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        return said.read() != b"done\n"


def the_next_run_has_all_the_bundled_cards(home: Path, undisturbed: int) -> None:
    with Collection.open(home / "collection.db") as collection:
        desk = Desk(collection)
        desk.reread()
        assert examine(collection).findings == ()
        assert desk.overview().cards == undisturbed
        assert rows(collection, "SELECT count(*) FROM source") == [(1,)]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> int:
    path = tmp_path_factory.mktemp("undisturbed") / "collection.db"
    with Collection.open(path) as collection:
        return import_paths(collection, [locations.bundled_decks()]).added


@pytest.mark.parametrize("seed", range(2))
def test_after_a_killed_first_run_the_next_one_has_everything(
    tmp_path: Path, bundled: int, seed: int
) -> None:
    killed(FIRST_RUN, [], random.Random(seed).uniform(0, 0.4), SRS_HOME=str(tmp_path))
    the_next_run_has_all_the_bundled_cards(tmp_path, bundled)


def test_a_first_run_killed_while_it_made_the_file_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "collection.db"
    # More than the cache holds is written to the file before the end, so the journal is needed.
    script = (
        "import os, signal, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.executescript('PRAGMA cache_size=5; CREATE TABLE t (b); DROP TABLE t')\n"
        "connection.executescript('BEGIN; CREATE TABLE t (b)')\n"
        "for _ in range(100): connection.execute('INSERT INTO t VALUES (zeroblob(4000))')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name("collection.db-journal").exists()
    with pytest.raises(SrsError, match="is empty; run srs once"):
        read_due(path, SystemClock())
    with Collection.open(path) as collection:
        assert examine(collection).findings == ()


@pytest.mark.campaign
def test_after_thirty_killed_first_runs_the_next_one_has_everything(
    tmp_path: Path, bundled: int
) -> None:
    chance = random.Random(1)
    in_time = 0
    for run in range(30):
        home = tmp_path / str(run)
        home.mkdir()
        in_time += killed(FIRST_RUN, [], chance.uniform(0, 0.5), SRS_HOME=str(home))
        the_next_run_has_all_the_bundled_cards(home, bundled)
    assert in_time >= 10


@pytest.mark.campaign
def test_thirty_imports_killed_at_any_instant_bring_in_everything_or_nothing(
    tmp_path: Path, write: Write
) -> None:
    cards = "".join(f"\nQ: Question {n}?\nA: Answer {n}.\n" for n in range(3000))
    folder = write("a.md", cards).parent
    write("b.md", cards.replace("Question", "Problem"))
    chance = random.Random(1)
    begun = time.monotonic()
    assert not killed(IMPORT, [str(tmp_path / "whole" / "collection.db"), str(folder)], 600)
    whole_s = time.monotonic() - begun
    in_time = 0
    for run in range(30):
        path = tmp_path / str(run) / "collection.db"
        in_time += killed(IMPORT, [str(path), str(folder)], chance.uniform(0, whole_s))
        with Collection.open(path) as collection:
            found = examine(collection)
            assert found.findings == ()
            assert found.cards in (0, 6000)
    assert in_time >= 10


def two_at_once(path: Path, seed: int) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SITTING, str(path), str(seed + n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(2)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [line for process in running for line in process.communicate()[0].splitlines()]
    assert [process.returncode for process in running] == [0, 0]
    acknowledged = Counter(int(line.split()[1]) for line in said if line.startswith("graded"))
    with Collection.open(path) as collection:
        logged = Counter(card for (card,) in rows(collection, "SELECT card_id FROM review"))
        voids = rows(collection, "SELECT count(*) FROM event WHERE kind = 'void'")
        assert acknowledged == logged
        assert voids == [(said.count("undone"),)]
        assert examine(collection).findings == ()


@pytest.fixture
def filled(tmp_path: Path, write: Write) -> Path:
    path = tmp_path / "kept" / "collection.db"
    with Collection.open(path) as collection:
        collection.change_setting("new-per-day", "60")
        cards = "".join(f"\nQ: Question {n}?\nA: Answer {n}.\n" for n in range(40))
        import_paths(collection, [write("a.md", cards)])
    return path


def test_two_processes_that_answer_and_undo_at_once_agree_with_the_log(filled: Path) -> None:
    two_at_once(filled, seed=1)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 140, 2))
def test_twenty_pairs_of_processes_agree_with_the_log(filled: Path, seed: int) -> None:
    two_at_once(filled, seed)
