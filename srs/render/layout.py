"""A card's Markdown laid out for a width, ready to be painted or read aloud."""

from __future__ import annotations

from functools import lru_cache

from markdown_it.tree import SyntaxTreeNode

from srs.deck.markup import markdown
from srs.render.blocks import BlockReader
from srs.render.controls import clean
from srs.render.inline import InlineReader
from srs.render.lines import Layout
from srs.render.signs import SCREEN, Signs

NARROWEST = 10


def lay_out(markdown: str, width: int) -> Layout:
    """Lay `markdown` out in lines of at most `width` terminal cells.

    Under ten cells it is laid out for ten. Nothing in it is markup for a terminal: control
    characters are removed, HTML is text, and what cannot be shown in Unicode stays as written.
    Any text has a layout; none raises.
    """
    return lay_out_with(SCREEN, markdown, width)


@lru_cache(maxsize=64)
def lay_out_with(signs: Signs, text: str, width: int) -> Layout:
    """Lay Markdown `text` out as `lay_out` does, drawing its structure with `signs`."""
    inline = InlineReader(signs)
    tree = SyntaxTreeNode(markdown().parse(clean(text)))
    lines = BlockReader(inline).stack(tree.children, max(width, NARROWEST))
    return Layout(tuple(lines), tuple(inline.pictures))
