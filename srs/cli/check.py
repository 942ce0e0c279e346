"""`srs check`: what is wrong in deck files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from srs.cli.arguments import add_format, add_json, parser
from srs.cli.output import (
    formats_in_words,
    show,
    show_json,
    show_problems,
    skipped_in_words,
    tell,
)
from srs.deck.model import Problem, Reading, Severity
from srs.practice.phrases import counted


def run(argv: list[str]) -> int:
    """Read deck files as an import would, and store nothing."""
    arguments = _parser().parse_args(argv)
    from srs.deck.cards import card_keys
    from srs.deck.files import find_decks, questions_in_readme, read_file
    from srs.deck.strict import held_strictly
    from srs.exchange.importing import sort_paths
    from srs.exchange.readers import Surroundings
    from srs.schedule.clock import SystemClock
    from srs.schedule.settings import SchedulingSettings

    given = sort_paths([Path(path) for path in arguments.paths], arguments.format)
    here = Surroundings(SystemClock(), SchedulingSettings().rollover_hour)
    found = find_decks(given.own)
    errors = list(found.problems)
    warnings: list[Problem] = []
    formats: Counter[str] = Counter()
    notes = cards = skipped = 0
    stories = 0
    for file in found.files:
        told = _story(file)
        if told is not None:
            stories += 1
            errors += [p for p in told if p.severity is Severity.ERROR]
            warnings += [p for p in told if p.severity is Severity.WARNING]
            continue
        reading = read_file(file, format_name=arguments.format)
        if arguments.strict:
            reading = held_strictly(reading, str(file))
        formats += Counter([reading.format] if reading.format else [])
        if arguments.verbose and reading.format and not arguments.json:
            show(_recognised(str(file), reading))
        errors += reading.errors
        warnings += reading.warnings
        if reading.deck is not None:
            notes += len(reading.deck.notes)
            skipped += reading.deck.skipped
            cards += sum(len(card_keys(note)) for note in reading.deck.notes)
    if not notes:
        readmes = (questions_in_readme(p, arguments.format) for p in given.own if p.is_dir())
        warnings += filter(None, readmes)
    for path, reader in given.foreign:
        other = reader.read(path, here)
        formats[other.format] += 1
        errors += other.errors
        warnings += other.warnings
        notes += sum(len(each.deck.notes) for each in other.decks)
        cards += sum(len(card_keys(note)) for each in other.decks for note in each.deck.notes)
    files_read = len(found.files) + len(given.foreign)
    if arguments.json:
        show_json(
            {
                "files": files_read,
                "notes": notes,
                "cards": cards,
                "stories": stories,
                "skipped": skipped,
                "formats": dict(sorted(formats.items())),
                "errors": [asdict(problem) for problem in errors],
                "warnings": [asdict(problem) for problem in warnings],
            }
        )
        return 1 if errors else 0
    show_problems([*errors, *warnings])
    files = counted(files_read, "file") + formats_in_words(formats)
    counts = [files, counted(notes, "note"), counted(cards, "card")]
    counts += [counted(stories, "story", "stories")] if stories else []
    counts += [counted(len(errors), "error"), counted(len(warnings), "warning")]
    show(", ".join(counts))
    if not (files_read or errors or warnings):
        tell("No deck was found there; a deck is a Markdown file that ends in .md.")
    if skipped:
        tell(skipped_in_words(skipped))
    return 1 if errors else 0


def _story(file: Path) -> list[Problem] | None:
    """Return what is wrong with and missing from a person's own story; None for any other file."""
    from srs.deck.files import DeckFileError, decode, load
    from srs.deck.own_stories import is_story, read_story
    from srs.deck.story_gaps import gaps

    try:
        text = decode(load(file), str(file))
    except DeckFileError:
        return None  # the reading of decks says why
    if not is_story(text):
        return None
    reading = read_story(text, str(file))
    return [*reading.problems, *(gaps(reading.story) if reading.story else ())]


def _recognised(file: str, reading: Reading) -> str:
    """Return what a file was read as, by which sign, and how many cards it gave."""
    by = f" (by {reading.sign})" if reading.sign else ""
    notes = len(reading.deck.notes) if reading.deck else 0
    return f"{file}: {reading.format}{by}, {counted(notes, 'note')}"


def _parser() -> ArgumentParser:
    about = (
        "Say what is wrong in deck files, and what your own stories lack: file, line, column, a "
        "code and what to write instead. "
        "Nothing is stored; the exit code is 1 when there are errors."
    )
    found = parser("check", about, "srs check ~/notes/ml")
    found.add_argument("paths", nargs="+", metavar="PATH", help="a deck file or a folder of them")
    found.add_argument(
        "--verbose", action="store_true", help="say of each file what it was read as, and why"
    )
    found.add_argument(
        "--strict",
        action="store_true",
        help="hold Markdown decks to what one for others needs: no warnings, a source with an "
        "address, side and judgement on every card, no answer over 150 words",
    )
    add_format(found)
    add_json(found)
    return found
