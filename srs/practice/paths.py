"""A path as a person types or pastes it, and how it may go on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

COMPLETED = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """What a path may go on as: the longest common beginning, and the first few that have it."""

    common: str
    choices: tuple[str, ...]


def typed_path(text: str) -> Path:
    """Return the path that was typed or pasted: with `~`, in quotes, or with escaped spaces."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    text = text.removeprefix("file://")
    path = _at_home(text)
    if "\\ " in text and not path.exists():
        return _at_home(text.replace("\\ ", " "))
    return path


def _at_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # `~name` of somebody who has no home here
        return Path(text)


def completion(text: str) -> Completion:
    """Return how a path that is being typed may go on: folders, and files that may hold cards."""
    folder, _, start = text.rpartition("/")
    place = _at_home(f"{folder}/" if folder or text.startswith("/") else ".")
    found: list[str] = []
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(start) and entry.name[:1] != "." * (start[:1] != "."):
                    found.append(entry.name + ("/" if entry.is_dir() else ""))
    except (OSError, ValueError):
        return Completion(text, ())
    if not found:
        return Completion(text, ())
    head = text[: len(text) - len(start)]
    common = os.path.commonprefix(found)  # noqa: RUF071 -- letters are typed, not parts
    return Completion(head + common, tuple(sorted(found)[:COMPLETED]))
