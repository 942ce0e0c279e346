"""An import from paths to the report: everything in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from srs.deck.files import find_decks
from srs.deck.model import Deck, Problem, Reading, Severity
from srs.store import locations
from srs.store.collection import Collection
from srs.store.ingest import files
from srs.store.ingest.apply import Writer
from srs.store.ingest.files import FileRead, KnownDeck
from srs.store.ingest.foreign import ForeignFile
from srs.store.ingest.histories import HistoryWriter
from srs.store.ingest.report import ImportReport
from srs.store.tables import cards, decks, notes


@dataclass(frozen=True, slots=True)
class Options:
    """How an import treats what it finds.

    `format_name` is the dialect of every file; without it each is recognised. `dry_run` stores
    nothing. `retire` confirms that the cards of files that are empty or gone are meant to go.
    `keep_going` imports the good files beside broken ones.
    """

    format_name: str | None = None
    dry_run: bool = False
    retire: bool = False
    keep_going: bool = False


@dataclass(slots=True)
class _Plan:
    reads: list[FileRead] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    vanished: list[KnownDeck] = field(default_factory=list)


class _DryRun(Exception):  # noqa: N818 -- it ends a transaction, it is no error
    pass


def import_paths(
    collection: Collection,
    paths: Sequence[Path],
    options: Options | None = None,
    *,
    foreign: Sequence[ForeignFile] = (),
) -> ImportReport:
    """Bring files and folders into the collection; all of them, or nothing when one has an error.

    A file that did not change since it was last read is not parsed again. Only cards of the files
    and folders given can be retired. `foreign` are files of other programs, read already.
    """
    options = options or Options()
    with collection.reading() as connection:
        known = known_decks(connection)
    plan = _look(collection, paths, known, options)
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
    if report.errors and not options.keep_going:
        return report
    try:
        with collection.writing() as connection:
            if known_decks(connection) != known:
                known = known_decks(connection)
                plan = _look(collection, paths, known, options)
            _store(collection, connection, plan, foreign, known, report, options)
            if options.dry_run or (report.errors and not options.keep_going):
                raise _DryRun
    except _DryRun:
        pass
    collection.checkpoint()
    return report


def known_decks(connection: Connection) -> dict[str, KnownDeck]:
    """Return every deck the collection knows, by its stored path."""
    columns = (decks.c.id, decks.c.path, decks.c.digest, decks.c.size, decks.c.mtime_ns)
    rows = connection.execute(select(*columns, decks.c.retired))
    return {row.path: KnownDeck(*row) for row in rows}


def deck_files(collection: Collection, path: Path) -> list[Path]:
    """Return the deck files at a path; of the bundled ones, those the person has no copy of."""
    found = list(find_decks([path]).files)
    if path.absolute() != locations.bundled_decks():
        return found
    copies = locations.personal_decks(collection.path)
    return [file for file in found if not (copies / file.name).exists()]


def _look(
    collection: Collection,
    paths: Iterable[Path],
    known: dict[str, KnownDeck],
    options: Options,
) -> _Plan:
    plan = _Plan()
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            _look_at_missing(path, known, options, plan)
            continue
        plan.problems += find_decks([path]).problems
        here = deck_files(collection, path)
        found |= {files.stored_path(file): file for file in here}
        if path.is_dir():
            gone = [
                deck
                for deck in _below(path, known)
                if not deck.retired and deck.path not in {files.stored_path(f) for f in here}
            ]
            if gone and not here and not options.retire:
                plan.problems.append(_unconfirmed(path, "holds no decks any more"))
            else:
                plan.vanished += gone
    reads, problems = files.read(found.values(), known, format_name=options.format_name)
    plan.problems += problems
    for file in reads:
        deck = known.get(file.path)
        if options.retire and deck is not None and _is_empty(file):
            plan.vanished.append(deck)
        else:
            plan.reads.append(file)
    return plan


def _is_empty(file: FileRead) -> bool:
    return file.reading is not None and any(p.code == "empty-file" for p in file.reading.errors)


def _look_at_missing(
    path: Path, known: dict[str, KnownDeck], options: Options, plan: _Plan
) -> None:
    gone = [deck for deck in [*_below(path, known), *_at(path, known)] if not deck.retired]
    if gone and options.retire:
        plan.vanished += gone
    elif gone:
        plan.problems.append(_unconfirmed(path, "is gone"))
    else:
        plan.problems.append(
            Problem(str(path), 1, 1, "not-found", "there is no such file or folder")
        )


def _unconfirmed(path: Path, what: str) -> Problem:
    return Problem(
        str(path),
        1,
        1,
        "retire-unconfirmed",
        f"it {what}, so nothing was retired; if that is meant, run srs import --retire {path}",
    )


def _below(folder: Path, known: dict[str, KnownDeck]) -> list[KnownDeck]:
    if folder.absolute() == locations.bundled_decks():
        start = locations.BUNDLED
    else:
        start = f"{folder.absolute()}/"
    return [deck for path, deck in known.items() if path.startswith(start)]


def _at(path: Path, known: dict[str, KnownDeck]) -> list[KnownDeck]:
    deck = known.get(files.stored_path(path))
    return [] if deck is None else [deck]


def _store(
    collection: Collection,
    connection: Connection,
    plan: _Plan,
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
                report.errors.append(_unconfirmed(Path(file.path), "has no cards any more"))
                continue
            changed.append((file, file.reading.deck))
            report.skipped += file.reading.deck.skipped
    vanished = list(plan.vanished)
    for other in foreign:
        now_here = list(_decks_of(other))
        gone = _no_longer_in(other, known)
        if gone and not now_here and not other.errors and not options.retire:
            report.errors.append(_unconfirmed(other.path, "has no cards any more"))
        elif not other.errors:
            changed += now_here
            vanished += gone
    if report.errors and not options.keep_going:
        return
    if changed or vanished:
        writer = Writer(collection, connection, report)
        writer.write(changed, known, vanished)
        histories = HistoryWriter(collection, connection)
        histories.begin(writer.started)
        for other in foreign:
            report.reviews += histories.continue_pasts(other, report)
        histories.rebuild()
    report.warnings += _copies_of_living(connection, [file.path for file, _ in changed])


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


def _living_cards(connection: Connection) -> dict[int, int]:
    rows = connection.execute(
        select(cards.c.deck_id, func.count().label("living"))
        .where(~cards.c.retired)
        .group_by(cards.c.deck_id)
    )
    return {row.deck_id: row.living for row in rows}


def _note_times(connection: Connection, deck: KnownDeck, file: FileRead) -> None:
    """Remember a file's new time, so that the next look at it need not read it."""
    if (deck.size, deck.mtime_ns) != (file.size, file.mtime_ns):
        connection.execute(
            update(decks)
            .where(decks.c.id == deck.id)
            .values(size=file.size, mtime_ns=file.mtime_ns)
        )


def _copies_of_living(connection: Connection, paths: Sequence[str]) -> list[Problem]:
    """Warn of notes that stand word for word in a second deck too."""
    here, there = notes.alias(), notes.alias()
    other = decks.alias()
    found: list[Problem] = []
    for path in paths:
        rows = connection.execute(
            select(here.c.line, other.c.path)
            .join(decks, decks.c.id == here.c.deck_id)
            .join(there, there.c.text_hash == here.c.text_hash)
            .join(other, other.c.id == there.c.deck_id)
            .where(
                decks.c.path == path,
                there.c.deck_id != here.c.deck_id,
                ~here.c.retired,
                ~there.c.retired,
            )
            .order_by(here.c.line)
        )
        for row in rows:
            found.append(
                Problem(
                    str(locations.deck_file(path)),
                    row.line,
                    1,
                    "duplicate-card",
                    f"the same card stands in {locations.deck_file(row.path)} and both are asked; "
                    "delete one of them",
                    Severity.WARNING,
                )
            )
    return found
