"""What the dashboard says, ready to be drawn: sentences, shares, places on common scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from srs.insight.company import GENERAL
from srs.insight.dashboard import Insight
from srs.insight.forecast import DayAhead
from srs.insight.next_steps import Step
from srs.insight.readiness import IN_WORDS
from srs.insight.topics import TopicInsight, Week
from srs.practice.phrases import date_of

MOST_STEPS = 4
DAYS_SHOWN = 7
TREND_LEVELS = 8
# A week this much better or worse than expected stands at the end of the sparkline's scale.
TREND_REACH = 0.2
FEWEST_IN_WEEK = 3


@dataclass(frozen=True, slots=True)
class Ready:
    """How ready for which interview: `share` with its 90% interval, and the words around it.

    That is without any review until then; `plan` says what the planned reviews make of it, and is
    empty where they were not played out.
    """

    share: str
    interval: str
    interview: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Some minutes on a topic and what they gain. `learns` says that most of its cards are new."""

    topic: str
    minutes: int
    points: str
    learns: bool

    @property
    def gain(self) -> str:
        """The points as a gain: `+3.1 points`."""
        return self.points if self.points.startswith("under") else f"+{self.points}"

    @property
    def time(self) -> str:
        """The minutes in words."""
        return f"{self.minutes} minute{'' if self.minutes == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of the tree.

    `planned` is the recall on the date of the cards seen by then if the planned reviews are done.
    `answered_now` and `answered_on` are the shares of all its cards that would be answered, today
    and on the date without reviews until then; `recall` says the same of its seen cards.
    `strength` is the mean with its 90% interval as places from 0 to 1 on the scale of all rows
    (low, middle, high), None without tested answers. `trend` has a week a number: 0 much worse
    than expected, 7 much better, None with too few answers.
    """

    topic: str
    name: str
    depth: int
    is_parent: bool
    answered_now: float
    answered_on: float
    recall: str
    planned: float | None
    strength: tuple[float, float, float] | None
    small_sample: bool
    trend: tuple[int | None, ...]
    seen: int
    cards: int
    slow: bool
    weakest: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A named share from 0 to 1, None where no card tells."""

    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day ahead: its name, the cards that fall due, the minutes they take."""

    name: str
    due: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the dashboard.

    `as_expected` is the place of a strength of 0 on the rows' scale. `has_date` tells whether an
    interview lies ahead. `verdict` says whether the figures can be trusted, and `trusted` whether
    they can. `stories` says how the four kinds of own stories stand, empty without any. Without
    answers `is_empty`, and `instruction` says how to begin.
    """

    is_empty: bool
    ready: Ready
    has_date: bool
    today: date
    on: date
    days_left: int
    company: str
    companies: tuple[str, ...]
    instruction: str
    steps: tuple[NextStep, ...]
    topics: tuple[TopicRow, ...]
    as_expected: float
    sides: tuple[Share, ...]
    judgements: tuple[Share, ...]
    remarks: tuple[str, ...]
    stories: str
    verdict: str
    trusted: bool
    week: tuple[Day, ...]

    def named(self, topic: str) -> TopicRow | None:
        """Return the row of a topic."""
        return next((row for row in self.topics if row.topic == topic), None)


def dashboard(found: Insight, *, has_date: bool, stories: str = "") -> Dashboard:
    """Put an insight into words and places."""
    scale = _Scale.of(found.topics)
    living = [topic for topic in found.topics if topic.cards]
    parents = {topic.topic.rpartition("/")[0] for topic in living}
    weakest = max(
        (topic for topic in living if not topic.depth and topic.seen),
        key=lambda topic: topic.cost,
        default=None,
    )
    remarks = found.remarks[:-1]
    return Dashboard(
        is_empty=found.whole is None or not found.whole.seen,
        ready=_ready(found, has_date),
        has_date=has_date,
        today=found.on - timedelta(days=found.days_left),
        on=found.on,
        days_left=found.days_left,
        company=found.company,
        companies=found.companies,
        instruction=found.instruction,
        steps=tuple(_step(step) for step in found.steps[:MOST_STEPS]),
        topics=tuple(
            _row(topic, scale, topic.topic in parents, topic is weakest) for topic in living
        ),
        as_expected=scale.place(0.0),
        sides=_shares(found.balance.sides),
        judgements=_shares(found.balance.judgements),
        remarks=remarks,
        stories=stories,
        verdict=found.calibration.verdict,
        trusted=found.calibration.trusted,
        week=_week(found.forecast),
    )


def percent(share: float | None) -> str:
    """Return a share as a whole number, `–` where it is not known."""
    return "–" if share is None else f"{100 * share:.0f}"


def day_in_words(day: date) -> str:
    """Return a date as people write it: `Tue 15 Dec`."""
    return f"{day:%a} {day.day} {day:%b}"


class _Scale:
    """The logits between the lowest and the highest end of any interval, as places 0 to 1."""

    def __init__(self, low: float, high: float) -> None:
        self._low, self._width = low, max(high - low, 1e-9)

    @classmethod
    def of(cls, topics: Sequence[TopicInsight]) -> _Scale:
        tested = [topic for topic in topics if topic.reviews and topic.cards]
        return cls(
            min([-0.5, *(topic.low for topic in tested)]),
            max([0.5, *(topic.high for topic in tested)]),
        )

    def place(self, logit: float) -> float:
        return (logit - self._low) / self._width


def _ready(found: Insight, has_date: bool) -> Ready:
    ready = found.readiness
    article = "an" if found.company[:1].lower() in "aeio" else "a"
    kind = "an interview" if found.company == GENERAL else f"{article} {found.company} interview"
    if not has_date:
        when = "today"
    elif not found.days_left:
        when = f"today, {day_in_words(found.on)}"
    else:
        days = "tomorrow" if found.days_left == 1 else f"in {found.days_left} days"
        when = f"on {day_in_words(found.on)}, {days}"
    return Ready(
        f"{percent(ready.estimate)}%",
        f"({percent(ready.low)}–{percent(ready.high)})",
        f"{kind} {when}",
        "" if found.by_the_plan is None else f"Without any review until then; {found.by_the_plan}.",
    )


def _step(step: Step) -> NextStep:
    points = f"{step.points:.1f}" if step.points < 9.95 else f"{step.points:.0f}"
    gained = f"{points} points" if points != "0.0" else "under 0.1 points"
    return NextStep(step.topic, max(1, round(step.minutes)), gained, step.new > step.reviews)


def _row(topic: TopicInsight, scale: _Scale, is_parent: bool, weakest: bool) -> TopicRow:
    recall = "–"
    if topic.seen:
        recall = f"{percent(topic.recall_now)} → {percent(topic.recall_on)}%"
    strength = None
    if topic.reviews:
        low, middle, high = (scale.place(x) for x in (topic.low, topic.strength, topic.high))
        strength = (low, middle, high)
    return TopicRow(
        topic=topic.topic,
        name=topic.topic.rpartition("/")[2],
        depth=topic.depth,
        is_parent=is_parent,
        answered_now=topic.coverage * (topic.recall_now or 0.0),
        answered_on=topic.coverage * (topic.recall_on or 0.0),
        recall=recall,
        planned=topic.recall_planned,
        strength=strength,
        small_sample=topic.small_sample,
        trend=tuple(_level(week) for week in topic.weeks),
        seen=topic.seen,
        cards=topic.cards,
        slow=topic.slow,
        weakest=weakest,
    )


def _level(week: Week) -> int | None:
    if week.reviews < FEWEST_IN_WEEK or week.better is None:
        return None
    place = (week.better + TREND_REACH) / (2 * TREND_REACH)
    return min(TREND_LEVELS - 1, max(0, int(place * TREND_LEVELS)))


def _shares(shares: Mapping[str, float | None]) -> tuple[Share, ...]:
    return tuple(Share(IN_WORDS[name], share) for name, share in shares.items())


def _week(forecast: Sequence[DayAhead]) -> tuple[Day, ...]:
    return tuple(
        Day(f"{date_of(day.study_day):%a}", day.due, round(day.minutes))
        for day in forecast[:DAYS_SHOWN]
    )
