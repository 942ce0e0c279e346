"""A deck file as its lines and its top-level blocks: what markdown-it says is structure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from srs.deck.markers import markerless_parser, structure_parser
from srs.deck.markup import block_tokens
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
        labels = dict.fromkeys(normalizeReference(label) for label in _LABEL.findall(text))
        used = [self.definitions[label] for label in labels if label in self.definitions]
        return "\n\n".join([text, "\n".join(used)]) if used and text else text


def read_page(lines: Sequence[str], problems: Problems, *, markers: bool = True) -> Page:
    """Parse the blocks of a file; report what is opened and never closed, or nested too deep.

    Without `markers`, `Q:`, `A:` and `C:` at the start of a line are ordinary text.
    """
    parser = structure_parser() if markers else markerless_parser()
    tokens, env = block_tokens(parser, "\n".join(lines) + "\n")
    if "too_deep" in env:
        problems.add(
            "too-deep",
            env["too_deep"] + 1,
            "lists or quotes are nested too deeply here; write the text with less indentation",
        )
    _report_unclosed(tokens, problems)
    blocks = _top_level(tokens)
    definitions: dict[str, str] = {}
    standing_free: set[int] = set()
    covered = _covered(blocks) if "references" in env else set()
    for label, found in env.get("references", {}).items():
        start, end = found["map"]
        definitions[label] = _BEFORE_DEFINITION.sub("", "\n".join(lines[start:end]))
        standing_free.update(line for line in range(start, end) if line not in covered)
    return Page(lines, blocks, definitions, frozenset(standing_free))


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
        if token.type == "fence" and token.map:
            start, end = token.map
            if end - start - 1 == token.content.count("\n"):
                problems.add(
                    "unclosed-fence",
                    start + 1,
                    f"this code fence is never closed; end it with a line `{token.markup[:10]}`",
                )
        elif token.type == "html_block" and token.map:
            text = token.content.lstrip()
            if text.startswith("<!--") and "-->" not in text:
                problems.add(
                    "unclosed-comment",
                    token.map[0] + 1,
                    "this comment is never closed; end it with `-->`",
                )
