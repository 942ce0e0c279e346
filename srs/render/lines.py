"""The values a card is laid out into: lines of spans, each span with its roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a span is, so that a face can decide how it looks."""

    TEXT = "text"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRIKE = "strike"
    HEADING = "heading"
    LINK = "link"
    QUOTE = "quote"
    MUTED = "muted"
    RULE = "rule"
    BULLET = "bullet"
    TABLE_HEAD = "table-head"
    TABLE_RULE = "table-rule"
    MATH = "math"
    CODE = "code"
    LISTING = "listing"
    """Beside CODE: the span stands in a code block rather than within a sentence."""
    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    NAME = "name"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Span:
    """Text without line breaks or control characters, and its roles from the outermost inwards."""

    text: str
    roles: tuple[Role, ...] = (Role.TEXT,)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen; a line with no spans is blank."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The line without its roles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image a card refers to: what stands in its place, and the path or URL as written."""

    alt: str
    target: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A card laid out for one width, and its pictures in reading order."""

    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...] = ()
