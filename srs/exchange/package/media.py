"""The pictures and sounds that cards refer to, as a package holds them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

LARGEST = 100 * 1024 * 1024


class Media:
    """Gathers files under names that are unlike each other. `missing` are those that are not there.

    A file is taken only from below its deck's folder.
    """

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}
        self.missing: set[str] = set()
        self._names: dict[Path, str] = {}

    def name(self, folder: Path, reference: str) -> str | None:
        """Return the name of the file that a card of a deck in `folder` refers to, or None."""
        if "://" in reference or not reference:
            return None
        try:
            file = (folder / unquote(reference)).resolve()
            inside = file.is_relative_to(folder.resolve())
            good = inside and file.is_file() and file.stat().st_size <= LARGEST
        except (OSError, ValueError, RuntimeError):
            good = False
        if not good:
            self.missing.add(reference)
            return None
        if file not in self._names:
            name, number = file.name, 1
            while name in self.files:
                number += 1
                name = f"{file.stem}-{number}{file.suffix}"
            self._names[file] = name
            self.files[name] = file
        return self._names[file]
