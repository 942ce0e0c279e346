"""`srs import`: bring deck files in, or reread those brought in before."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.arguments import add_format, add_json, parser
from srs.cli.output import (
    counted,
    formats_in_words,
    show,
    show_json,
    show_problems,
    skipped_in_words,
    tell,
)

if TYPE_CHECKING:
    from srs.store.ingest.report import ImportReport


def run(argv: list[str]) -> int:
    """Import files and folders and report what became of every card."""
    found = _parser()
    arguments = found.parse_args(argv)
    if not arguments.paths and (arguments.dry_run or arguments.retire or arguments.format):
        found.error("--dry-run, --retire and --format need a PATH")
    from srs.exchange.importing import import_any, sort_paths
    from srs.store import sources
    from srs.store.collection import Collection
    from srs.store.ingest.run import Options

    paths = [Path(path) for path in arguments.paths]
    copied = bool(sort_paths(paths, arguments.format).foreign)
    with Collection.open() as collection:
        if paths:
            options = Options(arguments.format, dry_run=arguments.dry_run, retire=arguments.retire)
            report = import_any(collection, paths, options)
            if not (report.errors or arguments.dry_run):
                own = sort_paths(paths, arguments.format).own
                kept = [path for path in own if path.exists()]
                sources.remember(collection, kept, format_name=arguments.format)
        elif sources.is_empty(collection):
            report = sources.add_bundled(collection)
        else:
            report = sources.reread(collection, thoroughly=True)
    if arguments.json:
        show_json(report.as_json())
        return 1 if report.errors else 0
    if arguments.verbose or arguments.dry_run:
        _show_decisions(report)
    show(_in_words(report, dry_run=arguments.dry_run))
    show_problems([*report.errors, *report.warnings])
    if report.errors and paths:
        tell("Nothing was imported: mend the errors and import again.")
    elif not (report.files or report.changes or report.warnings):
        tell("No deck was found there; decks are Markdown files, see srs check --help.")
    if copied and not report.errors:
        tell("Cards of other programs' files live in the collection; such a file is not reread.")
    if report.doubtful:
        doubtful = counted(len(report.doubtful), "card")
        tell(f"{doubtful} may be old ones reworded but came in as new; --verbose lists them.")
    if report.skipped:
        tell(skipped_in_words(report.skipped))
    return 1 if report.errors else 0


def _in_words(report: ImportReport, *, dry_run: bool) -> str:
    parts = [
        f"{count} {word}"
        for word, count in (
            ("added", report.added),
            ("updated", report.updated),
            ("moved", report.moved),
            ("back again", report.revived),
            ("retired", report.retired),
            ("unchanged", report.unchanged),
        )
        if count
    ]
    if report.reviews:
        parts.append(f"{counted(report.reviews, 'review')} of theirs")
    would = "Would be: " if dry_run else ""
    read = formats_in_words(report.formats)
    return f"{would}{counted(report.files, 'file')}{read}: {', '.join(parts) or 'no cards'}"


def _show_decisions(report: ImportReport) -> None:
    from srs.render.plain import one_line

    for decision in report.decisions:
        after = one_line(decision.after or decision.before or "", 70)
        reason = f" ({decision.reason})" if decision.reason else ""
        show(f"{decision.change.value:9} {decision.file}:{decision.line}: {after}{reason}")
        if decision.before and decision.after and decision.before != decision.after:
            show(f"{'was':9} {one_line(decision.before, 70)}")
    for doubt in report.doubtful:
        show(f"{'in doubt':9} {doubt.file}:{doubt.line}: {one_line(doubt.after[0], 70)}")
        show(f"{'is it':9} {one_line(doubt.before[0], 70)}")


def _parser() -> ArgumentParser:
    about = (
        "Bring deck files and folders into the collection, all or nothing. A card that moved, or "
        "comes back, keeps its history. Without a path the sources brought in before are reread."
    )
    found = parser("import", about, "srs import ~/notes/ml --dry-run")
    found.add_argument("paths", nargs="*", metavar="PATH", help="a deck file or a folder of them")
    add_format(found)
    found.add_argument("--dry-run", action="store_true", help="store nothing, tell what would be")
    found.add_argument(
        "--retire",
        action="store_true",
        help="confirm that the cards of empty or missing files are meant to go",
    )
    found.add_argument("--verbose", action="store_true", help="list every decision")
    add_json(found)
    return found
