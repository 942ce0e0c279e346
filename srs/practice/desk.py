"""What the faces find when they open the collection: the overview, a sitting, the sources."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from srs.errors import SrsError
from srs.insight.activity import Totals, last_week, streak, totals
from srs.practice import interview
from srs.practice.model import Overview, TopicDue
from srs.practice.phrases import counted, date_of, when
from srs.practice.review import ReviewSitting
from srs.schedule.clock import day_start_ms
from srs.store import activity, due, locations, planning, prompts, queue
from srs.store.collection import Collection

if TYPE_CHECKING:
    from srs.practice.browsing import Browser
    from srs.practice.debrief import Debrief
    from srs.practice.importing import Importing
    from srs.practice.insights import Insights
    from srs.practice.mock import MockInterview
    from srs.practice.repertoire import Repertoire
    from srs.store.ingest.report import ImportReport


@dataclass(frozen=True, slots=True)
class Statistics:
    """Cards by standing, the streak, and totals for each span of days that was asked for."""

    cards: activity.CardCounts
    streak_days: int
    spans: tuple[Totals, ...]


class Desk:
    """An open collection, as the faces use it."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    @property
    def data_folder(self) -> Path:
        """Where the person's data lives."""
        return self.collection.path.parent

    def close(self) -> None:
        """Close the collection."""
        self.collection.close()

    def set_preference(self, name: str, value: str) -> None:
        """Store one setting, such as the theme."""
        self.collection.change_setting(name, value)

    def start(
        self, scope: str | None = None, *, limit: int | None = None, minutes: float | None = None
    ) -> ReviewSitting:
        """Begin a sitting, on a topic or deck or on everything that is due.

        Raises SrsError when no topic or deck has that name.
        """
        found = None
        if scope is not None:
            with self.collection.reading_sql() as execute:
                found = queue.find_scope(execute, scope)
        return ReviewSitting(self.collection, found, limit=limit, minutes=minutes)

    def focus(
        self, scope: str, *, limit: int | None = None, minutes: float | None = None
    ) -> ReviewSitting:
        """Begin a sitting on the weakest cards of a topic or deck.

        Raises SrsError when no topic or deck has that name, or none of its cards was ever asked.
        """
        from srs.practice.focus import FocusSitting

        with self.collection.reading_sql() as execute:
            found = queue.find_scope(execute, scope)
        sitting = FocusSitting(self.collection, found, limit=limit, minutes=minutes)
        if sitting.asked is None:
            raise SrsError(
                f"You have seen no card of {scope} yet, so none is weak; srs review {scope} begins."
            )
        return sitting

    def insights(self) -> Insights:
        """Return what reads the dashboard and the statistics."""
        from srs.practice.insights import Insights

        return Insights(self)

    def browser(self) -> Browser:
        """Return what looks cards up."""
        from srs.practice.browsing import Browser

        return Browser(self.collection)

    def importing(self) -> Importing:
        """Begin to bring files in."""
        from srs.practice.importing import Importing

        return Importing(self.collection)

    def repertoire(self) -> Repertoire:
        """Return what can be rehearsed."""
        # Imported here: only a rehearsal needs to read stories.
        from srs.practice.repertoire import Repertoire

        return Repertoire(self.collection)

    def focus_or_learn(self, scope: str) -> ReviewSitting:
        """Begin a sitting on the weakest cards of a topic; on its new ones when none was asked.

        Raises SrsError when no topic or deck has that name.
        """
        try:
            return self.focus(scope)
        except SrsError:
            return self.start(scope)

    def drill(self, scope: str | None = None, *, limit: int | None = None) -> ReviewSitting:
        """Begin a sitting on the drills of a topic or deck, or on all of them.

        Raises SrsError when no topic or deck has that name, or it has no drill.
        """
        from srs.practice.drilling import DrillSitting

        found = None
        if scope is not None:
            with self.collection.reading_sql() as execute:
                found = queue.find_scope(execute, scope)
        sitting = DrillSitting(self.collection, found, limit=limit)
        if sitting.asked is None:
            where = f"in {scope}" if scope else "in your decks"
            raise SrsError(f"There is no drill {where}; srs drill alone asks all there are.")
        return sitting

    def mock(
        self,
        *,
        minutes: float,
        kind: str = "mixed",
        company: str | None = None,
        resume: bool = False,
    ) -> MockInterview:
        """Begin a mock interview, or go on with the newest one.

        Raises SrsError when there is no such profile, nothing to ask, or none was cut off.
        """
        from srs.practice import mock_beginning, mock_plan

        if resume:
            return mock_beginning.resume(self.collection)
        return mock_beginning.begin(
            self.collection, minutes=minutes, kind=mock_plan.MockKind(kind), company=company
        )

    def last_debrief(self) -> Debrief:
        """Return what the newest mock interview showed. Raises SrsError when there was none."""
        from srs.practice import debrief
        from srs.store import mocks

        with self.collection.reading_sql() as execute:
            newest = mocks.mocks(execute)[:1]
        if not newest:
            raise SrsError("There was no mock interview yet; srs mock begins one.")
        return debrief.of_mock(self.collection, newest[0])

    def reread(self) -> str | None:
        """Take up what changed in the sources, on the first run the bundled decks.

        Returns a sentence when something changed or went wrong.
        """
        # Imported here: until something is imported, nothing needs SQLAlchemy.
        from srs.store import sources

        if sources.is_empty(self.collection):
            report = sources.add_bundled(self.collection)
            found = report.added + report.unchanged
            return f"{counted(found, 'card')} to begin with. Your data lives in {self.data_folder}."
        return _in_words(sources.reread(self.collection))

    def overview(self) -> Overview:
        """Return what the home screen says."""
        collection = self.collection
        settings = collection.settings
        scheduling = settings.scheduling
        now = collection.now()

        def start_of_day(day: int) -> int:
            return day_start_ms(collection.clock, day, scheduling.rollover_hour)

        with collection.reading_sql() as execute:
            day = due.read_day(execute, settings, now)
            counts = activity.card_counts(execute)
            pace = planning.read_pace(execute)
            answered_today = activity.answers_on(execute, now.study_day)
            active = activity.active_days(execute)
            target = interview.read_target(execute, collection)
            stories = prompts.standing(execute, now.study_day)
        shown = due.summarise(day, scheduling, now, start_of_day)
        due_ms = shown.new * pace.new_ms + (shown.learning + shown.review) * pace.seen_ms
        today = date_of(now.study_day)
        return Overview(
            today=f"{today:%a} {today.day} {today:%b}",
            new=shown.new,
            learning=shown.learning,
            review=shown.review,
            minutes=math.ceil(due_ms / 60_000),
            topics=_by_top_level(shown.topics),
            next_due_ms=shown.next_due_ms,
            next_due=(
                None
                if shown.next_due_ms is None
                else when(collection.clock, shown.next_due_ms, scheduling.rollover_hour)
            ),
            new_beyond_limit=day.held_back_new,
            cards=counts.total,
            seen=counts.total - counts.new,
            answered_today=answered_today,
            streak_days=streak(active.__contains__, now.study_day),
            week=last_week(active.__contains__, now.study_day),
            interview_days=None if target is None else target.days,
            interview_date=None if target is None else target.date,
            stories_due=stories.due,
            stories_new=stories.new,
            plan=() if target is None else tuple(interview.sentences(target)),
        )

    def statistics(self, spans: Iterable[int]) -> Statistics:
        """Return how cards stand, and the totals of the last so many study days for each span."""
        today = self.collection.now().study_day
        first_days = [today - span + 1 for span in spans]
        with self.collection.reading_sql() as execute:
            counts = activity.card_counts(execute)
            days = activity.days(execute, min(first_days))
            active = activity.active_days(execute)
        return Statistics(
            counts,
            streak(active.__contains__, today),
            tuple(totals(days, first) for first in first_days),
        )


def open_desk() -> Desk:
    """Open the person's collection. Raises SrsError when that cannot be done."""
    return Desk(Collection.open(locations.collection_file()))


def _by_top_level(topics: Iterable[due.TopicCounts]) -> tuple[TopicDue, ...]:
    """Sum the counts of all topics below each top-level one."""
    counts: dict[str, list[int]] = {}
    for each in topics:
        total = counts.setdefault(each.topic.partition("/")[0], [0, 0, 0])
        for i, count in enumerate((each.new, each.learning, each.review)):
            total[i] += count
    return tuple(TopicDue(topic, *total) for topic, total in sorted(counts.items()))


def _in_words(report: ImportReport) -> str | None:
    from srs.practice.importing import changes_in_words, doubts_in_words

    changes = changes_in_words(report)
    sentences = [f"Your decks changed: {changes}."] if changes else []
    if report.doubtful:
        sentences.append(f"{doubts_in_words(report)}: i and ⏎ show what was decided.")
    for problem in (*report.errors, *report.warnings)[:1]:
        sentences.append(f"{problem.file}:{problem.line}: {problem.message}.")
    if len(report.errors) > 1:
        sentences.append(f"{len(report.errors) - 1} more; srs check tells.")
    return " ".join(sentences) or None
