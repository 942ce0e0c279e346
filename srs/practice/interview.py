"""The interview: setting its date, and what the days until then hold."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from srs.practice.dates import FURTHEST_DAYS, read_day
from srs.practice.phrases import counted, date_of
from srs.schedule import plan
from srs.store import planning, queue
from srs.store.collection import Collection

# A larger collection's recall is estimated from so many of its cards, evenly chosen.
SIMULATED_CARDS = 2_000


class Target(NamedTuple):
    """The interview as it is set, and how the plan stands; days and cards, none of it simulated.

    `days` is negative once the date has passed. `new_today` is how many new cards today lets all be
    seen in time. `coverage` is the share of cards seen by the date at the present `cards_per_day`;
    `cards_per_day_needed` is what all would take.
    The minutes are None until the person sets how many a day may have; those needed follow from
    their pace. Everything after `minutes_per_day` is 0 when the date is today or has passed.
    """

    date: str
    days: int
    company: str | None
    minutes_per_day: int | None
    cards: int = 0
    unseen: int = 0
    cards_per_day: int = 0
    new_today: int = 0
    coverage: float = 0.0
    cards_per_day_needed: int = 0
    minutes_per_day_needed: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """The mean recall over all cards on the date, an unseen one counting 0.

    `without_reviews` is if nothing more were studied, `with_plan` by simulation of the plan on as
    many days as were lately studied.
    """

    without_reviews: float
    with_plan: float


def set_target(
    collection: Collection,
    day: str | None = None,
    *,
    company: str | None = None,
    minutes: int | None = None,
) -> None:
    """Set the date, as a person writes it, the company's profile, the minutes a day.

    What is None stays as it is. Raises SrsError for a day that has passed or is none.
    """
    wanted = {
        "company": company,
        "minutes-per-day": None if minutes is None else str(minutes),
    }
    if day is not None:
        today = date_of(collection.now().study_day).date()
        wanted["interview-date"] = read_day(day, today).isoformat()
    for name, value in wanted.items():
        if value is not None:
            collection.change_setting(name, value)


def clear_target(collection: Collection) -> None:
    """Take the date away; the ordinary schedule goes on."""
    collection.change_setting("interview-date", None)


def read_target(execute: queue.Execute, collection: Collection) -> Target | None:
    """Return the interview and how the plan stands, None when no date is set."""
    settings, now = collection.settings, collection.now()
    if settings.interview_date is None:
        return None
    days = planning.day_of(settings.interview_date) - now.study_day
    target = Target(settings.interview_date, days, settings.company, settings.minutes_per_day)
    aim = planning.read_aim(execute, settings, now)
    if aim is None:
        return target
    total, unseen = queue.totals(execute)
    needed = plan.cards_per_day_needed(unseen, days)
    return target._replace(
        cards=total,
        unseen=unseen,
        cards_per_day=aim.cards_per_day,
        new_today=plan.new_today(total, unseen, days, aim.cards_per_day),
        coverage=plan.coverage(total, unseen, days, aim.cards_per_day),
        cards_per_day_needed=needed,
        minutes_per_day_needed=math.ceil(needed * planning.read_pace(execute).new_ms / 60_000),
    )


def expected(execute: queue.Execute, collection: Collection) -> Expected | None:
    """Return the recall to expect on the date, None when it cannot be told.

    That is with no date ahead, one too far away to be played out, or no cards.
    """
    from srs.schedule.simulation import simulate

    now = collection.now()
    course = planning.read_course(execute, collection.settings, now)
    columns, topics, total = planning.read_columns(execute, now, SIMULATED_CARDS)
    if course is None or not total or course.days > FURTHEST_DAYS:
        return None
    course = course.of_part(len(columns.stability) / total)
    idle = replace(course, cards_per_day=0)
    return Expected(
        *(float(simulate(columns, each, topics=topics).recall.mean()) for each in (idle, course))
    )


def said(execute: queue.Execute, collection: Collection) -> tuple[str, ...]:
    """Return the sentences about the plan, none when no date is set."""
    target = read_target(execute, collection)
    return () if target is None else tuple(sentences(target))


def sentences(target: Target) -> list[str]:
    """Say how the plan stands, the most pressing first; nothing once the date is here."""
    if target.days <= 0 or not target.cards:
        return []
    parts = []
    if target.coverage < 1:
        parts.append(_too_little(target))
    elif target.unseen:
        parts.append(
            f"{target.unseen} of {counted(target.cards, 'card')} unseen: "
            f"{target.new_today} new today keep you in time."
        )
    if target.days == 1:
        parts.append(_tonight(target))
    elif not target.unseen:
        parts.append("The cards that a review helps most on the day come first, due or not.")
    return parts


def _tonight(target: Target) -> str:
    last_pass = "a short last pass over what you are likeliest to forget"
    if not target.unseen:
        return f"Tonight is {last_pass}."
    if target.unseen >= target.cards_per_day:
        return "Tonight has room for new cards only; f on the dashboard goes over known ones."
    return f"Tonight is for what you have not seen yet, then {last_pass}."


def _too_little(target: Target) -> str:
    day = date.fromisoformat(target.date)
    seen = f"{math.floor(100 * target.coverage)}% of the cards will have been seen by {day.day} "
    if target.minutes_per_day is not None:
        return (
            f"At {counted(target.minutes_per_day, 'minute')} a day {seen}{day:%b}; "
            f"{counted(target.minutes_per_day_needed, 'minute')} would do."
        )
    return (
        f"At {counted(target.cards_per_day, 'card')} a day {seen}{day:%b}; "
        f"{target.cards_per_day_needed} would do."
    )
