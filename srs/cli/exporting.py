"""`srs export`: take the cards away, to another program or as text."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.arguments import parser
from srs.cli.output import show, tell
from srs.errors import SrsError
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.exchange.folder import Files
    from srs.store.collection import Collection
    from srs.store.queue import Scope

SUFFIXES = {
    ".apkg": "apkg",
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
}
FORMATS = ("apkg", "md", "folder", "csv", "tsv", "json")
SHOWN = 5


def run(argv: list[str]) -> int:
    """Write the living cards, or with JSON everything, to a file."""
    found = _parser()
    arguments = found.parse_args(argv)
    target = Path(arguments.file).expanduser()
    name = arguments.format or _format_of(target)
    if name is None:
        found.error(f"say with --format what {target.name} is to be: {', '.join(FORMATS)}")
    if arguments.own and name != "folder":
        found.error("--own goes with a folder")
    if name == "json" and (arguments.topic or arguments.deck):
        found.error("the JSON is the whole collection; leave --topic and --deck out")
    if arguments.own and arguments.topic:
        found.error("--own takes whole decks; leave --topic out")
    from srs.store.collection import Collection

    with Collection.open() as collection:
        scope = _scope(collection, arguments.topic, arguments.deck)
        if arguments.own:
            return _own(collection, target, scope, force=arguments.force)
        show(_write(collection, name, target, scope, force=arguments.force))
    return 0


def _own(collection: Collection, folder: Path, scope: Scope | None, *, force: bool) -> int:
    from srs.exchange.folder import take_over

    files, report = take_over(collection, folder, scope, force=force)
    _tell_changes(files)
    show(f"{folder}: {counted(files.notes, 'note')} in {counted(len(files.files), 'file')}")
    kept = report.unchanged + report.updated + report.moved
    show(f"The decks are these files from here on; {counted(kept, 'card')} with their history.")
    return 0


def _write(
    collection: Collection, name: str, target: Path, scope: Scope | None, *, force: bool
) -> str:
    if name == "json":
        from srs.exchange import complete

        counts = complete.write(collection, target, force=force)
        what = f"{counted(counts['cards'], 'card')}, {counted(counts['reviews'], 'review')}"
        return f"{target}: everything, {what}"
    if name in ("csv", "tsv"):
        from srs.exchange import table

        delimiter = "," if name == "csv" else "\t"
        lines = table.write(collection, target, scope, delimiter=delimiter, force=force)
        return f"{target}: {counted(lines, 'card')}"
    if name == "apkg":
        from srs.exchange.package.writer import write

        packed = write(collection, target, scope, force=force)
        if packed.missing:
            tell(f"Pictures that are not there: {', '.join(packed.missing[:SHOWN])}")
        what = f"{counted(packed.cards, 'card')}, {counted(packed.reviews, 'review')}"
        return f"{target}: {counted(packed.notes, 'note')}, {what}"
    from srs.exchange import folder

    write_text = folder.write_folder if name == "folder" else folder.write_file
    files = write_text(collection, target, scope, force=force)
    _tell_changes(files)
    what = f"{counted(files.notes, 'note')} in {counted(len(files.files), 'file')}"
    return f"{target}: {what}, for another collection; imported here they would be copies"


def _tell_changes(files: Files) -> None:
    from srs.render.plain import one_line

    for notes, what in (
        (files.escaped, "changed so that a deck can hold them"),
        (files.left, "left out, since no deck can hold them"),
    ):
        if notes:
            tell(f"{counted(len(notes), 'note')} {what}:")
        for note in notes[:SHOWN]:
            tell(f"  {one_line(note.front, 70)}")


def _scope(collection: Collection, topic: str | None, deck: str | None) -> Scope | None:
    from srs.store.queue import Scope, find_scope

    if topic is None and deck is None:
        return None
    with collection.reading_sql() as execute:
        found = find_scope(execute, topic or deck or "")
        if deck is not None:
            names = [name for (name,) in execute("SELECT name FROM deck WHERE NOT retired", {})]
            exact = next((name for name in names if name.casefold() == deck.casefold()), None)
            if exact is None:
                raise SrsError(f"There is no deck {deck!r}; srs decks lists them.")
            return Scope(deck=exact)
    if found.topic is None:
        raise SrsError(f"There is no topic {topic!r}; srs due --json lists them.")
    return found


def _format_of(target: Path) -> str | None:
    if target.suffix.lower() in SUFFIXES and not target.is_dir():
        return SUFFIXES[target.suffix.lower()]
    return "folder" if target.is_dir() or not target.suffix else None


def _parser() -> ArgumentParser:
    about = (
        "Write the cards that are asked to a file: .apkg for Anki, with the review history; .md, "
        "or a folder with a deck file for each deck; .csv or .tsv for a spreadsheet. A .json holds "
        "the whole collection, and srs import takes it in again."
    )
    found = parser("export", about, "srs export ml.apkg --topic serving")
    found.add_argument("file", metavar="FILE", help="its ending says the format")
    found.add_argument("--format", choices=FORMATS, help="whatever the file is called")
    scope = found.add_mutually_exclusive_group()
    scope.add_argument("--topic", metavar="TOPIC", help="only a topic and those below it")
    scope.add_argument("--deck", metavar="DECK", help="only a deck")
    found.add_argument("--force", action="store_true", help="write over what is there")
    found.add_argument(
        "--own",
        action="store_true",
        help="make the folder's files, which you can edit, the decks of what came from elsewhere",
    )
    return found
