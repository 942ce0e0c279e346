"""`srs weak`: what will be known on the day of the interview, and what costs most there."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING

from srs.cli.arguments import add_json, date_argument, parser
from srs.cli.output import show, show_json
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.insight.dashboard import Insight
    from srs.insight.topics import TopicInsight

TOPIC_KEYS = (
    "topic",
    "cards",
    "seen",
    "reviews",
    "recall_now",
    "recall_on",
    "strength",
    "low",
    "high",
    "recall_planned",
)
STEPS = 3
LEGEND = (
    "The bar is the share of a topic you would answer then. Strength is how much better or worse "
    "than expected you remember it (90% interval, logits); ? marks under 30 tested answers."
)
WIDEST_TEXT = 100
BAR = 10
MARKS = 16
WEEKS = 8
# From how many columns on the table has room for each of these too.
WITH_BAR, WITH_INTERVAL, WITH_PLAN, WITH_TREND, WITH_MARKS = 60, 74, 84, 98, 114
WEEK_SIGNS = "▁▂▃▄▅▆▇█"
FURTHEST_OFF = 0.2
WIDE_LEGEND = (
    "Plan is the recall, with the planned reviews, of the cards seen by then. The trend is "
    "of the last eight weeks, higher where you recalled more than expected; slow topics take you "
    "half as long again as your others."
)
NARROWEST_TOPIC, WIDEST_TOPIC = 10, 40


def run(argv: list[str]) -> int:
    """Print what is weak."""
    arguments = _parser().parse_args(argv)
    from srs.insight.dashboard import read_insight
    from srs.store.collection import Collection

    with Collection.open() as collection:
        found = read_insight(collection, arguments.on, arguments.company)
    if arguments.json:
        topics = [{key: getattr(topic, key) for key in TOPIC_KEYS} for topic in found.by_cost]
        show_json(
            {
                "on": found.on.isoformat(),
                "company": found.company,
                "readiness": asdict(found.readiness),
                "topics": topics,
            }
        )
    else:
        show_weak(found)
    return 0


def show_weak(found: Insight) -> None:
    """Print what is weak as a person reads it."""
    if found.whole is None or not found.whole.seen:
        _show_nothing_yet(found)
    else:
        _show(found, shutil.get_terminal_size().columns)


def _show_nothing_yet(found: Insight) -> None:
    if found.whole is None or not found.whole.cards:
        show("There are no cards yet: srs begins with its own, srs import PATH adds yours.")
        return
    show(
        f"None of {counted(found.whole.cards, 'card')} has been answered yet, so nothing is known "
        "to be weak: srs review begins."
    )


def _show(found: Insight, width: int) -> None:
    ready = found.readiness
    span = f"({100 * ready.low:.0f}–{100 * ready.high:.0f}%)"
    show(fill(f"Ready for {ready.estimate:.0%} {span} of {_interview(found)}", width))
    if found.by_the_plan is not None:
        show(fill(f"That is without any review until then; {found.by_the_plan}.", width))
    show()
    for step in found.steps[:STEPS]:
        show(f"{'Do next' if step is found.steps[0] else '':9}{step.sentence}")
    if not found.steps:
        show(found.instruction)
    show()
    names = ["  " * topic.depth + topic.topic.rpartition("/")[2] for topic in found.topics]
    header = _header(width)
    room = min(WIDEST_TOPIC, max(NARROWEST_TOPIC, width - len(header) - 2))
    longest = min(max(map(len, names), default=0), room)
    show(f"{'topic':{longest}}  {header}")
    for name, topic in zip(names, found.topics, strict=True):
        show(f"{_shortened(name, longest):{longest}}  {_figures(topic, width)}")
    show()
    legends = (LEGEND, WIDE_LEGEND) if width >= WITH_MARKS else (LEGEND,)
    for remark in (*found.remarks, *legends):
        show(fill(remark, min(width, WIDEST_TEXT)))


def _interview(found: Insight) -> str:
    kind = "an interview" if found.company == "general" else f"an interview at {found.company}"
    if not found.days_left:
        return f"{kind} today"
    day = f"{found.on:%a} {found.on.day} {found.on:%b %Y}"
    return f"{kind} on {day}, in {counted(found.days_left, 'day')}"


def _header(width: int) -> str:
    columns = [" " * BAR] if width >= WITH_BAR else []
    columns.append(f"{'now → then':>11}")
    if width >= WITH_INTERVAL:
        columns.append(f"{'strength':13}")
    if width >= WITH_PLAN:
        columns.append("plan")
    if width >= WITH_TREND:
        columns.append(f"{'trend':{WEEKS}}")
    if width >= WITH_MARKS:
        columns.append(f"{'':{MARKS}}")
    return "  ".join([*columns, f"{'seen':>7}", f"{'tested':>6}"])


def _figures(topic: TopicInsight, width: int) -> str:
    columns = []
    if width >= WITH_BAR:
        filled = round(BAR * topic.coverage * (topic.recall_on or 0.0))
        columns.append("▓" * filled + "░" * (BAR - filled))
    then = f"{_percent(topic.recall_now)} → {_percent(topic.recall_on)} %" if topic.seen else "–"
    columns.append(f"{then:>11}")
    if width >= WITH_INTERVAL:
        sign = "?" if topic.small_sample else ""
        columns.append(f"{f'{topic.low:+z.1f} … {topic.high:+z.1f}{sign}':13}")
    if width >= WITH_PLAN:
        columns.append(f"{_percent(topic.recall_planned):>4}")
    if width >= WITH_TREND:
        columns.append("".join(_week_sign(week.better) for week in topic.weeks))
    if width >= WITH_MARKS:
        columns.append(f"{_marks(topic):{MARKS}}")
    return "  ".join([*columns, f"{topic.seen}/{topic.cards}".rjust(7), f"{topic.reviews:>6}"])


def _week_sign(better: float | None) -> str:
    if better is None:
        return "·"
    steps = len(WEEK_SIGNS)
    place = int((better + FURTHEST_OFF) / (2 * FURTHEST_OFF) * steps)
    return WEEK_SIGNS[min(max(place, 0), steps - 1)]


def _marks(topic: TopicInsight) -> str:
    found = ["slow"] if topic.slow else []
    if topic.leeches:
        found.append(counted(topic.leeches, "leech", "leeches"))
    return ", ".join(found)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _shortened(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"


def _parser() -> ArgumentParser:
    about = (
        "Show how much of the interview you would answer on its day without further reviews, and "
        "which topics cost most there. A strength is how much better or worse you remember a topic "
        "than FSRS expects, on the logit scale, with its 90% interval."
    )
    found = parser("weak", about, "srs weak --on 2026-12-15 --company big-tech")
    found.add_argument(
        "--on", type=date_argument, metavar="DATE", help="the day; the interview's if set"
    )
    found.add_argument(
        "--company",
        metavar="P",
        help="general, big-tech, startup, high-traffic, or a profile of companies.toml in the "
        "data folder",
    )
    add_json(found)
    return found
