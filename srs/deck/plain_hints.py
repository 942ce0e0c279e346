"""Hints that can be taken out of a card's text without a Markdown parser."""

from __future__ import annotations

import re

# A quote between two blank lines, or at either end: nothing above goes on in it, nor it below. Its
# sign comes first in the pattern, since what begins with fixed characters is found quickest.
_HINT = re.compile(
    r"> \[!TIP\](?:(?<=\S\n\n> \[!TIP\])|(?<=\A> \[!TIP\]))((?:\n> [^\n]*)+)(?:\n\n(?=\S)|\Z)",
    re.IGNORECASE,
)


def without_hints(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a text without its hints, and the hints; None if only a parser can tell them.

    The text ends in no white space.
    """
    pieces = _HINT.split(text)
    found = tuple([hint.replace("\n> ", "\n").strip() for hint in pieces[1::2]])
    rest = "".join(pieces[::2])
    if "[!" in rest or not all(map(_is_plain, found)):
        return None
    return rest.rstrip(), found


def _is_plain(hint: str) -> bool:
    """Tell whether a hint is a paragraph that nothing in it can turn into something else."""
    return hint[:1].isalnum() and not (
        "<" in hint or "$$" in hint or "[!" in hint or "\n\n" in hint
    )
