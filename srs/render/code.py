"""Code blocks: their text kept as written, coloured by their named language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from srs.render.lines import Line, Role, Span
from srs.render.wrap import chop, width_of

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

# A lexer is a pile of regular expressions; beyond this a card waits for its colours.
LONGEST_COLOURED = 20_000
_PLAIN: tuple[Role, ...] = (Role.CODE, Role.LISTING)
_LANGUAGE = re.compile(r"[\w+#.-]+")


def listing(code: str, info: str, indent: str, continued: str, width: int) -> list[Line]:
    """Return the lines of `code`, each indented by `indent`.

    A line over `width` cells is cut hard and goes on behind `continued`, an indent as wide.
    `info` is the fence's info string, whose first word names the language; without one, or
    with one that Pygments does not know, the code has no colours.
    """
    margin = (Span(indent, _PLAIN),) if indent else ()
    overrun = (Span(continued, (*_PLAIN, Role.MUTED)),) if continued else ()
    lines: list[Line] = []
    for spans in _rows(_coloured(code, info)):
        first, *others = chop(spans, width - width_of(margin))
        lines.append(Line(margin + first.spans) if first.spans else first)
        lines += [Line(overrun + line.spans) for line in others]
    return lines


def _rows(spans: Iterable[Span]) -> Iterator[list[Span]]:
    row: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        if first:
            row.append(Span(first, span.roles))
        for text in others:
            yield row
            row = [Span(text, span.roles)] if text else []
    yield row


def _coloured(code: str, info: str) -> list[Span]:
    language = _LANGUAGE.search(info)
    lexer = _lexer(language[0].lower()) if language and len(code) <= LONGEST_COLOURED else None
    if lexer is not None:
        try:
            spans = [Span(text, _roles(kind)) for kind, text in lexer.get_tokens(code)]
        except Exception:  # a lexer's own fault must not take the card from the screen
            spans = []
        if "".join(span.text for span in spans) == code:
            return spans
    return [Span(code, _PLAIN)]


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _roles(kind: _TokenType) -> tuple[Role, ...]:
    from pygments.token import (
        Comment,
        Keyword,
        Literal,
        Name,
        Number,
        Operator,
        String,
        is_token_subtype,
    )

    for family, role in (
        (Comment, Role.COMMENT),
        (Keyword, Role.KEYWORD),
        (Operator.Word, Role.KEYWORD),
        (Name.Builtin.Pseudo, Role.KEYWORD),
        (String, Role.STRING),
        (Number, Role.NUMBER),
        (Literal, Role.STRING),
        (Operator, Role.OPERATOR),
        (Name.Function, Role.NAME),
        (Name.Class, Role.NAME),
        (Name.Tag, Role.NAME),
        (Name.Attribute, Role.NAME),
        (Name.Decorator, Role.NAME),
        (Name.Builtin, Role.NAME),
    ):
        if is_token_subtype(kind, family):
            return (*_PLAIN, role)
    return _PLAIN
