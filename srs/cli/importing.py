"""`srs import`: bring deck files in, or reread those brought in before."""

from __future__ import annotations

import contextlib
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.arguments import add_format, add_json, parser, positive_count
from srs.cli.output import (
    formats_in_words,
    show,
    show_json,
    show_problems,
    skipped_in_words,
    tell,
)
from srs.errors import SrsError
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.cli.progress import ProgressLine
    from srs.store.collection import Collection
    from srs.store.ingest.progress import Progress, Step
    from srs.store.ingest.report import ImportReport
    from srs.store.ingest.run import Options

INTERRUPTED = 130
LIST = 0


def run(argv: list[str]) -> int:
    """Import files and folders and report what became of every card."""
    found = _parser()
    arguments = found.parse_args(argv)
    needs_path = (
        arguments.dry_run or arguments.retire or arguments.format or arguments.keep_going
    ) or arguments.columns
    if not (arguments.paths or arguments.bundled) and needs_path:
        found.error("--dry-run, --retire, --keep-going, --columns and --format need a PATH")
    before = signal.getsignal(signal.SIGINT)
    try:
        if arguments.undo is not None:
            return _undo(arguments)
        return _import(arguments)
    except KeyboardInterrupt:
        tell("Stopped; nothing was imported.")
        return INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)


def _import(arguments: Namespace) -> int:
    from srs.exchange import complete
    from srs.exchange.columns import parse_mapping
    from srs.practice import importing
    from srs.store import locations
    from srs.store.collection import Collection

    paths = [Path(path) for path in arguments.paths]
    if len(paths) == 1 and complete.is_complete(paths[0]):
        return _take_collection(paths[0], arguments)
    columns = parse_mapping(arguments.columns) if arguments.columns else None
    if arguments.bundled:
        paths.append(locations.bundled_decks())
    with Collection.open() as collection:
        first = importing.nothing_yet(collection)
        with _options(arguments) as options:
            if paths:
                report = importing.bring_in(collection, paths, options, columns)
            else:
                report = importing.bring_in_again(collection, options)
        if arguments.json:
            show_json(report.as_json())
        else:
            _tell(report, arguments)
            _offer_bundled(collection, report, first=first)
    return 1 if report.errors else 0


def _take_collection(path: Path, arguments: Namespace) -> int:
    """Take in a complete JSON, which holds reviews and settings beside the cards."""
    from srs.exchange import complete
    from srs.store.collection import Collection

    if arguments.dry_run:
        raise SrsError("A complete JSON has no dry run; srs backup first, and srs restore undoes.")
    with Collection.open() as collection, _progress(arguments) as (_, progress):
        merged = complete.read(collection, path, progress)
    if arguments.json:
        show_json(asdict(merged))
        return 0
    came = f"{counted(merged.cards, 'card')}, {counted(merged.reviews, 'review')}, "
    came += counted(merged.events, "event")
    if merged.into_empty:
        show(f"{path}: {came}; the collection is as it was written.")
    else:
        show(f"{path}: {came} that were not here; {counted(merged.changed, 'card')} rebuilt.")
    return 0


@contextlib.contextmanager
def _progress(arguments: Namespace) -> Iterator[tuple[ProgressLine | None, Progress]]:
    """Give the line that a person at a terminal sees, and what is to be told of the progress."""
    from srs.cli.progress import ProgressLine
    from srs.store.ingest.progress import Stage

    with contextlib.ExitStack() as stack:
        line: ProgressLine | None = None
        if sys.stderr.isatty() and not arguments.json:
            line = stack.enter_context(ProgressLine())

        def progress(step: Step) -> None:
            if line is not None:
                line.tell(step)
            # What is on its way to the disk comes there; a Ctrl-C must not deny it.
            if step.stage is Stage.FINISHING:
                signal.signal(signal.SIGINT, signal.SIG_IGN)

        yield line, progress


@contextlib.contextmanager
def _options(arguments: Namespace) -> Iterator[Options]:
    """Give how to import: a person at a terminal is asked about doubts and sees the progress."""
    from srs.store.ingest.report import Doubt, Pair
    from srs.store.ingest.run import Options

    with _progress(arguments) as (line, progress):

        def ask(doubts: Sequence[Doubt]) -> frozenset[Pair]:
            from srs.cli import doubts as asking

            if line is not None:
                line.hide()
            return asking.ask(doubts)

        present = sys.stdin.isatty() and sys.stderr.isatty() and not arguments.json
        yield Options(
            arguments.format,
            dry_run=arguments.dry_run,
            retire=arguments.retire,
            keep_going=arguments.keep_going,
            ask=ask if present else None,
            progress=progress,
        )


def _tell(report: ImportReport, arguments: Namespace) -> None:
    if arguments.verbose or arguments.dry_run:
        from srs.cli.decisions import show_rows
        from srs.practice.rows import decision_rows

        show_rows(decision_rows(report))
    show(_in_words(report, dry_run=arguments.dry_run))
    show_problems([*report.errors, *report.warnings])
    if report.left_out:
        left = counted(len(report.left_out), "file")
        tell(f"{left} left out: mend the errors and import again.")
    elif report.errors and not report.stored:
        tell(
            "Nothing was imported: mend the errors and import again, "
            "or leave those files out with --keep-going."
        )
    elif not (report.files or report.changes or report.warnings):
        tell("No deck was found there; decks are Markdown files, see srs check --help.")
    if report.doubtful:
        from srs.practice.importing import doubts_in_words

        tell(
            f"{doubts_in_words(report)}: at a terminal you will be asked."
            if arguments.dry_run
            else f"{doubts_in_words(report)} and came in as new: srs import --undo lists what was "
            "decided."
        )
    if report.stored and _holds_copies(arguments):
        tell("Cards of other programs' files live in the collection; such a file is not reread.")
    if report.skipped:
        tell(skipped_in_words(report.skipped))


def _holds_copies(arguments: Namespace) -> bool:
    from srs.exchange.importing import sort_paths

    return bool(sort_paths([Path(path) for path in arguments.paths], arguments.format).foreign)


def _in_words(report: ImportReport, *, dry_run: bool) -> str:
    from srs.practice.importing import counts_in_words

    would = "Would be: " if dry_run else ""
    read = formats_in_words(report.formats)
    return f"{would}{counted(report.files, 'file')}{read}: {counts_in_words(report) or 'no cards'}"


def _offer_bundled(collection: Collection, report: ImportReport, *, first: bool) -> None:
    from srs.practice.importing import lacks_bundled

    if first and report.stored and lacks_bundled(collection):
        tell("srs has decks on ML systems of its own: srs import --bundled adds them.")


def _undo(arguments: Namespace) -> int:
    from srs.cli.decisions import show_rows
    from srs.practice.importing import take_back
    from srs.practice.rows import stored_row
    from srs.store import decisions
    from srs.store.collection import Collection

    with Collection.open() as collection:
        if arguments.undo == LIST:
            listed = decisions.listed(collection)
            show_rows(map(stored_row, listed))
            if listed:
                tell("srs import --undo NUMBER parts one card into two, or joins two into one.")
            else:
                show("There is no decision that could be undone.")
            return 0
        done = take_back(collection, arguments.undo)
    show_rows([stored_row(done)])
    if done.joined:
        show("One card again: the new text has the old one's history.")
    else:
        show(
            "Two cards now: the new text begins anew, and the old one is retired with its history."
        )
    return 0


def _parser() -> ArgumentParser:
    about = (
        "Bring deck files and folders into the collection, all or nothing. A card that moved, or "
        "comes back, keeps its history. Without a path the sources brought in before are reread."
    )
    found = parser("import", about, "srs import ~/notes/ml --dry-run")
    found.add_argument("paths", nargs="*", metavar="PATH", help="a deck file or a folder of them")
    add_format(found)
    found.add_argument(
        "--columns",
        metavar="ROLE=COLUMN,…",
        help="what the columns of a CSV hold: front=Question,back=3,tags=Tags",
    )
    found.add_argument("--dry-run", action="store_true", help="store nothing, tell what would be")
    found.add_argument(
        "--keep-going", action="store_true", help="leave out the files that have errors"
    )
    found.add_argument(
        "--retire",
        action="store_true",
        help="confirm that the cards of empty or missing files are meant to go",
    )
    found.add_argument("--bundled", action="store_true", help="the decks that come with srs, too")
    found.add_argument("--verbose", action="store_true", help="list every decision")
    found.add_argument(
        "--undo",
        nargs="?",
        type=positive_count,
        const=LIST,
        metavar="NUMBER",
        help="take back a decision: whether two texts are one card; without a NUMBER list them",
    )
    add_json(found)
    return found
