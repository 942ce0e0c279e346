"""Finding and loading deck files."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.deck.dialects.formats import FORMATS
from srs.deck.files import DeckFileError, decode, find_decks, load, read_bytes, read_file
from srs.deck.model import Severity
from srs.errors import SrsError

CARD = "## Why?\nbecause\n"


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CARD, encoding="utf-8")


def found(*paths: Path) -> list[str]:
    result = find_decks(paths)
    assert result.problems == ()
    return [str(path.relative_to(paths[0])) for path in result.files]


def test_a_folder_gives_its_markdown_files_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a.markdown", "C.MD", "sub/deep/d.md", "notes.txt", "picture.png")
    assert found(tmp_path) == ["C.MD", "a.markdown", "b.md", "sub/deep/d.md"]


def test_a_folder_leaves_out_what_describes_it_and_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "readme.markdown", "LICENSE.md", "CHANGELOG.md", "sub/README.md")
    write(tmp_path, ".git/a.md", ".hidden.md", "sub/.obsidian/b.md", "sub/kept.md", "README2.md")
    assert found(tmp_path) == ["README2.md", "sub/kept.md"]


def test_old_copies_of_pages_that_logseq_keeps_are_left_out(tmp_path: Path) -> None:
    for name in ("pages/a.md", "logseq/bak/pages/a/1.md", "b/logseq/notes.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("- a #card\n  - b\n")
    (tmp_path / "logseq" / "config.edn").write_text("{}")
    found = [file.relative_to(tmp_path).as_posix() for file in find_decks([tmp_path]).files]
    assert found == ["b/logseq/notes.md", "pages/a.md"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "README.md", ".hidden.md", "notes.txt")
    paths = [tmp_path / name for name in ("notes.txt", "README.md", ".hidden.md")]
    assert find_decks(paths).files == tuple(paths)


def test_no_file_is_taken_twice(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "sub/b.md")
    files = find_decks([tmp_path / "sub" / ".." / "a.md", tmp_path, tmp_path / "sub"]).files
    assert [file.name for file in files] == ["a.md", "b.md"]


def test_links_do_not_lead_out_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "inside/a.md", "outside/secret.md")
    inside = tmp_path / "inside"
    (inside / "link.md").symlink_to(tmp_path / "outside" / "secret.md")
    (inside / "folder").symlink_to(tmp_path / "outside")
    (inside / "loop.md").symlink_to(inside / "loop.md")
    (inside / "again.md").symlink_to(inside / "a.md")
    assert found(inside) == ["a.md"]


def test_a_missing_path_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    result = find_decks([tmp_path / "none.md", tmp_path])
    assert [file.name for file in result.files] == ["a.md"]
    assert [(p.code, p.file) for p in result.problems] == [("not-found", str(tmp_path / "none.md"))]


def test_an_address_is_told_apart_from_a_file_that_is_missing() -> None:
    (problem,) = find_decks([Path("https://example.org/notes")]).problems
    assert problem.message.startswith("srs fetches nothing: download or clone it")


def test_load_gives_the_bytes_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    assert load(tmp_path / "a.md") == b"\xef\xbb\xbfa\r\n"


def test_load_says_why_it_cannot(tmp_path: Path) -> None:
    with pytest.raises(DeckFileError) as caught:
        load(tmp_path)
    assert isinstance(caught.value, SrsError)
    assert caught.value.problem.code == "is-a-directory"
    assert str(caught.value) == f"{tmp_path}: {caught.value.problem.message}"


def test_decode_drops_a_byte_order_mark() -> None:
    assert decode(b"\xef\xbb\xbf\xc3\xa9", "a.md") == "é"


def test_reading_bytes_and_reading_the_file_agree(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf## Setup\r\nsteps\r\n\r\n## Why?\r\nbecause\r\n")
    for name, cards in (("markdown", 1), ("srs", 2)):
        reading = read_file(path, format_name=name)
        assert reading.deck is not None
        assert len(reading.deck.notes) == cards
        assert read_bytes(path.read_bytes(), str(path), format_name=name) == reading


@pytest.mark.parametrize("format_name", [None, *FORMATS])
def test_an_empty_file_is_a_deck_without_cards_and_a_warning(
    tmp_path: Path, format_name: str | None
) -> None:
    (tmp_path / "a.md").write_text(" \n\n", encoding="utf-8")
    reading = read_file(tmp_path / "a.md", format_name=format_name)
    assert [(p.code, p.severity) for p in reading.problems] == [("empty-file", Severity.WARNING)]
    assert reading.deck is not None
    assert reading.deck.notes == ()


@pytest.mark.parametrize("file", ["README.md", "readme.md", "index.md"])
def test_a_file_whose_name_says_nothing_gives_its_folder_s_name(tmp_path: Path, file: str) -> None:
    path = tmp_path / "javascript-questions" / file
    path.parent.mkdir()
    path.write_text("## Why?\n\nBecause.\n", encoding="utf-8")
    reading = read_file(path)
    assert reading.deck is not None
    assert (reading.deck.name, reading.deck.topic) == ("javascript-questions",) * 2
