"""The settings of the plug-ins of an Obsidian vault, as they stand beside its notes."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

_DEEPEST = 40
_LARGEST = 4 * 1024 * 1024


def find_vault(file: str) -> Path | None:
    """Return the folder of the vault that a file is in; None if it is in none, or not on disk."""
    path = Path(file)
    try:
        if not path.is_file():
            return None
        folder = path.absolute().parent
        for above in (folder, *islice(folder.parents, _DEEPEST)):
            if (above / ".obsidian").is_dir():
                return above
    except (OSError, ValueError):
        pass
    return None


def plugin_data(vault: Path, plugin: str) -> Mapping[str, Any]:
    """Return what a plug-in of a vault has stored in its `data.json`.

    Empty if there is no such file, it is over 4 MB, leads out of the vault or is no JSON object.
    """
    path = vault / ".obsidian" / "plugins" / plugin / "data.json"
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return {}
        if not path.resolve().is_relative_to(vault.resolve()):
            return {}
        return _parsed(path, status.st_mtime_ns, status.st_size)
    except (OSError, RuntimeError):
        return {}


@lru_cache(maxsize=8)
def _parsed(path: Path, _changed: int, size: int) -> Mapping[str, Any]:
    with path.open("rb") as file:
        text = file.read(size)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
