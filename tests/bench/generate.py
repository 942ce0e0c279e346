"""A collection of any size: `PYTHONPATH=tests python -m bench.generate --out FILE`.

Its history is made up but whole: every card's row is what a replay of its log gives, so that
`srs doctor` is content. About a quarter of the cards are due, one in twenty was never asked.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from srs.deck.cards import card_keys
from srs.deck.codec import encode
from srs.deck.identity import front_hash, text_hash
from srs.deck.model import Kind, Note
from srs.schedule.clock import Clock, SystemClock, day_start_ms
from srs.schedule.leech import becomes_leech
from srs.schedule.memory import (
    DEFAULT_WEIGHTS,
    Memory,
    first_memory,
    next_memory,
    retrievability,
)
from srs.schedule.model import Rating, ReviewKind, State
from srs.schedule.settings import SchedulingSettings
from srs.store import tables
from srs.store.collection import Collection

NEVER_ASKED = 0.05
DUE = 0.24
MOST_OVERDUE_DAYS = 10
LONGEST_DAYS = 150
STEP_MS = 600_000
CHUNK = 20_000
SETTINGS = SchedulingSettings()

TOPICS = tuple(
    f"{area}/{part}"
    for area, parts in {
        "features": ("freshness", "backfill", "joins", "skew", "stores"),
        "serving": ("batching", "caching", "paging", "routing", "quantisation"),
        "monitoring": ("drift", "alerts", "labels", "retraining", "rollback"),
        "resources": ("memory", "bandwidth", "placement", "cost", "capacity"),
    }.items()
    for part in parts
)
NOUNS = """
    request batch replica shard feature label window cache page queue kernel tensor tile layer head
    token prompt model router gateway stream table key row snapshot checkpoint gradient budget quota
    canary alert trace histogram deadline lease partition index embedding
"""
QUALITIES = """
    stale late skewed hot cold shared pinned quantised sparse dense bursty idle throttled replayed
    duplicated missing partial delayed sampled cached evicted preempted
"""
VERBS = """
    waits grows drops retries spills saturates drifts expires splits merges stalls recovers
    overflows lags doubles halves backs-off recomputes evicts warms
"""
SMALL = "the a of when until after before while under per at most each every by more than"
THINGS, LIKE = NOUNS.split(), QUALITIES.split()
PROSE = [*THINGS, *LIKE, *VERBS.split(), *SMALL.split()]


@dataclass(slots=True)
class History:
    """A card's answers, with days counted from its first; `due_day` is where the last one led."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    memory: Memory | None = None
    due_day: int = 0
    interval: int = 0
    lapses: int = 0
    leech: bool = False


def generate(
    path: Path, cards: int, reviews: int, *, seed: int = 1, clock: Clock | None = None
) -> None:
    """Make a collection with so many cards and reviews; the path must not exist yet."""
    chance = random.Random(seed)
    clock = clock or SystemClock()
    with Collection.open(path, clock=clock, chance=chance) as collection:
        today = collection.now().study_day

        @cache
        def morning_ms(day: int) -> int:
            return day_start_ms(clock, day, SETTINGS.rollover_hour)

        card_rows: list[dict[str, Any]] = []
        review_rows: list[dict[str, Any]] = []
        for history in _histories(cards, reviews, chance):
            card_id = len(card_rows) + 1
            _date(history, card_id, today, morning_ms, chance)
            card_rows.append(_card(history, card_id, chance))
            review_rows += history.rows
        review_rows.sort(key=itemgetter("ms"))
        with collection.writing() as connection:
            _insert_notes(connection, card_rows, chance)
            _insert(connection, tables.cards, iter(card_rows))
            shared = {"weights_id": collection.weights_id, "device_id": collection.device_id}
            logged = ({**row, **shared, "uid": chance.randbytes(16)} for row in review_rows)
            _insert(connection, tables.reviews, logged)


def _histories(cards: int, reviews: int, chance: random.Random) -> Iterator[History]:
    """Yield a history a card; their lengths come to about the reviews wanted."""
    left = float(reviews)
    for number in range(cards):
        if chance.random() < NEVER_ASKED:
            yield History()
            continue
        wanted = left / ((cards - number) * (1 - NEVER_ASKED))
        history = _history(max(0, round(chance.gauss(wanted, wanted / 3))), chance)
        left -= len(history.rows)
        yield history


def _history(length: int, chance: random.Random) -> History:
    history = History()
    if length == 0:
        return history
    truth = chance.uniform(0.3, 1.2)  # this person's stability on this card over FSRS's guess
    day = 0
    if length == 1 or chance.random() < 0.2:
        _answer(history, Rating.EASY, day, State.REVIEW, 0)
    else:
        _answer(history, Rating.GOOD, day, State.LEARNING, 0, step=1)
        _answer(history, Rating.GOOD, day, State.REVIEW, 1)
    while len(history.rows) < length and not history.leech:
        day = history.due_day + (chance.randrange(3) if chance.random() < 0.2 else 0)
        assert history.memory is not None
        elapsed = day - history.rows[-1]["fsrs_day"]
        recalled = retrievability(history.memory[0] * truth, elapsed, DEFAULT_WEIGHTS)
        if chance.random() < recalled:
            rating = chance.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (12, 80, 8))[0]
            _answer(history, rating, day, State.REVIEW, 0)
            continue
        history.lapses += 1
        history.leech = becomes_leech(history.lapses, SETTINGS.leech_threshold)
        _answer(history, Rating.AGAIN, day, State.RELEARNING, 0, step=0)
        if not history.leech:
            _answer(history, Rating.GOOD, day, State.REVIEW, 1)
    return history


def _answer(
    history: History, rating: Rating, day: int, state: State, turn: int, step: int | None = None
) -> None:
    """Add an answer; `turn` counts the answers of its day."""
    predicted = None
    if history.memory is None:
        history.memory = first_memory(rating, DEFAULT_WEIGHTS)
    else:
        elapsed = day - history.rows[-1]["fsrs_day"]
        if elapsed:
            predicted = retrievability(history.memory[0], elapsed, DEFAULT_WEIGHTS)
        history.memory = next_memory(history.memory, rating, elapsed, DEFAULT_WEIGHTS)
    if state is State.REVIEW:
        history.interval = min(max(1, round(history.memory[0])), LONGEST_DAYS)
        history.due_day = day + history.interval
    else:
        history.due_day = day
    history.rows.append(
        {
            "ms": turn * STEP_MS,
            "fsrs_day": day,
            "rating": int(rating),
            "kind": ReviewKind.REVIEW.value,
            "scheduled": True,
            "predicted": predicted,
            "state": int(state),
            "step": step,
            "due_day": history.due_day,
            "leech": history.leech,
        }
    )


def _date(
    history: History, card_id: int, today: int, morning_ms: Any, chance: random.Random
) -> None:
    """Move a history from its own days to the calendar's, so that its card is due or not."""
    if not history.rows:
        return
    if chance.random() < DUE or history.interval == 1:
        due = today - chance.randrange(MOST_OVERDUE_DAYS)
    else:
        due = today + chance.randrange(1, max(2, history.interval))
    shift = due - history.interval - history.rows[-1]["fsrs_day"]
    history.due_day += shift
    of_day = 0
    for row in history.rows:
        row["fsrs_day"] += shift
        row["due_day"] += shift
        row["study_day"] = row["fsrs_day"]
        if row["ms"] == 0:
            of_day = chance.randrange(2 * 3_600_000, 16 * 3_600_000)
        row["ms"] += morning_ms(row["study_day"]) + of_day
        row["due_ms"] = None if row["step"] is None else row["ms"] + STEP_MS
        row["duration_ms"] = min(120_000, 1500 + int(chance.expovariate(1 / 9000)))
        row["card_id"] = card_id


def _card(history: History, card_id: int, chance: random.Random) -> dict[str, Any]:
    last = history.rows[-1] if history.rows else {}
    stability, difficulty = history.memory or (None, None)
    return {
        "id": card_id,
        "uid": chance.randbytes(16),
        "note_id": card_id,
        "sibling": "",
        "retired": False,
        "state": last.get("state", int(State.NEW)),
        "step": last.get("step"),
        "stability": stability,
        "difficulty": difficulty,
        "fsrs_day": last.get("fsrs_day"),
        "answered_ms": last.get("ms"),
        "due_day": last.get("due_day"),
        "due_ms": last.get("due_ms"),
        "reps": len(history.rows),
        "lapses": history.lapses,
        "suspended": history.leech,
        "leech": history.leech,
        "revision": len(history.rows),
    }


def _insert_notes(
    connection: Connection, card_rows: list[dict[str, Any]], chance: random.Random
) -> None:
    """Insert a note a card with its deck and topic, and tell the cards their places."""
    for number, topic in enumerate(TOPICS, 1):
        deck = {"id": number, "uid": chance.randbytes(16), "name": topic, "path": f"/{topic}.md"}
        unread = {"digest": b"", "size": 0, "mtime_ns": 0, "skipped": 0}
        connection.execute(tables.decks.insert().values(**deck, **unread))
        connection.execute(tables.topics.insert().values(id=number, path=topic))
    # decks are imported one after the other, so their notes lie together
    place_of = [1 + number * len(TOPICS) // len(card_rows) for number in range(len(card_rows))]

    def rows() -> Iterator[dict[str, Any]]:
        line = 1
        for card, place in zip(card_rows, place_of, strict=True):
            note = made_up_note(card["id"], TOPICS[place - 1], line, chance)
            line += 12
            card |= {"deck_id": place, "topic_id": place, "position": card["id"]}
            (card["sibling"],) = card_keys(note)
            yield {
                "id": card["id"],
                "uid": chance.randbytes(16),
                "deck_id": place,
                "topic_id": place,
                "kind": note.kind.value,
                "front": note.front,
                "back": note.back,
                "details": json.dumps(encode(note), ensure_ascii=False, sort_keys=True),
                "text_hash": text_hash(note),
                "front_hash": front_hash(note),
                "line": line,
            }

    _insert(connection, tables.notes, rows())


def made_up_note(number: int, topic: str, line: int, chance: random.Random) -> Note:
    """Return a note of about 420 characters, with a paragraph and a piece of code."""
    one, two, three = chance.choices(THINGS, k=3)
    front = f"Why does a {chance.choice(LIKE)} {one} of {two} {number} "
    front += f"{chance.choice(('stall', 'cost more', 'drift', 'grow'))} under a {three}?"
    words = " ".join(chance.choices(PROSE, k=32)).capitalize()
    code = (
        f"def {two}_{number}({one}: list[int]) -> list[int]:\n"
        f"    if not {one}:\n"
        f"        raise ValueError({three!r})\n"
        f"    return [each for each in {one} if each > {number % 97}]"
    )
    return Note(Kind.BASIC, front, f"{words}.\n\n```python\n{code}\n```", topic, line)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            connection.execute(table.insert(), chunk)
            chunk = []
    if chunk:
        connection.execute(table.insert(), chunk)


def main() -> None:
    """Make the collection and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    if wanted.out.exists():
        parser.error(f"{wanted.out} exists already")
    began = time.perf_counter()
    generate(wanted.out, wanted.cards, wanted.reviews, seed=wanted.seed)
    taken = time.perf_counter() - began
    print(f"{wanted.out}: {wanted.out.stat().st_size / 1e6:.1f} MB in {taken:.1f} s")


if __name__ == "__main__":
    main()
