"""Starting the TUI, and knowing where it cannot run."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from srs.store import home

if TYPE_CHECKING:
    from pathlib import Path

    from srs.practice.desk import Desk
    from srs.tui.opening import WantedMock


def is_terminal() -> bool:
    """Tell whether a person sits at a terminal that can show a screen."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM") != "dumb" and all(stream.isatty() for stream in streams)


def start(
    *,
    straight_to_review: bool = False,
    scope: str | None = None,
    limit: int | None = None,
    minutes: float | None = None,
    focus: bool = False,
    rehearse: bool = False,
    drill: bool = False,
    mock: WantedMock | None = None,
    demo: Path | None = None,
) -> int:
    """Run the TUI until the person leaves it; on the demo in that folder, if one is given."""
    from srs.store.preferences import read_preferences
    from srs.tui.app import SrsApp

    theme, keys = read_preferences(home.collection())
    app = SrsApp(
        _open_desk if demo is None else partial(_open_demo_desk, demo),
        straight_to_review=straight_to_review,
        scope=scope,
        limit=limit,
        minutes=minutes,
        focus=focus,
        rehearse=rehearse,
        drill=drill,
        mock=mock,
        theme=theme,
        keys=keys,
    )
    app.run()
    return app.return_code or 0


def _open_desk() -> Desk:
    # Imported in the TUI's thread, after its first frame: this brings SQLModel and FSRS.
    from srs.practice.desk import open_desk

    return open_desk()


def _open_demo_desk(folder: Path) -> Desk:
    from srs.practice.demo import open_demo_desk

    return open_demo_desk(folder)
