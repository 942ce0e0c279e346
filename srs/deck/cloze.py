"""The deletions of a `C:` card: which brackets of a Markdown text are cut."""

from __future__ import annotations

import re
from typing import NamedTuple

# What only the parser can tell the meaning of in a text of one line that begins with a letter:
# escapes, code, mathematics, HTML, footnotes and links.
_LOOKED_AT = re.compile(r"[\n\\`$<]|\[\^|\]\(")
_FLAT = re.compile(r"\[[^\[\]]*\]")


class Span(NamedTuple):
    """A place in a text, half-open; of a deletion it takes in the brackets."""

    start: int
    end: int


def deletions(text: str) -> tuple[Span, ...]:
    """Return the deletions of a cloze text, in order: the outermost brackets of its prose.

    Links, defined references, images, footnotes, task boxes, escaped and empty brackets are no
    deletions. Code, mathematics and HTML are never cut, though a deletion may hold them.
    """
    if "[" not in text:
        return ()
    found = _plain_deletions(text)
    if found is None:
        # Imported here: most cards need no parser.
        from srs.deck.brackets import outermost_brackets

        return outermost_brackets(text)
    return found


def _plain_deletions(text: str) -> tuple[Span, ...] | None:
    """Return the deletions of a paragraph of one line, None if only the parser can find them."""
    if not text[0].isalpha() or _LOOKED_AT.search(text):
        return None
    pairs = [Span(*found.span()) for found in _FLAT.finditer(text)]
    if not text.count("[") == text.count("]") == len(pairs):
        return None
    return tuple(pair for pair in pairs if text[pair.start + 1 : pair.end - 1].strip())
