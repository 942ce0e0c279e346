"""Every key can be bound anew by its name, and the README lists the names."""

from __future__ import annotations

import re
from pathlib import Path

from textual.binding import Binding

from srs.tui.app import SrsApp
from srs.tui.screens import (
    card,
    closing,
    dashboard,
    dashboard_dialogs,
    dashboard_topic,
    debrief,
    dialogs,
    doubts,
    failure,
    find,
    help,  # noqa: A004
    home,
    importing,
    mock,
    prompts,
    rehearsal,
    review,
    statistics,
)
from srs.tui.widgets import decisions, paths, topic_tree, typing


def names() -> set[str]:
    holders = [SrsApp] + [
        value
        for module in (
            card,
            closing,
            debrief,
            dashboard,
            dashboard_dialogs,
            dashboard_topic,
            decisions,
            dialogs,
            doubts,
            failure,
            find,
            help,
            home,
            importing,
            mock,
            paths,
            prompts,
            rehearsal,
            review,
            statistics,
            topic_tree,
            typing,
        )
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]
    bindings = [binding for holder in holders for binding in vars(holder).get("BINDINGS", ()) or ()]
    assert all(isinstance(binding, Binding) and binding.id for binding in bindings)
    return {binding.id for binding in bindings}


def test_the_readme_lists_the_name_of_every_key() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"The names are (.*)\.\n", readme)
    assert listed is not None
    assert set(re.findall(r"`([a-z.-]+)`", listed[1])) == names()
