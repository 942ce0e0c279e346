"""How a file is opened at a line in the editors people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.errors import SrsError
from srs.tui import editor

FILE = Path("/decks/my deck.md")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("vi", ["vi", "+7", str(FILE)]),
        ("/usr/bin/nvim -R", ["/usr/bin/nvim", "-R", "+7", str(FILE)]),
        ("nano", ["nano", "+7", str(FILE)]),
        ("emacs -nw", ["emacs", "-nw", "+7", str(FILE)]),
        ("code", ["code", "--wait", "--goto", f"{FILE}:7"]),
        ("code -w", ["code", "-w", "--goto", f"{FILE}:7"]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("subl", ["subl", "--wait", f"{FILE}:7"]),
        ("ed", ["ed", str(FILE)]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(named: str, expected: list[str]) -> None:
    assert editor.command(FILE, 7, {"EDITOR": named}) == expected


def test_visual_comes_before_editor() -> None:
    assert editor.command(FILE, 7, {"VISUAL": "vim", "EDITOR": "ed"})[0] == "vim"


@pytest.mark.parametrize("environment", [{}, {"EDITOR": ""}, {"EDITOR": "  "}])
def test_no_editor_is_one_sentence(environment: dict[str, str]) -> None:
    with pytest.raises(SrsError, match=r"No editor is named: set \$EDITOR"):
        editor.command(FILE, 7, environment)


def test_an_unreadable_editor_is_one_sentence() -> None:
    with pytest.raises(SrsError, match=r"\$VISUAL is not a command"):
        editor.command(FILE, 7, {"VISUAL": "vim 'half"})


def test_an_editor_without_permission_to_run_is_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "editor"
    program.write_text("not a program")
    with pytest.raises(SrsError, match="cannot be run"):
        editor.run([str(program), "+1", "file"])
