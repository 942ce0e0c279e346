"""The beginning of every reader of another program's Markdown: its front matter and its page."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from srs.deck.dialects.signs import ends_asking, is_question, numbered
from srs.deck.fences import HARMLESS, hides_a_card
from srs.deck.front_matter import read_front_matter
from srs.deck.model import Problem
from srs.deck.page import Page, code_lines, read_page
from srs.deck.problems import Problems
from srs.deck.reader import clean_text

# As GitHub read it before 2017: `###Why?`. Only a question is sure to be meant so.
_CLOSE_HEADING = re.compile(r" {0,3}(#{2,6})([^#\s].*)")
_NUMBERED_HEADING = re.compile(r"( {0,12}(\d{1,6}[.)])[ \t]+)(#{2,6})[ \t]+(.*)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's page without `Q:`, `A:` and `C:` markers, and the text of its front matter."""

    page: Page
    front_matter: str


def open_page(text: str, problems: Problems, *, has_numbered: bool = False) -> Opened | None:
    """Return the page of a file, None if it holds no text.

    A fence that is never closed is an error only where a card may stand in it: other programs read
    such a file, and only what would be lost without a word is worth refusing it for. With
    `has_numbered` a heading in a numbered list, `3. ### Why?`, is a heading of the page, and so is
    a question without a blank behind the signs, `###Why?`.
    """
    text = clean_text(text, problems)
    if not text.strip():
        return None
    lines = text.split("\n")
    # Its values are another program's; that they are no YAML of ours is nobody's concern.
    size = read_front_matter(text, Problems("")).lines
    front_matter = "\n".join(lines[:size])
    found = Problems("")
    page = read_page([""] * size + lines[size:], found, markers=False)
    if has_numbered:
        code = code_lines(page)
        changed = _with_close_headings(_with_numbered_headings(page.lines, code), code)
        if changed != page.lines:
            found = Problems("")
            page = read_page(changed, found, markers=False)
    for each in found.in_order():
        _report(each, page, problems)
    return Opened(page, front_matter)


def _with_close_headings(lines: Sequence[str], code: Container[int]) -> list[str]:
    """Return lines with a blank behind the signs of questions that stand alone without one."""
    changed = list(lines)
    for number, line in enumerate(lines):
        found = _CLOSE_HEADING.fullmatch(line) if "##" in line and number not in code else None
        if found is None or (number and lines[number - 1].strip()):
            continue
        title = found.group(2).strip().rstrip("#")
        label = numbered(title)
        if ends_asking(title) or (label and (label.is_labelled or is_question(label.text))):
            changed[number] = f"{found.group(1)} {found.group(2)}"
    return changed


def _with_numbered_headings(lines: Sequence[str], code: Container[int]) -> list[str]:
    """Return a page's lines with the headings of numbered lists, and their text, taken out."""
    lines = list(lines)
    width = 0
    for number, line in enumerate(lines):
        item = None if number in code else _NUMBERED_HEADING.match(line)
        if item:
            width = item.end(1)
            lines[number] = f"{item.group(3)} {item.group(2)} {item.group(4)}"
        elif width and line.strip():
            indent = len(line) - len(line.lstrip(" "))
            if not indent and number not in code:
                width = 0
            lines[number] = line[min(indent, width) :]
    return lines


def _report(problem: Problem, page: Page, problems: Problems) -> None:
    code = problem.code
    if code in HARMLESS:
        start = problem.line - 1
        ends = (
            token.map[1]
            for block in page.blocks
            if block.start <= start < block.end
            for token in block.tokens
            if token.type == "fence" and token.map and token.map[0] == start
        )
        end = next(ends, len(page.lines))
        if not hides_a_card(page.lines[start + 1 : end], of_others=True):
            code = HARMLESS[code]
    problems.add(code, problem.line, problem.message, problem.column)
