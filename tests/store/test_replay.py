"""The replay of all cards at once gives what folding each card's log gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock

from srs.schedule.beginning import Beginning
from srs.schedule.memory import DEFAULT_WEIGHTS, retrievability
from srs.schedule.model import EventKind, State
from srs.store.collection import Collection, insert
from srs.store.doctor import examine
from srs.store.history import histories, history_values
from srs.store.ingest.run import Options, import_paths
from srs.store.replay import read_history, rebuild_memories
from srs.store.review_columns import read_reviews
from srs.store.standings import standings

STEEPER = (*DEFAULT_WEIGHTS[:20], 0.5)
BEGINNINGS = st.builds(
    Beginning,
    day=st.integers(19_000, 19_990),
    due_day=st.integers(20_000, 20_100),
    interval_days=st.integers(0, 400),
    ease=st.none() | st.floats(1.0, 12.0),
    stability=st.none() | st.floats(0.0001, 900.0),
    difficulty=st.none() | st.floats(0.5, 11.0),
)


@dataclass(frozen=True)
class Row:
    """An answer or event: the days and milliseconds since the row before it, 0 at the same one."""

    days: int
    ms: int
    rating: int = 0
    scheduled: bool = True
    kind: EventKind | None = None
    beginning: Beginning | None = None
    voided: bool = False


ANSWERS = st.builds(
    Row,
    days=st.integers(0, 90),
    ms=st.integers(0, 1),
    rating=st.integers(1, 4),
    scheduled=st.sampled_from((True, True, True, False)),
    voided=st.sampled_from((False, False, False, True)),
)
EVENTS = st.builds(
    Row,
    days=st.integers(0, 90),
    ms=st.integers(0, 1),
    kind=st.sampled_from((EventKind.RESET, EventKind.START, EventKind.SUSPEND)),
    beginning=BEGINNINGS,
    voided=st.booleans(),
)
LOGS = st.lists(st.lists(st.one_of(ANSWERS, ANSWERS, EVENTS), max_size=9), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, list[int]]]:
    """Give a collection and the ids of cards that no example has used yet."""
    folder = tmp_path_factory.mktemp("replay")
    deck = folder / "deck.md"
    cards = "\n\n".join(f"Q: Question {number}?\nA: Answer." for number in range(400))
    Path(deck).write_text(f"---\ndeck: D\n---\n\n# t\n\n{cards}\n", encoding="utf-8")
    clock = ManualClock("2026-11-24T09:00")
    with Collection.open(folder / "c.db", clock=clock, chance=random.Random(5)) as collection:
        import_paths(collection, [deck], Options())
        with collection.reading_sql() as execute:
            ids = [id_ for (id_,) in execute("SELECT id FROM card ORDER BY id", {})]
        yield collection, ids


def put(collection: Collection, card_id: int, log: list[Row]) -> None:
    with collection.writing_sql() as execute:
        day, ms = 20_000, 1_728_000_000_000
        for row in log:
            day, ms = day + row.days, ms + row.days * 86_400_000 + row.ms
            shared = {
                "uid": collection.new_uid(),
                "card_id": card_id,
                "ms": ms,
                "study_day": day,
                "device_id": collection.device_id,
            }
            if row.kind is None:
                led_to = {"state": int(State.REVIEW), "due_day": day + 3, "leech": False}
                answer = {"fsrs_day": day, "rating": row.rating, "scheduled": row.scheduled}
                rest = {"duration_ms": 900, "kind": "review", "weights_id": collection.weights_id}
                insert(execute, "review", {**shared, **led_to, **answer, **rest})
            else:
                text = row.beginning.as_text() if row.beginning and row.kind == "start" else ""
                insert(execute, "event", {**shared, "kind": row.kind.value, "text": text})
            if row.voided:
                void = {**shared, "uid": collection.new_uid(), "target": shared["uid"], "text": ""}
                insert(execute, "event", {**void, "kind": EventKind.VOID.value})


@settings(deadline=None, max_examples=80)
@given(logs=LOGS, weights=st.sampled_from((DEFAULT_WEIGHTS, STEEPER)))
def test_starts_resets_and_voids_count_as_in_the_folding_of_a_card(
    unused: tuple[Collection, list[int]], logs: list[list[Row]], weights: tuple[float, ...]
) -> None:
    collection, ids = unused
    for log in logs:
        if ids:
            put(collection, ids.pop(), log)
    reviews = read_reviews(collection)
    with collection.reading_sql() as execute:
        history = read_history(execute, reviews)
        folded = dict(histories(execute, weights))
        told = dict(standings(execute, weights))
    wanted = {id_: found.card for id_, found in folded.items()}
    memories = dict(
        zip(history.cards.tolist(), zip(*history.replayed(weights), strict=True), strict=True)
    )
    for card_id, card in wanted.items():
        if card.stability is None:
            assert card_id not in memories
        else:
            assert memories[card_id] == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        assert told[card_id] == pytest.approx(history_values(folded[card_id]), rel=1e-9)


def test_rebuilding_keeps_a_start_and_the_doctor_agrees(
    unused: tuple[Collection, list[int]],
) -> None:
    collection, ids = unused
    begun, gone = ids.pop(), ids.pop()
    beginning = Beginning(19_990, 20_010, 20, ease=2.1)
    start = Row(0, 0, kind=EventKind.START, beginning=beginning)
    put(collection, begun, [start])
    put(collection, gone, [start, Row(2, 0, rating=3), Row(1, 0, kind=EventKind.RESET)])
    examine(collection, repair=True)
    rebuild_memories(collection, collection.weights)
    assert examine(collection).healthy
    with collection.reading_sql() as execute:
        found = dict(list(execute("SELECT id, stability FROM card", {})))
    assert found[begun] == pytest.approx(20)
    assert found[gone] is None


def test_the_recall_before_each_answer_is_told(unused: tuple[Collection, list[int]]) -> None:
    collection, ids = unused
    card = ids.pop()
    put(collection, card, [Row(0, 0, rating=3), Row(4, 0, rating=3), Row(0, 1, rating=3)])
    reviews = read_reviews(collection)
    with collection.reading_sql() as execute:
        history = read_history(execute, reviews)
    recalls = np.full(len(history.answers), np.nan)
    history.replayed(DEFAULT_WEIGHTS, recalls)
    recall = retrievability(DEFAULT_WEIGHTS[2], 4, DEFAULT_WEIGHTS)
    first, later, same_day = recalls[history.answers.card == card]
    assert np.isnan(first)
    assert later == pytest.approx(recall)
    assert same_day == pytest.approx(1)
