"""A debrief as lines of text."""

from __future__ import annotations

from srs.cli.output import show
from srs.practice.debrief import Debrief

COMMANDS = {
    "focus": "srs focus {scope}",
    "rehearse": "srs rehearse",
    "drill": "srs drill",
    "mock": "srs mock --kind {scope}",
}


def show_debrief(debrief: Debrief) -> None:
    """Print what a sitting or a mock interview showed."""
    show(debrief.title)
    for name, lines in (
        ("", debrief.sections),
        ("Went well", debrief.went_well),
        ("Cost points", debrief.cost),
    ):
        if lines:
            show()
            if name:
                show(f"{name}:")
            for line in lines:
                show(f"  {line}")
    if debrief.against_last:
        show()
        show(debrief.against_last)
    show()
    show_actions(debrief)


def show_actions(debrief: Debrief) -> None:
    """Print what to do next, each as the command that does it."""
    show("Next:")
    for number, action in enumerate(debrief.actions, 1):
        command = COMMANDS[action.what].format(scope=action.scope)
        show(f"  {number}. {command}: {action.sentence}")
