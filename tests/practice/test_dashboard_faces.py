"""The sentences, shares and places that the dashboard, topic pages and statistics draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.clock import ManualClock
from support.studied import study

from srs.errors import SrsError
from srs.insight.calibration import calibrate
from srs.insight.dashboard import read_insight
from srs.insight.forecast import days_done
from srs.insight.knowledge import know
from srs.insight.material import read_material
from srs.insight.one_topic import topic_detail
from srs.practice.desk import Desk
from srs.practice.insights import Insights
from srs.practice.model import Asked
from srs.schedule.model import ReviewKind
from srs.store.collection import Collection


@pytest.fixture
def insights(collection: Collection, clock: ManualClock, folder: Path) -> Insights:
    """Return readings of a collection studied for twenty days."""
    return Desk(study(collection, clock, folder)).insights()


def asked(card: Asked | None) -> Asked:
    assert card is not None
    return card


def test_a_parent_sums_its_children_and_stands_before_them(insights: Insights) -> None:
    found = insights.dashboard()
    rows = {row.topic: row for row in found.topics}
    parent, children = rows["serving"], (rows["serving/batching"], rows["serving/tail-latency"])
    assert parent.is_parent
    assert (parent.cards, parent.seen) == (
        sum(child.cards for child in children),
        sum(child.seen for child in children),
    )
    names = [row.topic for row in found.topics]
    assert names.index("serving") < min(names.index(child.topic) for child in children)


def test_the_costliest_top_level_topic_is_the_first_and_the_weakest(insights: Insights) -> None:
    found = insights.dashboard()
    assert [row.topic for row in found.topics if row.weakest] == [found.topics[0].topic]


def test_every_interval_lies_on_the_common_scale(insights: Insights) -> None:
    found = insights.dashboard()
    placed = [row.strength for row in found.topics if row.strength is not None]
    assert placed
    assert all(0 <= low <= middle <= high <= 1 for low, middle, high in placed)


def test_what_is_answered_is_coverage_times_recall(
    insights: Insights, collection: Collection
) -> None:
    row = insights.dashboard().named("serving/tail-latency")
    topic = next(
        each for each in read_insight(collection).topics if each.topic == "serving/tail-latency"
    )
    assert row is not None
    assert row.answered_on == pytest.approx(topic.seen / topic.cards * (topic.recall_on or 0))


def test_the_words_name_the_company_and_the_day(insights: Insights) -> None:
    assert insights.dashboard().ready.interview == "an interview today"
    insights.set_company("big-tech")
    insights.set_date("in 3 weeks")
    found = insights.dashboard()
    assert found.ready.interview == "a big-tech interview on Mon 4 Jan, in 21 days"
    assert (found.has_date, found.days_left) == (True, 21)
    insights.set_date("")
    assert not insights.dashboard().has_date


def test_a_company_that_is_none_is_told_when_it_is_read(insights: Insights) -> None:
    insights.set_company("nowhere")
    with pytest.raises(SrsError, match="There is no company profile 'nowhere'"):
        insights.dashboard()


def test_the_instruction_begins_a_focus_on_its_topic(insights: Insights) -> None:
    first = insights.dashboard().steps[0]
    sitting = insights.take_step()
    assert sitting.kind is (ReviewKind.REVIEW if first.learns else ReviewKind.FOCUS)
    assert asked(sitting.asked).topic == first.topic


def test_a_topic_never_seen_is_learned_where_it_cannot_be_drilled(
    collection: Collection, clock: ManualClock, folder: Path
) -> None:
    desk = Desk(study(collection, clock, folder, {"serving": 1.0}, days=0))
    collection.change_setting("new-per-day", "0")
    insights = desk.insights()
    insights.dashboard()
    assert insights.dashboard().is_empty
    assert asked(insights.study("serving").asked).is_new


def test_without_a_step_it_says_so(desk: Desk) -> None:
    insights = desk.insights()
    insights.dashboard()
    with pytest.raises(SrsError, match="Nothing is known to gain"):
        insights.take_step()


def test_the_curve_falls_from_today_to_the_date_as_the_dashboard_says(insights: Insights) -> None:
    insights.set_date("in 30 days")
    row = insights.dashboard().named("serving")
    page = insights.topic("serving")
    assert row is not None
    assert [page.curve[0].ahead, page.curve[-1].ahead] == [0, 30]
    assert [point.recall for point in page.curve] == sorted(
        (point.recall for point in page.curve), reverse=True
    )
    ends = f"{100 * page.curve[0].recall:.0f} → {100 * page.curve[-1].recall:.0f}%"
    assert ends == row.recall
    assert all(point.low <= point.recall <= point.high for point in page.curve)


def test_the_weakest_cards_come_first_and_belong_to_the_topic(
    insights: Insights, collection: Collection
) -> None:
    insights.dashboard()
    page = insights.topic("serving")
    figures = [int(card.figure[:-1]) for card in page.weakest]
    assert figures == sorted(figures)
    assert all(card.question.startswith("serving/") for card in page.weakest)
    material = read_material(collection)
    detail = topic_detail(material, know(material, material.today), "serving", material.today)
    assert len(detail.weakest) == 10
    assert len({card.card_id for card in detail.weakest}) == 10


def test_cards_answered_slowly_are_named(
    collection: Collection, clock: ManualClock, folder: Path
) -> None:
    recall = {"serving": 1.0, "monitoring": 1.0}
    study(collection, clock, folder, recall, days=60, slow="serving, question 0?")
    insights = Desk(collection).insights()
    insights.dashboard()
    (slow,) = insights.topic("serving").slow
    assert (slow.question, slow.figure) == ("serving, question 0?", "90 s")
    assert insights.topic("monitoring").slow == ()


def test_the_bins_of_all_topics_hold_all_answers(
    insights: Insights, collection: Collection
) -> None:
    insights.dashboard()
    material = read_material(collection)
    whole = calibrate(material, know(material, material.today)).reviews
    tops = [insights.topic(name) for name in ("serving", "monitoring", "resources")]
    assert sum(each.answers for page in tops for each in page.bins) == whole


def test_a_topic_that_is_gone_is_told(insights: Insights) -> None:
    with pytest.raises(SrsError, match="There is no card of nonsense"):
        insights.topic("nonsense")


def test_the_heat_map_has_a_cell_a_day_and_its_levels_follow_the_answers(
    insights: Insights, collection: Collection
) -> None:
    found = insights.statistics()
    done = days_done(read_material(collection))
    for span, days in zip(found.spans, (30, 90, 365), strict=True):
        cells = [cell for row in span.heat.rows for cell in row if cell is not None]
        assert len(cells) == days
        assert sum(cell > 0 for cell in cells) == len(done)
        assert max(cells) == 4
        assert span.heat.key == tuple(sorted(span.heat.key))
        assert len(span.heat.months) == len(span.heat.rows[0])


def test_the_outlook_ends_on_the_day_of_the_interview(insights: Insights) -> None:
    insights.set_date("in 3 weeks")
    assert [len(span.ahead) for span in insights.statistics().spans] == [22, 22, 22]


def test_reading_leaves_the_persons_connection_alone(
    insights: Insights, collection: Collection
) -> None:
    """A grade is given within a transaction; reading meanwhile waits for nothing of it."""
    with collection.writing_sql():
        assert insights.dashboard().topics


def test_without_cards_everything_is_empty(desk: Desk) -> None:
    insights = desk.insights()
    assert insights.dashboard().is_empty
    assert insights.dashboard().topics == ()
    assert insights.statistics().is_empty
