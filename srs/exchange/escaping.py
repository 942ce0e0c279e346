"""Plain text as Markdown that says the same, and HTML as plain text."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

TAG = re.compile(r"<[^<>]*>")
BREAKING_TAG = re.compile(r"<\s*(?:br|/?div|/?p|/?li|/?tr)\b[^<>]*>", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_MARK = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]) | ` | \* | (?<![^\W_])_ | _(?![^\W_]) | \$ | ~~ | \[\^
    | <(?=[A-Za-z/!?]) | &(?=\w+;|\#) | (?<=\]):
    """,
    re.VERBOSE,
)
_LINK_MIDDLE = re.compile(r"\](?=[(\[])")
_MARK_OR_BRACKET = re.compile(rf"[\[\]] | (?:{_MARK.pattern})", re.VERBOSE)
_LINE_START = re.compile(
    r"""(\s*)(?:
    (\#{1,6}(?=\s|$) | > | [-+](?=\s|$) | -{3,} | ~{3,} | =+$ | \|)
    | (\d{1,9})([.)](?=\s|$))
    )""",
    re.VERBOSE,
)


def without_tags(html: str) -> str:
    """Return the text of an HTML field without its tags, on one line."""
    return SPACE.sub(" ", unescape(TAG.sub("", BREAKING_TAG.sub(" ", html)))).strip()


def escaped(text: str, *, brackets: bool = False) -> str:
    """Return text so that Markdown takes none of it for a sign."""
    marks = _MARK_OR_BRACKET if brackets else _MARK
    text = marks.sub(lambda found: "\\" + found.group(), text)
    if not brackets:
        text = _LINK_MIDDLE.sub(r"\\]", text)
    start = _LINE_START.match(text)
    if start is None:
        return text
    if start.group(3) is not None:
        return f"{start.group(1)}{start.group(3)}\\{text[start.end(3) :]}"
    return f"{start.group(1)}\\{text[start.end(1) :]}"


def picture_target(name: str) -> str:
    """Return a file's name as the target of a Markdown link."""
    return quote(name, safe="/:?&=#%+,;@~!'$.-_" if "://" in name else "+,;@~!'$.-_")
