"""A deck file as its lines and its top-level blocks: what markdown-it says is structure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from srs.deck.markers import markerless_parser, structure_parser
from srs.deck.problems import Problems

if TYPE_CHECKING:
    from markdown_it.token import Token

_CODE = ("fence", "code_block", "math_block")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]", re.DOTALL)
_BEFORE_DEFINITION = re.compile(r"^(?:[QAC]:)?[ \t>]*(?=\[)|^[ \t>]*", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A top-level block: its type as markdown-it names it, its lines and its tokens.

    Lines count from 0; `end` is the one after the last.
    """

    type: str
    start: int
    end: int
    tokens: Sequence[Token]

    @property
    def level(self) -> int:
        """A heading's level, 0 for any other block."""
        return int(self.tokens[0].tag[1]) if self.type == "heading" else 0

    @property
    def content(self) -> str:
        """The text of a heading, the letter of a marker."""
        return self.tokens[1 if self.type == "heading" else 0].content

    @property
    def is_separator(self) -> bool:
        """Whether the block is a line `---`."""
        return self.type == "hr" and self.tokens[0].markup.startswith("-")


@dataclass(frozen=True, slots=True)
class Page:
    """A file without its front matter, whose lines are blank here.

    `definitions` maps the normalised label of each link definition to its source;
    `definition_lines` are the lines they stand on outside other blocks.
    """

    lines: Sequence[str]
    blocks: Sequence[Block]
    definitions: Mapping[str, str]
    definition_lines: frozenset[int]

    def with_definitions(self, text: str) -> str:
        """Return a piece of the page with the link definitions it uses put at its end."""
        if not self.definitions or "[" not in text:
            return text
        # Here and below what needs the Markdown parser is imported where it is used: most decks
        # are read without it.
        from markdown_it.common.utils import normalizeReference

        labels = dict.fromkeys(normalizeReference(label) for label in _LABEL.findall(text))
        used = [self.definitions[label] for label in labels if label in self.definitions]
        return "\n\n".join([text, "\n".join(used)]) if used and text else text


def read_page(lines: Sequence[str], problems: Problems, *, markers: bool = True) -> Page:
    """Parse the blocks of a file; report what is opened and never closed, or nested too deep.

    Without `markers`, `Q:`, `A:` and `C:` at the start of a line are ordinary text.
    """
    reader = PageReader(lines, problems, markers=markers)
    blocks = reader.read(0, len(lines))
    return reader.page(blocks)


class PageReader:
    """Parses a file piece by piece, in order; see `read_page`."""

    def __init__(self, lines: Sequence[str], problems: Problems, *, markers: bool = True) -> None:
        self._lines, self._problems = lines, problems
        self._markers = markers
        self._definitions: dict[str, str] = {}
        self._standing_free: set[int] = set()
        self._is_too_deep = False

    def read(self, start: int, end: int) -> list[Block]:
        """Parse the lines from `start` to `end`, with nothing open before the first of them."""
        return self._keep(start, *self._parse(start, end))

    def read_closed(self, start: int, ends: Sequence[int], first: int) -> tuple[list[Block], int]:
        """Parse the lines from `start` to the first of some ends at which nothing is left open.

        `ends` are in order and the last is the file's; those before the place `first` are passed
        over. Returns the blocks and the place of the end. Each try takes in twice as many ends as
        the one before.
        """
        step = 1
        place = first
        while True:
            tokens, env = self._parse(start, ends[place])
            if place == len(ends) - 1 or self._is_closed(tokens, start, ends[place]):
                return self._keep(start, tokens, env), place
            place = min(place + step, len(ends) - 1)
            step *= 2

    def page(self, blocks: Sequence[Block] = ()) -> Page:
        """Return the page with what was learned of it so far."""
        return Page(self._lines, blocks, self._definitions, frozenset(self._standing_free))

    def _parse(self, start: int, end: int) -> tuple[list[Token], dict[str, Any]]:
        from srs.deck.markup import block_tokens

        parser = structure_parser() if self._markers else markerless_parser()
        return block_tokens(parser, "\n".join(self._lines[start:end]) + "\n")

    def _keep(self, start: int, tokens: list[Token], env: dict[str, Any]) -> list[Block]:
        if start:
            for token in tokens:
                if token.map:
                    token.map = [token.map[0] + start, token.map[1] + start]
        if "too_deep" in env and not self._is_too_deep:
            self._is_too_deep = True
            self._problems.add(
                "too-deep",
                start + env["too_deep"] + 1,
                "lists or quotes are nested too deeply here; write the text with less indentation",
            )
        _report_unclosed(tokens, self._problems)
        blocks = _top_level(tokens)
        covered = _covered(blocks) if "references" in env else set()
        for label, found in env.get("references", {}).items():
            if label in self._definitions:
                continue
            lines = range(start + found["map"][0], start + found["map"][1])
            text = "\n".join(self._lines[lines.start : lines.stop])
            self._definitions[label] = _BEFORE_DEFINITION.sub("", text)
            self._standing_free.update(line for line in lines if line not in covered)
        return blocks

    def _is_closed(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether what follows the lines parsed cannot belong to what is in them."""
        if any(token.type == "fence" and _is_unclosed(token) for token in tokens):
            return False
        last = next((token for token in reversed(tokens) if token.map), None)
        if last and last.type == "html_block" and last.map and last.map[1] == end - start:
            text = last.content.strip()
            if not (text.startswith("<!--") and "-->" in text):
                return False
        is_blank = not self._lines[end - 1].strip(" \t")
        return is_blank or not any("$$" in line for line in self._lines[start:end])


def code_lines(page: Page) -> set[int]:
    """Return the lines of a page, from 0, that stand in code and `$$` blocks."""
    return {
        line
        for block in page.blocks
        for token in block.tokens
        if token.type in _CODE and token.map
        for line in range(*token.map)
    }


def _top_level(tokens: Sequence[Token]) -> list[Block]:
    blocks = []
    opened = 0
    for index, token in enumerate(tokens):
        if token.level:
            continue
        if token.nesting >= 0:
            opened = index
        if token.nesting <= 0:
            first = tokens[opened]
            start, end = first.map or (0, 0)
            kind = first.type.removesuffix("_open")
            blocks.append(Block(kind, start, end, tokens[opened : index + 1]))
    return blocks


def _covered(blocks: Sequence[Block]) -> set[int]:
    return {
        line for block in blocks if block.type != "marker" for line in range(block.start, block.end)
    }


def _report_unclosed(tokens: Sequence[Token], problems: Problems) -> None:
    for token in tokens:
        if token.type == "fence" and token.map and _is_unclosed(token):
            problems.add(
                "unclosed-fence",
                token.map[0] + 1,
                f"this code fence is never closed; end it with a line that is {token.markup[:10]}",
            )
        elif token.type == "html_block" and token.map:
            text = token.content.lstrip()
            if text.startswith("<!--") and "-->" not in text:
                problems.add(
                    "unclosed-comment",
                    token.map[0] + 1,
                    "this comment is never closed; end it with `-->`",
                )


def _is_unclosed(fence: Token) -> bool:
    start, end = fence.map or (0, 0)
    return end - start - 1 == fence.content.count("\n")
