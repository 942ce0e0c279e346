"""The one block rule of ours: `Q:`, `A:` and `C:` at the start of a line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

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
    letter; what follows it on the line is parsed as if it stood at the start of the line. A line
    that is one tag, such as `<img …>` or a key `<C-v>`, begins HTML that a marker ends too.
    The first line nested deeper than `DEEPEST` levels is left in the environment as `too_deep`.
    """
    md = _new_parser()
    md.block.ruler.before(
        "table", "marker", _marker, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.at("html_block", _html, {"alt": ["paragraph", "reference", "blockquote"]})
    return md


@cache
def markerless_parser() -> MarkdownIt:
    """Return the same parser for files in which `Q:`, `A:` and `C:` are ordinary text."""
    return _new_parser()


def _new_parser() -> MarkdownIt:
    # Imported here: the parser's modules take longer to load than a small deck to read without it.
    from srs.deck.markup import new_parser

    md = new_parser()
    md.block.ruler.before("table", "too_deep", _too_deep)
    return md


def _found(state: StateBlock, line: int) -> re.Match[str] | None:
    """Return the marker with which a line begins."""
    start = state.bMarks[line]
    if state.tShift[line] or (start and state.src[start - 1] != "\n"):
        return None
    return MARKER.match(state.src, start)


def _html(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    from markdown_it.rules_block import html_block
    from markdown_it.rules_block.html_block import HTML_SEQUENCES

    text = state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[start_line]]
    if not html_block(state, start_line, end_line, silent):
        return False
    *named, any_tag = (opening.search(text) for opening, _, _ in HTML_SEQUENCES)
    if silent or not any_tag or any(named):
        return True
    ends = (line for line in range(start_line + 1, state.line) if _found(state, line))
    end = next(ends, state.line)
    if end < state.line:
        token = state.tokens[-1]
        token.map = [start_line, end]
        token.content = state.getLines(start_line, end, state.blkIndent, True)
        state.line = end
    return True


def _marker(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    found = _found(state, start_line)
    if found is None:
        return False
    if silent:
        return True
    token = state.push("marker", "", 0)
    token.content = found.group()[0]
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
