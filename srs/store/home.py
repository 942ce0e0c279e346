"""Where the person's data lives, in plain strings: `srs due` waits for this module."""

from __future__ import annotations

import os
import sys


def folder() -> str:
    """Return the folder of the person's data: `SRS_HOME`, or what the platform prescribes."""
    home = os.environ.get("SRS_HOME")
    if home:
        return os.path.abspath(os.path.expanduser(home))  # noqa: PTH100, PTH111
    if sys.platform == "linux":
        # What platformdirs answers here, without the time it takes to import.
        data = os.environ.get("XDG_DATA_HOME", "").strip()
        return os.path.join(data or os.path.expanduser("~/.local/share"), "srs")  # noqa: PTH111, PTH118
    from platformdirs import user_data_dir

    return user_data_dir("srs", appauthor=False)


def collection() -> str:
    """Return the path of the collection."""
    return os.path.join(folder(), "collection.db")  # noqa: PTH118
