"""What commands print: data to standard output, all else to standard error.

Text of decks and file names is data, so control characters are taken out of it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from srs.deck.dialects.formats import SRS
from srs.deck.model import Problem, Severity
from srs.practice.phrases import counted
from srs.render.controls import clean

MOST_ALIKE = 50


def show(text: str = "") -> None:
    """Print a command's data."""
    print(clean(text))


def tell(text: str) -> None:
    """Print what is not data: advice, errors."""
    print(clean(text), file=sys.stderr, flush=True)


def show_json(data: Any) -> None:
    """Print a JSON value."""
    import json

    print(json.dumps(data, indent=2))


def show_problems(problems: Iterable[Problem]) -> None:
    """Print the problems of deck files, a line each, in the form editors jump to.

    Of many warnings of one kind the first are shown, and the rest are counted.
    """
    seen: Counter[str] = Counter()
    for each in problems:
        if each.severity is Severity.WARNING:
            seen[each.code] += 1
            if seen[each.code] > MOST_ALIKE:
                continue
        show(f"{each.file}:{each.line}:{each.column}: {each.code}: {each.message}")
    for code, count in seen.items():
        if count > MOST_ALIKE:
            show(f"{code}: {count - MOST_ALIKE:,} more warnings like these; --json lists them all")


def skipped_in_words(count: int) -> str:
    """Return why sections gave no card, and what to do about it."""
    one = count == 1
    return (
        f"{counted(count, 'section')} {'is' if one else 'are'} no {'card' if one else 'cards'}: "
        f"{'it asks' if one else 'they ask'} nothing, or nothing below answers. "
        "End a heading with a question mark to make it a card, "
        "or take every ## heading for one with --format srs."
    )


def formats_in_words(formats: Mapping[str, int]) -> str:
    """Return which dialects were recognised: ` (obsidian)`, ` (2 questions, 1 srs)`.

    Empty where all is our own format, or nothing was read.
    """
    if not formats.keys() - {SRS}:
        return ""
    if len(formats) == 1:
        return f" ({next(iter(formats))})"
    return f" ({', '.join(f'{count} {name}' for name, count in sorted(formats.items()))})"
