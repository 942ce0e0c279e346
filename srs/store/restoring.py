"""Going back to an earlier collection, with a copy of the present one kept."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from srs.errors import SrsError
from srs.store import sqlite
from srs.store.collection import Collection
from srs.store.doctor import Diagnosis, examine

Fill = Callable[[Collection], object]


class UnsoundError(SrsError):
    """The file to restore is damaged, or its cards are not as their log says."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What is there now, and where the copy is of what was there, None if nothing was."""

    diagnosis: Diagnosis
    kept: Path | None


def restore(target: Path, source: Path, fill: Fill | None = None) -> Restored:
    """Put a backup in the place of the collection at `target`, once it is proved sound.

    `fill` brings what `source` holds into an empty collection; without it `source` is a collection
    itself, which is copied and brought up to date. A damaged present collection is moved to the
    backups. Raises SrsError, with the present collection untouched, when the source is not sound.
    """
    with tempfile.TemporaryDirectory(prefix="srs-restore-", dir=_folder(target)) as folder:
        candidate = Path(folder, "collection.db")
        if fill is None:
            if not source.is_file():
                raise SrsError(f"There is no file {source}; srs backup makes such copies.")
            if not sqlite.check_file(source):
                raise UnsoundError(f"{source} is empty; name another backup.")
            sqlite.back_up(source, candidate)
        with Collection.open(candidate) as collection:
            if fill is not None:
                fill(collection)
            diagnosis = examine(collection)
        if not diagnosis.healthy:
            raise UnsoundError(
                f"{source} is not sound, so nothing was changed: {diagnosis.findings[0]}"
            )
        kept = _keep(target)
        sqlite.overwrite(candidate, target)
    return Restored(diagnosis, kept)


def _folder(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise sqlite.explain(error, target) from error
    return target.parent


def _keep(target: Path) -> Path | None:
    """Copy the present collection to the backups, or move it there when it is damaged."""
    if not target.exists() or target.stat().st_size == 0:
        return None
    try:
        with Collection.open(target, check_settings=False) as collection:
            return collection.back_up()
    except (sqlite.NotACollectionError, sqlite3.Error):
        kept = target.parent / "backups" / f"{target.stem}-damaged.db"
        number = 1
        while kept.exists():
            number += 1
            kept = kept.with_name(f"{target.stem}-damaged-{number}.db")
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, kept)
            for suffix in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.move(f"{target}{suffix}", f"{kept}{suffix}")
        except OSError as error:
            raise sqlite.explain(error, target) from error
        return kept
