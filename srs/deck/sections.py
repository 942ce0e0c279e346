"""Cutting a file into sections without a Markdown parser, and telling which of them are plain.

A section goes from one line that is structure of ours (a `#` or `##`, a marker, a `---` that ends
a card) to the next. Of a plain section it is known without looking closer what the structure
parser (`srs.deck.markers`) would say: all below its first line is text of one card. Of any other
section only that parser can tell, also whether the next one begins where it seems to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from srs.deck.markers import MARKER

_STARTS = frozenset("#QAC`~-")
_HEADING = re.compile(r"##?(?=[ \t]|$)")
# Openings of HTML that a blank line does not close, comments among them.
_LASTING_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
_HTML_LINE = re.compile(r"^[ >*+\-\d.)]*<", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}-(?: *-){2,} *$", re.MULTILINE)
_BEGINS_A_PARAGRAPH = re.compile(r"[^\W\d_]|[\"'(\[`$]|\*{1,2}[^\W_]|\d+(?![\d.)])")
_BLANK_START = re.compile(r"\A(?: *\n)+")
# A heading that is not at the start of its line; a line with so many signs that it may be nested
# as deeply as the structure parser refuses.
_INDENTED = re.compile(r"\n(?: {1,3}#|[ >*+\-\d.)]{30})")
_MARKED = ("Q", "A", "C")


class Section(NamedTuple):
    """Lines from 0, half-open, the first of which gives the `opening`.

    `opening` is `#`, `##`, `Q`, `A`, `C`, `-` for a line `---`, or empty for what stands before
    the first of these. Of a plain section, `text` is what stands below the heading or after the
    sign, and `source` what its `Source:` says; a section that is not plain has no text.
    """

    opening: str
    start: int
    end: int
    text: str | None = None
    source: str | None = None


def sections(lines: Sequence[str], first: int) -> list[Section]:
    """Cut lines, from `first` on, into sections.

    The lines hold no carriage returns and no control characters other than tabs.
    """
    return _Cutter(lines, first).cut()


class _Cutter:
    def __init__(self, lines: Sequence[str], first: int) -> None:
        self._lines, self._first = lines, first
        self._candidates = [
            number for number, line in enumerate(lines) if line[:1] in _STARTS and number >= first
        ]
        self._never_closed: dict[str, int] = {}

    def cut(self) -> list[Section]:
        lines, candidates = self._lines, self._candidates
        found: list[Section] = []
        opening, start, is_sure = "", self._first, True
        fences: list[tuple[int, int]] = []
        place = 0
        while place < len(candidates):
            number = candidates[place]
            place += 1
            line = lines[number]
            sign = line[0]
            if sign in "`~":
                if line[1:3] == sign + sign:
                    closing = self._closing(place - 1)
                    if closing is None:
                        is_sure = False
                    else:
                        fences.append((number, candidates[closing] + 1))
                        place = closing + 1
                continue
            if sign == "#":
                if line[:3] == "## ":
                    sign = "##"
                elif heading := _HEADING.match(line):
                    sign = heading.group()
                else:
                    continue
            elif sign == "-":
                if opening == "##" or line[1:3] != "--" or line.rstrip(" \t").strip("-"):
                    continue
                # Under a line with a bar it may be the second row of a table.
                if number > self._first and "|" in lines[number - 1]:
                    is_sure = False
                    continue
            elif MARKER.match(line) is None:
                continue
            if number > start:
                found.append(self._section(opening, start, number, fences, is_sure))
            opening, start, is_sure = sign, number, True
            fences = []
        if start < len(lines):
            found.append(self._section(opening, start, len(lines), fences, is_sure))
        return found

    def _closing(self, place: int) -> int | None:
        """Return the place of the line that closes the fence opened at another; None if unsure."""
        lines, candidates = self._lines, self._candidates
        opened = candidates[place]
        line = lines[opened]
        sign = line[0]
        width = len(line) - len(line.lstrip(sign))
        if sign in line[width:] or width >= self._never_closed.get(sign, width + 1):
            return None
        shortest = sign * width
        for later in range(place + 1, len(candidates)):
            number = candidates[later]
            line = lines[number]
            if line.startswith(shortest) and not line.rstrip(" \t").strip(sign):
                inside = "\n".join(lines[opened + 1 : number])
                return None if sign * 3 in inside else later
        self._never_closed[sign] = width
        return None

    def _section(
        self, opening: str, start: int, end: int, fences: list[tuple[int, int]], is_sure: bool
    ) -> Section:
        unread = Section(opening, start, end)
        if not is_sure or opening == "#":
            return unread
        lines = self._lines
        prose = whole = "\n".join(lines[start:end])
        if fences:
            pieces: list[str] = []
            at = start
            for first, after in fences:
                pieces += lines[at:first]
                at = after
            prose = "\n".join([*pieces, *lines[at:end]])
        is_closed = end == len(lines) or not lines[end - 1].strip(" ")
        if not _is_plain(prose, is_closed=is_closed, has_fences=bool(fences)):
            return unread
        if opening == "##":
            return _with_text(unread, whole[len(lines[start]) + 1 :], prose)
        if opening in _MARKED:
            return _after_sign(unread, whole[2:].lstrip(" "), prose)
        return unread if _INDENTED.match("\n" + prose) else unread._replace(text="")


def _is_plain(prose: str, *, is_closed: bool, has_fences: bool) -> bool:
    """Tell whether a section's lines outside its fences hold nothing that could be structure.

    `is_closed` says that a blank line, or the end of the file, follows.
    """
    if (
        "```" in prose
        or "~~~" in prose
        or "[!" in prose
        or "]:" in prose
        or "\t" in prose
        or _INDENTED.search(prose)
    ):
        return False
    if "$$" in prose and (has_fences or not is_closed):
        return False
    return "<" not in prose or not (
        not is_closed or _LASTING_HTML.search(prose) or (has_fences and _HTML_LINE.search(prose))
    )


def _after_sign(section: Section, text: str, prose: str) -> Section:
    starts_plainly = text[:1] == "\n" or _BEGINS_A_PARAGRAPH.match(text)
    if not starts_plainly or (prose.count("-") > 2 and _RULE.search(prose)):
        return section
    return _with_text(section, text, prose)


def _with_text(section: Section, text: str, prose: str) -> Section:
    if text[:1] == "\n" and text[1:2] not in ("\n", " "):
        text = text[1:]
    else:
        text = _BLANK_START.sub("", text)
    text = text.rstrip(" \n")
    if text[-1:].isspace():
        return section
    source = None
    if "Source:" in prose and section.opening != "Q":
        before, _, last = text.rpartition("\n\n")
        if not last.startswith("Source:") or "\n" in last or prose.count("Source:") > 1:
            return section
        text, source = before.rstrip(), last[len("Source:") :].strip() or None
        if not text.strip():
            return section
    last = text[text.rfind("\n") + 1 :]
    if text and not last.strip("*-_ "):
        return section
    return Section(section.opening, section.start, section.end, text, source)
