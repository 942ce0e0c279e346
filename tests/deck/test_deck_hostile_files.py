"""Files made to harm or by mishap: a sentence each, and nothing is taken in."""

from __future__ import annotations

import json
import os
import resource
import socket
import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from srs.deck import files
from srs.deck.files import find_decks, read_bytes, read_file

HEAD = "---\ndeck: x\n---\n"
DEEPER = "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in pairwise("abcdefghi"))
POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)
SECONDS, BYTES = 60, 1 << 30


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"---\na: &a [lol, lol]\n{DEEPER}deck: x\n---\nQ: a\nA: b\n", "bad-front-matter"),
        ("---\ndeck: " + "[" * 30_000 + "\n---\nQ: a\nA: b\n", "bad-front-matter"),
        (HEAD + "Q: a\nA: b\n\n" + ">" * 10_000 + " deep\n", "too-deep"),
        (HEAD + "## Why?\n\n" + "- " * 10_000 + "deep\n", "too-deep"),
        (POINTER, "lfs-pointer"),
        (HEAD + "## Why?\n" + "\n" * 1_000_001, "too-large"),
        ("\r" * 1_000_001, "too-large"),
    ],
    ids=["aliases", "deep YAML", "quotes", "lists", "LFS pointer", "lines", "old line ends"],
)
def test_text_that_could_grow_is_refused_in_one_sentence(text: str, code: str) -> None:
    reading = read_bytes(text.encode(), "deck.md")
    assert reading.deck is None
    (error,) = reading.errors
    assert error.code == code
    assert len(error.message) < 120


def test_a_null_is_left_out_with_a_warning() -> None:
    reading = read_bytes(f"{HEAD}Q: a\0b\nA: c\n".encode(), "deck.md")
    assert reading.deck is not None
    assert reading.deck.notes[0].front == "ab"
    assert [warning.code for warning in reading.warnings] == ["control-character"]


def test_what_is_no_ordinary_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.md"))
        for path in (tmp_path / "pipe.md", tmp_path / "socket.md", Path("/dev/zero")):
            (error,) = read_file(path).errors
            assert (error.code, error.line) == ("unreadable", 1)
            assert "no ordinary file" in error.message


def test_loops_of_links_and_links_to_nowhere_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "around").symlink_to(tmp_path)
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "good.md").write_text("Q: a\nA: b\n")
    found = find_decks([tmp_path])
    assert [file.name for file in found.files] == ["good.md"]
    for name in ("a.md", "nowhere.md"):
        (error,) = find_decks([tmp_path / name]).problems
        assert error.code == "not-found"
        assert read_file(tmp_path / name).errors


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=stat.S_IWUSR)
    (error,) = find_decks([tmp_path]).problems
    assert "permissions" in error.message


def test_a_folder_the_system_will_not_list_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: str, **_: object) -> object:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", refuse)
    (error,) = find_decks([tmp_path]).problems
    assert (error.code, error.file) == ("unreadable", str(tmp_path))
    assert "Permission denied" in error.message


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Q: a\nA: " + "word " * (4 * 1024 * 1024 - 100) + "\n",
        HEAD + "C: " + "[" * 100_000 + "x" + "]" * 100_000 + "\n",
        HEAD + "Q: " + "*a_ " * 100_000 + "\nA: b\n",
        HEAD + "Q: " + "[a](" * 50_000 + "\nA: b\n",
        HEAD + "Q: a\nA: b\n\n" + "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n",
        "<details><summary>Why?</summary>\n" * 20_000,
    ],
    ids=["a line of 20 MB", "brackets", "emphasis", "links", "a wide table", "details"],
)
def test_checking_a_hostile_file_is_bounded_and_stores_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "deck.md"
    file.write_text(text)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    process = subprocess.run(
        [sys.executable, "-m", "srs", "check", "--json", str(file)],
        env=os.environ | {"SRS_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        preexec_fn=bound,
        check=False,
    )
    assert process.returncode in (0, 1), process.stderr
    assert process.stderr == ""
    assert json.loads(process.stdout)["files"] == 1
    assert not (tmp_path / "home").exists()


def test_a_file_over_the_size_limit_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "deck.md"
    with file.open("wb") as sparse:
        sparse.truncate(10 * files.LARGEST)
    (error,) = read_file(file).errors
    assert error.code == "too-large"
