"""Which dialect a file is written in, told from signs that need no Markdown parser."""

from __future__ import annotations

import re

from srs.deck.dialects import formats
from srs.deck.dialects.pairs import split_pair
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
_HEADING = re.compile(r"^ {0,3}(#{2,6})[ \t]+(.*)$", re.MULTILINE)
_DETAILS = re.compile(r"^\s*<details\b", re.MULTILINE | re.IGNORECASE)

# One line with `::` may well speak of C++, and one numbered heading be the first of a few steps.
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
        or REVIEW_DATES in body
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
        elif not inside and split_pair(line):
            found += 1
    return found >= _FEWEST_PAIRS


def _has_questions(body: str) -> bool:
    if _DETAILS.search(body):
        return True
    lines = body.split("\n")
    if any(map(QUESTION_LABEL.match, lines)) and any(map(ANSWER_LABEL.match, lines)):
        return True
    titles = (heading.group(2).rstrip(" \t#") for heading in _HEADING.finditer(body))
    found = [title for title in map(numbered, titles) if title is not None]
    asking = sum(is_question(title.text) for title in found)
    return asking >= _FEWEST_NUMBERED or any(title.is_labelled for title in found)
