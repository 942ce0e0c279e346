"""Bringing files into the collection, as the faces do it: look first, ask, store, take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from srs.errors import SrsError
from srs.exchange import complete
from srs.exchange.importing import import_any
from srs.practice.paths import typed_path
from srs.practice.phrases import counted
from srs.practice.rows import Row, decision_rows, problem_rows, stored_row
from srs.store import locations, sources
from srs.store.collection import Collection
from srs.store.ingest.progress import ImportStopped, Step
from srs.store.ingest.report import Doubt, ImportReport, Pair
from srs.store.ingest.run import Options

if TYPE_CHECKING:
    from srs.store.decisions import StoredDecision

# No one reads more rows than these; the counts tell of the rest.
LISTED = 500


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an import would do or has done, for a screen.

    `rows` are the first of `all_rows`: problems, doubts, decisions. `offers_keep_going` says that
    some files have errors and others could come in without them. Where there was nothing to read,
    `trouble` says why; it is empty where nothing was found at all.
    """

    path: Path
    headline: str
    advice: str
    rows: tuple[Row, ...]
    all_rows: int
    doubts: tuple[Doubt, ...]
    stored: bool
    can_store: bool
    offers_keep_going: bool
    found_nothing: bool
    trouble: str = ""


class Importing:
    """One import of a person at a screen: look at a path, then store what was seen.

    `stop` may be called from another thread; the looking or storing that is under way then ends
    with ImportStopped, and nothing is stored.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._path = Path()
        self._keep_going = False
        self._stopping = False
        self.step: Step | None = None

    def look(self, text: str, *, keep_going: bool = False) -> Outlook:
        """Return what importing the path that was typed would do. Raises SrsError."""
        self._path, self._keep_going = typed_path(text), keep_going
        if complete.is_complete(self._path):
            raise SrsError(
                f"{self._path} is a whole collection; leave srs and run srs import with it."
            )
        return self._run(Options(dry_run=True))

    def store(self, same: frozenset[Pair] = frozenset()) -> Outlook:
        """Import what was looked at; the pairs in `same` are one card each. Raises SrsError."""
        return self._run(Options(same=same))

    def earlier(self) -> Outlook:
        """Return what earlier imports decided and can be taken back."""
        from srs.store import decisions  # it waits for SQLAlchemy, as no import does

        rows = tuple(map(stored_row, decisions.listed(self._collection)))
        said = "Decided in earlier imports" if rows else "Nothing was decided that can be undone."
        return Outlook(
            path=Path(),
            headline=said,
            advice="u parts a card into two, or joins two into one." if rows else "",
            rows=rows,
            all_rows=len(rows),
            doubts=(),
            stored=True,
            can_store=False,
            offers_keep_going=False,
            found_nothing=False,
        )

    def stop(self) -> None:
        """End what is under way."""
        self._stopping = True

    def take_back(self, number: int) -> Row:
        """Take back a decision and return its row as it stands then. Raises SrsError."""
        return stored_row(take_back(self._collection, number))

    def _run(self, options: Options) -> Outlook:
        self._stopping, self.step = False, None
        options = replace(options, keep_going=self._keep_going, progress=self._follow)
        try:
            report = bring_in(self._collection, [self._path], options)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SrsError(f"That path cannot be read ({reason}).") from error
        return _outlook(self._path, report, keep_going=self._keep_going)

    def _follow(self, step: Step) -> None:
        self.step = step
        if self._stopping:
            raise ImportStopped("Stopped; nothing was imported.")


def bring_in(
    collection: Collection,
    paths: Sequence[Path],
    options: Options,
    columns: Mapping[str, str] | None = None,
) -> ImportReport:
    """Import files and folders, and remember deck files as sources with what that stored.

    `columns` says what the columns of a CSV hold (`srs.exchange.columns`).
    """
    return import_any(collection, paths, options, columns=columns, remember=True)


def bring_in_again(collection: Collection, options: Options) -> ImportReport:
    """Import what was imported before; on an empty collection the decks that come with srs."""
    if sources.is_empty(collection):
        return bring_in(collection, [locations.bundled_decks()], options)
    return sources.reread(collection, thoroughly=True, options=options)


def nothing_yet(collection: Collection) -> bool:
    """Tell whether nothing was ever brought in."""
    return sources.is_empty(collection)


def lacks_bundled(collection: Collection) -> bool:
    """Tell whether the decks that come with srs were never brought in."""
    return not sources.has(collection, locations.bundled_decks())


def take_back(collection: Collection, number: int) -> StoredDecision:
    """Take back a decision, or the taking back; raises SrsError when its cards have changed."""
    from srs.store import decisions

    return decisions.take_back(collection, number)


def changes_in_words(report: ImportReport) -> str:
    """Return which cards are not as they were: `3 added, 1 updated`; empty when all are."""
    return ", ".join(f"{count} {word}" for count, word in _changes(report) if count)


def counts_in_words(report: ImportReport) -> str:
    """Return what became of every card: `3 added, 18 unchanged`; empty when there is none."""
    unchanged = f"{report.unchanged} unchanged" if report.unchanged else ""
    theirs = f"{report.reviews} reviews of theirs" if report.reviews else ""
    return ", ".join(part for part in (changes_in_words(report), unchanged, theirs) if part)


def doubts_in_words(report: ImportReport) -> str:
    """Return how many cards are in doubt, as the beginning of a sentence."""
    count = len(report.doubtful)
    old = "an old one" if count == 1 else "old ones"
    return f"{counted(count, 'card')} may be {old} reworded"


def closing_line(report: ImportReport) -> str:
    """Return what an import did, as a sentence."""
    changes = changes_in_words(report)
    left = f" {counted(len(report.left_out), 'file')} left out." if report.left_out else ""
    if not changes:
        return f"Nothing changed: {counted(report.unchanged, 'card')} as before.{left}"
    return f"Imported: {changes}.{left}"


def _outlook(path: Path, report: ImportReport, *, keep_going: bool) -> Outlook:
    rows = list(problem_rows(report)) + list(decision_rows(report))
    blocked = bool(report.errors) and not keep_going
    return Outlook(
        path,
        closing_line(report) if report.stored else _headline(report, blocked=blocked),
        _advice(report, blocked=blocked),
        tuple(rows[:LISTED]),
        len(rows),
        tuple(report.doubtful),
        report.stored,
        can_store=not (report.stored or blocked) and report.files > 0,
        offers_keep_going=blocked and report.files > len({each.file for each in report.errors}),
        found_nothing=not report.files,
        trouble=_trouble(report),
    )


def _trouble(report: ImportReport) -> str:
    problems = [*report.errors, *report.warnings]
    if report.files or not problems:
        return ""
    problem = problems[0]
    return f"{problem.file}: {problem.message}."


def _headline(report: ImportReport, *, blocked: bool) -> str:
    read = counted(report.files, "file")
    others = sorted(report.formats.keys() - {"srs"})
    if others:
        read += f" ({', '.join(others)})"
    if blocked:
        errors = len(report.errors)
        return f"{read} · {errors} error{'s' * (errors != 1)}"
    return f"{read} · {counts_in_words(report) or 'no cards'}"


def _advice(report: ImportReport, *, blocked: bool) -> str:
    said: list[str] = []
    if blocked:
        them = "it is" if len(report.errors) == 1 else "they are"
        said.append(f"Nothing comes in until {them} mended.")
    elif report.errors and not report.stored:
        said.append(f"{counted(len(report.left_out), 'file')} with errors will be left out.")
    if report.doubtful:
        then = "new so far; u joins the two" if report.stored else "you will be asked"
        said.append(f"{doubts_in_words(report)}; {then}.")
    if report.warnings:
        count = len(report.warnings)
        said.append(f"{count} warning{'s' * (count != 1)}.")
    if report.skipped:
        count = report.skipped
        said.append(f"{count} section{'s' * (count != 1)} without a question skipped.")
    return " ".join(said)


def _changes(report: ImportReport) -> list[tuple[int, str]]:
    return [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.moved, "moved"),
        (report.revived, "back again"),
        (report.retired, "retired"),
    ]
