"""Making text of any origin safe to stand in a deck file, where some lines mean something."""

from __future__ import annotations

import re

from srs.deck.text import with_plain_line_ends, without_controls

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MARKER = re.compile(r"[QAC]:")
_HEADING = re.compile(r"( {0,3})(#{1,2})(?=[ \t]|$)")
_RULE = re.compile(r" {0,3}(?:-[ \t]*){3,}$")
_TIP = re.compile(r"([ \t>]*>[ \t]*)\[(?=!TIP\])", re.IGNORECASE)
_SOURCE = re.compile(r"([ \t>]*Source):")
_DEFINITION = re.compile(r"([ \t>]*)\[(?=(?:[^\[\]\\]|\\.)+\]:)")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_TICKS = re.compile(r"`{3,}")


def escaped(text: str) -> str:
    """Return Markdown that shows the same, without what would end the card or belong to others.

    Fenced code stays as it is, and is closed.
    """
    lines = []
    fence = ""
    for line in _clean(text).split("\n"):
        found = _FENCE.match(line)
        if fence:
            lines.append(line)
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence = found[1]
            lines.append(line)
        else:
            lines.append(_escaped_line(line))
    return "\n".join([*lines, fence] if fence else lines)


def fenced(text: str) -> str:
    """Return the text as a block of code, which can hold anything."""
    text = _clean(text)
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def on_one_line(text: str) -> str:
    """Return the text without line breaks, its markup taken out of use."""
    return _escaped_line(" ".join(_clean(text).split()))


def _clean(text: str) -> str:
    return without_controls(with_plain_line_ends(text)).strip("\n")


def _escaped_line(line: str) -> str:
    if _MARKER.match(line):
        line = " " + line
    if _RULE.match(line):
        return "***"
    line = _HEADING.sub(r"\1\\\2", line)
    line = _TIP.sub(r"\1\\[", line)
    line = _SOURCE.sub(r"\1&#58;", line)
    line = _DEFINITION.sub(r"\1\\[", line)
    return _TAG_START.sub("&lt;", line)
