"""A sitting on a large collection: `PYTHONPATH=tests python -m bench.sitting`.

Every answer is durable. Beside each, the same disk takes a bare insert and update in one durable
commit of plain sqlite3; the ratios are to that. A frame at 60 Hz lasts 16.6 ms.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

from bench.generate import generate
from bench.timing import BARE_INTERPRETER, SRS_DUE, by_turns, spread

from srs.practice.desk import Desk
from srs.practice.review import ReviewSitting
from srs.schedule.model import Rating
from srs.store import log
from srs.store.collection import Collection

RATINGS = (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)
HOW_OFTEN = (15, 10, 65, 10)


class BareCommits:
    """Plain sqlite3 that inserts one row and updates another, durably."""

    def __init__(self, path: Path) -> None:
        self.seconds: list[float] = []
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
            "CREATE TABLE review (id INTEGER PRIMARY KEY, card_id, ms, rating, state, due);"
            "CREATE TABLE card (id INTEGER PRIMARY KEY, stability, difficulty, due);"
        )
        self._connection.executemany(
            "INSERT INTO card VALUES (?, 1.5, 5.5, 20000)", ((n,) for n in range(100_000))
        )

    def commit(self, card_id: int) -> None:
        """Do one, and keep how long it took."""
        began = perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO review VALUES (NULL, ?, 1764000000000, 3, 2, 20010)", (card_id,)
        )
        self._connection.execute(
            "UPDATE card SET stability = 2.5, difficulty = 5.4, due = 20010 WHERE id = ?",
            (card_id,),
        )
        self._connection.execute("COMMIT")
        self.seconds.append(perf_counter() - began)


def answer(
    sitting: ReviewSitting, answers: int, bare: BareCommits, chance: random.Random
) -> tuple[list[float], list[float]]:
    """Answer cards; returns the seconds each grade took, and each next card."""
    grades: list[float] = []
    nexts: list[float] = []
    record_answer = log.record_answer

    def timed(*args: Any, **named: Any) -> log.Graded:
        began = perf_counter()
        graded = record_answer(*args, **named)
        grades.append(perf_counter() - began)
        return graded

    with patch.object(log, "record_answer", timed):
        for _ in range(answers):
            asked = sitting.asked
            assert asked is not None
            rating = chance.choices(RATINGS, HOW_OFTEN)[0]
            began = perf_counter()
            sitting.answer(rating)
            nexts.append(perf_counter() - began - grades[-1])
            bare.commit(asked.card_id)
    return grades, nexts


def measure(path: Path, answers: int, undos: int) -> None:
    """Print what a sitting on the collection takes."""
    chance = random.Random(1)
    bare = BareCommits(path.with_name("bare.db"))
    began = perf_counter()
    collection = Collection.open(path)
    opened = perf_counter()
    sitting = Desk(collection).start()
    first = perf_counter()
    overview = Desk(collection).overview()
    seen = perf_counter()
    print(f"open                {(opened - began) * 1e3:7.1f} ms")
    print(f"queue, first card   {(first - opened) * 1e3:7.1f} ms")
    print(f"overview            {(seen - first) * 1e3:7.1f} ms   ({overview.due} to ask)")

    collection.change_setting("reviews-per-day", str(answers))
    collection.change_setting("new-per-day", "200")
    sitting = Desk(collection).start()
    grades, nexts = answer(sitting, answers, bare, chance)
    undone = []
    for _ in range(undos):
        began = perf_counter()
        assert sitting.undo().startswith("Undone")
        undone.append(perf_counter() - began)
    began = perf_counter()
    sitting.close()
    closed = perf_counter() - began
    collection.close()
    print(f"{answers} answers, {undos} undos; × bare commit at p50 and p99")
    print(f"bare commit         {spread(bare.seconds, bare.seconds)}")
    print(f"grade               {spread(grades, bare.seconds)}")
    print(f"next card           {spread(nexts, bare.seconds)}")
    both = [grade + following for grade, following in zip(grades, nexts, strict=True)]
    print(f"grade and next card {spread(both, bare.seconds)}")
    print(f"undo                {spread(undone, bare.seconds)}")
    print(f"checkpoint at close {closed * 1e3:7.1f} ms")


def measure_due(folder: Path, runs: int) -> None:
    """Print what `srs due` takes as a process, beside an interpreter that does nothing."""
    commands = {"bare": BARE_INTERPRETER, "due": SRS_DUE}
    seconds = by_turns(commands, runs, folder)
    bare, due = seconds["bare"], seconds["due"]
    print(f"srs due             {due * 1e3:7.1f} ms   ×{due / bare:.2f} of python -c pass")


def main() -> None:
    """Make or copy a collection and measure on it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--undos", type=int, default=300)
    parser.add_argument("--runs", type=int, default=15, help="of srs due")
    parser.add_argument(
        "--collection", type=Path, help="one that bench.generate made; it is copied"
    )
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.db"
        if wanted.collection:
            shutil.copyfile(wanted.collection, path)
        else:
            generate(path, wanted.cards, wanted.reviews)
        print(f"on disk             {path.stat().st_size / 1e6:7.1f} MB")
        measure_due(Path(folder), wanted.runs)
        measure(path, wanted.answers, wanted.undos)


if __name__ == "__main__":
    main()
