"""What an import decided or found wrong, row by row, as the faces list it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from srs.deck.model import Problem, Severity
from srs.practice.typed import Piece
from srs.practice.wording import wording
from srs.store.ingest.report import Change, Decision, Doubt, ImportReport
from srs.store.locations import deck_file

if TYPE_CHECKING:
    from srs.store.decisions import StoredDecision

Texts = tuple[str, str]
Tone = Literal["plain", "error", "warning"]

# What a person wants to see first.
ORDER = (Change.UPDATED, Change.MOVED, Change.REVIVED, Change.RETIRED, Change.ADDED)


@dataclass(frozen=True, slots=True)
class Line:
    """A text, or its part, that is gone (`-`) or has come (`+`)."""

    sign: Literal["-", "+"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One decision or problem: what, where, why, and the texts it is about.

    `number` is the stored decision's, by which it can be taken back. `column` is 0 where the whole
    note is meant.
    """

    what: str
    file: str
    line: int
    why: str = ""
    texts: tuple[Line, ...] = ()
    number: int | None = None
    tone: Tone = "plain"
    column: int = 0


def problem_rows(report: ImportReport) -> Iterator[Row]:
    """Yield the errors, then the warnings, of an import."""
    for problem in (*report.errors, *report.warnings):
        yield _of_problem(problem)


def decision_rows(report: ImportReport) -> Iterator[Row]:
    """Yield what is in doubt, then what was decided, the rarer kinds first."""
    for doubt in report.doubtful:
        yield _of_doubt(doubt, stored=report.stored)
    decisions = report.decisions
    for change in ORDER:
        for decision in decisions:
            if decision.change is change:
                yield _of_decision(decision, stored=report.stored)


def stored_row(decision: StoredDecision) -> Row:
    """Return the row of a decision that can be taken back."""
    return Row(
        "same card" if decision.joined else "two cards",
        decision.file,
        decision.line,
        decision.reason,
        change_lines(decision.before, decision.after),
        decision.number,
    )


def change_lines(before: Texts | None, after: Texts | None) -> tuple[Line, ...]:
    """Return the lines of a change: the front where it changed or is all there is, then the back.

    Texts are front and back.
    """
    if before is None or after is None:
        front, _ = before or after or ("", "")
        return (Line("+" if before is None else "-", wording(front, front).before),)
    lines: list[Line] = []
    for old, new in zip(before, after, strict=True):
        found = wording(old, new)
        if found.differs:
            lines += (Line("-", found.before), Line("+", found.after))
    if not lines:
        lines.append(Line("+", wording(after[0], after[0]).after))
    return tuple(lines)


def _of_problem(problem: Problem) -> Row:
    tone: Tone = "error" if problem.severity is Severity.ERROR else "warning"
    return Row(tone, problem.file, problem.line, problem.message, tone=tone, column=problem.column)


def _of_doubt(doubt: Doubt, *, stored: bool) -> Row:
    return Row(
        "in doubt",
        str(deck_file(doubt.file)),
        doubt.line,
        f"new, but alike {doubt.score:.2f}",
        change_lines(doubt.before, doubt.after),
        doubt.number if stored else None,
    )


def _of_decision(decision: Decision, *, stored: bool) -> Row:
    before = None if decision.before is None else (decision.before, decision.before_back or "")
    after = None if decision.after is None else (decision.after, decision.after_back or "")
    return Row(
        decision.change.value,
        str(deck_file(decision.file)),
        decision.line,
        decision.reason or "",
        change_lines(before, after),
        decision.number if stored else None,
    )
