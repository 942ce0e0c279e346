"""The HTML of most fields as Markdown: lines, a strong or slanted word, pictures, rules.

A parser takes a hundred times as long to say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from srs.exchange.escaping import SPACE, TAG, escaped, picture_target

EDGE = "\ue002"  # where a division begins or ends, and with it a line
RULE = "\n\n***\n\n"

_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_INVISIBLE = ("span", "font")
_TAG = re.compile(
    r"<(/?)(div|main|section|footer|span|font|p|br|hr|img|b|strong|i|em)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"<img((?:\s+[\w-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=/]+))*)\s*/?>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")


def simple_markdown(html: str, *, escape_brackets: bool) -> str | None:
    """Return the Markdown of a field, None where it holds any other HTML.

    With `escape_brackets` no bracket of the text can be taken for a deletion.
    """
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    position = 0
    for tag in TAG.finditer(html):
        _put_text(parts, html[position : tag.start()], escape_brackets=escape_brackets)
        position = tag.end()
        known = _TAG.fullmatch(tag.group())
        if known is None:
            return None
        closes, name = bool(known.group(1)), known.group(2).lower()
        if name in _EMPHASIS:
            if not closes and not opened:
                opened.append((_EMPHASIS[name], len(parts)))
            elif closes and opened and opened[-1][0] == _EMPHASIS[name]:
                sign, start = opened.pop()
                inside = "".join(parts[start:])
                core = inside.strip()
                if not core or "\n" in core or EDGE in core:
                    return None
                before, _, after = inside.partition(core)
                parts[start:] = [f"{before}{sign}{core}{sign}{after}"]
            else:
                return None
        elif name == "br":
            parts.append("\\\n")
        elif name == "p":
            parts.append("\n\n")
        elif name == "hr":
            parts.append(RULE)
        elif name == "img":
            attributes = _PICTURE.fullmatch(tag.group())
            if attributes is None:
                return None
            parts.append(picture(_attributes(attributes.group(1))))
        elif name not in _INVISIBLE:
            parts.append(EDGE)
    _put_text(parts, html[position:], escape_brackets=escape_brackets)
    return None if opened else "".join(parts)


def _put_text(parts: list[str], html: str, *, escape_brackets: bool) -> None:
    text = SPACE.sub(" ", unescape(html)) if html else ""
    if not parts or parts[-1].endswith(("\n", EDGE)):
        text = text.lstrip(" ")
    if text:
        parts.append(escaped(text, brackets=escape_brackets))


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text)
    return {name.lower(): unescape("".join(values)) for name, *values in found}


def picture(attributes: Mapping[str, Any]) -> str:
    """Return a picture with the attributes of its tag, empty where it names no file."""
    source = str(attributes.get("src") or "")
    if not source or source.startswith("data:"):
        return ""
    alternative = escaped(str(attributes.get("alt") or ""), brackets=True)
    return f"![{alternative}]({picture_target(unquote(source))})"
