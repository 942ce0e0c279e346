"""The one block rule of ours: `Q:`, `A:` and `C:` at the start of a line."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from srs.deck.markup import new_parser

# Each list counts two levels (the list and its item), each quote one.
DEEPEST = 40

# `C::swap`, `C:\models` and `C:/models` are a C++ name and two paths.
MARKER = re.compile(r"[QA]:(?!:)|C:(?!:|[\\/]\w)")
_SPACES = re.compile(r"[ \t]*")


@cache
def structure_parser() -> MarkdownIt:
    """Return the parser that decides what is structure in a deck file.

    It is the dialect of `srs.deck.markup` with a rule for the markers. A marker interrupts a
    paragraph, a list, a quote and a table, and yields a token `marker` whose content is its
    letter; what follows it on the line is parsed as if it stood at the start of the line.
    The first line nested deeper than `DEEPEST` levels is left in the environment as `too_deep`.
    """
    md = new_parser()
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.block.ruler.before(
        "table", "marker", _marker, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return md


@cache
def markerless_parser() -> MarkdownIt:
    """Return the same parser for files in which `Q:`, `A:` and `C:` are ordinary text."""
    md = new_parser()
    md.block.ruler.before("table", "too_deep", _too_deep)
    return md


def _marker(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line]
    if state.tShift[start_line] or (start and state.src[start - 1] != "\n"):
        return False
    found = MARKER.match(state.src, start)
    if found is None:
        return False
    if silent:
        return True
    token = state.push("marker", "", 0)
    token.content = state.src[start]
    token.map = [start_line, start_line + 1]
    _parse_rest_of_line(state, start_line, end_line, found.end())
    return True


def _parse_rest_of_line(state: StateBlock, line: int, end_line: int, after: int) -> None:
    spaces = _SPACES.match(state.src, after)
    text = spaces.end() if spaces else after
    if text >= state.eMarks[line]:
        state.line = line + 1
        return
    state.bMarks[line] = text
    for rule in state.md.block.ruler.getRules(""):
        if rule(state, line, end_line, False):
            return


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.level < DEEPEST:
        return False
    state.env.setdefault("too_deep", start_line)
    state.line = start_line + 1
    return True
