"""How fast cards of Markdown come in, beside Anki's import of the same notes from text.

Run as `PYTHONPATH=tests python -m bench.importing --anki-python PATH`, where PATH (or ANKI_PYTHON)
is a Python that has the package `anki`; without one only srs is measured. With `--mixed` the decks
hold cards of every shape instead of headings alone, and Anki's text is as before. Every step is a
whole command in a fresh process, by turns with the other program's. Prints the medians of the
seconds, of the processor's seconds and of the peak memory, and the ratios of ours to theirs.
"""

from __future__ import annotations

import argparse
import csv
import html
import os
import random
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.generate import TOPICS, made_up_note
from bench.timing import SRS, environment

from srs.deck.model import Note

SIZES = (1_000, 10_000, 100_000)
SHAPES = 5
EDITED = 101  # every so many notes get another word: of decks of every shape, notes of every shape
STEPS = ("import", "unchanged", "touched", "1 % edited")
ANKI = """
import sys
from anki.collection import Collection, ImportCsvRequest
collection = Collection(sys.argv[1])
metadata = collection.get_csv_metadata(path=sys.argv[2], delimiter=None)
collection.import_csv(ImportCsvRequest(path=sys.argv[2], metadata=metadata))
collection.close()
"""
HEADER = "#separator:tab\n#html:true\n#tags column:3\n#notetype:Basic\n#deck:Default\n"


class Taken(NamedTuple):
    """What a process took: seconds, seconds of the processor, peak memory in MB."""

    seconds: float
    processor: float
    memory: float


def made_up_notes(count: int, *, edited: bool) -> Iterator[Note]:
    """Yield notes, topic by topic, always the same; `edited` gives some another word."""
    chance = random.Random(count)
    for number in range(count):
        note = made_up_note(number, TOPICS[number * len(TOPICS) // count], 1, chance)
        if edited and number % EDITED == 0:
            word, rest = note.back.split(" ", 1)
            note = Note(note.kind, note.front, f"{word} otherwise {rest}", note.topic, note.line)
        yield note


def as_markdown(note: Note, shape: int) -> str:
    """Return a note as a card of one of five shapes; 0 is a heading with prose and code."""
    prose = note.back.partition("\n\n")[0]
    match shape:
        case 0:
            return f"## {note.front}\n\n{note.back}\n"
        case 1:
            return f"Q: {note.front}\nA: {note.back}\n"
        case 2:
            first, rest = prose.split(" ", 1)
            return f"C: {note.front} [{first}] {rest}\n"
        case 3:
            hint = "> [!TIP]\n> Multiply arrivals by the delay."
            return (
                f"## {note.front}\n\n{prose}\n\n{hint}\n\nSource: https://example.org/{note.line}\n"
            )
        case _:
            table = "| batch | p99 |\n|---|---|\n| 1 | 20 ms |\n| 8 | 90 ms |"
            items = "- It holds `x[0]` and $k_0$.\n  - And **more** of it."
            return f"## {note.front}\n\n{prose}\n\n{table}\n\n{items}\n"


def write_markdown(folder: Path, count: int, *, edited: bool = False, mixed: bool = False) -> None:
    """Write a deck a topic, of headings or of cards of every shape."""
    folder.mkdir(exist_ok=True)
    parts: dict[str, list[str]] = defaultdict(list)
    for number, note in enumerate(made_up_notes(count, edited=edited)):
        parts[note.topic].append(as_markdown(note, number % SHAPES if mixed else 0))
    for topic, cards in parts.items():
        head = f"---\ndeck: {topic}\ntopic: {topic}\n---\n\n"
        file = folder / f"{topic.replace('/', '-')}.md"
        file.write_text(head + "\n".join(cards), encoding="utf-8")


def write_text(file: Path, count: int, *, edited: bool = False) -> None:
    """Write the same notes as Anki reads them: a line a note, its back in HTML."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER)
        lines = csv.writer(out, delimiter="\t", lineterminator="\n")
        for note in made_up_notes(count, edited=edited):
            prose, code = note.back.split("\n\n```python\n")
            code = html.escape(code.removesuffix("\n```"))
            back = f"{html.escape(prose)}<br><pre><code>{code}</code></pre>"
            lines.writerow((html.escape(note.front), back, note.topic.replace("/", "::")))


def taken(command: Sequence[str], env: dict[str, str]) -> Taken:
    """Return what a command took in a process of its own. Raises RuntimeError when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(
    count: int, runs: int, anki: str | None, *, mixed: bool = False
) -> dict[tuple[str, str], list[Taken]]:
    """Return what each step took, by program and step; the first run only warms up."""
    found: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for run in range(runs + 1):
            decks, text = root / "decks", root / "notes.tsv"
            write_markdown(decks, count, mixed=mixed)
            write_text(text, count)
            ours = environment(root / f"home{run}") | {"PYTHONPYCACHEPREFIX": str(root / "code")}
            theirs = str(root / f"anki{run}.anki2")
            for step in STEPS:
                if step == "touched":
                    for deck in decks.iterdir():
                        deck.touch()
                elif step == "1 % edited":
                    write_markdown(decks, count, edited=True, mixed=mixed)
                    write_text(text, count, edited=True)
                result = taken([*SRS, "import", str(decks)], ours)
                if run:
                    found["srs", step].append(result)
                if anki is not None:
                    result = taken([anki, "-c", ANKI, theirs, str(text)], dict(os.environ))
                    if run:
                        found["anki", step].append(result)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--anki-python", default=os.environ.get("ANKI_PYTHON"))
    parser.add_argument("--mixed", action="store_true")
    wanted = parser.parse_args()
    if wanted.anki_python is None:
        print("Anki is not measured: name a Python that has it with --anki-python or ANKI_PYTHON.")
    print(f"{'cards':>7}  {'step':10}  {'srs s':>7} {'cpu':>6} {'MB':>5}", end="")
    print(f"  {'Anki s':>7} {'cpu':>6} {'MB':>5}   ours to theirs" if wanted.anki_python else "")
    for count in wanted.sizes:
        found = measure(count, wanted.runs, wanted.anki_python, mixed=wanted.mixed)
        for step in STEPS:
            ours = middle(found["srs", step])
            line = f"{count:7}  {step:10}  {in_words(ours)}"
            if wanted.anki_python:
                theirs = middle(found["anki", step])
                ratios = [f"×{a / b:.2f}" for a, b in zip(ours, theirs, strict=True)]
                line += f"  {in_words(theirs)}   {' '.join(ratios)}"
            print(line, flush=True)


def middle(found: Sequence[Taken]) -> Taken:
    """Return the medians of what some runs took."""
    return Taken(*(median(each) for each in zip(*found, strict=True)))


def in_words(one: Taken) -> str:
    """Return what a step took as three columns."""
    return f"{one.seconds:7.2f} {one.processor:6.2f} {one.memory:5.0f}"


if __name__ == "__main__":
    main()
