"""Which dialect a file is written in, told from signs that need no Markdown parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from srs.deck.dialects import formats
from srs.deck.dialects.signs import (
    ANSWER_LABEL,
    FLASHCARDS_TAG,
    QUESTION_LABEL,
    REVIEW_DATES,
    is_question,
    numbered,
    without_code,
)

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_OURS = re.compile(r"^[\"']?(?:deck|topic)[\"']?[ \t]*:", re.MULTILINE)
_TOML_NAME = re.compile(r"^[ \t]*name[ \t]*=", re.MULTILINE)
_REVIEW_KEY = re.compile(r"^sr-due[ \t]*:", re.MULTILINE)
_TAGGED = re.compile(r"^(?:tags[ \t]*:.*|[ \t]*-[ \t]*)[\s\"'#,\[-]flashcards\b", re.MULTILINE)
_MARKER = re.compile(r"^[QC]:(?![:\\/])", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{2,6})[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_DETAILS = re.compile(r"^\s*<details\b", re.MULTILINE | re.IGNORECASE)
_PAIR = re.compile(r"[^:\s`][^`\n]*?[^:\s]\s*::\s*[^:\s][^\n]*")

# A single line with `::` is as likely to speak of C++.
_FEWEST_PAIRS = 2
_FEWEST_NUMBERED = 2


def recognise(text: str, file: str) -> str:
    """Return the name of the dialect of a file, one of `formats.FORMATS`.

    The front matter decides first, then tags and schedule comments, then the markers, then the
    shapes in which people write questions. A file with none of them is `markdown`. `file` is its
    name; no dialect is told by it so far.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    block = _FRONT_MATTER.match(text)
    front_matter = block.group(1) if block else ""
    if _OURS.search(front_matter):
        return formats.SRS
    if _TOML_NAME.search(front_matter):
        return formats.HASHCARDS
    body = without_code(text[block.end() :] if block else text)
    if (
        _TAGGED.search(front_matter)
        or _REVIEW_KEY.search(front_matter)
        or FLASHCARDS_TAG.search(body)
        or REVIEW_DATES.search(body)
    ):
        return formats.OBSIDIAN
    if _MARKER.search(body):
        return formats.REPEATER if _has_loose_pairs(body) else formats.MARKDOWN
    return formats.QUESTIONS if _has_questions(body) else formats.MARKDOWN


def _has_loose_pairs(body: str) -> bool:
    inside = False
    found = 0
    for line in body.split("\n"):
        if _MARKER.match(line):
            inside = True
        elif line.rstrip() == "---":
            inside = False
        elif not inside and _PAIR.fullmatch(line.strip()):
            found += 1
    return found >= _FEWEST_PAIRS


def _has_questions(body: str) -> bool:
    if _DETAILS.search(body):
        return True
    lines = body.split("\n")
    if any(map(QUESTION_LABEL.match, lines)) and any(map(ANSWER_LABEL.match, lines)):
        return True
    return sum(_numbered_questions(body)) >= _FEWEST_NUMBERED


def _numbered_questions(body: str) -> Iterator[bool]:
    for heading in _HEADING.finditer(body):
        found = numbered(heading.group(2))
        yield found is not None and (found.is_labelled or is_question(found.text))
