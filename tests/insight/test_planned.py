"""What the planned reviews make of each topic."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.looking import answer_all

from srs.insight.dashboard import Insight, read_insight
from srs.insight.topics import TopicInsight
from srs.practice import interview
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection

Write = Callable[[str, str], Path]


def deck(topic: str, cards: int) -> str:
    return f"# {topic}\n\n" + "\n\n".join(f"Q: {topic} {n}?\nA: b." for n in range(cards))


@pytest.fixture
def studied(
    desk: Desk, clock: ManualClock, write: Write, take_in: Callable[..., object]
) -> Collection:
    """Study one topic for ten days; a second waits."""
    write("a.md", deck("known", 20))
    take_in()
    chance = random.Random(2)
    for _ in range(10):
        sitting = desk.start()
        while sitting.asked is not None:
            sitting.answer(Rating.GOOD if chance.random() < 0.9 else Rating.AGAIN)
            clock.advance(minutes=1)
        clock.advance(days=1)
    write("b.md", deck("unknown", 20))
    take_in()
    return desk.collection


def ahead(collection: Collection, days: int) -> Insight:
    today = date(1970, 1, 1) + timedelta(days=collection.now().study_day)
    return read_insight(collection, today + timedelta(days=days))


def topics(found: Insight) -> dict[str, TopicInsight]:
    return {topic.topic.rpartition("/")[2]: topic for topic in found.topics}


def test_the_plan_raises_recall_and_sees_what_is_unseen(studied: Collection) -> None:
    found = ahead(studied, 30)
    known, unknown = topics(found)["known"], topics(found)["unknown"]
    assert known.recall_on is not None
    assert known.recall_planned is not None
    assert known.recall_planned > known.recall_on + 0.02
    assert unknown.recall_on is None
    assert unknown.coverage == 0
    assert unknown.coverage_planned == 1
    assert found.readiness_planned is not None
    assert found.readiness_planned > found.readiness.estimate + 0.2


def test_the_plan_is_played_out_on_as_many_days_as_were_studied_lately(
    studied: Collection, clock: ManualClock
) -> None:
    every_day = ahead(studied, 8)
    assert every_day.by_the_plan is not None
    assert every_day.by_the_plan.endswith("%, studying every day")
    clock.advance(days=10)  # ten days of twenty now
    found = ahead(studied, 8)
    assert found.by_the_plan is not None
    assert found.by_the_plan.endswith("%, studying 4 days in 7")
    assert found.days_studied == pytest.approx(10 / 20)


def test_without_room_the_plan_changes_nothing(studied: Collection) -> None:
    studied.change_setting("new-per-day", "0")
    studied.change_setting("reviews-per-day", "0")
    known = topics(ahead(studied, 30))["known"]
    assert known.recall_planned == pytest.approx(known.recall_on, abs=0.01)
    assert known.coverage_planned == known.coverage


def test_it_agrees_with_what_the_interview_tells(studied: Collection) -> None:
    interview.set_target(studied, "in 30 days")
    with studied.reading_sql() as execute:
        told = interview.expected(execute, studied)
    whole = read_insight(studied).whole
    assert told is not None
    assert whole is not None
    assert whole.recall_planned is not None
    assert whole.coverage_planned is not None
    # the interview does not know the strengths of topics
    assert whole.recall_planned * whole.coverage_planned == pytest.approx(told.with_plan, abs=0.06)


@pytest.mark.parametrize("days", [0, 400])
def test_without_a_day_or_beyond_a_year_there_is_no_plan(studied: Collection, days: int) -> None:
    found = ahead(studied, days)
    assert found.readiness_planned is None
    assert {topic.recall_planned for topic in found.topics} == {None}


STORY = """# stories

## Story: p99 doubled after a model change.
<!-- kind: serving · minutes: 3 -->
- [ ] Situation with scale
- [ ] Numbers before and after

# serving

Q: What?
A: That.
"""


def test_stories_are_told_not_recalled(
    desk: Desk, write: Write, take_in: Callable[..., object]
) -> None:
    write("s.md", STORY)
    take_in()
    answer_all(desk.start(), Rating.EASY)
    found = ahead(desk.collection, 5)
    assert found.whole is not None
    assert found.whole.cards == found.whole.seen == 1
