"""A scripted sitting in a process of its own, killed at some instant."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from srs.store.collection import Collection
from srs.store.doctor import examine

# Each answer is acknowledged on standard output once `answer` has returned.
SITTING = """
import random, sys
from pathlib import Path
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
chance = random.Random(int(sys.argv[2]))
desk = Desk(Collection.open(Path(sys.argv[1])))
sitting = desk.start()
print("ready", flush=True)
while sitting.asked is not None:
    card = sitting.asked.card_id
    act = chance.random()
    if act < 0.1:
        sitting.undo()
        print("undone", flush=True)
        continue
    sitting.answer(chance.choice(list(Rating)))
    print("graded", card, flush=True)
"""


def kill_a_sitting(path: Path, seed: int) -> str:
    """Kill a sitting after a number of acknowledged acts drawn by the seed; returns what it said.

    The signal comes while the process goes on working, so it meets it at any instant of the next
    acts.
    """
    chance = random.Random(seed)
    process = subprocess.Popen(
        [sys.executable, "-c", SITTING, str(path), str(seed)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(1 + chance.randint(0, 25))]
    for _ in range(chance.randint(0, 20_000)):
        pass
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    return b"".join(said).decode()


def assert_nothing_is_lost(path: Path, said: str) -> None:
    """Hold the log against what was acknowledged: at most one act more, and a sound collection."""
    whole = [line for line in said.splitlines(keepends=True) if line.endswith("\n")]
    graded = [int(line.split()[1]) for line in whole if line.startswith("graded")]
    undone = sum(line.startswith("undone") for line in whole)
    with Collection.open(path) as collection:
        with collection.reading() as connection:
            logged = [
                card
                for (card,) in connection.exec_driver_sql("SELECT card_id FROM review ORDER BY id")
            ]
            voids = connection.exec_driver_sql(
                "SELECT count(*) FROM event WHERE kind = 'void'"
            ).scalar_one()
        assert logged[: len(graded)] == graded
        assert len(logged) <= len(graded) + 1
        assert voids <= undone + 1
        assert examine(collection).findings == ()
