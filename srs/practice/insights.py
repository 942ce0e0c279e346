"""Reading what the dashboard, the topics' pages and the statistics say, beside a sitting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from srs.errors import SrsError
from srs.practice import interview
from srs.store.collection import Collection

if TYPE_CHECKING:
    from srs.practice.dashboard import Dashboard
    from srs.practice.desk import Desk
    from srs.practice.review import ReviewSitting
    from srs.practice.statistics_page import StatisticsPage
    from srs.practice.topic_page import TopicPage

NEW_CARDS = 10


class Insights:
    """What the review log says, for the faces.

    Each reading has a connection of its own, so that a grade given meanwhile never waits for it;
    it takes a while on a large collection and belongs in a thread. `latest` is the newest
    dashboard that was read, to be shown until a newer one is there.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.latest: Dashboard | None = None

    def dashboard(self) -> Dashboard:
        """Read the dashboard. Raises SrsError when the collection or a profile is not readable."""
        from srs.insight.dashboard import read_insight
        from srs.practice.dashboard import dashboard

        with self._reading() as collection:
            self.latest = dashboard(
                read_insight(collection),
                has_date=_has_date(collection),
                stories=_stories(self._desk),
            )
        return self.latest

    def topic(self, topic: str) -> TopicPage:
        """Read the page of a topic of the latest dashboard.

        Raises SrsError when it is not there, and as `dashboard` does.
        """
        from srs.insight.dashboard import EPOCH
        from srs.insight.knowledge import know
        from srs.insight.material import read_material
        from srs.insight.one_topic import topic_detail
        from srs.practice.topic_page import topic_page

        latest = self.latest or self.dashboard()
        row = latest.named(topic)
        if row is None:
            raise SrsError(f"There is no card of {topic}; srs due lists the topics.")
        with self._reading() as collection:
            material, day = read_material(collection), (latest.on - EPOCH).days
            detail = topic_detail(material, know(material, day), topic, day)
            with collection.reading_sql() as execute:
                return topic_page(execute, row, detail)

    def statistics(self) -> StatisticsPage:
        """Read the statistics; raises as `dashboard` does."""
        from srs.insight.dashboard import read_insight
        from srs.insight.material import read_material
        from srs.practice.statistics_page import statistics_page

        with self._reading() as collection:
            return statistics_page(read_material(collection), read_insight(collection))

    def begin(self) -> ReviewSitting:
        """Begin a sitting on everything that is due."""
        return self._desk.start()

    def study(self, topic: str, *, minutes: float | None = None) -> ReviewSitting:
        """Begin a sitting on the weakest cards of a topic; on new ones where none was seen.

        Raises SrsError when the topic has no card to ask.
        """
        row = None if self.latest is None else self.latest.named(topic)
        if row is None or row.seen:
            return self._desk.focus(topic, minutes=minutes)
        return self.learn(topic, minutes=minutes)

    def learn(self, topic: str, *, minutes: float | None = None) -> ReviewSitting:
        """Begin a sitting on a topic, with new cards beyond the day's limit where none is due."""
        sitting = self._desk.start(topic, minutes=minutes)
        if sitting.asked is None:
            sitting.learn_more(NEW_CARDS)
        return sitting

    def take_step(self) -> ReviewSitting:
        """Begin the sitting that the instruction asks for.

        Raises SrsError when there is none.
        """
        steps = () if self.latest is None else self.latest.steps
        if not steps:
            raise SrsError("Nothing is known to gain by more study yet; enter at home begins.")
        first = steps[0]
        if first.learns:
            return self.learn(first.topic, minutes=first.minutes)
        return self._desk.focus(first.topic, minutes=first.minutes)

    def set_company(self, name: str) -> None:
        """Take another company's profile. Raises SrsError when it cannot be stored."""
        interview.set_target(self._desk.collection, company=name)

    def set_date(self, day: str) -> None:
        """Set the interview's day, as a person writes it; nothing takes it away.

        Raises SrsError for a day that has passed or is none.
        """
        if day.strip():
            interview.set_target(self._desk.collection, day)
        else:
            interview.clear_target(self._desk.collection)

    @contextmanager
    def _reading(self) -> Iterator[Collection]:
        own = self._desk.collection
        with Collection.open(own.path, clock=own.clock) as collection:
            yield collection


def _stories(desk: Desk) -> str:
    """Say of each kind of story whether the person has one and what it lacks first."""
    from srs.deck.options import STORY_KINDS

    shelf = desk.repertoire().shelf()
    if not shelf.stories:
        return ""
    parts = []
    for kind in STORY_KINDS:
        own = [story for story in shelf.stories if story.kind == kind]
        missing = min((len(shelf.missing_from(story)) for story in own), default=None)
        parts.append(
            f"{kind} " + ("–" if missing is None else f"{missing} missing" if missing else "✓")
        )
    return "  ".join(parts)


def _has_date(collection: Collection) -> bool:
    from srs.store.planning import day_of

    date = collection.settings.interview_date
    return date is not None and day_of(date) >= collection.now().study_day
