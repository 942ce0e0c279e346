"""`srs` where there is no terminal: what is due, and how to go on."""

from __future__ import annotations

from srs.cli.due import in_words
from srs.cli.output import show, tell
from srs.schedule.clock import SystemClock
from srs.store import home
from srs.store.due import read_due


def run(argv: list[str]) -> int:
    """Print what is due and the commands that go on from here."""
    del argv
    clock = SystemClock()
    show(in_words(read_due(home.collection(), clock), clock))
    tell("srs review --plain reviews line by line; srs --help lists the commands.")
    return 0
