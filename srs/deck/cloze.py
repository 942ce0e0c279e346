"""The deletions of a `C:` card: which brackets of a Markdown text are cut."""

from __future__ import annotations

from typing import NamedTuple

# What only the parser can tell the meaning of in a text of one line that begins with a letter:
# escapes, code, mathematics, HTML, footnotes and links.
_ONLY_PARSED = ("\n", "\\", "`", "$", "<", "[^", "](")


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
    if not text[0].isalpha():
        return None
    for sign in _ONLY_PARSED:
        if sign in text:
            return None
    before, *opened = text.split("[")
    if "]" in before:
        return None
    found: list[Span] = []
    start = len(before)
    for piece in opened:
        inside, closed, after = piece.partition("]")
        if not closed or "]" in after:
            return None
        if inside.strip():
            found.append(Span(start, start + len(inside) + 2))
        start += len(piece) + 1
    return tuple(found)
