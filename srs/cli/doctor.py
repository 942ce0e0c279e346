"""`srs doctor`: prove that the collection is sound."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json
from srs.practice.phrases import counted


def run(argv: list[str]) -> int:
    """Rebuild every card from its log and compare."""
    arguments = _parser().parse_args(argv)
    from srs.store.collection import Collection
    from srs.store.doctor import examine

    with Collection.open() as collection:
        diagnosis = examine(collection, repair=arguments.repair)
    repaired = len(diagnosis.differing) if arguments.repair else 0
    if arguments.json:
        show_json(
            {
                "healthy": diagnosis.healthy,
                "cards": diagnosis.cards,
                "reviews": diagnosis.reviews,
                "events": diagnosis.events,
                "differing": list(diagnosis.differing),
                "repaired": repaired,
                "findings": list(diagnosis.findings),
            }
        )
        return 0 if diagnosis.healthy else 1
    for finding in diagnosis.findings:
        show(finding)
    looked_at = (
        f"{counted(diagnosis.cards, 'card')}, {counted(diagnosis.reviews, 'review')}, "
        f"{counted(diagnosis.events, 'event')}"
    )
    if diagnosis.healthy:
        show(f"Sound: {looked_at}; every card is as its log says.")
        return 0
    show(f"{looked_at}; {counted(len(diagnosis.findings), 'finding')}.")
    if repaired:
        show(f"{counted(repaired, 'card')} rebuilt from the log.")
    return 1


def _parser() -> ArgumentParser:
    about = (
        "Check the file, and rebuild the memory of every card from the review log to compare. "
        "The exit code is 1 when something is wrong."
    )
    found = parser("doctor", about, "srs doctor --json")
    found.add_argument(
        "--repair", action="store_true", help="rebuild the cards that are not as their log says"
    )
    add_json(found)
    return found
