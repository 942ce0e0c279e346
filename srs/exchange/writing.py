"""Writing a file for the person: never over another unasked, and there only when it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from srs.errors import SrsError


@contextlib.contextmanager
def whole_file(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path to write to; it takes the target's place at the end, and is gone on an error.

    Raises SrsError when the target is there already (unless `force`), is a folder, or cannot be
    written.
    """
    refuse_existing(target, force=force)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        if target.exists() and not force:
            refuse_existing(target)
        unfinished.replace(target)
    except OSError as error:
        raise SrsError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()


def refuse_existing(target: Path, *, force: bool = False) -> None:
    """Raise SrsError when a file that is to be written is there already."""
    if target.is_dir():
        raise SrsError(f"{target} is a folder; name a file in it.")
    if target.exists() and not force:
        raise SrsError(f"{target} is there already; name another file, or add --force.")
