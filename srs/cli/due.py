"""`srs due`: what is due now.

A shell prompt waits for it, so it reads the collection by the light path, and argparse and json
are imported only where they are needed.
"""

from __future__ import annotations

from srs.schedule.clock import Clock, SystemClock
from srs.store import home
from srs.store.due import DueCounts, read_due

NOTHING_TO_ASK = (
    "There is no card to ask: srs in a terminal begins with the bundled decks, "
    "srs import PATH brings your own."
)


def run(argv: list[str]) -> int:
    """Print what is due now."""
    as_json = bool(argv) and _as_json(argv)
    clock = SystemClock()
    counts = read_due(home.collection(), clock)
    if as_json:
        _show_json(counts, clock)
    else:
        print(in_words(counts, clock))
    return 0


def in_words(counts: DueCounts, clock: Clock) -> str:
    """Say what is due now, or when something will be."""
    stories = _stories(counts.stories)
    if counts.total:
        sorts = (
            (counts.review, "review" if counts.review == 1 else "reviews"),
            (counts.learning, "learning"),
            (counts.new, "new"),
        )
        parts = ", ".join(f"{count} {sort}" for count, sort in sorts if count)
        return f"{counts.total} due: {parts}{stories}"
    if counts.next_due_ms is None:
        return NOTHING_TO_ASK
    from srs.practice.phrases import when

    until = when(clock, counts.next_due_ms, counts.rollover_hour).removeprefix("on ")
    return f"Nothing due until {until}{stories}."


def _stories(count: int) -> str:
    if not count:
        return ""
    return f"; {count} {'story' if count == 1 else 'stories'} to rehearse"


def _as_json(argv: list[str]) -> bool:
    if argv == ["--json"]:
        return True
    from srs.cli.arguments import add_json, parser

    about = "Say how many cards are due now, and else when the next one will be."
    arguments = parser("due", about, "srs due --json")
    add_json(arguments)
    return bool(arguments.parse_args(argv).json)


def _show_json(counts: DueCounts, clock: Clock) -> None:
    import json

    from srs.practice.phrases import iso

    topics = [
        {
            "topic": topic.topic,
            "new": topic.new,
            "learning": topic.learning,
            "review": topic.review,
            "total": topic.total,
        }
        for topic in counts.topics
    ]
    shown = {
        "new": counts.new,
        "learning": counts.learning,
        "review": counts.review,
        "total": counts.total,
        "stories": counts.stories,
        "next_due": iso(clock, counts.next_due_ms),
        "topics": topics,
    }
    print(json.dumps(shown, indent=2))
