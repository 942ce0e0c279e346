"""`<details><summary>…</summary>…</details>`: what folds away in a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from textwrap import dedent

from srs.deck.dialects.signs import is_question, numbered, plain
from srs.deck.text import Places

_TAG = re.compile(r"<(/?)(details|summary)\b[^<>]*>", re.IGNORECASE)
_BEFORE_OPENING = re.compile(r"(?:[\s>*+-]|\d+[.)]|<[^<>`]*>)*\Z")
_ANSWER = re.compile(
    r"(?:(?:click|tap|show|reveal|expand|toggle|view|see|check|open|here|to|for|the|an?|my|full"
    r"|suggested|sample|model|possible|correct|short|detailed)\s+)*"
    r"(?:answers?|ans|solutions?|explanations?|responses?|expand|reveal)\b",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60
_LONGEST_INDENT = 200


@dataclass(frozen=True, slots=True)
class Details:
    """A block that folds away, lines from 0, half-open; its summary and its inside are Markdown."""

    start: int
    end: int
    summary: str
    inside: str

    @property
    def holds_answer(self) -> bool:
        """Whether the summary only says that the answer is inside."""
        label = plain(self.summary).lstrip("👉▶►💡✅ :")
        return not label or (len(label) <= _LONGEST_LABEL and _ANSWER.match(label) is not None)

    @property
    def asks(self) -> bool:
        """Whether the summary is itself a question."""
        title = plain(self.summary)
        return not self.holds_answer and (numbered(title) is not None or is_question(title))


@dataclass(slots=True)
class _Open:
    start: int
    after: int
    summary_start: int = -1
    summary_end: int = -1
    holds_others: bool = False


def find_details(lines: Sequence[str], code: Container[int]) -> list[Details]:
    """Return the innermost foldable blocks of a file, in order.

    `code` are the numbers of the lines in which tags are text. A block that holds others only
    groups them; one that is never closed is none.
    """
    seen = "\n".join(" " * len(line) if i in code else line for i, line in enumerate(lines))
    text = "\n".join(lines)
    places = Places(text)
    stack: list[_Open] = []
    found: list[Details] = []
    for tag in _TAG.finditer(seen):
        closes, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "details" and not closes:
            before = seen[seen.rfind("\n", 0, tag.start()) + 1 : tag.start()]
            if len(before) <= _LONGEST_INDENT and _BEFORE_OPENING.match(before):
                stack.append(_Open(tag.start(), tag.end()))
        elif not stack:
            continue
        elif name == "summary":
            if not closes and stack[-1].summary_start < 0:
                stack[-1].summary_start = tag.end()
            elif closes and stack[-1].summary_end < 0 <= stack[-1].summary_start:
                stack[-1].summary_end, stack[-1].after = tag.start(), tag.end()
        else:
            block = stack.pop()
            if stack:
                stack[-1].holds_others = True
            if not block.holds_others:
                summary = text[block.summary_start : block.summary_end]
                found.append(
                    Details(
                        places.of(block.start)[0],
                        places.of(tag.start())[0] + 1,
                        " ".join(summary.split()) if block.summary_end >= 0 else "",
                        dedent(text[block.after : tag.start()]),
                    )
                )
    return found
