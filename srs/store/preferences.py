"""The settings the TUI needs before its first frame, read without SQLAlchemy."""

from __future__ import annotations

import os

from srs.errors import SrsError
from srs.store import settings, sqlite


def read_preferences(path: sqlite.File) -> tuple[str | None, dict[str, str]]:
    """Return the theme and the keys by binding id; defaults where the collection has none.

    A collection that cannot be read gives the defaults too: opening it says what is wrong.
    """
    if not os.path.exists(path):  # noqa: PTH110
        return None, {}
    try:
        with sqlite.read_only(path) as connection:
            rows = connection.execute("SELECT name, value FROM setting").fetchall()
    except SrsError:
        return None, {}
    keys = {
        name.removeprefix(settings.KEY_PREFIX): value
        for name, value in rows
        if name.startswith(settings.KEY_PREFIX)
    }
    return dict(rows).get("theme"), keys
