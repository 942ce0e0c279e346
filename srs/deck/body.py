"""What stands under a heading or after a marker: its text, hints, source and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from srs.deck.options import Comment, is_options
from srs.deck.page import Block, Page
from srs.deck.problems import Problems
from srs.deck.text import Places

_TIP = re.compile(r" {0,3}>[ \t]*\[!TIP\][ \t]*(.*)", re.IGNORECASE)
_QUOTE_SIGN = re.compile(r" {0,3}> ?")
_SOURCE = re.compile(r" {0,3}Source:[ \t]*(.*)")
_JOINED = "\0"
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Body:
    """A part of a card. `text` is Markdown; `blocks` are those that remain in it."""

    text: str
    blocks: tuple[Block, ...]
    hints: tuple[str, ...]
    source: str | None
    comments: tuple[Comment, ...]


def comments_of(page: Page, block: Block) -> tuple[list[Comment], str]:
    """Return the comments of a block that begins with one, and the text that is left of it.

    Any other block has none.
    """
    return _split_comments(page.lines[block.start : block.end], block)


def read_body(
    page: Page,
    start: int,
    end: int,
    blocks: Sequence[Block],
    problems: Problems,
    *,
    without: Sequence[Block] = (),
    has_source: bool = True,
) -> Body:
    """Read the lines from `start` to `end` (from 0, half-open), which hold `blocks`.

    Leaves out a marker at the start, hints, comments, the source paragraph, a rule at the end,
    link definitions that stand free, and the blocks in `without`; link definitions that the rest
    uses are put at its end. Without `has_source` a source paragraph is text like any other.
    """
    cutter = _Cutter(page, start, end, problems)
    cutter.drop_definitions()
    kept: list[Block] = []
    for block in blocks:
        if block.type == "marker":
            cutter.cut_marker()
        elif block in without or cutter.takes_hint(block) or cutter.takes_comments(block):
            cutter.remove(block)
        else:
            cutter.take_inline_options(block)
            kept.append(block)
    while kept and kept[-1].type == "hr":
        cutter.remove(kept.pop())
    source = None
    if has_source and kept and kept[-1].type == "paragraph":
        source, is_all = cutter.take_source(kept[-1])
        if is_all:
            cutter.remove(kept.pop())
    return Body(
        page.with_definitions(cutter.text()),
        tuple(kept),
        tuple(page.with_definitions(hint) for hint in cutter.hints),
        page.with_definitions(source) if source else None,
        tuple(cutter.comments),
    )


def cut_inline_options(
    text: str, line: int, column: int, problems: Problems
) -> tuple[str, list[Comment]]:
    """Take the comments with options out of inline text that begins at a line and column (from 1).

    Any other comment stays. One that is never closed is a problem.
    """
    if "<!--" not in text:
        return text, []
    # Imported here, like the parser: few texts have comments.
    from srs.deck.inline import Scanner, Sort

    scanner = Scanner(text)
    places = Places(text)
    pieces: list[str] = []
    comments: list[Comment] = []
    position = kept_from = 0
    while piece := scanner.next(position):
        position = piece.end
        if piece.sort not in (Sort.COMMENT, Sort.UNCLOSED_COMMENT):
            continue
        breaks, at = places.of(piece.start)
        at += 0 if breaks else column - 1
        if piece.sort is Sort.UNCLOSED_COMMENT:
            message = "this comment is never closed; end it with `-->`"
            problems.add("unclosed-comment", line + breaks, message, at)
            continue
        inside = text[piece.start + 4 : piece.end - 3]
        comments.append(Comment(inside, line + breaks, at))
        if is_options(inside):
            pieces.append(text[kept_from : piece.start].rstrip(" \t"))
            kept_from = piece.end
    return "".join([*pieces, text[kept_from:]]), comments


def _split_comments(lines: Sequence[str], block: Block) -> tuple[list[Comment], str]:
    text = "\n".join(lines)
    if block.type != "html_block" or not text.lstrip().startswith("<!--"):
        return [], text
    places = Places(text)
    comments = []
    rest = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 2)) >= 0:
        line, column = places.of(start)
        comments.append(Comment(text[start + 4 : end], block.start + line + 1, column))
        rest.append(text[position:start])
        position = end + 3
    return comments, "".join([*rest, text[position:]]).strip()


class _Cutter:
    """The lines of a body while parts are taken out.

    None stands for a line that was taken out, `_JOINED` for one that went into the line above.
    """

    def __init__(self, page: Page, start: int, end: int, problems: Problems) -> None:
        self._page = page
        self._start = start
        self._lines: list[str | None] = list(page.lines[start:end])
        self._problems = problems
        self._first_column = 1
        self.hints: list[str] = []
        self.comments: list[Comment] = []

    def text(self) -> str:
        """Return what is left, with one blank line where something was."""
        left: list[str] = []
        after_gap = False
        for line in self._lines:
            if line is None:
                after_gap = True
            elif line is not _JOINED and not (after_gap and not line.strip()):
                if after_gap:
                    while left and not left[-1].strip():
                        left.pop()
                    left.append("")
                left.append(line)
                after_gap = False
        return _BLANK_START.sub("", "\n".join(left)).rstrip()

    def drop_definitions(self) -> None:
        for index in range(len(self._lines)) if self._page.definition_lines else ():
            if self._start + index in self._page.definition_lines:
                self._lines[index] = None

    def cut_marker(self) -> None:
        line = self._lines[0]
        if line:
            rest = line[2:].lstrip(" \t")
            self._first_column = len(line) - len(rest) + 1
            self._lines[0] = rest

    def remove(self, block: Block) -> None:
        first, last = block.start - self._start, block.end - self._start
        self._lines[first:last] = [None] * (last - first)

    def takes_hint(self, block: Block) -> bool:
        if block.type != "blockquote":
            return False
        first, *rest = self._of(block)
        found = _TIP.match(first)
        if found is None:
            return False
        lines = [found.group(1), *(_QUOTE_SIGN.sub("", line, count=1) for line in rest)]
        hint = _BLANK_START.sub("", "\n".join(lines)).strip()
        if hint:
            self.hints.append(hint)
        else:
            self._problems.add(
                "empty-hint",
                block.start + 1,
                "this hint is empty; write its text below as `> …`, or take it out",
            )
        return True

    def takes_comments(self, block: Block) -> bool:
        """Take the comments out of a block that begins with one; tell whether nothing remains."""
        if block.type != "html_block":
            return False
        comments, rest = _split_comments(self._of(block), block)
        if comments and rest:
            self._replace(block, rest)
        self.comments.extend(comments)
        return not rest

    def take_inline_options(self, block: Block) -> None:
        if block.type not in ("paragraph", "heading"):
            return
        text = "\n".join(self._of(block))
        rest, comments = cut_inline_options(
            text, block.start + 1, self._column(block, 0, 1), self._problems
        )
        if rest != text:
            self._replace(block, rest)
        self.comments.extend(comments)

    def take_source(self, block: Block) -> tuple[str | None, bool]:
        """Take the source out of the last paragraph; tell whether it is all of it."""
        lines = self._of(block)
        for index, line in enumerate(lines):
            found = _SOURCE.match(line)
            if found:
                source = "\n".join([found.group(1), *lines[index + 1 :]]).strip()
                if index:
                    self._replace(block, "\n".join(lines[:index]))
                return source or None, index == 0
        return None, False

    def _of(self, block: Block) -> list[str]:
        lines = self._lines[block.start - self._start : block.end - self._start]
        return "\n".join(line for line in lines if line not in (None, _JOINED)).split("\n")

    def _replace(self, block: Block, text: str) -> None:
        first, last = block.start - self._start, block.end - self._start
        self._lines[first:last] = [text] + [_JOINED] * (last - first - 1)

    def _column(self, block: Block, line: int, column: int) -> int:
        on_marker_line = block.start == self._start and line == 0
        return column + self._first_column - 1 if on_marker_line else column
