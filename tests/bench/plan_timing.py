"""What a date costs `srs due` and the first card: `PYTHONPATH=tests python -m bench.plan_timing`.

A collection of 100,000 cards, 60,000 of them in review; the queue is read with no date set, far
from one, and in its last days, in turn, so that the ratios are of one run.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from srs.schedule.clock import SystemClock, moment
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.plan import Aim
from srs.store import queue
from srs.store.collection import Collection

CARDS = 100_000
SEEN = 60_000
TOPICS = 40


def fill(collection: Collection, today: int, now_ms: int) -> None:
    """Put the cards in, a note each, by plain SQL."""
    chance = random.Random(5)
    with collection.writing_sql() as execute:
        execute(
            "INSERT INTO deck (uid, path, name, digest, size, mtime_ns, skipped, enabled, retired) "
            "VALUES (randomblob(16), 'd', 'd', x'00', 0, 0, 0, 1, 0)",
            {},
        )
        for topic in range(TOPICS):
            execute("INSERT INTO topic (path) VALUES (:path)", {"path": f"topic/{topic}"})
        for n in range(CARDS):
            values: dict[str, object] = {"n": n + 1, "topic": n % TOPICS + 1}
            execute(
                "INSERT INTO note (uid, deck_id, topic_id, kind, front, back, details, text_hash, "
                "front_hash, line, retired) VALUES (randomblob(16), 1, :topic, 'basic', 'q', 'a', "
                "'{}', x'00', x'00', :n, 0)",
                values,
            )
            seen = n < SEEN
            stability = chance.lognormvariate(2.5, 1.2)
            last = today - chance.randint(1, 60)
            values |= {
                "state": 2 if seen else 0,
                "stability": stability if seen else None,
                "difficulty": chance.uniform(1, 10) if seen else None,
                "last": last if seen else None,
                "ms": now_ms - 86_400_000 if seen else None,
                "due": last + max(1, round(stability)) if seen else None,
            }
            execute(
                "INSERT INTO card (uid, note_id, deck_id, topic_id, sibling, position, retired, "
                "state, stability, difficulty, fsrs_day, answered_ms, due_day, reps, lapses, "
                "suspended, leech, revision) VALUES (randomblob(16), :n, 1, :topic, '', :n, 0, "
                ":state, :stability, :difficulty, :last, :ms, :due, 1, 0, 0, 0, 0)",
                values,
            )


def main() -> None:
    """Print the median times of reading the queue and their ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    clock = SystemClock()
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.open(Path(folder) / "collection.db", clock=clock) as collection,
    ):
        settings = collection.settings.scheduling
        now = moment(clock, settings.rollover_hour)
        fill(collection, now.study_day, now.ms)
        aims = {
            "no date": None,
            "a date far away": Aim(now.study_day + 900, 210, DEFAULT_WEIGHTS),
            "the last days": Aim(now.study_day + 7, 210, DEFAULT_WEIGHTS),
        }
        times: dict[str, list[float]] = {name: [] for name in aims}
        for _ in range(rounds):
            for name, aim in aims.items():
                began = time.perf_counter()
                with collection.reading_sql() as execute:
                    queue.read(execute, settings, now, None, aim)
                times[name].append(time.perf_counter() - began)
    base = statistics.median(times["no date"])
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:16} {1000 * median:7.1f} ms  {median / base:5.2f}×")


if __name__ == "__main__":
    main()
