"""Every problem a deck file can have: its stable code, how grave it is, what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from srs.deck.model import Problem, Severity


class Meaning(NamedTuple):
    """What a code stands for. An error keeps its file from being imported."""

    severity: Severity
    text: str


_ERRORS = {
    "not-found": "There is no file or folder of that name.",
    "is-a-directory": "A file was expected and a folder is there.",
    "unreadable": "The file or folder cannot be read.",
    "too-large": "The file is larger than 20 MB, or has more than a million lines.",
    "lfs-pointer": "The file is a pointer of Git LFS to a text that is not here.",
    "not-utf8": "The file is not UTF-8 text.",
    "bad-front-matter": "The block between the first two `---` lines cannot be read.",
    "unclosed-fence": "A code fence is opened and never closed.",
    "unclosed-comment": "`<!--` has no `-->`.",
    "too-deep": "Lists or quotes are nested deeper than any card needs.",
    "no-question": "A card has an answer and no question.",
    "no-answer": "A card has a question and no answer; hints and `Source:` are none.",
    "answer-without-question": "An `A:` line has no `Q:` line before it.",
    "cloze-without-deletion": "A `C:` card has no `[deletion]`.",
    "duplicate-id": "Two cards of the file have the same `id`.",
    "bad-drill": "A drill's block, expression or `{name}` is wrong.",
}
_WARNINGS = {
    "empty-file": "The file holds no text.",
    "readme-left-out": "A folder gives no card; its README, which is left out, holds questions.",
    "foreign-front-matter": "The front matter of a file that is no deck of ours cannot be read.",
    "control-character": "The text holds control characters; they are left out.",
    "open-fence": "A code fence is never closed, and no card seems to stand below it.",
    "open-comment": "`<!--` has no `-->`, and no card seems to stand below it.",
    "unknown-key": "The front matter has a key that means nothing here.",
    "unknown-option": "A comment has an option that means nothing here.",
    "bad-option": "An option's value is wrong, or does not fit the card; it is ignored.",
    "unused-option": "A comment with options belongs to no card.",
    "empty-card": "A `##` heading has nothing below it.",
    "duplicate-card": "Two cards of the file say the same.",
    "empty-hint": "A `[!TIP]` has no text.",
    "no-cards": "The file is a deck and has no card.",
}
_STRICT_ERRORS = {
    "no-source": "With `--strict`: a card has no source that a reader can open.",
    "no-side": "With `--strict`: a card has no `side`.",
    "no-judgement": "With `--strict`: a card has no `judgement`.",
    "long-back": "With `--strict`: an answer has more than 150 words.",
}
_STORY_WARNINGS = {
    "story-no-kind": "A story of your own has no kind, or one that is not known.",
    "story-empty": "A section of a story is missing or empty.",
    "story-no-number": "A story has no number in it.",
    "story-no-decision": "A story names no decision of your own.",
    "story-no-trade-off": "A story names no trade-off.",
    "story-we": "A story says `we` throughout.",
    "story-no-quality": "A serving story leaves out its effect on the model's quality.",
    "story-no-serving": "A modelling story leaves out latency, cost and roll-out.",
}

CODES: Mapping[str, Meaning] = MappingProxyType(
    {code: Meaning(Severity.ERROR, text) for code, text in _ERRORS.items()}
    | {
        code: Meaning(Severity.WARNING, text)
        for code, text in (_WARNINGS | _STORY_WARNINGS).items()
    }
    | {code: Meaning(Severity.ERROR, text) for code, text in _STRICT_ERRORS.items()}
)


class Problems:
    """Gathers the problems of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []

    def add(self, code: str, line: int, message: str, column: int = 1) -> None:
        """Note a problem at a line and column, both from 1. `code` is one of `CODES`."""
        severity = CODES[code].severity
        self._found.append(Problem(self._file, line, column, code, message, severity))

    def soften(self, softer: Mapping[str, str], is_harmless: Callable[[Problem], bool]) -> None:
        """Give the harmless ones of the problems with certain codes other codes."""
        for place, each in enumerate(self._found):
            if each.code in softer and is_harmless(each):
                code = softer[each.code]
                self._found[place] = replace(each, code=code, severity=CODES[code].severity)

    @property
    def has_errors(self) -> bool:
        """Whether any of them keeps the file from being imported."""
        return any(p.severity is Severity.ERROR for p in self._found)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by line and column."""
        return tuple(sorted(self._found))
