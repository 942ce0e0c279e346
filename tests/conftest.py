"""What most tests start from: a clock set by hand, an empty collection, a folder of decks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.clock import ManualClock

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options, import_paths


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock("2026-11-24T09:00", "Europe/Berlin")


@pytest.fixture
def collection(tmp_path: Path, clock: ManualClock) -> Iterator[Collection]:
    path = tmp_path / "home" / "collection.db"
    with Collection.open(path, clock=clock, chance=random.Random(1)) as opened:
        yield opened


@pytest.fixture
def desk(collection: Collection) -> Desk:
    return Desk(collection)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    decks = tmp_path / "decks"
    decks.mkdir()
    return decks


@pytest.fixture
def write(folder: Path) -> Callable[[str, str], Path]:
    """Write a deck file of the native format: `write("a.md", "Q: …")`."""

    def write_deck(name: str, body: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ndeck: {path.stem}\n---\n{body}", encoding="utf-8")
        return path

    return write_deck


@pytest.fixture
def take_in(collection: Collection, folder: Path) -> Callable[..., ImportReport]:
    """Import the folder of decks, or the paths given."""

    def import_them(*paths: Path, format_name: str | None = None, **options: Any) -> ImportReport:
        return import_paths(collection, list(paths) or [folder], Options(format_name, **options))

    return import_them
