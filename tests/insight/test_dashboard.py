"""What a person is told: readiness, topics, the next step, balance, calibration, forecast."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.clock import ManualClock

from srs.errors import SrsError
from srs.insight.dashboard import Insight, read_insight
from srs.insight.forecast import days_done, hours_spent, retention_by_age
from srs.insight.logits import OFFSETS
from srs.insight.material import read_material
from srs.insight.topics import TopicInsight
from srs.practice.desk import Desk
from srs.schedule.memory import DEFAULT_WEIGHTS, next_memory, retrievability
from srs.schedule.model import EventKind, Rating
from srs.store.collection import Collection
from srs.store.ingest.run import Options, import_paths
from srs.store.log import record_event

Write = Callable[[str, str], Path]
Study = Callable[..., Collection]


def deck(topic: str, cards: int, side: str = "both") -> str:
    asked = "\n\n".join(f"Q: {topic} {number}?\nA: Answer." for number in range(cards))
    return f"---\ndeck: {topic}\ntopic: {topic}\nside: {side}\n---\n{asked}\n"


@pytest.fixture
def study(
    collection: Collection, clock: ManualClock, folder: Path, take_in: Callable[..., object]
) -> Study:
    """Import a deck a topic and study some days, recalling each topic as often as is said."""

    def run(
        recall: dict[str, float], *, cards: int = 5, days: int = 20, **sides: str
    ) -> Collection:
        for topic in recall:
            name = topic.replace("/", "-") + ".md"
            text = deck(topic, cards, sides.get(topic, "both"))
            (folder / name).write_text(text, encoding="utf-8")
        take_in()
        collection.change_setting("leech-threshold", "99")
        chance = random.Random(5)
        desk = Desk(collection)
        for _ in range(days):
            sitting = desk.start()
            while sitting.asked is not None:
                clock.advance(minutes=0.25)
                right = chance.random() < recall[sitting.asked.topic]
                sitting.answer(Rating.GOOD if right else Rating.AGAIN)
            clock.advance(days=1)
        return collection

    return run


def named(insight: Insight) -> dict[str, TopicInsight]:
    return {topic.topic: topic for topic in insight.topics}


def in_days(collection: Collection, days: int) -> date:
    return date(1970, 1, 1) + timedelta(days=collection.now().study_day + days)


def test_without_cards_nothing_is_known_and_it_says_what_to_do(collection: Collection) -> None:
    found = read_insight(collection)
    assert (found.readiness.estimate, found.topics) == (0, ())
    assert "srs import" in found.instruction
    assert not found.calibration.trusted


def test_cards_never_seen_are_not_answered(study: Study) -> None:
    found = read_insight(study({"serving": 1.0}, days=0))
    assert found.readiness.estimate == found.readiness.high == 0
    assert named(found)["serving"].recall_on is None
    assert found.steps[0].topic == "serving"
    assert found.steps[0].new == 5


def test_recall_on_the_date_is_the_forgetting_curve_moved_by_the_strength(study: Study) -> None:
    collection = study({"serving": 0.9}, cards=1, days=12)
    found = read_insight(collection, in_days(collection, 20))
    with collection.reading_sql() as execute:
        (state,) = execute("SELECT stability, fsrs_day FROM card", {})
    elapsed = collection.now().study_day + 20 - state[1]
    plain = retrievability(state[0], elapsed, DEFAULT_WEIGHTS)
    topic = named(found)["serving"]
    odds = plain / (1 - plain)
    shifted = [odds * 2.718281828**offset for offset in (topic.low, topic.high)]
    assert topic.recall_on is not None
    assert shifted[0] / (1 + shifted[0]) < topic.recall_on < shifted[1] / (1 + shifted[1])
    assert OFFSETS[0] < topic.low < topic.strength < topic.high < OFFSETS[-1]


def test_a_parent_sums_its_children(study: Study) -> None:
    collection = study({"serving/batching": 0.9, "serving/caching": 0.5, "monitoring": 0.9})
    topics = named(read_insight(collection, in_days(collection, 14)))
    parent, children = topics["serving"], (topics["serving/batching"], topics["serving/caching"])
    for quantity in ("cards", "seen", "reviews", "lapses", "leeches"):
        assert getattr(parent, quantity) == sum(getattr(child, quantity) for child in children)
    for quantity in ("weight", "cost", "minutes"):
        total = sum(getattr(child, quantity) for child in children)
        assert getattr(parent, quantity) == pytest.approx(total)
    low, high = sorted(child.recall_on or 0.0 for child in children)
    assert low < (parent.recall_on or 0.0) < high
    assert [week.reviews for week in parent.weeks] == [
        sum(child.weeks[number].reviews for child in children) for number in range(8)
    ]


def test_the_topic_that_is_forgotten_is_weakest_and_comes_first(study: Study) -> None:
    collection = study({"serving": 0.95, "monitoring": 0.55, "resources": 0.97}, cards=8)
    found = read_insight(collection, in_days(collection, 14))
    weakest = named(found)["monitoring"]
    assert found.topics[0] is found.by_cost[0] is weakest
    assert weakest.strength < min(named(found)[name].strength for name in ("serving", "resources"))
    assert weakest.lapses > named(found)["serving"].lapses


def test_ranking_is_by_what_it_costs_at_this_company(study: Study) -> None:
    collection = study({"serving/tail-latency": 0.6, "resources/unit-cost": 0.6})
    on = in_days(collection, 14)
    big, startup = (read_insight(collection, on, name) for name in ("big-tech", "startup"))
    assert named(big)["serving"].weight > named(startup)["serving"].weight
    assert startup.topics[0].topic == "resources"


def test_readiness_falls_with_every_day_without_reviews(study: Study) -> None:
    collection = study({"serving": 0.9, "monitoring": 0.8})
    estimates = [
        read_insight(collection, in_days(collection, days)).readiness for days in (0, 7, 30, 90)
    ]
    assert estimates == sorted(estimates, key=lambda each: -each.estimate)
    assert all(each.low <= each.estimate <= each.high for each in estimates)


def test_recall_within_a_day_of_an_answer_is_that_a_day_after_it(study: Study) -> None:
    collection = study({"serving": 0.9}, cards=1, days=1)
    topic = named(read_insight(collection, in_days(collection, 0)))["serving"]
    assert topic.recall_now == topic.recall_on
    assert topic.recall_now is not None
    assert topic.recall_now < 1


def test_a_step_says_how_many_points_so_many_minutes_gain(study: Study) -> None:
    """One card is the whole interview, so its gain in recall is the gain in readiness."""
    collection = study({"serving": 0.9}, cards=1, days=12)
    found = read_insight(collection, in_days(collection, 14))
    (step,) = found.steps
    with collection.reading_sql() as execute:
        ((*memory, last),) = execute("SELECT stability, difficulty, fsrs_day FROM card", {})
    strength, w = named(found)["serving"].strength, DEFAULT_WEIGHTS
    elapsed = collection.now().study_day - last

    def recalled(stability: float, days: int) -> float:
        plain = retrievability(stability, days, w)
        return 1 / (1 + (1 - plain) / plain * math.exp(-strength))

    right = next_memory((memory[0], memory[1]), 3, elapsed, w)
    wrong = next_memory(next_memory((memory[0], memory[1]), 1, elapsed, w), 3, 0, w)
    now = recalled(memory[0], elapsed)
    gain = now * recalled(right[0], 14) + (1 - now) * recalled(wrong[0], 14)
    assert step.points == pytest.approx(100 * (gain - recalled(memory[0], elapsed + 14)), rel=1e-6)
    assert step.minutes == pytest.approx((1 + (1 - now)) / 4, rel=1e-6)
    assert found.instruction == f"1 minute on serving: +{step.points:.1f} points"


def test_a_step_takes_the_minutes_of_the_persons_pace(study: Study) -> None:
    """Five new cards at 2½ answers of fifteen seconds each are 3.125 minutes."""
    collection = study({"serving": 1.0}, days=20)
    for path in (collection.path.parent.parent / "decks").glob("*.md"):
        text = path.read_text(encoding="utf-8").replace("serving", "monitoring")
        (path.parent / "new.md").write_text(text, encoding="utf-8")
    import_paths(collection, [collection.path.parent.parent / "decks"], Options(None))
    (step,) = (s for s in read_insight(collection).steps if s.topic == "monitoring")
    assert (step.new, step.reviews) == (5, 0)
    assert step.minutes == pytest.approx(3.125, abs=0.01)


def test_a_side_that_lags_is_told_in_a_sentence(study: Study) -> None:
    recall = {"training": 0.95, "serving": 0.55}
    collection = study(recall, days=30, training="modelling", serving="infrastructure")
    found = read_insight(collection, in_days(collection, 14))
    assert (found.balance.sides["modelling"] or 0) > (found.balance.sides["infrastructure"] or 0)
    assert any("questions on infrastructure, but" in remark for remark in found.remarks)


def test_sides_that_are_level_are_passed_over(study: Study) -> None:
    collection = study({"training": 0.9, "serving": 0.9}, training="modelling", serving="both")
    assert read_insight(collection, in_days(collection, 14)).balance.sentences == ()


def test_the_verdict_waits_for_enough_answers_and_then_tells_the_bias(study: Study) -> None:
    few = read_insight(study({"serving": 0.9}, cards=2, days=6)).calibration
    assert not few.trusted
    assert "tell little yet" in few.verdict


def test_a_person_who_forgets_more_than_predicted_is_told(study: Study) -> None:
    calibration = read_insight(study({"serving": 0.6}, cards=20, days=40)).calibration
    assert calibration.whole is not None
    assert calibration.whole.observed < calibration.whole.predicted
    assert calibration.verdict.startswith("You remember less than predicted")
    assert sum(each.reviews for each in calibration.bins) == calibration.reviews
    assert calibration.reviews == calibration.whole.reviews


def test_leeches_count_and_cards_that_the_person_suspended_do_not(study: Study) -> None:
    collection = study({"serving": 0.9}, days=3)
    record_event(collection, 1, EventKind.SUSPEND)
    assert named(read_insight(collection))["serving"].cards == 4
    with collection.writing_sql() as execute:
        execute("UPDATE card SET leech = TRUE WHERE id = 1", {})
    topic = named(read_insight(collection))["serving"]
    assert (topic.cards, topic.leeches) == (5, 1)


def test_a_retired_deck_leaves_readiness_and_its_answers_still_inform(
    study: Study, folder: Path, take_in: Callable[..., object]
) -> None:
    collection = study({"serving": 0.9, "monitoring": 0.9})
    before = named(read_insight(collection))["serving"]
    (folder / "serving.md").unlink()
    take_in(retire=True)
    after = named(read_insight(collection))["serving"]
    assert (after.cards, after.weight, after.reviews) == (0, 0, before.reviews)


def test_the_forecast_counts_every_due_card_once(study: Study) -> None:
    collection = study({"serving": 0.9}, cards=8)
    found = read_insight(collection, in_days(collection, 300))
    with collection.reading_sql() as execute:
        ((due,),) = execute(
            "SELECT COUNT(*) FROM card WHERE state > 0 AND due_day <= :last",
            {"last": collection.now().study_day + 300},
        )
    assert sum(day.due for day in found.forecast) == due
    assert len(found.forecast) == 301
    assert found.forecast[0].study_day == collection.now().study_day


def test_what_was_done_adds_up(study: Study) -> None:
    collection = study({"serving": 0.8}, cards=8, days=30)
    material = read_material(collection)
    done = days_done(material)
    assert sum(day.answers for day in done.values()) == len(material.reviews)
    minutes = sum(day.minutes for day in done.values())
    assert minutes == pytest.approx(hours_spent(material) * 60)
    assert minutes == pytest.approx(len(material.reviews) / 4, rel=0.05)
    ages = retention_by_age(material)
    assert sum(age.reviews for age in ages) == len(material.reviews.tested)
    assert all(age.low <= age.observed <= age.high for age in ages)


def test_a_date_that_is_over_is_refused(collection: Collection) -> None:
    with pytest.raises(SrsError, match="2026-11-01 is over; give a date from 2026-11-24 on"):
        read_insight(collection, date(2026, 11, 1))


def test_the_interviews_date_and_company_hold_unless_others_are_given(
    collection: Collection,
) -> None:
    collection.change_setting("interview-date", "2026-12-15")
    collection.change_setting("company", "startup")
    found = read_insight(collection)
    assert (found.on, found.days_left, found.company) == (date(2026, 12, 15), 21, "startup")
    found = read_insight(collection, date(2026, 12, 1), "big-tech")
    assert (found.on, found.company) == (date(2026, 12, 1), "big-tech")
    collection.change_setting("interview-date", "2026-11-01")
    assert read_insight(collection).on == date(2026, 11, 24)
