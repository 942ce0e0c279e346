"""Hints that can be taken out of a card's text without a Markdown parser."""

from __future__ import annotations

import re

# A quote between two blank lines, or at either end: nothing above goes on in it, nor it below.
_HINT = re.compile(r"(?:(?<=\S\n\n)|\A)> \[!TIP\]((?:\n> [^\n]*)+)(?:\n\n(?=\S)|\Z)", re.IGNORECASE)


def without_hints(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a text without its hints, and the hints; None if only a parser can tell them.

    The text ends in no white space.
    """
    found = tuple(hint.replace("\n> ", "\n").strip() for hint in _HINT.findall(text))
    rest = _HINT.sub("", text)
    if "[!" in rest or not all(found) or any(map(_is_more_than_words, found)):
        return None
    return rest.rstrip(), found


def _is_more_than_words(hint: str) -> bool:
    return any(sign in hint for sign in ("<", "$$", "[!", "\n\n")) or not hint[0].isalnum()
