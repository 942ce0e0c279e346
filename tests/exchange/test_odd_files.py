"""Files that are no ordinary ones, whatever their names promise."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from srs.exchange.complete import is_complete
from srs.exchange.importing import sort_paths
from srs.store.ingest.report import ImportReport


@pytest.mark.parametrize("name", ["a.apkg", "a.csv", "a.json", "a.md"])
def test_a_pipe_is_refused_and_not_waited_for(
    name: str, tmp_path: Path, bring: Callable[..., ImportReport]
) -> None:
    pipe = tmp_path / name
    os.mkfifo(pipe)
    assert not is_complete(pipe)
    report = bring(pipe)
    assert [error.code for error in report.errors] == ["unreadable"]
    assert not report.stored


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.apkg", "a.json"):
        os.mkfifo(tmp_path / name)
    assert sort_paths([tmp_path]).foreign == ()
