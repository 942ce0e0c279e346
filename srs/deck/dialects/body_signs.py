"""Which dialect a file is written in, told from what stands in it beside `key: value` lines."""

from __future__ import annotations

import re

from srs.deck.dialects import formats
from srs.deck.dialects.anki_blocks import has_anki_blocks, signs_for
from srs.deck.dialects.obsidian_settings import ObsidianSettings, settings_for
from srs.deck.dialects.pairs import split_pair
from srs.deck.dialects.signs import (
    ANSWER_LABEL,
    FEWEST_BOLD,
    QUESTION_LABEL,
    bold_line,
    ends_asking,
    is_question,
    numbered,
    without_code,
)
from srs.deck.dialects.starts import REVIEW_DATES

_REVIEW_KEY = re.compile(r"^sr-due[ \t]*:", re.MULTILINE)
_CARD_BULLET = re.compile(
    r"^[ \t]*[-*+][ \t](?:[^\n]*[ \t])?(?:#card(?![\w/-])|#?\[\[card\]\])",
    re.MULTILINE | re.IGNORECASE,
)
_BETWEEN_CARDS = re.compile(r"^@@@[ \t]*$", re.MULTILINE)
_BETWEEN_SIDES = re.compile(r"^---[ \t]*$", re.MULTILINE)
_MARKER = re.compile(r"^[QC]:(?![:\\/])", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{2,6}(?:[ \t]+|(?=[^#\s]))(.*)$", re.MULTILINE)
_NUMBERED_HEADING = re.compile(r"^ {0,12}(\d{1,6}[.)])[ \t]+#{2,6}[ \t]+(.*)$", re.MULTILINE)
_DETAILS = re.compile(r"^\s*<details\b", re.MULTILINE | re.IGNORECASE)

# One line with `::` may well speak of C++, and one numbered heading be the first of a few steps.
_FEWEST_PAIRS = 2
_FEWEST_NUMBERED = 2


def told_by_body(front_matter: str, text: str, file: str) -> tuple[str, str]:
    """Return the dialect of a file whose front matter names none, and the sign in words.

    `text` is what follows the front matter.
    """
    body = without_code(text)
    if has_anki_blocks(body, signs_for(file)):
        return formats.OBSIDIAN_TO_ANKI, "a note between `START` and `END`"
    sign = _obsidian_sign(front_matter, body, settings_for(file))
    if sign:
        return formats.OBSIDIAN, sign
    if _CARD_BULLET.search(body):
        return formats.LOGSEQ, "a bullet tagged `#card`"
    if _BETWEEN_CARDS.search(body) and _BETWEEN_SIDES.search(body):
        return formats.MOCHI, "lines `@@@` and `---`"
    if _MARKER.search(body):
        if _has_loose_pairs(body):
            return formats.REPEATER, "`Q:` or `C:` lines, and lines with `::`"
        return formats.MARKDOWN, "`Q:` or `C:` lines"
    sign = _question_sign(body)
    if sign:
        return formats.QUESTIONS, sign
    return formats.MARKDOWN, "no sign of another dialect"


def _obsidian_sign(front_matter: str, body: str, settings: ObsidianSettings) -> str:
    """Return the sign of the spaced-repetition plug-in, empty if there is none."""
    if settings.front_matter_tag.search(front_matter):
        return "a flashcard tag in the front matter"
    found = settings.tag.search(body)
    if found:
        return f"the tag `#{found.group(1)}`"
    if REVIEW_DATES in body:
        return f"a schedule comment `{REVIEW_DATES}`"
    if _REVIEW_KEY.search(front_matter):
        return "`sr-due` in the front matter"
    if settings.folders_are_decks and _has_obsidian_cards(body, settings):
        return "cards in a vault whose folders are decks"
    return ""


def _has_obsidian_cards(body: str, settings: ObsidianSettings) -> bool:
    dividers = {settings.divider, settings.both_ways} - {""}
    return any(
        line.strip() in dividers or split_pair(line, settings.separators)
        for line in body.split("\n")
    )


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


def _question_sign(body: str) -> str:
    """Return the sign of interview questions, empty if there is none."""
    if _DETAILS.search(body):
        return "`<details>`"
    lines = body.split("\n")
    if any(map(QUESTION_LABEL.match, lines)) and any(map(ANSWER_LABEL.match, lines)):
        return "labels such as `**Q:**` and `**A:**`"
    bold = [text for text in map(bold_line, lines) if text]
    labelled = sum(found.is_labelled for found in map(numbered, bold) if found)
    if labelled >= _FEWEST_NUMBERED or sum(map(ends_asking, bold)) >= FEWEST_BOLD:
        return "questions in bold"
    titles = [heading.group(1).rstrip(" \t#") for heading in _HEADING.finditer(body)]
    titles += [" ".join(heading.groups()) for heading in _NUMBERED_HEADING.finditer(body)]
    found = [title for title in map(numbered, titles) if title is not None]
    if any(title.is_labelled for title in found):
        return "a heading such as `## Q1. …`"
    asking = sum(is_question(title.text) for title in found)
    return "numbered headings that ask" if asking >= _FEWEST_NUMBERED else ""
