"""Which pictures are opened: those inside their deck's folder, and web addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.errors import SrsError
from srs.tui import opener


@pytest.fixture
def deck_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "a plot.png").write_bytes(b"")
    (folder / "run.sh").write_text("")
    (tmp_path / "secret.png").write_bytes(b"")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    return folder


@pytest.mark.parametrize(
    "target", ["img/a plot.png", "img/a%20plot.png", "./img/../img/a plot.png"]
)
def test_a_picture_in_the_folder_is_found(deck_folder: Path, target: str) -> None:
    assert opener.picture_file(deck_folder, target) == deck_folder / "img" / "a plot.png"


@pytest.mark.parametrize(
    "target",
    ["../secret.png", "/etc/passwd", "img/../../secret.png", "%2e%2e/secret.png", "link.png"],
)
def test_a_path_that_leaves_the_folder_is_refused(deck_folder: Path, target: str) -> None:
    with pytest.raises(SrsError, match="lies outside its deck's folder"):
        opener.picture_file(deck_folder, target)


def test_a_file_that_is_no_picture_is_refused(deck_folder: Path) -> None:
    with pytest.raises(SrsError, match="does not end as a picture does"):
        opener.picture_file(deck_folder, "run.sh")


@pytest.mark.parametrize("target", ["gone.png", "file:///etc/passwd.png"])
def test_a_picture_that_is_not_there_is_said_so(deck_folder: Path, target: str) -> None:
    with pytest.raises(SrsError, match="is not there"):
        opener.picture_file(deck_folder, target)


@pytest.mark.parametrize("target", ["long" * 2000 + ".png", "a%00.png"], ids=["long", "null"])
def test_a_path_no_file_can_have_is_one_sentence(deck_folder: Path, target: str) -> None:
    with pytest.raises(SrsError, match="cannot be looked for"):
        opener.picture_file(deck_folder, target)


def test_a_card_without_a_folder_opens_no_file() -> None:
    with pytest.raises(SrsError, match="lies outside"):
        opener.picture_file(None, "a.png")


@pytest.mark.parametrize(
    ("target", "is_link"),
    [("https://example.org/a.png", True), ("HTTP://x/a.png", True), ("javascript:x", False)],
)
def test_only_web_addresses_are_links(target: str, is_link: bool) -> None:
    assert opener.is_link(target) is is_link


def test_a_system_without_a_viewer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SrsError, match="cannot be run here; open https:"):
        opener.open_outside("https://example.org")
