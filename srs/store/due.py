"""What is due now, read without SQLAlchemy, for shell prompts and status bars."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from srs.schedule.clock import Clock, Moment, day_start_ms, moment
from srs.schedule.queue import Candidate
from srs.schedule.settings import SchedulingSettings
from srs.store import planning, prompts, queue, settings, sqlite, versions


class TopicCounts(NamedTuple):
    """The cards due now in one topic."""

    topic: str
    new: int
    learning: int
    review: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


class DueCounts(NamedTuple):
    """The cards a sitting would ask now, under limits and burying, and when more fall due.

    `next_due_ms` is the next instant at which a card comes to be due, None when none will.
    `rollover_hour` is the one the days were told apart by. `stories` are due to be rehearsed: no
    sitting asks them, so that they are not among the others.
    """

    new: int
    learning: int
    review: int
    next_due_ms: int | None
    topics: tuple[TopicCounts, ...]
    rollover_hour: int
    stories: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


NOTHING = DueCounts(0, 0, 0, None, (), SchedulingSettings().rollover_hour)


def read_due(path: sqlite.File, clock: Clock) -> DueCounts:
    """Return what is due in the collection at a path; nothing when there is no collection yet.

    Raises SrsError when the file is damaged, newer than this program or another program's.
    """
    if not os.path.exists(path):  # noqa: PTH110
        return NOTHING
    with sqlite.read_only(path) as connection:

        def execute(statement: str, values: Mapping[str, Any]) -> Iterable[Any]:
            return connection.execute(statement, values)

        names = connection.execute("SELECT name FROM migration").fetchall()
        versions.refuse_newer((name for (name,) in names), path)
        rows = connection.execute("SELECT name, value FROM setting")
        parsed = settings.parse(rows)
        now = moment(clock, parsed.scheduling.rollover_hour)
        counts = count(execute, parsed, now, clock)
        return counts._replace(stories=prompts.standing(execute, now.study_day).due)


def read_day(
    execute: queue.Execute,
    all_settings: settings.Settings,
    now: Moment,
    scope: queue.Scope | None = None,
    *,
    more_new: int = 0,
) -> queue.DayQueue:
    """Read the study day's queue as the settings would have it, planned if a date is set."""
    aim = planning.read_aim(execute, all_settings, now)
    return queue.read(execute, all_settings.scheduling, now, scope, aim, more_new=more_new)


def count(
    execute: queue.Execute, all_settings: settings.Settings, now: Moment, clock: Clock
) -> DueCounts:
    """Count the study day's queue as it stands now."""
    scheduling = all_settings.scheduling
    day = read_day(execute, all_settings, now)
    return summarise(
        day, scheduling, now, lambda later: day_start_ms(clock, later, scheduling.rollover_hour)
    )


def summarise(
    day: queue.DayQueue,
    scheduling: SchedulingSettings,
    now: Moment,
    start_of_day_ms: Callable[[int], int],
) -> DueCounts:
    """Count a queue: learning cards only once they may be asked, by the learn-ahead time."""
    horizon = now.ms + scheduling.learn_ahead_minutes * 60_000
    learning = [card for card in day.chosen.learning if (card.due_ms or 0) <= horizon]
    later = [card.due_ms for card in day.chosen.learning if (card.due_ms or 0) > horizon]
    next_due = [ms for ms in later if ms is not None]
    more_reviews = day.held_back_reviews and scheduling.reviews_per_day
    if more_reviews or (day.held_back_new and scheduling.new_per_day):
        next_due.append(start_of_day_ms(now.study_day + 1))
    if day.next_day is not None:
        next_due.append(start_of_day_ms(day.next_day))
    per_topic: dict[int, list[int]] = {}
    groups: tuple[list[Candidate], ...] = (day.chosen.new, learning, day.chosen.reviews)
    for sort, group in enumerate(groups):
        for card in group:
            per_topic.setdefault(card.topic_id, [0, 0, 0])[sort] += 1
    topics = sorted(
        (TopicCounts(day.topics[topic_id], *counts) for topic_id, counts in per_topic.items()),
        key=lambda counts: counts.topic,
    )
    return DueCounts(
        len(day.chosen.new),
        len(learning),
        len(day.chosen.reviews),
        min(next_due, default=None),
        tuple(topics),
        scheduling.rollover_hour,
    )
