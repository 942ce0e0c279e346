"""What an import decided, as lines: what became of which card, with its old and its new text."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from srs.cli.output import show
from srs.practice.wording import clipped, marked, wording
from srs.store.decisions import StoredDecision
from srs.store.ingest.report import Decision, ImportReport
from srs.store.locations import deck_file

Texts = tuple[str, str]


def show_decisions(report: ImportReport) -> None:
    """Print each decision; one that was stored has the number by which it can be undone."""
    for decision in report.decisions:
        number = decision.number if report.stored else None
        reason = f" ({decision.reason})" if decision.reason else ""
        _head(decision.change.value, decision.file, decision.line, reason, number)
        _texts(_before(decision), _after(decision))
    for doubt in report.doubtful:
        number = doubt.number if report.stored else None
        reason = f" (new, but alike {doubt.score:.2f})"
        _head("in doubt", doubt.file, doubt.line, reason, number)
        _texts(doubt.before, doubt.after)


def show_stored(decisions: Iterable[StoredDecision]) -> None:
    """Print decisions of earlier imports."""
    for each in decisions:
        what = "same card" if each.joined else "two cards"
        _head(what, each.file, each.line, f" ({each.reason})", each.number)
        _texts(each.before, each.after)


def _head(what: str, file: str, line: int, reason: str, number: int | None) -> None:
    mark = "" if number is None else f"  [{number}]"
    show(f"{what:9} {deck_file(file)}:{line}{reason}{mark}")


def _texts(before: Texts | None, after: Texts | None) -> None:
    width = shutil.get_terminal_size().columns - len("  - ")
    for old, new in zip(before or ("", ""), after or ("", ""), strict=True):
        found = wording(old, new)
        if before is not None and after is not None and not found.differs:
            continue
        if before is not None and after is not None:
            show(f"  - {marked(clipped(found.before, width))}")
            show(f"  + {marked(clipped(found.after, width))}")
        else:
            text = wording(old or new, old or new)
            show(f"  {'-' if after is None else '+'} {marked(clipped(text.before, width))}")
            break  # the front names a card that only came or went


def _before(decision: Decision) -> Texts | None:
    return None if decision.before is None else (decision.before, decision.before_back or "")


def _after(decision: Decision) -> Texts | None:
    return None if decision.after is None else (decision.after, decision.after_back or "")
