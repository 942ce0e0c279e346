"""The text of a story's file: the template of a new one, and its `answers` written anew."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from srs.deck.text import with_plain_line_ends, without_controls

_GUIDANCE = {
    "Situation": "Two sentences: what ran, how large it was, what went wrong.",
    "Task": "Your part, said apart from the team's.",
    "Actions": "In order, each with the evidence that led to it. What did I decide, and who "
    "saw it otherwise?",
    "Result": "What became better. A serving story names the effect on the model's quality, a "
    "modelling story latency, cost or roll-out.",
    "Numbers": "Before, after, for how long, for how many.",
    "Trade-off": "The option you rejected, and what the chosen one cost.",
    "What I would do differently": "And the check that would catch it today.",
}
_PLAIN_SCALAR = re.compile(r"[A-Za-z][\w ,.?!'’()/-]*[\w.?!)]")
# YAML takes these two only as escapes.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_ANSWERS = re.compile(r"answers\s*:")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_CLOSING = ("---", "...")
_HAS_COMMENT = re.compile(r"(?:^|\s)#")
# A list item in quotes, where `#` begins no comment.
_QUOTED = re.compile(r"""^\s*-\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_GOES_ON = (" ", "\t", "-", "]", "\r", "\n")


def template(title: str, kind: str, answers: Sequence[str] = ()) -> str:
    """Return the text of a new story, with what belongs in each section as a comment."""
    head = ["---", f"story: {_scalar(title)}", f"kind: {kind}", *_answers(answers), "---", ""]
    body = [f"## {name}\n\n<!-- {hint} -->\n" for name, hint in _GUIDANCE.items()]
    return "\n".join([*head, *body])


def with_answers(text: str, answers: Sequence[str]) -> str:
    """Return a story's text with other `answers`; every other character stays as it is.

    Raises ValueError for a text without front matter, and where a comment would be lost.
    """
    lines = _LINE.findall(text)
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() in _CLOSING), None)
    if closing is None:
        raise ValueError("the story has no front matter")
    start = next((i for i in range(1, closing) if _ANSWERS.match(lines[i])), closing)
    end = start
    if start < closing:
        end = start + 1
        # The entry's value goes on over the lines that are indented, list items, empty or comments.
        while end < closing and lines[end][:1] in (*_GOES_ON, "#"):
            end += 1
        while lines[end - 1][:1] in ("#", "\r", "\n"):
            end -= 1
        if any(_HAS_COMMENT.search(_QUOTED.sub("", line)) for line in lines[start:end]):
            raise ValueError("a comment stands among the answers and would be lost")
    newline = lines[0][len(lines[0].rstrip("\r\n")) :]
    written = [line + newline for line in _answers(answers)]
    return "".join([*lines[:start], *written, *lines[end:]])


def _answers(answers: Sequence[str]) -> list[str]:
    if not answers:
        return ["answers: []"]
    return ["answers:", *(f"  - {_scalar(each)}" for each in answers)]


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line; quoted JSON is YAML too."""
    line = " ".join(without_controls(with_plain_line_ends(text)).split())
    if _PLAIN_SCALAR.fullmatch(line):
        return line
    quoted = json.dumps(line, ensure_ascii=False)
    return _NO_CHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
