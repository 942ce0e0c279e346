"""Insight into a large collection: `PYTHONPATH=tests python -m bench.insight`.

It times the dashboard in a process that has read it once, beside a replay of the same reviews
through py-fsrs, which is what the weakness of topics would otherwise rest on; and a rebuilding of
all memories with its reading and writing. With ANKI_PYTHON (a Python that has the `anki` package)
and ANKI_BENCH (a script whose operation `fsrs` turns FSRS on in a collection of as many cards and
reviews), Anki's own recomputation runs by turns with ours. CPU seconds are printed too, since wall
clock on a busy machine says little.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import fsrs
from bench.generate import generate

from srs.insight.dashboard import EPOCH, read_insight
from srs.store.collection import Collection
from srs.store.replay import rebuild_memories
from srs.store.review_columns import FILE_NAME, ReviewColumns, read_reviews

MIDNIGHT = datetime(1970, 1, 1, tzinfo=UTC)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and CPU seconds of some work."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def through_py_fsrs(reviews: ReviewColumns) -> None:
    """Replay every card through py-fsrs and ask for its recall."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, last = fsrs.Card(card_id=1), -1
    columns = (reviews.card.tolist(), reviews.rating.tolist(), reviews.fsrs_day.tolist())
    for id_, rating, day in zip(*columns, strict=True):
        if id_ != last:
            card, last = fsrs.Card(card_id=1), id_
        at = MIDNIGHT + timedelta(days=day)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)


def anki_seconds(cards: int) -> dict[str, float] | None:
    """Return what Anki's recomputations took in a process of its own, None without Anki."""
    python, script = os.environ.get("ANKI_PYTHON"), os.environ.get("ANKI_BENCH")
    if not (python and script):
        return None
    command = [python, script, "fsrs", "--n", str(cards)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(path: Path, cards: int, runs: int) -> None:
    """Print the table."""
    with Collection.open(path) as collection:
        on = EPOCH + timedelta(days=collection.now().study_day + 21)
        _measure_dashboard(collection, on, runs)
        weights = list(collection.weights)
        rebuilds, alone, rivals = [], [], []
        for run in range(runs):
            weights[0] += 0.01
            path.with_name(FILE_NAME).unlink(missing_ok=True)
            rebuilds.append(timed(lambda: rebuild_memories(collection, weights)))
            weights[0] += 0.01
            alone.append(timed(lambda: rebuild_memories(collection, weights)))
            if run < 2 and (rival := anki_seconds(cards)):
                rivals.append(rival)
        rebuild_memories(collection, collection.weights)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _show("memories rebuilt, everything read and written", rebuilds)
    _show("the same with the columns at hand", alone)
    for name in ("enable_all_states_s", "change_params_s"):
        if rivals:
            seconds = median(rival[name] for rival in rivals)
            ratio = seconds / median(wall for wall, _ in rebuilds)
            print(f"{'Anki, ' + name:46} {seconds:7.3f} s   ×{ratio:.1f} of ours from scratch")
    print(f"peak memory {peak:.0f} MB")


def _measure_dashboard(collection: Collection, on: date, runs: int) -> None:
    _show("reviews read for the first time", [timed(lambda: read_reviews(collection))])
    _show("dashboard, first", [timed(lambda: read_insight(collection, on, "big-tech"))])
    dashboards = [timed(lambda: read_insight(collection, on, "big-tech")) for _ in range(runs)]
    _show("dashboard, warm", dashboards)
    reviews = read_reviews(collection)
    replay = timed(lambda: through_py_fsrs(reviews))
    _show(f"replay of {len(reviews):,} reviews by py-fsrs", [replay])
    wall, cpu = (median(each) for each in zip(*dashboards, strict=True))
    print(f"the dashboard is ×{replay[0] / wall:.0f} (CPU ×{replay[1] / cpu:.0f}) as fast")


def _show(name: str, runs: list[tuple[float, float]]) -> None:
    walls, cpus = zip(*runs, strict=True)
    print(
        f"{name:46} {median(walls):7.3f} s   best {min(walls):7.3f}   CPU {median(cpus):7.3f}",
        flush=True,
    )


def main() -> None:
    """Make a collection, or copy one, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--db", type=Path, help="a collection that bench.generate made; it is kept")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.db"
        if wanted.db:
            shutil.copyfile(wanted.db, path)
        else:
            generate(path, wanted.cards, wanted.reviews)
        measure(path, wanted.cards, wanted.runs)


if __name__ == "__main__":
    main()
