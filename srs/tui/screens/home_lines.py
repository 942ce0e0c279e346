"""The lines of the home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from srs.practice.model import Overview
from srs.practice.phrases import counted
from srs.tui.widgets.figures import titled
from srs.tui.words import NEW_AT_A_TIME, at, safe

if TYPE_CHECKING:
    from srs.practice.dashboard import Dashboard

WEEK_BAR = 20


def today(overview: Overview) -> Content:
    """Return the date, the streak and the last seven days."""
    week = Content.assemble(
        *((("▮", "$text-accent") if done else ("▯", "$text-muted")) for done in overview.week)
    )
    streak = f" · day {overview.streak_days} " if overview.streak_days else " "
    return safe(overview.today) + Content(streak) + week


def headline(overview: Overview) -> Content:
    """Return what is due."""
    if not overview.cards:
        return Content("No cards yet.")
    if not overview.due:
        if overview.answered_today:
            return Content("Done for today.")
        return Content("Nothing is due.")
    due = overview.learning + overview.review
    parts = [f"{due} due"] if due else []
    if overview.new:
        parts.append(f"{overview.new} new")
    return Content.assemble(
        (" · ".join(parts), "bold"), (f" · about {counted(overview.minutes, 'minute')}", "")
    )


def advice(overview: Overview) -> Content:
    """Return what to do where nothing is due."""
    if not overview.cards:
        return Content.assemble(
            ("i", "bold $text-accent"),
            " brings your notes in, as does ",
            ("srs import FOLDER", "bold"),
            ".",
        )
    if overview.due:
        return Content("")
    parts = []
    if overview.next_due:
        parts.append(Content(f"The next card comes {at(overview.next_due)}."))
    if overview.new_beyond_limit:
        parts.append(
            Content.assemble(
                f"{counted(overview.new_beyond_limit, 'new card')} beyond today's limit: ",
                ("n", "bold $text-accent"),
                f" learns {min(NEW_AT_A_TIME, overview.new_beyond_limit)} now.",
            )
        )
    return Content("\n").join(parts)


def interview(overview: Overview, known: Dashboard | None) -> Content:
    """Return when the interview is, how ready the person is, what to do, how the plan stands."""
    days = overview.interview_days
    if days is not None and days < 0:
        date = f", {overview.interview_date}" if overview.interview_date else ""
        return Content(f"The interview was {counted(-days, 'day')} ago{date}")
    lines = []
    if days is not None:
        lines.append(_when(overview, known))
    elif known is not None and not known.is_empty:
        lines.append(_ready(known, f" of {known.ready.interview}"))
    if known is not None and not known.is_empty and known.steps:
        first = known.steps[0]
        lines.append(
            Content.assemble(
                f"Tonight: {first.time} on ",
                safe(first.topic),
                f": {first.gain}   ",
                ("w", "bold $text-accent"),
            )
        )
    return Content("\n").join([*lines, *map(safe, overview.plan)])


def _when(overview: Overview, known: Dashboard | None) -> Content:
    if overview.interview_days == 0:
        line = Content("Interview today. Good luck.")
    else:
        days = overview.interview_days
        date = f", {overview.interview_date}" if overview.interview_date else ""
        line = Content(f"Interview {'tomorrow' if days == 1 else f'in {days} days'}{date}")
    if known is None or known.is_empty:
        return line
    company = "" if known.company == "general" else f", {known.company}"
    return line + safe(company) + "   " + _ready(known, "")


def _ready(known: Dashboard, of_what: str) -> Content:
    ready = known.ready
    return Content.assemble(
        (f"{'Ready' if of_what else 'ready'} for {ready.share}", "bold $foreground"),
        f" {ready.interval}",
        safe(of_what).plain if of_what else "",
    )


def week(known: Dashboard) -> Content:
    """Return what falls due day by day."""
    most = max((day.due for day in known.week), default=0)
    if not most:
        return Content("")
    rows = [
        Content.assemble(
            (f"{day.name:<5}", "$text-muted"),
            ("━" * max(bool(day.due), round(WEEK_BAR * day.due / most)), "$accent"),
            f"  {day.due}" if day.due else ("–", "$text-muted"),
            (f" · {day.minutes} min" if day.minutes else "", "$text-muted"),
        )
        for day in known.week
    ]
    return titled("Due this week", rows)


def next_steps(known: Dashboard) -> Content:
    """Return the steps that gain most."""
    rows = [
        Content.assemble(
            (f"{step.minutes:>3} min  ", "$text-muted"), f"{step.gain}  ", safe(step.topic)
        )
        for step in known.steps
    ]
    return titled("What gains most", rows)


def stories(overview: Overview) -> Content:
    """Return how many stories wait to be told."""
    if not overview.stories_due:
        return Content("")
    due = counted(overview.stories_due, "story", "stories")
    return Content.assemble(f"{due} due  ", ("r", "bold $text-accent"), " rehearse")


def standing(overview: Overview) -> Content:
    """Return what was done today and how much has been seen."""
    if not overview.cards:
        return Content("")
    parts = [f"{overview.seen} of {counted(overview.cards, 'card')} seen"]
    if overview.answered_today:
        parts.insert(0, f"{overview.answered_today} answered today")
    return Content(" · ".join(parts))
