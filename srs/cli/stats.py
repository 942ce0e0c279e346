"""`srs stats`: what was done, and how much was remembered."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json
from srs.insight.activity import Totals
from srs.practice.phrases import counted

SPANS = {"today": 1, "7 days": 7, "30 days": 30}


def run(argv: list[str]) -> int:
    """Print the statistics."""
    arguments = _parser().parse_args(argv)
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        found = desk.statistics(SPANS.values())
    finally:
        desk.close()
    spans = dict(zip(SPANS, found.spans, strict=True))
    if arguments.json:
        show_json(
            {
                "cards": asdict(found.cards),
                "streak_days": found.streak_days,
                "spans": [
                    {"days": SPANS[name], **asdict(totals), "recall": totals.recall}
                    for name, totals in spans.items()
                ],
            }
        )
        return 0
    cards = found.cards
    if not cards.total:
        show("There are no cards yet: srs begins with its own, srs import PATH adds yours.")
        return 0
    show(
        f"{counted(cards.total, 'card')}: {cards.new} new, {cards.learning} learning, "
        f"{cards.review} in review; {cards.suspended} suspended, {cards.leeches} leeches, "
        f"{cards.flagged} flagged"
    )
    show(f"Streak: {counted(found.streak_days, 'day')}")
    show()
    show(f"{'':9}{'answers':>9}{'minutes':>9}{'recalled':>10}{'expected':>10}")
    for name, totals in spans.items():
        show(f"{name:9}{totals.answers:9}{totals.minutes:9.0f}{_shares(totals)}")
    show()
    show("Recalled and expected: of answers a day or more after the card's last.")
    return 0


def _shares(totals: Totals) -> str:
    return "".join(
        f"{'–' if share is None else f'{share:.0%}':>10}"
        for share in (totals.recall, totals.expected)
    )


def _parser() -> ArgumentParser:
    about = "Show what you have done, and how much you remembered against what was expected."
    found = parser("stats", about, "srs stats --json")
    add_json(found)
    return found
