"""The signs by which people mark questions, answers and tags in Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple

# `**Q:** …`, `**Q3**: …`, `Question 3: …`, `Q3. …`
QUESTION_LABEL = re.compile(
    r" {0,3}(?:\*\*(?:Q|Question)[ \t]*\d*[ \t]*(?:[:.)][ \t]*\*\*|\*\*[ \t]*[:.)])"
    r"|(?:Q|Question)[ \t]*\d+[ \t]*[:.)]|Question[ \t]*:)[ \t]*",
    re.IGNORECASE,
)
# `Answer: …`, `**Answer:** …`, `**A**: …`, `A: …`
ANSWER_LABEL = re.compile(
    r" {0,3}(?:\*\*(?:A|Ans|Answer|Solution)[ \t]*\d*[ \t]*(?:[:.)][ \t]*\*\*|\*\*[ \t]*[:.)]?)"
    r"|(?:Ans|Answer|Solution)[ \t]*\d*[ \t]*:|A\d*:(?!:))[ \t]*",
    re.IGNORECASE,
)

# Possessive, so that no digit and no colon is left for the title.
_NUMBERED = re.compile(
    r"(?:(?:Q|Question)[ \t]*+(?:(\d++(?:\.\d++)*+)[ \t]*+[:.)\-–—]?+|[:.])|\d++[ \t]*+[.):])"
    r"[ \t]*+(?(1)|(?=\S))",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(\*\*|__)(.*)\1\Z", re.DOTALL)
_BOLD_LINE = re.compile(r" {0,3}(\*\*|__)(?!\s)([^*_\n]+(?:[*_][^*_\n]+)*)\1[^\w\n]*\Z")
# Some set a grade of difficulty behind the question, as a picture.
_ENDS_ASKING = re.compile(r"[?？][^\w?？]*\Z")
_ASKING = re.compile(
    r"(?:what|why|how|when|where|which|who|can|could|does|do|is|are|should|would|will"
    r"|explain|describe|define|compare|contrast|discuss|name|list|give|state|mention"
    r"|implement|write|design|derive|prove|differentiate)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


# A question in bold may well be a turn of speech; several are an interview.
FEWEST_BOLD = 3


class Numbered(NamedTuple):
    """A heading that begins with a number: the rest of it, and whether a `Q` stood there."""

    text: str
    is_labelled: bool


def numbered(title: str) -> Numbered | None:
    """Take `Q12.`, `Question 3:` or `12.` off a title; None if it begins with none of them.

    Behind a `Q12` or a `Question 3` there need be nothing.
    """
    title = title.strip()
    bold = _BOLD.match(title)
    if bold and bold.group(1) not in bold.group(2):
        title = bold.group(2).strip()
    found = _NUMBERED.match(title)
    if found is None:
        return None
    return Numbered(title[found.end() :], not found.group()[0].isdigit())


def is_question(text: str) -> bool:
    """Tell whether a line asks: it ends in a question mark or begins as a question does."""
    text = plain(text)
    return ends_asking(text) or _ASKING.match(text) is not None


def ends_asking(text: str) -> bool:
    """Tell whether a text ends in a question mark, whatever picture stands behind it."""
    return _ENDS_ASKING.search(text) is not None


def bold_line(line: str) -> str | None:
    """Return the text of a line that is in bold and nothing else; None for others."""
    found = _BOLD_LINE.match(line)
    return found.group(2) if found else None


def plain(text: str) -> str:
    """Return a line without its HTML tags, asterisks and underscores around it."""
    return " ".join(_TAG.sub("", text).split()).strip("*_ ")


def without_code(text: str) -> str:
    """Return a text without fenced code and code spans, for a look at the rest."""
    kept = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found.group(1).startswith(fence):
                fence = ""
        elif found:
            fence = found.group(1)
        else:
            kept.append(line)
    return _CODE_SPAN.sub("`", "\n".join(kept))
