"""An import stopped or killed at any moment leaves the collection as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import Srs

from srs.store.collection import Collection
from srs.store.doctor import examine

Write = Callable[[str, str], Path]

# Runs a command line in a process that sends itself a signal when a function is called for the
# nth time, before or after it has done its work.
SCRIPT = """
import importlib, os, sys
module, name, place, nth, sign, *arguments = sys.argv[1:]
*classes, function = name.split(".")
holder = importlib.import_module(module)
for each in classes:
    holder = getattr(holder, each)
original = getattr(holder, function)
calls = 0
def signalling(*given, **named):
    global calls
    calls += 1
    if calls == int(nth) and place == "before":
        os.kill(os.getpid(), int(sign))
    result = original(*given, **named)
    if calls == int(nth) and place == "after":
        os.kill(os.getpid(), int(sign))
    return result
setattr(holder, function, signalling)
from srs.cli.main import main
raise SystemExit(main(arguments))
"""
MOMENTS = {
    "before anything": ("srs.practice.importing", "bring_in", "before", 1),
    "reading the first file": ("srs.deck.files", "load", "before", 1),
    "between files": ("srs.deck.files", "read_bytes", "after", 2),
    "matching": ("srs.store.ingest.continuing", "match_sure", "before", 1),
    "writing the first mended note": ("srs.store.ingest.ledger", "Ledger.carried", "after", 1),
    "when all is written": ("srs.store.ingest.apply", "Writer.write", "after", 1),
}


def ended(home: Path, moment: str, sign: signal.Signals, *arguments: str) -> tuple[int, str]:
    """Run a command that is sent a signal at a moment; returns how it ended and what it said."""
    module, name, place, nth = MOMENTS[moment]
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT, module, name, place, str(nth), str(int(sign)), *arguments],
        env=os.environ | {"SRS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    return process.returncode, process.stderr


def contents(home: Path) -> list[list[tuple[object, ...]]]:
    """Return all that the collection holds, and see that it is sound."""
    with Collection.open(home / "collection.db") as collection:
        assert examine(collection).findings == ()
        with collection.reading() as connection:
            return [
                [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
                for table in ("source", "deck", "topic", "note", "card", "decision")
            ]


@pytest.fixture
def decks(write: Write, srs: Srs, home: Path) -> Path:
    """Import a folder, then change it: the next import adds, mends and retires."""
    cards = [f"\nQ: What is step {n} of the plan called?\nA: Answer {n}.\n" for n in range(30)]
    folder = write("a.md", "".join(cards)).parent
    write("b.md", "Q: Why?\nA: So.\n")
    assert srs("import", folder).status == 0
    write("a.md", "".join(cards[3:]).replace("Answer 7", "The answer 7") + "\nQ: New?\nA: Yes.\n")
    write("b.md", "Q: Why not?\nA: So.\n\nQ: And then?\nA: Nothing.\n")
    return folder


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_says_one_sentence_and_nothing_was_imported(
    decks: Path, home: Path, srs: Srs, moment: str
) -> None:
    before = contents(home)
    status, said = ended(home, moment, signal.SIGINT, "import", str(decks))
    assert (status, said) == (130, "Stopped; nothing was imported.\n")
    assert contents(home) == before
    assert srs("import", decks, "--json").json["added"] > 0


@pytest.mark.parametrize("moment", MOMENTS)
def test_after_a_kill_nothing_was_imported_and_the_next_import_works(
    decks: Path, home: Path, srs: Srs, moment: str
) -> None:
    before = contents(home)
    status, _ = ended(home, moment, signal.SIGKILL, "import", str(decks))
    assert status == -signal.SIGKILL
    assert contents(home) == before
    assert srs("import", decks, "--json").json["added"] > 0


def test_ctrl_c_while_it_is_put_on_the_disk_comes_too_late_and_says_so_by_the_report(
    decks: Path, home: Path
) -> None:
    MOMENTS["finishing"] = ("srs.store.ingest.run", "Options.tell", "after", 1)
    try:
        status, said = ended(home, "finishing", signal.SIGINT, "import", str(decks))
    finally:
        del MOMENTS["finishing"]
    assert (status, said) == (0, "")
    assert len(contents(home)[4]) > 31


def test_after_a_kill_once_it_is_on_the_disk_the_folder_is_reread_at_the_next_start(
    write: Write, home: Path, srs: Srs
) -> None:
    folder = write("a.md", "Q: Why?\nA: So.\n").parent
    MOMENTS["stored"] = ("srs.exchange.importing", "import_paths", "after", 1)
    try:
        status, _ = ended(home, "stored", signal.SIGKILL, "import", str(folder))
    finally:
        del MOMENTS["stored"]
    assert status == -signal.SIGKILL
    write("b.md", "Q: What?\nA: That.\n")
    assert srs("import", "--json").json["added"] == 1


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_complete_json_that_is_stopped_half_way_leaves_all_as_it_was(
    decks: Path, home: Path, srs: Srs, tmp_path: Path, sign: signal.Signals
) -> None:
    srs("export", tmp_path / "all.json")
    assert srs("import", decks).status == 0
    before = contents(home)
    MOMENTS["half way"] = ("srs.store.merging", "Merge.finish", "before", 1)
    try:
        status, said = ended(home, "half way", sign, "import", str(tmp_path / "all.json"))
    finally:
        del MOMENTS["half way"]
    if sign is signal.SIGINT:
        assert (status, said) == (130, "Stopped; nothing was imported.\n")
    assert contents(home) == before
