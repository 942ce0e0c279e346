"""Opening a file at a line in the person's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from srs.errors import SrsError

if TYPE_CHECKING:
    from textual.app import App

PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "kak", "micro", "joe", "mg"}
)
FILE_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})
GOTO_OPTION = frozenset({"code", "code-insiders", "codium", "cursor"})
WINDOWED = frozenset({"code", "code-insiders", "codium", "cursor", "subl", "zed"})


def command(file: Path, line: int, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command that opens a file at a line, from `$VISUAL`, else from `$EDITOR`.

    An editor in a window of its own is told to wait until the file is closed. An editor whose
    way of naming a line is not known opens the file at its start. Raises SrsError when neither
    variable names an editor.
    """
    words = _words(environment)
    name = PurePath(words[0]).stem.lower()
    if name in WINDOWED and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    if name in PLUS_LINE:
        return [*words, f"+{line}", str(file)]
    if name in FILE_COLON_LINE:
        return [*words, f"{file}:{line}"]
    if name in GOTO_OPTION:
        return [*words, "--goto", f"{file}:{line}"]
    return [*words, str(file)]


def edit(app: App[None], file: Path, line: int) -> None:
    """Leave the screen to the editor until it ends. Raises SrsError when that cannot be done."""
    from textual.app import SuspendNotSupported

    words = command(file, line)
    try:
        with app.suspend():
            run(words)
    except SuspendNotSupported:
        raise SrsError("This terminal cannot make room for an editor.") from None


def run(words: list[str]) -> None:
    """Run an editor and wait until it ends. Raises SrsError when it cannot be run."""
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise SrsError(
            f"The editor {words[0]!r} cannot be run ({error.strerror}): "
            "set $EDITOR to one that can, such as nano."
        ) from error


def _words(environment: Mapping[str, str]) -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(variable, ""))
        except ValueError as error:
            raise SrsError(
                f"${variable} is not a command ({error}): set it to an editor, such as nano."
            ) from error
        if words:
            return words
    raise SrsError("No editor is named: set $EDITOR to yours, such as nano, and start srs again.")
