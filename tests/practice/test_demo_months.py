"""The demo: months of reviews that are made up, and hold together like real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from support.clock import ManualClock

from srs.errors import SrsError
from srs.insight.dashboard import Insight, read_insight
from srs.practice.demo import DAYS, DemoDesk, make_demo
from srs.store.collection import Collection
from srs.store.doctor import examine

NOW = "2026-11-24T09:00"
LOG = """
SELECT card_id, ms, study_day, rating, duration_ms, predicted, state, due_day, leech
FROM review ORDER BY ms
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with make_demo(tmp_path_factory.mktemp("demo"), clock=ManualClock(NOW)) as made:
        yield made


@pytest.fixture(scope="module")
def insight(demo: Collection) -> Insight:
    return read_insight(demo)


def log(collection: Collection) -> list[tuple[object, ...]]:
    with collection.reading_sql() as execute:
        return [tuple(row) for row in execute(LOG, {})]


def test_every_card_is_as_its_log_says(demo: Collection) -> None:
    diagnosis = examine(demo)
    assert diagnosis.findings == ()
    assert diagnosis.reviews > 2_000


def test_the_same_day_and_seed_give_the_same_months(demo: Collection, tmp_path: Path) -> None:
    with make_demo(tmp_path / "again", clock=ManualClock(NOW)) as again:
        assert log(again) == log(demo)
    with make_demo(tmp_path / "other", clock=ManualClock(NOW), seed=8) as other:
        assert log(other) != log(demo)


def test_the_months_end_yesterday_and_have_gaps(demo: Collection) -> None:
    today = demo.now().study_day
    with demo.reading_sql() as execute:
        days = [day for (day,) in execute("SELECT DISTINCT study_day FROM review", {})]
    assert max(days) == today - 1
    assert min(days) >= today - DAYS
    assert DAYS * 0.7 < len(days) < DAYS * 0.95


def test_a_sitting_takes_as_long_as_a_persons(demo: Collection) -> None:
    with demo.reading_sql() as execute:
        rows = list(execute("SELECT study_day, ms, duration_ms FROM review ORDER BY ms", {}))
    for _, of_day in groupby(rows, key=lambda row: row[0]):
        answers = list(of_day)
        assert answers[-1][1] - answers[0][1] < 2 * 3_600_000
        assert all(after[1] - before[1] >= after[2] for before, after in pairwise(answers))
    minutes = sum(row[2] for row in rows) / 60_000 / DAYS
    assert 3 < minutes < 30


def test_the_learner_is_stronger_in_some_topics_than_in_others(insight: Insight) -> None:
    sure = [topic for topic in insight.topics if not topic.small_sample]
    assert min(topic.high for topic in sure) < 0 < max(topic.low for topic in sure)
    assert insight.whole is not None
    assert 0.7 < insight.whole.coverage < 1
    assert insight.whole.leeches > 0
    assert 0.8 < (insight.calibration.whole.observed if insight.calibration.whole else 0) < 0.95


def test_an_interview_is_three_weeks_away(insight: Insight) -> None:
    assert (insight.on, insight.company) == (date(2026, 12, 15), "big-tech")
    assert 0.5 < insight.readiness.estimate < 0.95
    assert insight.steps


def test_its_desk_says_that_it_is_a_demo(demo: Collection) -> None:
    desk = DemoDesk(demo)
    assert "demo" in (desk.reread() or "")
    overview = desk.overview()
    assert overview.today == "Demo · Tue 24 Nov"
    assert overview.streak_days > 7
    assert overview.review


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    with pytest.raises(SrsError, match="is not empty"):
        make_demo(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.md"]
