"""What a deck that is meant for others keeps to, beyond what can be read.

The ordinary reader takes any card that has a question and an answer. A published deck is held to
more: every card says where its fact comes from and what it trains, and can be read in a minute.
"""

from __future__ import annotations

from dataclasses import replace

from srs.deck.model import Kind, Note, Problem, Reading, Severity
from srs.deck.problems import Problems

LONGEST_BACK_WORDS = 150


def held_strictly(reading: Reading, file: str) -> Reading:
    """Return the reading with its warnings made errors, and with what a published deck lacks."""
    problems = Problems(file)
    for note in reading.deck.notes if reading.deck else ():
        _check(note, problems)
    stricter = [replace(problem, severity=Severity.ERROR) for problem in reading.problems]
    found: list[Problem] = [*stricter, *problems.in_order()]
    return replace(reading, problems=tuple(sorted(found)))


def _check(note: Note, problems: Problems) -> None:
    if not note.source:
        problems.add("no-source", note.line, "this card names no source; end it with `Source: …`")
    elif "http" not in note.source:
        problems.add(
            "no-source", note.line, "a reader cannot open this source; add its address to `Source:`"
        )
    if note.side is None:
        problems.add(
            "no-side",
            note.line,
            "this card has no `side`; write it in the front matter or as `<!-- side: both -->`",
        )
    if not note.judgement:
        problems.add(
            "no-judgement",
            note.line,
            "this card has no `judgement`; write it in the front matter "
            "or as `<!-- judgement: latency-cost -->`",
        )
    if note.drill is not None and note.drill.unit is None:
        problems.add(
            "no-unit",
            note.line,
            "this drill does not say what its answer is in; add `unit: GB`, `unit: %` or a noun",
        )
    words = len(note.back.split())
    if note.kind is not Kind.STORY and words > LONGEST_BACK_WORDS:
        problems.add(
            "long-back",
            note.line,
            f"the answer has {words} words and {LONGEST_BACK_WORDS} are the most; "
            "split the card in two",
        )
