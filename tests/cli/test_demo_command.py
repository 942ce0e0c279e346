"""`srs demo`: it shows everything, and leaves the person's own data and the disk as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import Srs

from srs.cli import screen
from srs.practice.demo import COLLECTION


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make temporary folders in one of the test's own, which is empty at the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def test_without_a_terminal_it_prints_what_is_weak(srs: Srs, home: Path) -> None:
    found = srs("demo")
    assert found.status == 0
    assert "This is a demo" in found.err
    assert "an interview at big-tech" in found.out
    assert "Do next" in found.out
    assert not home.exists()


def test_at_a_terminal_it_opens_the_screen_on_a_folder_that_goes_with_it(
    srs: Srs, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def start(*, demo: Path) -> int:
        assert (demo / COLLECTION).is_file()
        opened.append(demo)
        return 0

    monkeypatch.setattr(screen, "is_terminal", lambda: True)
    monkeypatch.setattr(screen, "start", start)
    assert srs("demo").status == 0
    assert not opened[0].exists()
    assert not home.exists()


def test_the_persons_own_collection_is_not_touched(srs: Srs, home: Path) -> None:
    srs("import", "--bundled")
    before = {file: file.stat().st_mtime_ns for file in home.rglob("*")}
    srs("demo", "--plain")
    assert {file: file.stat().st_mtime_ns for file in home.rglob("*")} == before
    assert "Nothing" not in srs("weak").err
    assert "None of" in srs("weak").out


def test_its_report_says_that_the_reviews_are_made_up(srs: Srs, tmp_path: Path) -> None:
    target = tmp_path / "demo.html"
    found = srs("demo", "report", target, "--company", "startup")
    assert found.out.startswith(f"{target}: ready for ")
    text = target.read_text(encoding="utf-8")
    assert "The reviews are made up by srs demo" in text
    assert "startup" in text


def test_it_can_be_kept_in_a_folder(
    srs: Srs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    assert f"SRS_HOME={folder}" in srs("demo", "--keep", folder).out
    assert "is not empty" in srs("demo", "--keep", folder).err
    monkeypatch.setenv("SRS_HOME", str(folder))
    assert srs("doctor").out.startswith("Sound")


@pytest.mark.parametrize(
    "arguments", [["weak"], ["report"], ["report", "a.pdf"], ["report", "a.html", "--keep", "b"]]
)
def test_what_it_cannot_do_is_a_usage_error(srs: Srs, arguments: list[str]) -> None:
    assert srs("demo", *arguments).status == 2
