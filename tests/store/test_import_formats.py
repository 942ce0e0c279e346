"""The dialects at an import: what is recognised, what is forced, what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srs.store import sources
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport

NOTE = "# Notes\n\nlatency::time to answer\n\n## Why batch?\n\nTo share the weights.\n"


@pytest.fixture
def note(folder: Path) -> Path:
    path = folder / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_the_report_counts_the_files_of_each_dialect(
    folder: Path, note: Path, take_in: Callable[..., ImportReport]
) -> None:
    (folder / "obsidian.md").write_text("#flashcards\n\na::b\n", encoding="utf-8")
    assert take_in(folder).as_json()["formats"] == {"markdown": 1, "obsidian": 1}


def test_another_format_reads_an_unchanged_file_again(
    note: Path, take_in: Callable[..., ImportReport]
) -> None:
    assert take_in(note).added == 1
    assert take_in(note).unchanged == 1
    forced = take_in(note, format_name="obsidian")
    assert (forced.added, forced.retired) == (1, 1)
    assert forced.as_json()["formats"] == {"obsidian": 1}


def test_a_source_is_reread_in_the_format_it_was_imported_in(
    collection: Collection, note: Path, take_in: Callable[..., ImportReport]
) -> None:
    take_in(note, format_name="obsidian")
    sources.remember(collection, [note], format_name="obsidian")
    assert sources.format_of(collection, note) == "obsidian"
    note.write_text(NOTE + "\nthroughput::answers a second\n", encoding="utf-8")
    report = sources.reread(collection)
    assert (report.added, report.retired) == (1, 0)


def test_the_innermost_source_decides_the_format(collection: Collection, note: Path) -> None:
    sources.remember(collection, [note.parent], format_name="questions")
    assert sources.format_of(collection, note) == "questions"
    sources.remember(collection, [note])
    assert sources.format_of(collection, note) is None
