"""Every number that a bundled card computes, computed again."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from decks.figures import DRILL_ANSWERS, DRILL_RANGES, FIGURES, Figure

from srs.deck.drill import evaluate, fixed_draw
from srs.deck.model import Choices, Drill, Kind, Note, Range
from srs.deck.reader import read_deck

DECKS = Path(__file__).parents[2] / "decks"
COMPUTED = re.compile(r"\barithmetic\b|sample size")
WORKED = re.compile(r"=\s*\**[$≈]?\d|\d\s*×\s*\d")
CARD_DECKS = [
    "feature-freshness",
    "serving-path",
    "monitoring",
    "resource-trade-offs",
    "llm-serving",
    "fundamentals",
    "design-and-debt",
]


@cache
def notes(deck: str) -> tuple[Note, ...]:
    reading = read_deck((DECKS / f"{deck}.md").read_text(encoding="utf-8"), f"{deck}.md")
    assert reading.deck is not None, reading.problems
    return reading.deck.notes


def the_note(deck: str, front: str) -> Note:
    found = [note for note in notes(deck) if front.lower() in note.front.lower()]
    assert len(found) == 1, f"{len(found)} cards of {deck} have {front!r} in their front"
    return found[0]


def answer(note: Note) -> str:
    """Return the text that holds a card's answer: of a prompt, its checklist."""
    if note.story is not None:
        return "\n".join(note.story.rubric)
    return note.front if note.kind is Kind.CLOZE else note.back


def number(printed: str) -> tuple[float, float]:
    """Return the first number in a text and half a unit of its last digit."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?(?:e\d+)?", printed)
    assert found is not None
    mantissa = found.group().partition("e")[0].replace(",", "")
    return float(mantissa), 0.5 * 10.0 ** -len(found.group(1) or "")


def draws(drill: Drill) -> list[dict[str, float]]:
    """Return every set of numbers that a drill can show."""
    return [
        dict(zip(drill.variables, values, strict=True))
        for values in product(*(all_values(variable) for variable in drill.variables.values()))
    ]


def all_values(variable: Choices | Range) -> tuple[float, ...]:
    if isinstance(variable, Choices):
        return variable.values
    steps = round((variable.maximum - variable.minimum) / variable.step)
    return tuple(variable.minimum + variable.step * step for step in range(steps + 1))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.front}: {figure.printed}")
def test_a_printed_number_is_what_its_expression_gives(figure: Figure) -> None:
    note = the_note(figure.deck, figure.front)
    text = " ".join("\n".join((answer(note), *note.hints)).split())
    assert re.search(rf"(?<![\d.,]){re.escape(figure.printed)}(?!\d|[.,]\d)", text) or re.search(
        rf":{re.escape(figure.printed)}", text
    )
    printed, half_a_digit = number(figure.printed)
    assert figure.value == pytest.approx(printed, abs=half_a_digit * (1 + 1e-9))


@pytest.mark.parametrize("deck", CARD_DECKS)
def test_a_card_whose_source_is_arithmetic_is_computed_here(deck: str) -> None:
    computed = {the_note(deck, f.front).front for f in FIGURES if f.deck == deck}
    claimed = {note.front for note in notes(deck) if COMPUTED.search(note.source or "")}
    assert claimed <= computed


@pytest.mark.parametrize("deck", CARD_DECKS)
def test_a_card_that_works_out_a_number_is_computed_here(deck: str) -> None:
    computed = {the_note(deck, f.front).front for f in FIGURES if f.deck == deck}
    worked = {note.front for note in notes(deck) if WORKED.search(" ".join(note.back.split()))}
    assert worked <= computed


@pytest.mark.parametrize(("front", "answer"), DRILL_ANSWERS)
def test_a_drill_gives_the_answer_that_its_first_draw_should(front: str, answer: float) -> None:
    drill = the_note("drills", front).drill
    assert drill is not None
    assert evaluate(drill.answer, fixed_draw(drill)) == pytest.approx(answer, rel=1e-9)


def test_every_drill_is_computed_here() -> None:
    drills = {note.front for note in notes("drills") if note.kind is Kind.DRILL}
    assert {the_note("drills", front).front for front, _ in DRILL_ANSWERS} == drills
    assert {the_note("drills", front).front for front, *_ in DRILL_RANGES} == drills


@pytest.mark.parametrize(("front", "least", "most"), DRILL_RANGES)
def test_every_draw_of_a_drill_is_something_that_could_happen(
    front: str, least: float, most: float
) -> None:
    drill = the_note("drills", front).drill
    assert drill is not None
    answers = {str(values): evaluate(drill.answer, values) for values in draws(drill)}
    assert {draw: x for draw, x in answers.items() if not least <= x <= most} == {}
