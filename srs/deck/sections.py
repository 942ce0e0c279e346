"""Cutting a file into sections without a Markdown parser, and telling which of them are plain.

A section goes from one line that is structure of ours (a `#` or `##`, a marker, a `---` that ends
a card) to the next. Of a plain section it is known without looking closer what the structure
parser (`srs.deck.markers`) would say: all below its first line is text of one card. Of any other
section only that parser can tell, also whether the next one begins where it seems to.

What a file holds nowhere is looked for once in the file, and not again in each of its sections.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from srs.deck.pieces import Pieces
from srs.deck.plain_hints import without_hints

# A section's text, source, title and hints.
Parts = tuple[str, str | None, str, tuple[str, ...]]

# Openings of HTML that a blank line does not close, comments among them.
_LASTING_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
_HTML_LINE = re.compile(r"^[ >*+\-\d.)]*<", re.MULTILINE)
# Below the first line of a text.
_RULE = re.compile(r"\n {0,3}-(?: *-){2,} *(?![^\n])")
_BEGINS_A_PARAGRAPH = re.compile(r"[^\W\d_]|[\"'(\[`$]|\*{1,2}[^\W_]|\d+(?![\d.)])")
_BLANK_LINES = re.compile(r"(?: *\n)*")
# A heading that is not at the start of its line; a line with so many signs that it may be nested
# as deeply as the structure parser refuses.
_INDENTED = re.compile(r"\n(?=[ >*+\-\d.)])(?: {1,3}#|[ >*+\-\d.)]{30})")
# What makes a section not plain wherever it stands outside a fence, by a character of it: to look
# for one takes next to no time.
_NEVER_PLAIN = {"`": "```", "~": "~~~", "]": "]:", "\t": "\t"}
_MARKED = ("Q", "A", "C")
_OF_RULES = "*-_"


class Section(NamedTuple):
    """Lines from 0, half-open, the first of which gives the `opening`.

    `opening` is `#`, `##`, `Q`, `A`, `C`, `-` for a line `---`, or empty for what stands before
    the first of these. Of a plain section, `text` is what stands below the heading or after the
    sign, without `hints`, `source` what its `Source:` says and `title` what its heading says; a
    section that is not plain has no text.
    """

    opening: str
    start: int
    end: int
    text: str | None = None
    source: str | None = None
    title: str = ""
    hints: tuple[str, ...] = ()


def sections(text: str, first: int) -> list[Section]:
    """Cut a text, from its line `first` on, into sections.

    The text holds no carriage returns and no control characters other than tabs.
    """
    at = -1
    for _ in range(first):
        at = text.find("\n", at + 1)
        if at < 0:
            return []
    return _Cutter(text[at:] if first else "\n" + text, first).cut()


class _Cutter:
    def __init__(self, text: str, first: int) -> None:
        self._text, self._first = text, first
        self._never_plain = [
            (character, sign)
            for character, sign in _NEVER_PLAIN.items()
            if character in text and sign in text
        ]
        self._may_be_nested = _INDENTED.search(text) is not None
        self._has_sources = "Source:" in text
        self._has_hints = "!" in text and "[!" in text
        self._has_html, self._has_math = "<" in text, "$" in text and "$$" in text

    def cut(self) -> list[Section]:
        found: list[Section] = []
        cut = Pieces(self._text)
        count = len(cut.pieces)
        start, index = self._first, 0
        if cut.before is not None:
            end = start + cut.before.count("\n") + 1
            found.append(self._before(cut.before, start, end, is_last=not count))
            start = end
        while index < count:
            piece = cut.pieces[index]
            opening = "##" if piece[:2] == "##" else piece[0]
            text, prose, index, is_sure = cut.gather(index, opening)
            end = start + text.count("\n") + 1
            parts = None
            if is_sure and opening != "#" and self._is_plain(text, prose, is_last=index == count):
                has_source = self._has_sources and "Source:" in prose
                has_hints = self._has_hints and "!" in prose and "[!" in prose
                parts = _parts(opening, text, prose, has_source=has_source, has_hints=has_hints)
            found.append(Section(opening, start, end, *(parts or ())))
            start = end
        return found

    def _before(self, text: str, start: int, end: int, *, is_last: bool) -> Section:
        """Return the section before the first line of structure."""
        if _INDENTED.match("\n" + text) or not self._is_plain(text, text, is_last=is_last):
            return Section("", start, end)
        return Section("", start, end, "")

    def _is_plain(self, text: str, prose: str, *, is_last: bool) -> bool:
        """Tell whether a section's lines outside its fences, its prose, hold no structure.

        `is_last` says that the section ends the file.
        """
        for character, sign in self._never_plain:
            if character in prose and sign in prose:
                return False
        if self._may_be_nested and _INDENTED.search(prose):
            return False
        has_math, has_html = self._has_math and "$$" in prose, self._has_html and "<" in prose
        if not (has_math or has_html):
            return True
        has_fences = prose is not text
        if not (is_last or _ends_blank(text)) or (has_math and has_fences):
            return False
        return not has_html or not (
            _LASTING_HTML.search(prose) or (has_fences and _HTML_LINE.search(prose))
        )


def _after_blank_lines(text: str, at: int) -> int:
    found = _BLANK_LINES.match(text, at)
    return found.end() if found else at


def _ends_blank(text: str) -> bool:
    return text[-1:] == "\n" or not text[text.rfind("\n") + 1 :].strip(" ")


def _parts(
    opening: str, text: str, prose: str, *, has_source: bool, has_hints: bool
) -> Parts | None:
    """Return the parts of a plain text, None if its first or last lines are not plain.

    `has_source` and `has_hints` say that `Source:` and `[!` stand somewhere in the prose.
    """
    title, at = "", 2
    if opening == "##":
        at = text.find("\n") + 1 or len(text)
        title = text[2:at].strip()
    elif opening in _MARKED:
        while text[at : at + 1] == " ":
            at += 1
        starts_plainly = text[at : at + 1] == "\n" or _BEGINS_A_PARAGRAPH.match(text, at)
        if not starts_plainly or (prose.count("-") > 2 and _RULE.search(prose)):
            return None
    else:
        return None if _INDENTED.match("\n" + prose) else ("", None, "", ())
    if text[at : at + 1] in ("\n", " "):
        at = _after_blank_lines(text, at)
    text = text[at:].rstrip(" \n")
    if text[-1:].isspace():
        return None
    source = None
    if has_source and opening != "Q":
        before, _, last = text.rpartition("\n\n")
        if not last.startswith("Source:") or "\n" in last or prose.count("Source:") > 1:
            return None
        text = before.rstrip()
        if not text:
            return None
        source = last[len("Source:") :].strip() or None
    hints: tuple[str, ...] = ()
    if has_hints:
        found = without_hints(text) if opening in ("##", "A") else None
        if found is None or "[!" in title or (source and "[!" in source):
            return None
        text, hints = found
        # A hint in a fence is code.
        if not text or prose.count("[!") != len(hints):
            return None
    if text[-1:] in _OF_RULES and not text[text.rfind("\n") + 1 :].strip("*-_ "):
        return None
    return text, source, title, hints
