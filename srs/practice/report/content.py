"""What the report says: the insight, the cards likeliest to be forgotten, four stories in cues."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from srs.deck.cards import faces
from srs.deck.model import Kind
from srs.deck.options import STORY_KINDS
from srs.deck.own_stories import beats
from srs.insight.dashboard import Insight, read_insight
from srs.insight.forecast import DayAhead
from srs.insight.forgetting import likeliest_forgotten
from srs.insight.topics import TopicInsight
from srs.practice import interview
from srs.practice.phrases import date_of, wall_time
from srs.practice.repertoire import Repertoire
from srs.store.cards import fetch
from srs.store.collection import Collection

MOST_CARDS = 30
MOST_TOPICS = 12
MOST_COLUMNS = 45


@dataclass(frozen=True, slots=True)
class CardToRead:
    """A card as Markdown, and the recall to expect of it on the date, 0 to 1."""

    topic: str
    question: str
    answer: str
    recall: float


@dataclass(frozen=True, slots=True)
class StoryInCues:
    """A story of one kind: its title and the cues to tell it by, as Markdown.

    Where the person has none of their `own`, it is a prompt with the rubric that a story answers.
    """

    kind: str
    title: str
    cues: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class WeakTopic:
    """A topic as shares of all its cards, 0 to 1: known today, on the date, and its 90% interval.

    `missed` is what it costs on the date, in points of readiness out of 100.
    """

    name: str
    now: float
    then: float
    low: float
    high: float
    seen: int
    cards: int
    tested: int
    few: bool
    leeches: int
    missed: float


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """The cards that fall due on a day, or in some days that begin there, and their minutes."""

    first: date
    due: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page.

    `made_up` says that the reviews are a demo's; `days_a_column` is how many days each of `ahead`
    stands for.
    """

    insight: Insight
    made_up: bool
    written: str
    plan: tuple[str, ...]
    topics: tuple[WeakTopic, ...]
    ahead: tuple[DaysAhead, ...]
    days_a_column: int
    cards: tuple[CardToRead, ...]
    stories: tuple[StoryInCues, ...]


def read_report(
    collection: Collection,
    on: date | None = None,
    company: str | None = None,
    *,
    made_up: bool = False,
) -> Report:
    """Read all that the report says. Raises SrsError as `read_insight` does."""
    insight = read_insight(collection, on, company)
    now = wall_time(collection.clock, collection.clock.now_ms())
    columns = math.ceil(max(1, len(insight.forecast)) / MOST_COLUMNS)
    days = 1 if columns == 1 else 7
    with collection.reading_sql() as execute:
        target = interview.read_target(execute, collection)
        is_target = target is not None and target.date == insight.on.isoformat()
        plan = tuple(interview.sentences(target)) if target is not None and is_target else ()
    return Report(
        insight=insight,
        made_up=made_up,
        written=f"{now:%a} {now.day} {now:%b %Y, %H:%M}",
        plan=plan,
        topics=tuple(map(_weak, _costliest(insight.topics))),
        ahead=tuple(_ahead(insight.forecast, days)),
        days_a_column=days,
        cards=_cards(collection, insight.on),
        stories=_stories(collection),
    )


def _costliest(topics: Sequence[TopicInsight]) -> list[TopicInsight]:
    """Return the topics without topics below them that cost most."""
    above = {topic.topic.rpartition("/")[0] for topic in topics}
    leaves = [topic for topic in topics if topic.topic not in above and topic.cards]
    return sorted(leaves, key=lambda topic: (-topic.cost, topic.topic))[:MOST_TOPICS]


def _weak(topic: TopicInsight) -> WeakTopic:
    def moved(offset: float) -> float:
        if not topic.recall_on:
            return 0.0
        odds = topic.recall_on / max(1e-9, 1 - topic.recall_on) * math.exp(offset - topic.strength)
        return topic.coverage * odds / (1 + odds)

    return WeakTopic(
        name=topic.topic,
        now=topic.coverage * (topic.recall_now or 0.0),
        then=topic.coverage * (topic.recall_on or 0.0),
        low=moved(topic.low),
        high=moved(topic.high),
        seen=topic.seen,
        cards=topic.cards,
        tested=topic.reviews,
        few=topic.small_sample,
        leeches=topic.leeches,
        missed=100 * topic.cost,
    )


def _ahead(forecast: Sequence[DayAhead], days: int) -> Iterable[DaysAhead]:
    for at in range(0, len(forecast), days):
        some = forecast[at : at + days]
        yield DaysAhead(
            date_of(some[0].study_day).date(),
            sum(day.due for day in some),
            sum(day.minutes for day in some),
        )


def _cards(collection: Collection, on: date) -> tuple[CardToRead, ...]:
    found: list[CardToRead] = []
    # Some of them may be stories, which have a place of their own.
    likely = likeliest_forgotten(collection, on, 2 * MOST_CARDS)
    with collection.reading_sql() as execute:
        for each in likely:
            card = fetch(execute, each.card_id)
            if card is not None and card.note.kind is not Kind.STORY:
                shown = faces(card.note, card.sibling)
                found.append(CardToRead(card.topic, shown.question, shown.answer, each.recall))
    return tuple(found[:MOST_CARDS])


def _stories(collection: Collection) -> tuple[StoryInCues, ...]:
    """Return a story of each kind: the person's own, else the rubric of the kind's first prompt.

    Of several of one kind it is the one that answers most prompts.
    """
    repertoire = Repertoire(collection)
    own = [story for story in repertoire.shelf().stories if beats(story)]
    found: dict[str, StoryInCues] = {}
    for story in sorted(own, key=lambda story: -len(story.answers)):
        if story.kind is not None:
            told = StoryInCues(story.kind, story.title, beats(story), own=True)
            found.setdefault(story.kind, told)
    for prompt in repertoire.prompts():
        if prompt.kind is not None:
            rubric = StoryInCues(prompt.kind, prompt.text, prompt.rubric, own=False)
            found.setdefault(prompt.kind, rubric)
    return tuple(found[kind] for kind in STORY_KINDS if kind in found)
