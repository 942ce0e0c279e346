"""Which brackets of a Markdown text are its own: no link's, image's or footnote's."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from srs.deck.cloze import Span
from srs.deck.inline import Scanner, Sort
from srs.deck.markup import block_tokens, markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST_LABEL = 999
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_TASK_BOX = re.compile(r"\[[ xX]\]\s")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_SPACE = re.compile(r"[ \t\n]*")


def outermost_brackets(text: str) -> tuple[Span, ...]:
    """Return what `srs.deck.cloze.deletions` does, found by the Markdown parser."""
    tokens, env = block_tokens(markdown(), text)
    labels = env.get("references", {})
    return tuple(
        Span(region.start + found.start, region.start + found.end)
        for region in _inline_regions(text, tokens)
        for found in _outermost(_plain_brackets(text[region.start : region.end], labels))
    )


def _inline_regions(text: str, tokens: list[Token]) -> Iterator[Span]:
    """Yield where the paragraphs, headings and table cells of a text stand in its source."""
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text) + 1]
    in_cell = False
    for index, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            in_cell = True
        elif token.type == "tr_open" and token.map:
            row = token.map[0]
            yield from _cells(text, starts[row], starts[row + 1] - 1)
        elif token.type == "inline" and token.map:
            if not in_cell:
                start, end = starts[token.map[0]], starts[token.map[1]] - 1
                yield Span(_content_start(text, start, tokens, index), end)
            in_cell = False


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    for border in _CELL_BORDER.finditer(text, start, end):
        yield Span(start, border.start())
        start = border.end()
    yield Span(start, end)


def _content_start(text: str, start: int, tokens: list[Token], index: int) -> int:
    """Return where a paragraph's text begins behind its list markers and task box."""
    if tokens[index - 1].type != "paragraph_open":
        return start
    content = tokens[index].content.split("\n", 1)[0].rstrip()
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)].rstrip()
    start += max(0, len(line) - len(content))
    in_item = index >= 2 and tokens[index - 2].type == "list_item_open"
    box = _TASK_BOX.match(tokens[index].content) if in_item else None
    return start + box.end() if box else start


def _plain_brackets(text: str, labels: Container[str]) -> Iterator[Span]:
    """Yield the bracket pairs that are neither links, images nor footnotes; inner ones first."""
    scanner = Scanner(text)
    position = 0
    pairs: list[Span] = []
    openers: list[tuple[int, bool]] = []
    newest_link = -1
    while piece := scanner.next(position):
        position = piece.end
        if piece.sort in (Sort.OPEN, Sort.IMAGE_OPEN):
            openers.append((piece.end - 1, piece.sort is Sort.IMAGE_OPEN))
        elif piece.sort is Sort.CLOSE and openers:
            start, is_image = openers.pop()
            link_end = None
            if is_image or newest_link < start:
                link_end = _link_end(text, start, piece.end, labels)
            if link_end is not None:
                position = link_end
                newest_link = newest_link if is_image else start
                while pairs and pairs[-1].start > start:
                    pairs.pop()
            elif not _is_empty_or_footnote(text, start, piece.end):
                pairs.append(Span(start, piece.end))
    yield from pairs


def _is_empty_or_footnote(text: str, start: int, end: int) -> bool:
    return text.startswith("^", start + 1) or text[start + 1 : end - 1].isspace() or end - start < 3


def _link_end(text: str, start: int, end: int, labels: Container[str]) -> int | None:
    """Return the end of the link whose text is `text[start:end]`, None if it is no link."""
    if text.startswith("(", end):
        inline_end = _destination_end(text, end)
        if inline_end is not None:
            return inline_end
    own = text[start + 1 : end - 1] if end - start <= _LONGEST_LABEL + 2 else ""
    full = _LABEL.match(text, end)
    label = (full.group(1) or own) if full else own
    if label.strip() and normalizeReference(label) in labels:
        return full.end() if full else end
    return None


def _destination_end(text: str, opening: int) -> int | None:
    """Return the place after `(url "title")`, None if no such thing stands at `opening`."""
    size = len(text)
    position = _skip_space(text, opening + 1)
    destination = parseLinkDestination(text, position, size)
    if destination.ok:
        after = _skip_space(text, destination.pos)
        title = parseLinkTitle(text, after, size) if after > destination.pos else None
        position = _skip_space(text, title.pos) if title and title.ok else after
    return position + 1 if text.startswith(")", position) else None


def _skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _outermost(pairs: Iterator[Span]) -> Iterator[Span]:
    end = 0
    for pair in sorted(pairs):
        if pair.start >= end:
            yield pair
            end = pair.end
