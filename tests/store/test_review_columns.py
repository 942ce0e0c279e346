"""The review log as columns, and the memories rebuilt from it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support.clock import ManualClock
from support.looking import answer_all, asked, rows

from srs.practice.desk import Desk
from srs.schedule.model import EventKind, Rating
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.history import histories
from srs.store.log import record_event
from srs.store.replay import rebuild_memories
from srs.store.review_columns import FILE_NAME, TYPES, ReviewColumns, read_reviews

Write = Callable[[str, str], Path]
FOUR = "# t\n\n" + "\n\n".join(f"Q: Question {number}?\nA: Answer." for number in range(4))


@pytest.fixture
def studied(
    desk: Desk, clock: ManualClock, write: Write, take_in: Callable[..., object]
) -> Collection:
    """Study four cards for a month, and come back when all are due."""
    write("a.md", FOUR)
    take_in()
    chance = random.Random(7)
    for _ in range(30):
        sitting = desk.start()
        while sitting.asked is not None:
            sitting.answer(chance.choice((Rating.AGAIN, Rating.GOOD, Rating.GOOD)))
            clock.advance(minutes=1)
        clock.advance(days=1)
    clock.advance(days=60)
    return desk.collection


def same(one: ReviewColumns, other: ReviewColumns) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "predicted")
        for name in TYPES
    )


def fresh(collection: Collection) -> ReviewColumns:
    """Read the columns from the collection alone."""
    (collection.path.parent / FILE_NAME).unlink(missing_ok=True)
    return read_reviews(collection)


def test_an_empty_collection_has_empty_columns(collection: Collection) -> None:
    assert len(read_reviews(collection)) == 0
    assert len(read_reviews(collection).tested) == 0


def test_the_columns_hold_the_log(studied: Collection) -> None:
    columns = read_reviews(studied)
    stored = rows(
        studied,
        "SELECT id, card_id, ms, study_day, fsrs_day, rating, predicted, duration_ms, scheduled "
        "FROM review ORDER BY card_id, ms",
    )
    for number, name in enumerate(TYPES):
        column = [row[number] for row in stored]
        if name == "predicted":
            column = [np.nan if value is None else value for value in column]
        assert getattr(columns, name) == pytest.approx(np.array(column), rel=1e-6, nan_ok=True)


def test_what_came_after_the_file_was_written_is_added(studied: Collection) -> None:
    before = read_reviews(studied)
    sitting = Desk(studied).start()
    sitting.answer(Rating.GOOD)
    added = read_reviews(studied)
    assert len(added) == len(before) + 1
    assert same(added, fresh(studied))


def test_a_voided_answer_leaves_the_columns(studied: Collection) -> None:
    sitting = Desk(studied).start()
    sitting.answer(Rating.GOOD)
    with_it = read_reviews(studied)
    sitting.undo()
    without = read_reviews(studied)
    assert len(without) == len(with_it) - 1
    assert same(without, fresh(studied))


@pytest.mark.parametrize("content", [b"", b"not an array", None])
def test_a_file_that_is_damaged_is_made_anew(studied: Collection, content: bytes | None) -> None:
    whole = read_reviews(studied)
    file = studied.path.parent / FILE_NAME
    file.write_bytes(file.read_bytes()[:-100] if content is None else content)
    assert same(read_reviews(studied), whole)
    size = file.stat().st_size
    assert size > 100


def test_a_backup_put_in_place_is_not_taken_for_the_log_the_file_is_of(
    studied: Collection, clock: ManualClock, tmp_path: Path
) -> None:
    backup = studied.back_up(tmp_path / "backup.db")
    answer_all(Desk(studied).start())
    read_reviews(studied)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(backup, other / "collection.db")
    shutil.copyfile(studied.path.parent / FILE_NAME, other / FILE_NAME)
    path = other / "collection.db"
    with Collection.open(path, clock=clock, chance=random.Random(99)) as restored:
        answer_all(Desk(restored).start(), Rating.EASY)
        assert same(read_reviews(restored), fresh(restored))


def test_only_the_first_predicted_answer_of_a_cards_day_counts(studied: Collection) -> None:
    columns = read_reviews(studied)
    predicted = rows(studied, "SELECT COUNT(predicted) FROM review")[0][0]
    assert len(columns.tested) == predicted > 20
    assert len(columns) > predicted
    doubled = columns.take(np.repeat(np.arange(len(columns)), 2))
    assert len(doubled.tested) == predicted


def test_rebuilding_the_memories_under_the_same_weights_changes_nothing(
    studied: Collection,
) -> None:
    before = rows(studied, "SELECT stability, difficulty FROM card ORDER BY id")
    assert rebuild_memories(studied, studied.weights) == 4
    after = rows(studied, "SELECT stability, difficulty FROM card ORDER BY id")
    assert np.array(after) == pytest.approx(np.array(before), rel=1e-9)
    assert examine(studied).healthy


def test_other_weights_change_memories_as_a_replay_of_each_card_would(studied: Collection) -> None:
    card = asked(Desk(studied).start())
    record_event(studied, card.card_id, EventKind.RESET)
    weights = [*studied.weights]
    weights[8] *= 1.1
    due = rows(studied, "SELECT due_day, state, step FROM card ORDER BY id")
    assert rebuild_memories(studied, weights) == 3
    with studied.reading_sql() as execute:
        wanted = {id_: history.card.stability for id_, history in histories(execute, weights)}
    found = dict(rows(studied, "SELECT id, stability FROM card"))
    assert found[card.card_id] is None
    assert found == pytest.approx(wanted, rel=1e-9)
    assert rows(studied, "SELECT due_day, state, step FROM card ORDER BY id") == due
