"""Everything the dashboard and `srs weak` show, in one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from srs.errors import SrsError
from srs.insight.calibration import Calibration, calibrate
from srs.insight.company import companies, find_company
from srs.insight.forecast import DayAhead, forecast
from srs.insight.knowledge import know
from srs.insight.material import read_material
from srs.insight.next_steps import Step, next_steps
from srs.insight.planned import plan_course, play_out
from srs.insight.readiness import Balance, Estimate, balance, readiness, readiness_planned
from srs.insight.topics import TopicInsight, topic_insights
from srs.store.collection import Collection

EPOCH = date(1970, 1, 1)
WORTH_SAYING = 0.05


@dataclass(frozen=True, slots=True)
class Insight:
    """What the review log says about the interview on the date `on`.

    `topics` is the tree in reading order, at each level the topic that costs most first; `whole`
    sums it. `readiness` is without any review until then, `readiness_planned` with the planned
    ones on `days_studied` of the days, both None where no day is left. `without_cards` is the part
    of the company's interview that no card is about.
    """

    on: date
    days_left: int
    company: str
    companies: tuple[str, ...]
    readiness: Estimate
    readiness_planned: float | None
    days_studied: float | None
    whole: TopicInsight | None
    topics: tuple[TopicInsight, ...]
    steps: tuple[Step, ...]
    balance: Balance
    calibration: Calibration
    forecast: tuple[DayAhead, ...]
    without_cards: float

    @property
    def by_cost(self) -> tuple[TopicInsight, ...]:
        """The topics by what they cost on the day, whatever their level."""
        return tuple(sorted(self.topics, key=lambda topic: (-topic.cost, topic.topic)))

    @property
    def instruction(self) -> str:
        """What to do next, in a line."""
        if self.steps:
            return self.steps[0].sentence
        if self.whole is None or not self.whole.cards:
            return "There are no cards yet: srs begins with its own, srs import PATH adds yours."
        return "Nothing more to gain today: every card has been answered."

    @property
    def by_the_plan(self) -> str | None:
        """What the planned reviews would make of the readiness, and what that takes for granted."""
        if self.readiness_planned is None or self.days_studied is None:
            return None
        days = max(1, round(7 * self.days_studied))
        pace = "every day" if days == 7 else f"{days} day{'s' * (days > 1)} in 7"
        return f"by the plan about {self.readiness_planned:.0%}, studying {pace}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else is to be said: about the balance, what is missing, whether to trust it."""
        found = list(self.balance.sentences)
        if self.without_cards > WORTH_SAYING:
            found.append(
                f"No card is about {self.without_cards:.0%} of what such an interview asks."
            )
        return (*found, self.calibration.verdict)


def read_insight(
    collection: Collection, on: date | None = None, company: str | None = None
) -> Insight:
    """Read a collection and return what follows for a date and a company.

    Without `on` it is the interview's date, or today when none is set or it is over; without
    `company` the one that is set. Raises SrsError when the date is over, the company unknown or
    the collection cannot be read.
    """
    settings = collection.settings
    today = EPOCH + timedelta(days=collection.now().study_day)
    if on is None and settings.interview_date is not None:
        on = max(today, date.fromisoformat(settings.interview_date))
    on = on or today
    if on < today:
        raise SrsError(f"{on.isoformat()} is over; give a date from {today.isoformat()} on.")
    profile = find_company(company or settings.company, collection.path.parent)
    material = read_material(collection)
    day = (on - EPOCH).days
    known = know(material, day)
    cards = dict(zip(material.tree.paths, known.cards.tolist(), strict=True))
    parts = profile.weights(cards)
    weights = np.array([parts[path] for path in material.tree.paths])
    course = plan_course(collection, on)
    planned = None if course is None else play_out(material, known, course)
    whole, topics = _in_reading_order(topic_insights(material, known, weights, planned))
    return Insight(
        on=on,
        days_left=(on - today).days,
        company=profile.name,
        companies=companies(collection.path.parent),
        readiness=readiness(known, weights),
        readiness_planned=None if planned is None else readiness_planned(planned, weights),
        days_studied=None if planned is None else planned.studied,
        whole=whole,
        topics=topics,
        steps=tuple(next_steps(material, known, weights, day)),
        balance=balance(known, weights, material.tree, material.leanings),
        calibration=calibrate(material, known),
        forecast=forecast(material, day),
        without_cards=profile.without_cards(cards),
    )


def _in_reading_order(
    found: Sequence[TopicInsight],
) -> tuple[TopicInsight | None, tuple[TopicInsight, ...]]:
    below: dict[str, list[TopicInsight]] = {}
    whole = None
    for each in found:
        if each.topic:
            below.setdefault(each.topic.rpartition("/")[0], []).append(each)
        else:
            whole = each

    def branch(path: str) -> list[TopicInsight]:
        children = sorted(below.get(path, ()), key=lambda topic: (-topic.cost, topic.topic))
        return [topic for child in children for topic in (child, *branch(child.topic))]

    return whole, tuple(branch(""))
