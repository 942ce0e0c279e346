"""What is imported when: the guard of a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "textual",
    "rich",
    "markdown_it",
    "fsrs",
    "yaml",
    "numpy",
    "jinja2",
}


def imported(script: str, home: Path) -> set[str]:
    """Return the top-level modules that a fresh process has imported after a script."""
    ending = "\nimport sys; print(*sys.modules, file=sys.stderr)"
    process = subprocess.run(
        [sys.executable, "-c", script + ending],
        env=os.environ | {"SRS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(process.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    script = "from srs.practice.desk import open_desk; open_desk().reread()"
    imported(script, folder)
    return folder


@pytest.mark.parametrize("arguments", ["due", "due --json", "--help", "--version"])
def test_these_commands_import_nothing_heavy(home: Path, arguments: str) -> None:
    modules = imported(f"from srs.cli.main import main; main({arguments.split()!r})", home)
    assert not modules & HEAVY


def test_due_waits_for_no_parser_of_arguments_either(home: Path) -> None:
    modules = imported("from srs.cli.main import main; main(['due'])", home)
    assert not modules & {"argparse", "json", "pathlib", "platformdirs", "dataclasses"}


def test_the_screen_paints_before_the_collection_is_imported(home: Path) -> None:
    modules = imported("import srs.tui.app, srs.cli.screen, srs.store.preferences", home)
    assert "textual" in modules
    assert not modules & {
        "sqlmodel",
        "sqlalchemy",
        "pydantic",
        "fsrs",
        "yaml",
        "numpy",
        "plotext",
        "textual_plotext",
        "srs.practice.desk",
    }


def test_home_paints_before_what_the_dashboard_needs_is_imported(home: Path) -> None:
    modules = imported("import srs.tui.screens.home, srs.practice.insights", home)
    assert not modules & {
        "numpy",
        "plotext",
        "textual_plotext",
        "sqlalchemy",
        "srs.insight.dashboard",
    }


def test_a_sitting_imports_neither_the_screen_nor_sqlalchemy(home: Path) -> None:
    script = (
        "from srs.practice.desk import open_desk; from srs.schedule.model import Rating\n"
        "open_desk().start().answer(Rating.GOOD)"
    )
    modules = imported(script, home)
    assert "fsrs" in modules
    assert not modules & {"textual", "sqlmodel", "sqlalchemy", "pydantic", "yaml", "numpy"}


def test_a_date_imports_numpy_only_where_seen_cards_are_weighed(tmp_path: Path) -> None:
    setting = (
        "from srs.practice.desk import open_desk; from srs.practice import interview\n"
        "desk = open_desk(); desk.reread()\n"
        "interview.set_target(desk.collection, 'in 300 days')"
    )
    due = "from srs.cli.main import main; main(['due'])"
    imported(setting, tmp_path)
    assert not imported(due, tmp_path) & {*HEAVY, "argparse"}
    answering = (
        "from srs.practice.desk import open_desk; from srs.schedule.model import Rating\n"
        "desk = open_desk(); desk.start().answer(Rating.EASY)"
    )
    imported(answering, tmp_path)
    answered_today = imported(due, tmp_path)
    assert "srs.store.ranking" in answered_today
    assert not answered_today & {*HEAVY, "argparse"}
    tomorrow = (
        "import time; later = time.time_ns() + 86_400 * 10**9; time.time_ns = lambda: later\n"
    )
    weighed = imported(tomorrow + due, tmp_path)
    assert "srs.schedule.lookahead" in weighed
    assert not weighed & ({*HEAVY, "argparse"} - {"numpy"})
    sitting = "from srs.practice.desk import open_desk; open_desk().start()"
    assert not imported(tomorrow + sitting, tmp_path) & {"sqlalchemy", "textual"}


def test_an_import_waits_for_neither_sqlalchemy_nor_rapidfuzz(tmp_path: Path) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text("---\ndeck: A deck\n---\n\n## Why?\n\nBecause.\n", encoding="utf-8")
    script = f"from srs.cli.main import main; main(['import', {str(deck)!r}])"
    first = imported(script, tmp_path / "home")
    assert not first & {"sqlmodel", "sqlalchemy", "pydantic", "rapidfuzz", "numpy", "textual"}
    unchanged = imported(script, tmp_path / "home")
    assert "srs.store.ingest.run" in unchanged
    assert not unchanged & {"sqlalchemy", "markdown_it", "srs.store.ingest.apply"}
