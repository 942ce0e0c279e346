"""Taking the pictures and sounds that cards refer to out of other programs' files.

They go into a folder of their own beside the collection, under one plain name each; links that
lead anywhere else are never followed, and nothing is fetched.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from srs.deck.model import Problem, Severity
from srs.exchange.anki.archive import (
    LARGEST_MEDIA_FILE,
    Package,
    PackageError,
    is_plain_name,
)
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest.foreign import ForeignFile

MOST_BYTES = 2 << 30


def take(collection: Collection, file: ForeignFile) -> list[Problem]:
    """Copy a file's media beside the collection; the problems are of what could not be."""
    folder = locations.media_folder(collection.path, file.path)
    refused: list[str] = []
    taken = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _opened(file) as held:
            for name, member in sorted(file.media.items()):
                target = folder / name
                if not is_plain_name(name) or target.is_symlink():
                    refused.append(name)
                    continue
                try:
                    data = held.load_media(member)
                except PackageError:
                    refused.append(name)
                    continue
                taken += len(data)
                if taken > MOST_BYTES:
                    return [_warning(file, "its media are over 2 GB; the rest is left out")]
                _replace(target, data)
    except (PackageError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return [_warning(file, f"its pictures and sounds cannot be copied to {folder} ({reason})")]
    if refused:
        some = ", ".join(refused[:3])
        return [_warning(file, f"{len(refused)} pictures or sounds are damaged, such as {some}")]
    return []


class _Folder:
    """The folder `media` beside a `deck.json`; only plain files right in it are ever read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_media(self, name: str) -> bytes:
        """Return the bytes of a file; raises PackageError where there is none."""
        path = self._folder / name
        if not is_plain_name(name) or path.is_symlink() or not path.is_file():
            raise PackageError("bad-package", f"{name} is no file there")
        with path.open("rb") as opened:
            data = opened.read(LARGEST_MEDIA_FILE + 1)
        if len(data) > LARGEST_MEDIA_FILE:
            raise PackageError("too-large", f"{name} is larger than 100 MB")
        return data


def _opened(file: ForeignFile) -> AbstractContextManager[Package | _Folder]:
    if file.path.suffix.lower() == ".json":
        return nullcontext(_Folder(file.path.parent / "media"))
    return Package(file.path)


def _replace(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    if target.exists() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return
    unfinished = target.with_name(".part")
    unfinished.unlink(missing_ok=True)
    with unfinished.open("xb") as file:
        file.write(data)
    unfinished.replace(target)


def _warning(file: ForeignFile, message: str) -> Problem:
    return Problem(str(file.path), 1, 1, "media", message, Severity.WARNING)
