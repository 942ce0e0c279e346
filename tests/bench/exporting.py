"""Each way out, and the JSON in, beside Anki's own package out of the same cards in the same run.

`PYTHONPATH=tests python -m bench.exporting --cards 10000`; a process for each, so that memory is
its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WAYS = ("apkg", "json", "csv", "folder", "json-in", "search", "anki-in", "anki")


def measure(way: str, folder: Path) -> float:
    """Return the seconds of processor time that one way takes; its files go to the folder."""
    if way.startswith("anki"):
        return _anki(way, folder)
    from srs.exchange import complete, table
    from srs.exchange import folder as deck_files
    from srs.exchange.package import writer
    from srs.store.collection import Collection
    from srs.store.search import search

    name = "again.db" if way == "json-in" else "collection.db"
    with Collection.open(folder / name) as collection:
        if way == "search":
            search(collection, "stale request")  # makes the index
        began = time.process_time()
        match way:
            case "apkg":
                writer.write(collection, folder / "out.apkg")
            case "json":
                complete.write(collection, folder / "out.json")
            case "csv":
                table.write(collection, folder / "out.csv")
            case "folder":
                deck_files.write_folder(collection, folder / "decks")
            case "search":
                search(collection, "replica stall")
            case _:
                complete.read(collection, folder / "out.json")
        return time.process_time() - began


def _anki(way: str, folder: Path) -> float:
    from anki import import_export_pb2 as messages
    from anki.collection import Collection, ExportAnkiPackageOptions

    anki = Collection(str(folder / "anki.anki2"))
    began = time.process_time()
    if way == "anki-in":
        options = messages.ImportAnkiPackageOptions(with_scheduling=True)
        path = str(folder / "out.apkg")
        anki.import_anki_package(
            messages.ImportAnkiPackageRequest(package_path=path, options=options)
        )
    else:
        wanted = ExportAnkiPackageOptions(with_scheduling=True, legacy=False)
        anki.export_anki_package(out_path=str(folder / "anki.apkg"), options=wanted, limit=None)
    taken = time.process_time() - began
    anki.close()
    return taken


def main() -> None:
    """Measure every way in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.one:
        way, path = wanted.one
        taken = measure(way, Path(path))
        print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        # a process takes over the size of the one that starts it, so this one stays small
        size = ["--cards", str(wanted.cards), "--reviews", str(wanted.cards * 10)]
        path = str(Path(folder, "collection.db"))
        subprocess.run([sys.executable, "-m", "bench.generate", *size, "--out", path], check=True)
        for way in WAYS:
            command = [sys.executable, "-m", "bench.exporting", "--one", way, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found[way], memory = json.loads(done.stdout)
            print(f"{way:9}{found[way]:9.3f} s {memory:7.0f} MB")
    print(f"our package over Anki's: {found['apkg'] / found['anki']:.2f}")


if __name__ == "__main__":
    main()
