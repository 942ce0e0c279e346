"""An import from paths to the report: everything in one transaction, or nothing."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from srs.deck.model import Deck, Reading
from srs.store import loading, locations
from srs.store.collection import Collection
from srs.store.ingest.copies import copies_of_living
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.foreign import ForeignFile
from srs.store.ingest.kept_sources import keep
from srs.store.ingest.looking import Plan, known_decks, look, unconfirmed
from srs.store.ingest.progress import Progress, Stage, Step
from srs.store.ingest.report import Doubt, ImportReport, Pair


@dataclass(frozen=True, slots=True)
class Options:
    """How an import treats what it finds.

    `format_name` is the dialect of every file; without it each is recognised. `dry_run` stores
    nothing. `retire` confirms that the cards of files that are empty or gone are meant to go.
    `keep_going` imports the good files beside broken ones.

    `same` are doubtful pairs that are the same note. `ask` is given the other doubtful pairs before
    anything is stored, and returns those that are the same; without it they are new. `progress` is
    told how far the import has come; what it raises stops the import, and nothing is stored.
    """

    format_name: str | None = None
    dry_run: bool = False
    retire: bool = False
    keep_going: bool = False
    same: frozenset[Pair] = frozenset()
    ask: Callable[[Sequence[Doubt]], frozenset[Pair]] | None = None
    progress: Progress | None = None

    def look(
        self, collection: Collection, paths: Sequence[Path], known: dict[str, KnownDeck]
    ) -> Plan:
        """Read what is to be imported."""
        return look(
            collection,
            paths,
            known,
            format_name=self.format_name,
            retire=self.retire,
            tell=self.progress,
        )

    def tell(self, step: Step) -> None:
        """Tell the progress, where somebody wants to know."""
        if self.progress is not None:
            self.progress(step)


class _Given(NamedTuple):
    """What an import was given: see `import_paths`."""

    paths: Sequence[Path]
    foreign: Sequence[ForeignFile]
    remember: Sequence[Path]


class _NotStored(Exception):  # noqa: N818 -- it ends a transaction, it is no error
    pass


def import_paths(
    collection: Collection,
    paths: Sequence[Path],
    options: Options | None = None,
    *,
    foreign: Sequence[ForeignFile] = (),
    remember: Sequence[Path] = (),
) -> ImportReport:
    """Bring files and folders into the collection; all of them, or nothing when one has an error.

    A file that did not change since it was last read is not parsed again. Only cards of the files
    and folders given can be retired. `foreign` are files of other programs, read already. With the
    cards the files and folders in `remember` are stored as sources (`srs.store.sources`).
    """
    options = options or Options()
    with _collector_at_rest():
        with collection.reading_sql() as execute:
            known = known_decks(execute)
        plan = options.look(collection, paths, known)
        given = _Given(paths, foreign, remember)
        report = _attempt(collection, given, plan, known, options)
        if options.ask is not None and report.doubtful and not (report.stored or options.dry_run):
            same = options.same | options.ask(report.doubtful)
            options = replace(options, same=same, ask=None)
            report = _attempt(collection, given, plan, known, options)
    collection.checkpoint()
    return report


@contextlib.contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep Python from looking again and again through a great many notes that all stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():
                # Together they move all there is to the oldest objects, without a look at any.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _attempt(
    collection: Collection,
    given: _Given,
    plan: Plan,
    known: dict[str, KnownDeck],
    options: Options,
) -> ImportReport:
    """Store what was read, unless there are errors, or doubts to ask about."""
    report = _account(plan, given.foreign)
    if report.errors and not options.keep_going:
        return report
    try:
        with loading.writing(collection.path) as connection:
            if (present := known_decks(connection.execute)) != known:
                plan = options.look(collection, given.paths, present)
                known, report = present, _account(plan, given.foreign)
            _store(collection, connection, plan, given.foreign, known, report, options)
            asking = options.ask is not None and report.doubtful
            if options.dry_run or asking or (report.errors and not options.keep_going):
                raise _NotStored
            ms = collection.clock.now_ms()
            keep(connection.execute, given.remember, ms, format_name=options.format_name)
            options.tell(Step(Stage.FINISHING))
    except _NotStored:
        return report
    report.stored = True
    return report


def _account(plan: Plan, foreign: Sequence[ForeignFile]) -> ImportReport:
    report = ImportReport(files=len(plan.reads) + len(foreign))
    for file in plan.reads:
        if file.reading is not None:
            report.recognised(file.reading.format)
            report.errors += file.reading.errors
            report.warnings += file.reading.warnings
    for other in foreign:
        report.recognised(other.format)
        report.errors += other.errors
        report.warnings += other.warnings
    report.errors += plan.problems
    report.warnings += plan.hints
    return report


def _store(
    collection: Collection,
    connection: sqlite3.Connection,
    plan: Plan,
    foreign: Sequence[ForeignFile],
    known: dict[str, KnownDeck],
    report: ImportReport,
    options: Options,
) -> None:
    living = _living_cards(connection)
    changed: list[tuple[FileRead, Deck]] = []
    for file in plan.reads:
        deck = known.get(file.path)
        if file.reading is None:
            assert deck is not None
            report.unchanged += living.get(deck.id, 0)
            _note_times(connection, deck, file)
        elif file.reading.deck is not None:
            lost = deck is not None and not file.reading.deck.notes and living.get(deck.id, 0)
            if lost and not options.retire:
                report.errors.append(unconfirmed(Path(file.path), "has no cards any more"))
                continue
            changed.append((file, file.reading.deck))
            report.skipped += file.reading.deck.skipped
    vanished = list(plan.vanished)
    for other in foreign:
        now_here = list(_decks_of(other))
        gone = _no_longer_in(other, known)
        if gone and not now_here and not other.errors and not options.retire:
            report.errors.append(unconfirmed(other.path, "has no cards any more"))
        elif not other.errors:
            changed += now_here
            vanished += gone
    if report.errors:
        if not options.keep_going:
            return
        report.left_out = sorted({problem.file for problem in report.errors})
    if changed or vanished:
        # Imported here: a look at files that did not change waits for neither.
        from srs.store.ingest.apply import Writer
        from srs.store.ingest.histories import HistoryWriter

        writer = Writer(collection, connection, report, same=options.same, tell=options.progress)
        writer.write(changed, known, vanished)
        histories = HistoryWriter(collection, connection)
        histories.begin(writer.started)
        for other in foreign:
            report.reviews += histories.continue_pasts(other, report)
        histories.rebuild()
    report.warnings += copies_of_living(connection.execute, [file.path for file, _ in changed])


def _decks_of(file: ForeignFile) -> Iterator[tuple[FileRead, Deck]]:
    for each in file.decks:
        path = locations.foreign_path(file.path, each.deck.name)
        # Nothing looks at the file for changes, so there is nothing to remember of its bytes.
        yield FileRead(path, bytes(16), 0, 0, Reading(each.deck, (), file.format)), each.deck


def _no_longer_in(file: ForeignFile, known: dict[str, KnownDeck]) -> list[KnownDeck]:
    start = locations.foreign_path(file.path)
    here = {locations.foreign_path(file.path, each.deck.name) for each in file.decks}
    return [
        deck
        for path, deck in known.items()
        if path.startswith(start) and path not in here and not deck.retired
    ]


def _living_cards(connection: sqlite3.Connection) -> dict[int, int]:
    rows = connection.execute("SELECT deck_id, COUNT(*) FROM card WHERE NOT retired GROUP BY 1")
    return dict(rows)


def _note_times(connection: sqlite3.Connection, deck: KnownDeck, file: FileRead) -> None:
    """Remember a file's new time, so that the next look at it need not read it."""
    if (deck.size, deck.mtime_ns) != (file.size, file.mtime_ns):
        connection.execute(
            "UPDATE deck SET size = :size, mtime_ns = :mtime_ns WHERE id = :id",
            {"size": file.size, "mtime_ns": file.mtime_ns, "id": deck.id},
        )
