"""Spans broken into lines of a given number of terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from srs.render.lines import Line, Role, Span

_ZERO_WIDTH_JOINER = "\u200d"
# Between ideographs and kana a line may break; closing punctuation stays with what it closes.
_IDEOGRAPH = "\u2e80-\u2fff\u3040-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f"
_TOKEN = re.compile(f" +|[{_IDEOGRAPH}][{_CLOSING}]*|[^ {_IDEOGRAPH}]+")
# Where a long path or address is best cut.
_BREAK_AFTER = "/"
NARROWEST_INDENTED = 10
_UNBROKEN = frozenset({Role.CODE, Role.MATH})
_BREAKS_AROUND = re.compile(f"[{_IDEOGRAPH}]")


@dataclass(frozen=True, slots=True)
class Flow:
    """Spans that run on from line to line, and the cells by which all their lines are indented."""

    spans: tuple[Span, ...]
    indent: int = 0

    @property
    def width(self) -> int:
        """The cells it takes on one line."""
        return self.indent + width_of(self.spans)


def width_of(spans: Iterable[Span]) -> int:
    """Return the cells that `spans` take side by side."""
    return cell_len("".join(span.text for span in spans))


def wrap(spans: Iterable[Span], width: int) -> list[Line]:
    """Break `spans` between words into lines of at most `width` cells (two or more).

    A word longer than a line is cut between its characters; code and formulas of up to a third
    of a line are not broken. Spaces at a break are dropped, all others stay.
    """
    lines: list[Line] = []
    line: list[Span] = []
    used = 0
    for gap, word in _words(spans, longest_whole=width // 3):
        gap_width, word_width = width_of(gap), width_of(word)
        if line and used + gap_width + word_width > width:
            lines.append(_line(line))
            line, used = [], 0
        elif gap and (line or not lines) and gap_width < width:
            line, used = line + gap, used + gap_width
        if used + word_width > width:
            *full, last = chop([*line, *word], width, after=_BREAK_AFTER)
            lines += full
            line, used = list(last.spans), width_of(last.spans)
        else:
            line, used = line + word, used + word_width
    if line:
        lines.append(_line(line))
    return lines


def chop(spans: Sequence[Span], width: int, after: str = "") -> list[Line]:
    """Cut `spans` into lines of at most `width` cells between characters; at least one line.

    A cut moves back behind the last character of `after` in the line's second half, if any.
    """
    if width_of(spans) <= width:
        return [_line(spans)]
    lines: list[Line] = []
    line: list[Span] = []
    for span in spans:
        for cluster in _clusters(span.text):
            piece = Span(cluster, span.roles)
            if line and width_of([*line, piece]) > width:
                cut = _cut(line, after)
                lines.append(_line(line[:cut]))
                line = line[cut:]
            line.append(piece)
    lines.append(_line(line))
    return lines


def _cut(clusters: Sequence[Span], after: str) -> int:
    """Return how many of `clusters` stay on the line."""
    for place in range(len(clusters), len(clusters) // 2, -1):
        if after and clusters[place - 1].text in after:
            return place
    return len(clusters)


def wrap_flows(flows: Iterable[Flow], width: int) -> list[Line]:
    """Wrap each of `flows` onto lines of its own, indented as far as `width` allows."""
    lines: list[Line] = []
    for flow in flows:
        if flow.indent and width - flow.indent >= NARROWEST_INDENTED:
            indent = Span(" " * flow.indent)
            lines += [Line((indent, *line.spans)) for line in wrap(flow.spans, width - flow.indent)]
        else:
            lines += wrap(flow.spans, width) or [Line()]
    return lines


def longest_word(flow: Flow) -> int:
    """Return the cells of the longest word in `flow`, with the indent before it."""
    words = (width_of(word) for _, word in _words(flow.spans, longest_whole=0))
    return flow.indent + max(words, default=0)


def _words(spans: Iterable[Span], *, longest_whole: int) -> Iterator[tuple[list[Span], list[Span]]]:
    """Yield each word with the spaces before it; a word may run over several spans.

    Code and formulas of up to `longest_whole` cells are taken as one word.
    """
    gap: list[Span] = []
    word: list[Span] = []
    for span in spans:
        whole = not _UNBROKEN.isdisjoint(span.roles) and cell_len(span.text) <= longest_whole
        for token in [span.text] if whole else _TOKEN.findall(span.text):
            piece = Span(token, span.roles)
            if not token.strip(" "):
                if word:
                    yield gap, word
                    gap, word = [], []
                gap.append(piece)
            elif _BREAKS_AROUND.match(token):
                if word:
                    yield gap, word
                    gap, word = [], []
                yield gap, [piece]
                gap = []
            else:
                word.append(piece)
    if word:
        yield gap, word


def _clusters(text: str) -> Iterator[str]:
    """Yield what a terminal shows in one place: a character with its combining marks."""
    cluster = ""
    for character in text:
        joined = cluster.endswith(_ZERO_WIDTH_JOINER) or not cell_len(character)
        if cluster and not joined:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _line(spans: Sequence[Span]) -> Line:
    """Return a line in which neighbours of the same roles are one span."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].roles == span.roles:
            merged[-1] = Span(merged[-1].text + span.text, span.roles)
        else:
            merged.append(span)
    return Line(tuple(merged))
