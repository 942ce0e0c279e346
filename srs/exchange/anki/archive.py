"""Opening an Anki package: what is in the zip file, safely and within bounds.

Nothing is ever unpacked under a name that stands in the package.
"""

from __future__ import annotations

import json
import stat
import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from srs.exchange.anki.protobuf import ProtobufError, fields, last, text

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
LARGEST_COLLECTION = 4 << 30
LARGEST_MEDIA_MAP = 64 << 20
LARGEST_MEDIA_FILE = 100 << 20
# Real collections and pictures shrink to a tenth at best; a bomb grows a thousandfold.
HIGHEST_RATIO = 100
RATIO_COUNTS_FROM = 64 << 20
MOST_MEMBERS = 500_000

_CHUNK = 1 << 20
_LFS_POINTER = b"version https://git-lfs"


class PackageError(Exception):
    """The file cannot be read as a package; `code` and the sentence say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MediaEntry(NamedTuple):
    """A media file: the name that notes refer to it by, and its member of the zip file."""

    name: str
    member: str


class Package:
    """An open package. `is_newest` says that it is of the zstd-compressed generation."""

    def __init__(self, path: Path) -> None:
        self._zip = _open(path)
        members = {info.filename: info for info in self._zip.infolist()}
        self._members = members
        found = next((name for name in COLLECTIONS if name in members), None)
        if found is None:
            self.close()
            raise PackageError(
                "no-collection",
                "the package holds no Anki collection; export the deck from Anki again",
            )
        self.collection = found
        self.is_newest = found == COLLECTIONS[0]

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def unpack_collection(self, target: Path) -> None:
        """Write the collection's database to a file."""
        with target.open("xb") as file:
            self._copy(self.collection, file, LARGEST_COLLECTION)

    def media(self) -> dict[str, str]:
        """Return the members that hold media, by the names that notes refer to them by.

        A name with a path in it, which Anki never writes, is left out.
        """
        if "media" not in self._members:
            return {}
        data = self._load("media", LARGEST_MEDIA_MAP)
        try:
            found = _newest_media(data) if self.is_newest else _older_media(data)
        except (ValueError, ProtobufError, RecursionError) as error:
            raise PackageError(
                "bad-package", "its list of media is damaged; export the deck from Anki again"
            ) from error
        return {
            name: member
            for name, member in found.items()
            if member in self._members and is_plain_name(name)
        }

    def load_media(self, member: str) -> bytes:
        """Return the bytes of a media file."""
        return self._load(member, LARGEST_MEDIA_FILE)

    def _load(self, member: str, largest: int) -> bytes:
        from io import BytesIO

        buffer = BytesIO()
        self._copy(member, buffer, largest)
        return buffer.getvalue()

    def _copy(self, member: str, target: IO[bytes], largest: int) -> None:
        info = self._members[member]
        if stat.S_ISLNK(info.external_attr >> 16):
            raise PackageError("bad-package", f"{member} in it is a link, which no package holds")
        written = 0
        try:
            with self._zip.open(info) as packed:
                source: Any = zstd.open(packed) if self._is_compressed(member) else packed
                while chunk := source.read(_CHUNK):
                    written += len(chunk)
                    if written > largest or (
                        written > RATIO_COUNTS_FROM
                        and written > HIGHEST_RATIO * max(info.compress_size, 1)
                    ):
                        raise PackageError(
                            "too-large", f"{member} in it unpacks to far more than a deck needs"
                        )
                    target.write(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            zstd.ZstdError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise PackageError(
                "bad-package", f"{member} in it is damaged; export or download the file again"
            ) from error

    def _is_compressed(self, member: str) -> bool:
        return self.is_newest and member not in COLLECTIONS[1:]


def is_plain_name(name: str) -> bool:
    """Tell whether a media file's name is one name, with no path and nothing unprintable."""
    return (
        name.isprintable()
        and len(name.encode("utf-8", "replace")) < 250
        and not set(name) & set('/\\:*?"<>|')
        and not name.startswith(".")
        and name.strip() == name != ""
    )


def _open(path: Path) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file:
            start = file.read(len(_LFS_POINTER))
        if start == _LFS_POINTER:
            raise PackageError(
                "lfs-pointer",
                "this is only a pointer to a file that Git LFS keeps; "
                "run git lfs pull in its repository",
            )
        opened = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise PackageError(
            "bad-package",
            "this is no whole Anki package (a zip file); export or download it again",
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise PackageError("unreadable", f"the file cannot be read ({reason})") from error
    if len(opened.namelist()) > MOST_MEMBERS:
        opened.close()
        raise PackageError("too-large", "the package holds more files than any deck needs")
    return opened


def _older_media(data: bytes) -> Mapping[str, str]:
    found = json.loads(data) if data.strip() else {}
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return {name: str(member) for member, name in found.items() if isinstance(name, str)}


def _newest_media(data: bytes) -> Mapping[str, str]:
    """Read Anki's `MediaEntries`: entries (1) of name (1), the member being the place in order."""
    entries = [
        last(value) for number, value in fields(data) if number == 1 and type(value) is bytes
    ]
    return {text(entry.get(1)): str(entry.get(255, place)) for place, entry in enumerate(entries)}
