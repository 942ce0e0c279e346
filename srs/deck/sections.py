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

# Openings of HTML that a blank line does not close, comments among them.
_LASTING_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
_HTML_LINE = re.compile(r"^[ >*+\-\d.)]*<", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}-(?: *-){2,} *$", re.MULTILINE)
_BEGINS_A_PARAGRAPH = re.compile(r"[^\W\d_]|[\"'(\[`$]|\*{1,2}[^\W_]|\d+(?![\d.)])")
_BLANK_START = re.compile(r"\A(?: *\n)+")
# A heading that is not at the start of its line; a line with so many signs that it may be nested
# as deeply as the structure parser refuses.
_INDENTED = re.compile(r"\n(?: {1,3}#|[ >*+\-\d.)]{30})")
# What makes a section not plain wherever it stands outside a fence.
_NEVER_PLAIN = ("```", "~~~", "]:", "\t")
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
        # To look for one character takes next to no time.
        self._never_plain = tuple(
            sign for sign in _NEVER_PLAIN if sign[-1] in text and sign in text
        )
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
            section = None
            if is_sure and opening != "#":
                is_closed = index == count or _ends_blank(text)
                if self._is_plain(prose, is_closed=is_closed, has_fences=prose is not text):
                    has_source = self._has_sources and "Source:" in prose
                    section = _plain(opening, start, end, text, prose, has_source)
                    if section and self._has_hints and "[!" in prose:
                        section = _with_hints(section, prose)
            found.append(section or Section(opening, start, end))
            start = end
        return found

    def _before(self, text: str, start: int, end: int, *, is_last: bool) -> Section:
        """Return the section before the first line of structure."""
        is_closed = is_last or _ends_blank(text)
        if _INDENTED.match("\n" + text) or not self._is_plain(
            text, is_closed=is_closed, has_fences=False
        ):
            return Section("", start, end)
        return Section("", start, end, "")

    def _is_plain(self, prose: str, *, is_closed: bool, has_fences: bool) -> bool:
        """Tell whether a section's lines outside its fences hold nothing that could be structure.

        `is_closed` says that a blank line, or the end of the file, follows.
        """
        for sign in self._never_plain:
            if sign in prose:
                return False
        if self._may_be_nested and _INDENTED.search(prose):
            return False
        if self._has_math and "$$" in prose and (has_fences or not is_closed):
            return False
        return (
            not self._has_html
            or "<" not in prose
            or not (
                not is_closed
                or _LASTING_HTML.search(prose)
                or (has_fences and _HTML_LINE.search(prose))
            )
        )


def _with_hints(section: Section, prose: str) -> Section | None:
    """Return a plain section with its hints taken out, None if only a parser can do it."""
    text = section.text or ""
    elsewhere = "[!" in section.title or "[!" in (section.source or "")
    # A hint in a fence is code.
    if elsewhere or text.count("[!") != prose.count("[!") or section.opening not in ("##", "A"):
        return None
    found = without_hints(text)
    if found is None:
        return None
    text, hints = found
    if not text.strip() or not text[text.rfind("\n") + 1 :].strip("*-_ "):
        return None
    return section._replace(text=text, hints=hints)


def _ends_blank(text: str) -> bool:
    return text[-1:] == "\n" or not text[text.rfind("\n") + 1 :].strip(" ")


def _plain(
    opening: str, start: int, end: int, text: str, prose: str, has_source: bool
) -> Section | None:
    """Return the section of a plain text, None if its first or last lines are not plain.

    `has_source` says that `Source:` stands somewhere in the prose.
    """
    title = ""
    at = 2
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
        return None if _INDENTED.match("\n" + prose) else Section(opening, start, end, "")
    if text[at : at + 1] == "\n" and text[at + 1 : at + 2] not in ("\n", " "):
        text = text[at + 1 :].rstrip(" \n")
    else:
        text = _BLANK_START.sub("", text[at:]).rstrip(" \n")
    final = text[-1:]
    if final.isspace():
        return None
    source = None
    if has_source and opening != "Q":
        before, _, last = text.rpartition("\n\n")
        if not last.startswith("Source:") or "\n" in last or prose.count("Source:") > 1:
            return None
        text, source = before.rstrip(), last[len("Source:") :].strip() or None
        final = text[-1:]
        if not text.strip():
            return None
    if final in _OF_RULES and text and not text[text.rfind("\n") + 1 :].strip("*-_ "):
        return None
    return Section(opening, start, end, text, source, title)
