"""The `{name}` places of a drill's text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from srs.deck.inline import Scanner, Sort

ANSWER = "answer"

_PLACE = re.compile(r"(?<!\\)\{([A-Za-z_]\w*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    r"""Return a text with its known `{name}` places filled in; every other brace stays.

    In mathematics the braces are kept around the value, so that `\frac{n}{2}` stays a fraction;
    in code a number has no commas.
    """
    pieces = []
    position = 0
    for found, in_mathematics, in_code in _places(text):
        value = values.get(found.group(1))
        if value is not None:
            value = value.replace(",", "") if in_code else value
            filled = f"{{{value}}}" if in_mathematics else value
            pieces += [text[position : found.start()], filled]
            position = found.end()
    return "".join([*pieces, text[position:]])


def unknown_names(text: str, names: Mapping[str, object]) -> list[tuple[str, int]]:
    """Return each `{name}` in prose that `names` lacks, with its offset in the text.

    Mathematics and code have braces of their own, and are not looked into.
    """
    return [
        (found.group(1), found.start())
        for found, in_mathematics, in_code in _places(text)
        if not in_mathematics and not in_code and found.group(1) not in names
    ]


def _places(text: str) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Yield each place and whether mathematics or code holds it."""
    if "{" not in text:
        return
    scanner = Scanner(text)
    piece = scanner.next(0)
    for found in _PLACE.finditer(text):
        while piece and piece.end <= found.start():
            piece = scanner.next(piece.end)
        inside = piece.sort if piece and piece.start < found.start() else None
        yield found, inside is Sort.MATH, inside is Sort.CODE


def formatted(value: float) -> str:
    """Return a drawn number as a person would write it: `80`, `0.25`, `80,000`, `1e+12`."""
    return f"{value:,.12g}"


def rounded(value: float) -> str:
    """Return a computed number to four figures, whole numbers in full: `1,234`, `0.1235`."""
    size = abs(value)
    if size and not 1e-4 <= size < 1e15:
        return f"{value:.4g}"
    decimals = 3 - math.floor(math.log10(size)) if size else 0
    text = f"{value:,.{max(decimals, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
