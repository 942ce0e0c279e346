"""What a story prompt carries in its body: the rubric's boxes and the probes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent
from typing import NamedTuple

from srs.deck.page import Block, Page

_ITEM_SIGN = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*(\[[ xX]\][ \t]+)?")
_LISTS = ("bullet_list", "ordered_list")


class StoryParts(NamedTuple):
    """The rubric, the probes, and the blocks they stand in, which the back leaves out."""

    rubric: tuple[str, ...]
    probes: tuple[str, ...]
    blocks: tuple[Block, ...]


def read_story_parts(page: Page, blocks: Sequence[Block]) -> StoryParts:
    """Find the rubric, the lists whose every item has a task box, and the probes.

    Probes are the items of the lists under a heading `### Probes`, up to the next heading.
    """
    rubric: list[str] = []
    probes: list[str] = []
    used: list[Block] = []
    probes_heading: Block | None = None
    for block in blocks:
        if block.level:
            probes_heading = block if _is_probes(block) else None
        elif block.type in _LISTS:
            items = _items(page, block)
            if probes_heading:
                probes.extend(text for text, _ in items)
                used.extend((probes_heading, block))
            elif all(has_box for _, has_box in items):
                rubric.extend(text for text, _ in items)
                used.append(block)
    return StoryParts(tuple(filter(None, rubric)), tuple(filter(None, probes)), tuple(used))


def _is_probes(heading: Block) -> bool:
    return heading.content.strip(" :").lower() == "probes"


def _items(page: Page, block: Block) -> list[tuple[str, bool]]:
    """Return each item of a list as its Markdown and whether it has a task box."""
    found = []
    for token in block.tokens:
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, *rest = page.lines[token.map[0] : token.map[1]]
            sign = _ITEM_SIGN.match(first)
            text = first[sign.end() :] if sign else first
            lines = "\n".join([text, dedent("\n".join(rest))]).strip()
            found.append((lines, bool(sign and sign.group(1))))
    return found
