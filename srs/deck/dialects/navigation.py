"""What stands around a question or an answer and says nothing: tags, rules, links to the top."""

from __future__ import annotations

import re

_TAGS_OR_RULE = re.compile(
    r"\s*(?:(?:</?(?:p|div|br|center|details|summary|hr|a)\b[^<>]*>\s*)+|<!--.*-->"
    r"|-{3,}|\*{3,}|_{3,})?\s*",
    re.IGNORECASE,
)
_LONGEST_LINK = 400
_SET_OFF = r"(?:</?(?:p|div|br|center|b|strong|i|em|sub|sup|small|span|h[1-6])\b[^<>]*>|[^\w<\[!])*"
_LINK = re.compile(
    _SET_OFF
    + r"(?:\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)|<a\b([^<>]*)>((?:[^<]|</?(?!a\b)[^<>]*>)*)</a>)"
    + _SET_OFF,
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\bhref\s*=\s*[\"']?#", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TO = r"(?:(?:go|jump|return|scroll)\s+)?(?:back|up)?\s*(?:to\s+)?(?:the\s+)?"
_SAYS_TOP = re.compile(rf"\W*{_TO}top(?:\s+of\s+(?:the\s+)?page)?\W*\Z", re.IGNORECASE)
_SAYS_WHERE = re.compile(
    rf"\W*(?:{_TO}(?:top|(?:table of )?contents|toc)|(?:go\s+)?back"
    r"|(?:go\s+|jump\s+|return\s+|scroll\s+)?(?:back|return|up)\s+to\s+(?:the\s+)?"
    r"(?:index|start|beginning|menu|questions?|list))\W*\Z",
    re.IGNORECASE,
)


def without_frame(text: str) -> str:
    """Return a text without the tags, rules and links to the top or the contents around it."""
    lines = text.split("\n")
    first, last = 0, len(lines)
    while first < last and _is_frame(lines[first]):
        first += 1
    while first < last and _is_frame(lines[last - 1]):
        last -= 1
    return "\n".join(lines[first:last]).rstrip()


def _is_frame(line: str) -> bool:
    return _TAGS_OR_RULE.fullmatch(line) is not None or _leads_back(line)


def _leads_back(line: str) -> bool:
    """Tell whether a line is a link and nothing else, whose text says that it leads back.

    A link to the top may be written as an address; one to the contents leads to a place of the
    same page.
    """
    if len(line) > _LONGEST_LINK or ("](" not in line and "<a" not in line.lower()):
        return False
    found = _LINK.fullmatch(line)
    if found is None:
        return False
    markdown, target, attributes, html = found.groups()
    text = _TAG.sub("", html if markdown is None else markdown)
    is_inside = _ANCHOR.search(attributes) if markdown is None else target.startswith("#")
    return (_SAYS_WHERE if is_inside else _SAYS_TOP).match(text) is not None
