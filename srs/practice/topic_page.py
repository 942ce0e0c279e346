"""What the page of one topic says, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from srs.insight.calibration import Calibrated
from srs.insight.one_topic import TopicDetail
from srs.practice.dashboard import TopicRow, percent
from srs.practice.phrases import date_of
from srs.store import cards
from srs.store.queue import Execute


@dataclass(frozen=True, slots=True)
class CurveDay:
    """A day of the forgetting curve: days from today, its name, recall and its 90% interval."""

    ahead: int
    name: str
    recall: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card by its question, as Markdown, and a figure with what else is to be said of it."""

    question: str
    figure: str
    remark: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like prediction or age: shares from 0 to 1, the observed with its interval."""

    name: str
    answers: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic with all below it. `headline` says how its recall falls until the date."""

    topic: str
    row: TopicRow
    headline: str
    curve: tuple[CurveDay, ...]
    weakest: tuple[CardLine, ...]
    slow: tuple[CardLine, ...]
    bins: tuple[Bin, ...]


def topic_page(execute: Execute, row: TopicRow, detail: TopicDetail) -> TopicPage:
    """Put a topic's detail into words, with the questions of its cards."""
    weakest = [
        _line(execute, each.card_id, f"{percent(each.recall)}%", _lapses(each.lapses, each.leech))
        for each in detail.weakest
    ]
    slow = [
        _line(execute, each.card_id, f"{each.median_ms / 1000:.0f} s", "") for each in detail.slow
    ]
    return TopicPage(
        topic=row.topic,
        row=row,
        headline=_headline(row, detail),
        curve=_curve(detail),
        weakest=tuple(filter(None, weakest)),
        slow=tuple(filter(None, slow)),
        bins=tuple(map(as_bin, detail.bins)),
    )


def as_bin(found: Calibrated) -> Bin:
    """Return calibrated answers as a bin."""
    return Bin(found.name, found.reviews, found.predicted, found.observed, found.low, found.high)


def _line(execute: Execute, card_id: int, figure: str, remark: str) -> CardLine | None:
    card = cards.fetch(execute, card_id)
    return None if card is None else CardLine(card.note.front, figure, remark)


def _lapses(lapses: int, leech: bool) -> str:
    parts = [f"forgotten {lapses}×"] if lapses else []
    return " · ".join([*parts, "leech"] if leech else parts)


def _headline(row: TopicRow, detail: TopicDetail) -> str:
    if not detail.curve:
        return f"None of its {row.cards} cards has been answered yet."
    first, last = detail.curve[0], detail.curve[-1]
    span = f"({percent(last.low)}–{percent(last.high)})"
    if last.study_day == first.study_day:
        return f"You would recall {percent(first.recall)}% {span} of the seen cards today."
    day = date_of(last.study_day)
    by_plan = "" if row.planned is None else f"; by the plan {percent(row.planned)}%"
    return (
        f"You would recall {percent(first.recall)}% of the seen cards today and "
        f"{percent(last.recall)}% {span} on {day:%a} {day.day} {day:%b}, without a review{by_plan}."
    )


def _curve(detail: TopicDetail) -> tuple[CurveDay, ...]:
    if not detail.curve:
        return ()
    today = detail.curve[0].study_day
    return tuple(
        CurveDay(
            point.study_day - today,
            f"{date_of(point.study_day).day} {date_of(point.study_day):%b}",
            point.recall,
            point.low,
            point.high,
        )
        for point in detail.curve
    )
