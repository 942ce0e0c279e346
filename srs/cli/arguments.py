"""How every command describes and reads its arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def parser(command: str, description: str, example: str) -> argparse.ArgumentParser:
    """Return the parser of a command; its help ends with an example."""
    return argparse.ArgumentParser(
        prog=f"srs {command}",
        description=description,
        epilog=f"Example: {example}",
        allow_abbrev=False,
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command print JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_format(parser: argparse.ArgumentParser) -> None:
    """Let a command be told the dialect of the files it reads."""
    from srs.deck.dialects.formats import FORMATS
    from srs.exchange import readers

    parser.add_argument(
        "--format",
        choices=(*FORMATS, *readers.FORMATS),
        help="read every file as this dialect instead of recognising it; "
        "srs takes every ## heading for a card",
    )


def date_argument(text: str) -> date:
    """Read a date such as 2026-12-15."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-12-15") from None


def positive_count(text: str) -> int:
    """Read a whole number from 1 on."""
    if not (text.isascii() and text.isdecimal() and int(text[:9]) >= 1 and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def positive_minutes(text: str) -> float:
    """Read a number of minutes above 0."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes above 0")
    return minutes
