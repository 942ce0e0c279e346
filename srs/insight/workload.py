"""What a desired retention costs and gives, by simulation on the person's own cards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from srs.schedule.simulation import Course, simulate
from srs.store import planning
from srs.store.collection import Collection

RETENTIONS = (0.80, 0.83, 0.85, 0.87, 0.90, 0.92, 0.95, 0.97)
DAYS = 180
SIMULATED_CARDS = 1_000
RUNS = 2


@dataclass(frozen=True, slots=True)
class Load:
    """What a desired retention comes to over the days ahead.

    `recall` is the mean over the cards seen by the last day. A day takes whatever is due, and as
    many new cards as the settings say.
    """

    desired_retention: float
    minutes_per_day: float
    cards_per_day: float
    recall: float


def workload(collection: Collection) -> list[Load]:
    """Return the load of each retention, the present one too; empty without cards."""
    scheduling, now = collection.settings.scheduling, collection.now()
    with collection.reading_sql() as execute:
        columns, _, total = planning.read_columns(execute, now, SIMULATED_CARDS)
        pace_minutes = planning.read_pace(execute).seen_ms / 60_000
    if not total:
        return []
    share = len(columns.stability) / total
    every = len(columns.stability)
    course = Course(
        DAYS, every, round(scheduling.new_per_day * share), collection.weights, planned=False
    )
    loads = []
    for retention in sorted({*RETENTIONS, scheduling.desired_retention}):
        outcome = simulate(columns, replace(course, desired_retention=retention), runs=RUNS)
        cards = float(outcome.asked.mean()) / DAYS / share
        seen = outcome.recall[outcome.seen]
        recall = float(seen.mean()) if len(seen) else 0.0
        loads.append(Load(retention, cards * pace_minutes, cards, recall))
    return loads
