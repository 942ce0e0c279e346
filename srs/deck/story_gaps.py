"""What a person's own story lacks, judged by its words; English is what the signs are in.

The lines follow the rubric by which a rehearsal is scored: a number, a decision of one's own, a
trade-off, and both sides of the system in every story.
"""

from __future__ import annotations

import re

from srs.deck.model import Problem
from srs.deck.own_stories import SECTIONS, OwnStory, Section
from srs.deck.problems import Problems

# A figure that measures something: no `p99`, no `T4`, no year.
_NUMBER = re.compile(r"(?<![\w.])(?!(?:19|20)\d\d\b(?!\s*[%a-z/]))\d[\d.,]*", re.IGNORECASE)
_DECISION = re.compile(
    r"\b(?:I\s+(?:\w+\s+){0,2}?"
    r"(?:decided|chose|argued|proposed|insisted|refused|rejected|stopped|picked|overruled|"
    r"recommended|called|cut|rolled|turned|pushed|said\s+no)\b|my\s+(?:decision|call|choice)\b)",
    re.IGNORECASE,
)
_TRADE_OFF = re.compile(
    r"\b(?:trade[- ]?offs?|gave\s+up|instead\s+of|rather\s+than|at\s+the\s+(?:cost|price)\s+of|"
    r"in\s+exchange|rejected|in\s+return|sacrificed)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"\b(?:quality|accura\w+|precision|recall|auc|f1|ndcg|mrr|calibrat\w+|log[- ]?loss|"
    r"perplexity|relevance|click[- ]?through|ctr|conversion|false\s+(?:positives?|negatives?)|"
    r"predictions?|error\s+rate|mae|rmse)\b",
    re.IGNORECASE,
)
_SERVING = re.compile(
    r"\b(?:latenc\w+|p50|p9\d+|milliseconds?|ms|costs?|dollars?|budget|gpus?|cpus?|throughput|"
    r"qps|roll[- ]?(?:ed[- ])?out|canary|shadow|deploy\w*|rolled\s+back|roll[- ]?back|launch\w*|"
    r"[$€£])|[$€£]\s*\d",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our|ours|us)\b|\bwe['’]", re.IGNORECASE)
_I = re.compile(r"\b(?:I|my|mine|me)\b|\bI['’]")

MODELLING_KINDS = ("data-integrity", "monitoring")


def gaps(story: OwnStory) -> tuple[Problem, ...]:
    """Return what is missing, by line; every one is a warning, for a draft is a story too."""
    problems = Problems(story.file)
    for name in SECTIONS:
        section = story.section(name)
        if section is None:
            problems.add("story-empty", 1, f"there is no section `## {name}`; write one")
        elif section.is_empty:
            problems.add("story-empty", section.line, f"nothing is written under `{section.name}`")
    told = [section for section in story.sections if not section.is_empty]
    if told:
        _check_words(story, told, problems)
    return problems.in_order()


def _check_words(story: OwnStory, told: list[Section], problems: Problems) -> None:
    text = "\n".join(section.text for section in told)
    if not _NUMBER.search(text):
        problems.add(
            "story-no-number",
            _line(story, "Numbers"),
            "there is no number; say before, after, for how long and for how many",
        )
    if not _DECISION.search(text):
        problems.add(
            "story-no-decision",
            _line(story, "Actions"),
            "no decision of your own; say what I decided, and who saw it otherwise",
        )
    trade_off = story.section("Trade-off")
    if (trade_off is None or trade_off.is_empty) and not _TRADE_OFF.search(text):
        problems.add(
            "story-no-trade-off",
            _line(story, "Trade-off"),
            "no trade-off; name the option you rejected and what the chosen one cost",
        )
    we, own = len(_WE.findall(text)), len(_I.findall(text))
    if we >= 2 and we > 2 * own:
        problems.add(
            "story-we",
            _first(told, _WE),
            f"{we} times `we`, {own} times `I`; say which part was yours",
        )
    if story.kind in ("serving", "trade-off") and not _QUALITY.search(text):
        problems.add(
            "story-no-quality",
            _line(story, "Result"),
            "the effect on the model's quality is missing; say what it did to the predictions",
        )
    if story.kind in (*MODELLING_KINDS, "trade-off") and not _SERVING.search(text):
        problems.add(
            "story-no-serving",
            _line(story, "Result"),
            "latency, cost and roll-out are missing; say what the change did to one of them",
        )


def _line(story: OwnStory, name: str) -> int:
    """Return the line of a section, of the last one where it is missing, else the first line."""
    section = story.section(name) or (story.sections[-1] if story.sections else None)
    return section.line if section else 1


def _first(told: list[Section], sign: re.Pattern[str]) -> int:
    for section in told:
        for number, line in enumerate(section.text.split("\n"), start=1):
            if sign.search(line):
                return section.line + number
    return 1
