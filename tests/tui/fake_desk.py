"""A desk without a collection: fixed cards, a clock that moves when a card is answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from srs.deck.model import Kind
from srs.errors import SrsError
from srs.practice.dashboard import Dashboard, Day, NextStep, Ready, Share, TopicRow
from srs.practice.model import (
    Asked,
    Button,
    MissedCard,
    Overview,
    Progress,
    Summary,
    TopicDue,
    TopicResult,
    Waiting,
)
from srs.schedule.model import Rating

if TYPE_CHECKING:
    from srs.practice.desk import Desk

INTERVALS = ("10m", "2d", "6d", "15d")
ANSWER_MS = 12_000


def buttons() -> tuple[Button, Button, Button, Button]:
    again, hard, good, easy = (
        Button(rating, rating.name.capitalize(), interval)
        for rating, interval in zip(Rating, INTERVALS, strict=True)
    )
    return again, hard, good, easy


def card(question: str, answer: str, **other: object) -> Asked:
    """Return a card with the rest of its values filled in; `other` replaces them."""
    asked = Asked(
        card_id=0,
        deck="Serving path",
        topic="serving/batching",
        kind=Kind.BASIC,
        question=question,
        answer=answer,
        hints=(),
        source=None,
        expected=None,
        is_new=False,
        flag=None,
        folder=None,
        file=Path("/decks/serving.md"),
        line=7,
        buttons=buttons(),
    )
    return replace(asked, **other)  # type: ignore[arg-type]


@dataclass
class FakeSitting:
    """A sitting over given cards, each asked once."""

    cards: list[Asked]
    said: list[str] = field(default_factory=list)
    answered: list[tuple[Asked, Rating]] = field(default_factory=list)
    acts: list[tuple[str, Asked]] = field(default_factory=list)
    held_back: list[Asked] = field(default_factory=list)
    notice: str | None = None
    error: str | None = None
    place: tuple[Path, int] | None = None
    closed: bool = False

    @property
    def asked(self) -> Asked | None:
        return self.cards[0] if self.cards else None

    @property
    def waiting(self) -> Waiting:
        return Waiting(1_000, "18:40", len(self.held_back), False)

    def progress(self) -> Progress:
        done = len(self.answered)
        return Progress(done, 0, 0, len(self.cards), done * ANSWER_MS)

    def _take(self) -> Asked:
        if self.error is not None:
            raise SrsError(self.error)
        return self.cards.pop(0)

    def answer(self, rating: Rating) -> str | None:
        asked = self._take()
        self.answered.append((asked, rating))
        self.acts.append((rating.name.capitalize(), asked))
        return self.notice

    def undo(self) -> str:
        if not self.acts:
            return "Nothing to undo in this sitting."
        what, asked = self.acts.pop()
        if self.answered and self.answered[-1][0] is asked:
            self.answered.pop()
        self.cards.insert(0, asked)
        return f"Undone: {what}."

    def suspend(self) -> str:
        self.acts.append(("Suspend", self._take()))
        return "Suspended."

    def bury(self) -> str:
        self.acts.append(("Bury", self._take()))
        return "Buried until tomorrow."

    def flag(self, note: str) -> str:
        self.cards[0] = replace(self.cards[0], flag=note or None)
        return "Flagged." if note else "The flag is off."

    def refresh(self) -> None:
        pass

    def learn_more(self, cards: int) -> None:
        self.cards += self.held_back[:cards]
        del self.held_back[:cards]

    def edit_place(self) -> tuple[Path, int]:
        if self.place is None:
            raise SrsError("serving.md is gone, so it cannot be edited.")
        return self.place

    def take_up_edit(self) -> str:
        self.cards[0] = replace(self.cards[0], question="The question as it reads now.")
        return "The card is up to date."

    def summary(self) -> Summary:
        ratings = Counter(rating for _, rating in self.answered)
        missed = [asked for asked, rating in self.answered if rating is Rating.AGAIN]
        topics = Counter(asked.topic for asked, _ in self.answered)
        wrong = Counter(asked.topic for asked in missed)
        return Summary(
            answered=len(self.answered),
            cards=len(self.answered),
            elapsed_ms=len(self.answered) * ANSWER_MS,
            again=ratings[Rating.AGAIN],
            hard=ratings[Rating.HARD],
            good=ratings[Rating.GOOD],
            easy=ratings[Rating.EASY],
            new=0,
            topics=tuple(TopicResult(t, n, wrong[t]) for t, n in sorted(topics.items())),
            missed=tuple(MissedCard(asked.topic, asked.question, 1) for asked in missed),
            leeches=(),
            next_due_ms=1_000,
            next_due="18:40",
        )

    def close(self) -> None:
        self.closed = True


OVERVIEW = Overview(
    today="Tue 24 Nov",
    new=6,
    learning=1,
    review=17,
    minutes=9,
    topics=(
        TopicDue("features", 2, 0, 4),
        TopicDue("serving/batching", 1, 1, 6),
        TopicDue("monitoring/drift", 0, 0, 5),
        TopicDue("resources", 3, 0, 2),
    ),
    next_due_ms=1_000,
    next_due="18:40",
    new_beyond_limit=12,
    cards=88,
    seen=31,
    answered_today=14,
    streak_days=12,
    week=(True, True, True, True, True, False, False),
    interview_days=21,
    interview_date="2026-12-15",
)
NOTHING_DUE = replace(OVERVIEW, new=0, learning=0, review=0, topics=())
NO_CARDS = replace(
    NOTHING_DUE,
    cards=0,
    seen=0,
    answered_today=0,
    streak_days=0,
    week=(False,) * 7,
    next_due=None,
    next_due_ms=None,
    new_beyond_limit=0,
    interview_days=None,
    interview_date=None,
)


def row(topic: str, now: float, on: float, **other: object) -> TopicRow:
    """Return a row of the dashboard with the rest of its values filled in."""
    made = TopicRow(
        topic=topic,
        name=topic.rpartition("/")[2],
        depth=topic.count("/"),
        is_parent=False,
        answered_now=now,
        answered_on=on,
        recall=f"{100 * now:.0f} → {100 * on:.0f}%",
        planned=None,
        strength=(0.2, 0.4, 0.6),
        small_sample=False,
        trend=(None, 3, 3, 4, 2, 3, 5, 6),
        seen=31,
        cards=88,
        slow=False,
        weakest=False,
    )
    return replace(made, **other)  # type: ignore[arg-type]


KNOWN = Dashboard(
    is_empty=False,
    ready=Ready("61%", "(54–68)", "a big-tech interview on Tue 15 Dec, in 21 days"),
    has_date=True,
    today=date(2026, 11, 24),
    on=date(2026, 12, 15),
    days_left=21,
    company="big-tech",
    companies=("general", "big-tech", "startup", "high-traffic"),
    instruction="20 minutes on serving/tail-latency: +3.1 points",
    steps=(
        NextStep("serving/tail-latency", 20, "3.1 points", learns=False),
        NextStep("monitoring/drift", 15, "1.9 points", learns=True),
    ),
    topics=(
        row("serving/batching", 0.48, 0.41, weakest=True),
        row("features", 0.71, 0.6),
        row("monitoring/drift", 0.63, 0.5),
        row("resources", 0.84, 0.8),
    ),
    as_expected=0.5,
    sides=(Share("modelling", 0.8), Share("infrastructure", 0.4)),
    judgements=(Share("latency and cost", 0.5),),
    remarks=(),
    stories="",
    verdict="The predictions hold for you.",
    trusted=True,
    week=(Day("Tue", 18, 9), Day("Wed", 4, 2), Day("Thu", 0, 0)),
)


@dataclass
class FakeInsights:
    """Readings of a log that is not there."""

    latest: Dashboard

    def dashboard(self) -> Dashboard:
        return self.latest


@dataclass
class FakeDesk:
    """Gives its one sitting to whoever starts; remembers what it was asked for."""

    sitting: FakeSitting = field(default_factory=lambda: FakeSitting([]))
    today: Overview = OVERVIEW
    news: str | None = None
    scopes: list[str | None] = field(default_factory=list)
    preferences: dict[str, str] = field(default_factory=dict)
    data_folder: Path = Path("/nowhere")
    closed: bool = False
    known: Dashboard = KNOWN

    def insights(self) -> FakeInsights:
        return FakeInsights(self.known)

    def overview(self) -> Overview:
        return self.today

    def start(
        self, scope: str | None = None, *, limit: int | None = None, minutes: float | None = None
    ) -> FakeSitting:
        if scope == "nonsense":
            raise SrsError("There is no topic or deck 'nonsense'; srs due lists the topics.")
        self.scopes.append(scope)
        return self.sitting

    def reread(self) -> str | None:
        return self.news

    def set_preference(self, name: str, value: str) -> None:
        self.preferences[name] = value

    def close(self) -> None:
        self.closed = True


def as_desk(fake: FakeDesk) -> Desk:
    """Return a fake where a desk is asked for."""
    return cast("Desk", fake)
