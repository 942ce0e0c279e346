"""Showing a card's picture with the system's own viewer."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from srs.errors import SrsError

PICTURE_ENDINGS = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".ico"}
)
FAILS_WITHIN_S = 2.0


def is_link(target: str) -> bool:
    """Tell whether a picture lies on the web."""
    return urlsplit(target).scheme in ("http", "https")


def picture_file(folder: Path | None, target: str) -> Path:
    """Return the file that a picture's path means, which lies within the deck's folder.

    Raises SrsError when it leaves the folder, is no picture, or is not there.
    """
    name = unquote(target)
    outside = SrsError(f"The picture {name} lies outside its deck's folder, so it is not opened.")
    if folder is None:
        raise outside
    try:
        root = folder.resolve()
        file = (root / name).resolve()
        is_there = file.is_file()
    except (OSError, RuntimeError, ValueError) as error:
        raise SrsError(f"The picture {name} cannot be looked for; check its path.") from error
    if not file.is_relative_to(root):
        raise outside
    if file.suffix.lower() not in PICTURE_ENDINGS:
        raise SrsError(f"{name} does not end as a picture does, so it is not opened.")
    if not is_there:
        raise SrsError(f"The picture {file} is not there.")
    return file


def open_outside(target: str) -> None:
    """Show a file or a web address with the system's own program for it.

    Waits two seconds for a failure to show, so it belongs in a thread. Raises SrsError when
    there is no such program or it fails.
    """
    if sys.platform == "win32":
        os.startfile(target)
        return
    words = ["open" if sys.platform == "darwin" else "xdg-open", target]
    quiet = subprocess.DEVNULL
    try:
        viewer = subprocess.Popen(
            words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise SrsError(f"{words[0]} cannot be run here; open {target} yourself.") from error
    with contextlib.suppress(subprocess.TimeoutExpired):
        if viewer.wait(FAILS_WITHIN_S):
            raise SrsError(f"No program here shows {target}.")
