"""Drills in a sitting: fresh numbers, typed answers, and no schedule moved by practice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import asked, rows

from srs.deck.model import ExpectedNumber
from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.practice.numbers import judge
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.drills import drawn_of

DECK = """
# Memory

## Drill: How many GB does it take?
{users} users with {bytes} bytes each.

```drill
users: {min: 1000000, max: 90000000, step: 1000000}
bytes: [100, 200, 400, 800]
answer: users * bytes / 1e9
unit: GB
tolerance: 5%
```
{users} × {bytes}.

## Drill: How many replicas?
{peak} a second.

```drill
peak: [100, 200, 300]
answer: peak / 10
unit: replicas
```
Divide.

# Other

Q: No drill?
A: No.
"""


@pytest.fixture
def drills(write: Callable[[str, str], Path], take_in: Callable[..., object], desk: Desk) -> Desk:
    write("a.md", DECK)
    take_in()
    return desk


def card_rows(collection: Collection) -> list[tuple[object, ...]]:
    return rows(collection, "SELECT * FROM card ORDER BY id")


def test_a_drill_sitting_asks_only_drills_and_moves_no_card(
    drills: Desk, collection: Collection
) -> None:
    before = card_rows(collection)
    sitting = drills.drill()
    questions = []
    while sitting.asked is not None:
        questions.append(sitting.asked.question)
        assert [button.interval for button in sitting.asked.buttons] == ["–"] * 4
        sitting.answer(Rating.GOOD)
    assert len(questions) == 2
    assert card_rows(collection) == before
    logged = rows(collection, "SELECT kind, scheduled FROM review")
    assert logged == [("drill", 0)] * 2


def test_the_log_has_the_seed_that_draws_the_same_numbers_again(
    drills: Desk, collection: Collection
) -> None:
    from srs.deck.cards import faces
    from srs.store import cards

    sitting = drills.drill("a/memory")
    shown = asked(sitting)
    assert sitting.judge("64 GB").right is not None
    sitting.answer(Rating.HARD)
    ((uid, card_id),) = rows(collection, "SELECT uid, card_id FROM review")
    with collection.reading_sql() as execute:
        drawn = drawn_of(execute, uid)
        card = cards.fetch(execute, card_id)
    assert drawn is not None
    assert card is not None
    assert drawn.typed == "64 GB"
    assert faces(card.note, card.sibling, drawn.seed).question == shown.question


def test_a_wrong_drill_comes_again_with_other_numbers(drills: Desk) -> None:
    sitting = drills.drill()
    first = asked(sitting)
    sitting.answer(Rating.AGAIN)
    sitting.answer(Rating.GOOD)
    again = asked(sitting)
    assert again.card_id == first.card_id
    assert again.seed != first.seed


def test_in_the_ordinary_sitting_a_drill_has_fresh_numbers_and_is_scheduled(
    drills: Desk, collection: Collection, clock: ManualClock
) -> None:
    sitting = drills.start("a/memory")
    first = asked(sitting)
    assert first.number is not None
    sitting.flag("odd")
    assert asked(sitting).question == first.question
    sitting.answer(Rating.EASY)
    assert rows(collection, "SELECT kind, scheduled FROM review") == [("review", 1)]
    sitting.undo()
    assert asked(sitting).seed != first.seed


def test_a_topic_without_drills_is_told_so(drills: Desk) -> None:
    with pytest.raises(SrsError, match="no drill in a/other"):
        drills.drill("a/other")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("458 MB", True),
        ("437 MiB", True),
        ("0.458 GB", True),
        ("0.458", True),
        ("458", False),
        ("0.5 GB", True),
        ("0.6 GB", False),
        ("458 ms", False),
        ("3 GB/s", False),
        ("what", None),
    ],
)
def test_a_number_is_judged_in_its_unit_within_the_tolerance(
    typed: str, right: bool | None
) -> None:
    assert judge(typed, ExpectedNumber(0.458, 0.1, "GB")).right is right


def test_another_kind_of_unit_is_told_kindly() -> None:
    verdict = judge("5 min", ExpectedNumber(64, 0.1, "GB"))
    assert verdict.sentence == "That is a time; the answer is in GB: 64 GB."


@pytest.mark.parametrize(
    ("typed", "unit", "right"),
    [
        ("120", "%", True),
        ("120 %", "%", True),
        ("120 nodes", "replicas", True),
        ("120 replicas", "replicas", True),
        ("120 GB", "replicas", False),
        ("0.12k/s", "/s", True),
        ("120 reads/s", "/s", True),
        ("120 tok/s", "tokens/s", True),
        ("7200/min", "/s", True),
        ("2 min", "s", True),
        ("$120", "$", True),
        ("120 GB", None, True),
        ("0.12k", None, True),
    ],
)
def test_units_of_the_same_kind_are_one(typed: str, unit: str | None, right: bool) -> None:
    assert judge(typed, ExpectedNumber(120, 0.05, unit)).right is right
