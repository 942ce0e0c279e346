"""`srs interview`: the day of the interview, and what it takes to be ready."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import TYPE_CHECKING

from srs.cli.arguments import add_json, parser, positive_count
from srs.cli.output import show, show_json, tell
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.practice.interview import Target

NOT_SET = "No interview is set: srs interview 2026-12-15 sets its day."


def run(argv: list[str]) -> int:
    """Set, show or clear the interview."""
    arguments = _parser().parse_args(argv)
    from srs.practice import interview
    from srs.store.collection import Collection

    day = " ".join(arguments.day) or None
    with Collection.open() as collection:
        if day == "clear":
            interview.clear_target(collection)
            day = None
        if arguments.company is not None:
            from srs.insight.company import find_company

            find_company(arguments.company, collection.path.parent)
        interview.set_target(collection, day, company=arguments.company, minutes=arguments.minutes)
        with collection.reading_sql() as execute:
            target = interview.read_target(execute, collection)
            recall = interview.expected(execute, collection)
    if arguments.json:
        values = {} if target is None else target._asdict()
        chances = {
            "recall_without_reviews": recall and recall.without_reviews,
            "recall_with_plan": recall and recall.with_plan,
        }
        fields = {name: values.get(name) for name in interview.Target._fields}
        show_json({**fields, **chances})
        return 0
    if target is None:
        show(NOT_SET)
        return 0
    show(_headline(target))
    for sentence in interview.sentences(target):
        show(sentence)
    if recall is not None:
        show(
            f"On the day you would know {recall.without_reviews:.0%} of all cards without another "
            f"review, and about {recall.with_plan:.0%} by the plan, on as many days as lately."
        )
    if target.days > 0 and target.minutes_per_day is None:
        tell(
            f"The plan takes up to {counted(target.cards_per_day, 'card')} a day; "
            "srs interview --minutes 20 fits it to your time."
        )
    return 0


def _headline(target: Target) -> str:
    day = date.fromisoformat(target.date)
    named = f"{day:%A} {day.day} {day:%B %Y}"
    company = f" ({target.company})" if target.company else ""
    if target.days > 0:
        return f"Interview on {named}{company}, {counted(target.days, 'day')} from today."
    if target.days == 0:
        return f"Interview today, {named}{company}. Good luck."
    return f"The interview was on {named}{company}; what is due is asked as ever."


def _parser() -> ArgumentParser:
    about = (
        "Set the day of the interview, show what the days until then hold, or clear it. "
        "New cards are then paced so that all are seen in time, and the rest of a day goes to the "
        "cards that a review helps most."
    )
    found = parser("interview", about, "srs interview 2026-12-15 --company big-tech --minutes 20")
    found.add_argument(
        "day",
        nargs="*",
        metavar="DATE|clear",
        help="a date such as 2026-12-15, 15 Dec, tomorrow or in 3 weeks",
    )
    found.add_argument(
        "--company",
        metavar="P",
        help="general, big-tech, startup, high-traffic, or a profile of companies.toml in the "
        "data folder",
    )
    found.add_argument(
        "--minutes", type=positive_count, metavar="M", help="minutes a day the plan may take"
    )
    add_json(found)
    return found
