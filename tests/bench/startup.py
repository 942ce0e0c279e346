"""How soon srs is there: `PYTHONPATH=tests python -m bench.startup`.

Fresh processes on a terminal of 80×24, by turns with the yardstick of the same run; medians and
their ratios. A process is timed from its start until a word stands on its screen.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.timing import BARE_INTERPRETER, SRS, SRS_DUE, by_turns, environment

from srs.store.collection import Collection
from srs.store.ingest.run import import_paths

LONGEST_S = 30.0
HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello")
Hello().run()
"""
LIBRARIES = "import textual.app, sqlmodel, fsrs; print('imported')"
QUESTION = "Unmistakable"
# what is run, and the word that says it is there
HELLO_WORLD = ([sys.executable, "-c", HELLO], b"Hello")
FIRST_PAINT = (SRS, b"srs")
IMPORTS = ([sys.executable, "-c", LIBRARIES], b"imported")
READY_TO_GRADE = ([*SRS, "review"], QUESTION.encode())


def seconds_until(command: Sequence[str], word: bytes, home: Path) -> float:
    """Return how long a process on a terminal takes until a word comes out of it.

    Raises TimeoutError when it does not come, with what came in its place.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    on_terminal = environment(home) | {"TERM": "xterm-256color"}
    began = perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=on_terminal, start_new_session=True
    )
    os.close(theirs)
    shown = b""
    try:
        while word not in shown:
            ready, _, _ = select.select([ours], [], [], LONGEST_S)
            part = _read(ours) if ready else b""
            if not part:
                raise TimeoutError(f"{word!r} did not come but {shown[-2000:]!r}")
            shown += part
        return perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # on Linux, how a terminal says that its process is gone
        return b""


def compare(
    name: str,
    ours: tuple[Sequence[str], bytes],
    yardstick: tuple[Sequence[str], bytes],
    home: Path,
    runs: int,
) -> None:
    """Print how long ours takes, and its ratio to the yardstick's."""
    seconds: Mapping[str, list[float]] = {"ours": [], "yardstick": []}
    for run in range(runs + 1):
        for key, (command, word) in (("yardstick", yardstick), ("ours", ours)):
            taken = seconds_until(command, word, home)
            if run:
                seconds[key].append(taken)
    _print(name, median(seconds["ours"]), median(seconds["yardstick"]))


def _print(name: str, ours: float, yardstick: float) -> None:
    print(f"{name:42} {ours * 1e3:6.0f} ms to {yardstick * 1e3:6.0f} ms  ×{ours / yardstick:.2f}")


def main() -> None:
    """Print the three ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        deck = Path(folder) / "deck.md"
        cards = "".join(f"\nQ: {QUESTION} {n}?\nA: Answer {n}.\n" for n in range(20))
        deck.write_text(f"---\ndeck: Start\n---\n{cards}", encoding="utf-8")
        with Collection.open(home / "collection.db") as collection:
            import_paths(collection, [deck])
        compare("first paint to a Textual hello world", FIRST_PAINT, HELLO_WORLD, home, runs)
        compare("ready to grade to importing libraries", READY_TO_GRADE, IMPORTS, home, runs)
        seconds = by_turns({"bare": BARE_INTERPRETER, "due": SRS_DUE}, runs, home)
        _print("srs due to a bare interpreter", seconds["due"], seconds["bare"])


if __name__ == "__main__":
    main()
