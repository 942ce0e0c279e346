"""What the tests of other programs' files start from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.anki_files import AnkiFile

from srs.exchange.importing import import_any
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport
from srs.store.ingest.run import Options


@pytest.fixture
def anki_file(tmp_path: Path) -> AnkiFile:
    return AnkiFile(tmp_path)


@pytest.fixture
def bring(collection: Collection) -> Callable[..., ImportReport]:
    """Import files of any program."""

    def bring_them(
        *paths: Path,
        format_name: str | None = None,
        dry_run: bool = False,
        retire: bool = False,
        keep_going: bool = False,
    ) -> ImportReport:
        options = Options(format_name, dry_run=dry_run, retire=retire, keep_going=keep_going)
        return import_any(collection, paths, options)

    return bring_them
