"""A card as text alone: for pipes, screen readers and lists."""

from __future__ import annotations

from markdown_it.token import Token
from rich.cells import cell_len

from srs.deck.markup import markdown as parser
from srs.render.controls import clean
from srs.render.inline import InlineReader, formula, without_comments
from srs.render.layout import lay_out_with
from srs.render.lines import Span
from srs.render.signs import PLAIN, SCREEN
from srs.render.wrap import chop

_ELLIPSIS = "…"


def plain(markdown: str, width: int = 80) -> str:
    """Return `markdown` laid out in `width` cells as text whose structure needs no colour.

    Headings keep their `#`, code within a sentence its backticks, a code block four spaces,
    quotes their `>`; what only emphasises is dropped.
    """
    lines = lay_out_with(PLAIN, markdown, width).lines
    return "\n".join(line.text.rstrip() for line in lines)


def one_line(markdown: str, limit: int) -> str:
    """Return the first text of `markdown` as a title of at most `limit` cells, cut with `…`."""
    title = ""
    for token in parser().parse(clean(markdown)):
        title = " ".join(clean(_text_of(token)).split())
        if title:
            break
    if cell_len(title) <= limit:
        return title
    room = limit - cell_len(_ELLIPSIS)
    head = chop([Span(title)], room)[0].text.rstrip()
    return head + _ELLIPSIS if cell_len(head) <= room else _ELLIPSIS


def _text_of(token: Token) -> str:
    """Return the text of one block token; empty if it only opens or closes a block."""
    if token.type == "inline":
        flows = InlineReader(SCREEN).flows(token.children or [])
    elif token.type.startswith("math_block"):
        flows = formula(token.content)
    elif token.type == "html_block":
        return without_comments(token.content)
    else:
        return token.content
    return " ".join("".join(span.text for span in flow.spans) for flow in flows)
