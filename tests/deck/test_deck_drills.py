"""Numeric drills."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.deck_samples import codes_of, note_of

from srs.deck.cards import faces
from srs.deck.drill import DrillError, evaluate, fixed_draw, parse_drill
from srs.deck.model import Choices, Drill, Kind, Range
from srs.deck.placeholders import rounded
from srs.deck.reader import read_deck

DRILL = """\
## Drill: How many sequences fit?
A model of {layers} layers on {mem_gb} GB, `batch={batch}`.

```drill
layers: [32, 80]     # as in the 8B and the 70B model
mem_gb: {min: 80, max: 160, step: 40}
batch: 4

answer: mem_gb * 1e3 / layers / batch
tolerance: 10%
```
${mem_gb} / {layers} = \\frac{a}{b}$, so about {answer}.

Source: arithmetic
"""


def test_lists_are_choices_braces_ranges_and_numbers_constants() -> None:
    note = note_of(DRILL)
    assert note.kind is Kind.DRILL
    assert note.drill == Drill(
        variables={
            "layers": Choices((32.0, 80.0)),
            "mem_gb": Range(80.0, 160.0, 40.0),
            "batch": Choices((4.0,)),
        },
        answer="mem_gb * 1e3 / layers / batch",
        tolerance=0.1,
    )
    assert note.source == "arithmetic"


def test_the_question_shows_a_fixed_draw() -> None:
    assert faces(note_of(DRILL), "front").question == (
        "How many sequences fit?\n\nA model of 32 layers on 80 GB, `batch=4`."
    )


def test_the_answer_shows_the_value_its_tolerance_and_the_worked_text() -> None:
    assert faces(note_of(DRILL), "front").answer == (
        "**625** (± 10 %)\n\n${80} / {32} = \\frac{a}{b}$, so about 625."
    )


def test_a_fixed_draw_takes_the_first_choice_and_the_minimum() -> None:
    assert fixed_draw(Drill({"a": Choices((3.0, 1.0)), "b": Range(2, 8, 2)}, "a", 0)) == {
        "a": 3.0,
        "b": 2.0,
    }


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(a + b) * 2 - 1", 9.0),
        ("a ** b", 8.0),
        ("-a + +b", 1.0),
        ("7 // a + 7 % b", 4.0),
        ("min(a, b, 9) + max(a, b)", 5.0),
        ("round(2.567, 1) + round(a)", 4.6),
        ("ceil(2.1) - floor(2.9)", 1.0),
        ("sqrt(9) + log(exp(1)) + log2(8)", 7.0),
        ("1e3 / 4", 250.0),
    ],
)
def test_expressions_are_arithmetic_with_names_and_a_few_functions(
    expression: str, value: float
) -> None:
    assert evaluate(expression, {"a": 2, "b": 3}) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    [
        "a / (b - 3)",
        "c + 1",
        "a +",
        "",
        "1; 2",
        "a = 3",
        "sin(a)",
        "a.real",
        "a[0]",
        "'x' * 9",
        "'5' + 1",
        "True",
        "a if b else 1",
        "a < b",
        "[1, 2]",
        "min(*[1, 2])",
        "(lambda: 1)()",
        "__import__('os')",
        "9 ** 9 ** 9 ** 9",
        "10 ** 400",
        "(-1) ** 0.5",
        "sqrt(-1)",
        "log(0)",
        "sqrt",
        "1j",
        "1or 2",
        "(" * 240 + ")" * 240,
        "1" + "+1" * 300,
    ],
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(DrillError):
        evaluate(expression, {"a": 2, "b": 3})


def test_an_undefined_name_is_told_by_name() -> None:
    with pytest.raises(DrillError, match="`layer` is not defined"):
        evaluate("2 * layer", {"layers": 2})


@given(st.text("ab1e9.+-*/%() ,minsqrtlog2'[]{}:", max_size=40))
def test_any_expression_is_a_finite_number_or_a_drill_error(expression: str) -> None:
    try:
        assert math.isfinite(evaluate(expression, {"a": 2.5, "b": 0}))
    except DrillError as error:
        assert str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("a: 1", 0),
        ("a: 1\nanswer: b", 1),
        ("a: [1, x]\nanswer: a", 0),
        ("a: []\nanswer: 1", 0),
        ("a: {min: 1}\nanswer: a", 0),
        ("a: {min: 1, max: 2, stop: 1}\nanswer: a", 0),
        ("a: {min: 2, max: 1}\nanswer: a", 0),
        ("a: {min: 1, max: 2, step: 0}\nanswer: a", 0),
        ("a: {min: 0, max: 1, step: 1e-12}\nanswer: a", 0),
        ("a: inf\nanswer: a", 0),
        ("a: 1\na: 2\nanswer: a", 1),
        ("max: 1\nanswer: max", 0),
        ("answer: 1\ntolerance: 10", 1),
        ("answer: 1\ntolerance: -5%", 1),
        ("answer: 1\nnonsense", 1),
    ],
)
def test_a_wrong_line_of_a_block_is_named(block: str, line: int) -> None:
    with pytest.raises(DrillError) as caught:
        parse_drill(block)
    assert caught.value.line == line


@pytest.mark.parametrize(("written", "fraction"), [("10%", 0.1), ("0.1", 0.1), ("2.5 %", 0.025)])
def test_a_tolerance_is_a_percentage_or_a_fraction(written: str, fraction: float) -> None:
    assert parse_drill(f"answer: 1\ntolerance: {written}").tolerance == pytest.approx(fraction)


def test_a_step_of_one_and_a_tenth_of_tolerance_need_not_be_written() -> None:
    drill = parse_drill("a: {min: 1, max: 4}\nanswer: a")
    assert (drill.variables["a"], drill.tolerance) == (Range(1, 4, 1), 0.1)


def test_the_reader_names_the_line_in_the_file() -> None:
    text = "## Drill: a\nb\n\n```drill\nx: 1\nanswer: y\n```\n"
    (problem,) = read_deck(text, "deck.md").errors
    assert (problem.code, problem.line) == ("bad-drill", 6)
    assert "`y`" in problem.message


def test_an_undefined_name_in_the_text_is_an_error_where_it_stands() -> None:
    text = "## Drill: a\nb with {layer}\n```drill\nlayers: 1\nanswer: layers\n```\n"
    (problem,) = read_deck(text, "deck.md").errors
    assert (problem.code, problem.line, problem.column) == ("bad-drill", 2, 8)


def test_braces_in_code_mathematics_and_behind_a_backslash_are_no_names() -> None:
    text = "`{a}` $x^{b}$ \\{c} { d }"
    note = note_of(f"## Drill: q\n{text}\n```drill\nanswer: 1\n```\n")
    assert faces(note, "front").question == f"q\n\n{text}"


def test_a_drill_needs_exactly_one_block() -> None:
    block = "```drill\nanswer: 1\n```\n"
    assert codes_of("## Drill: a\nb\n") == ["bad-drill"]
    assert codes_of(f"## Drill: a\n{block}\n{block}") == ["bad-drill"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (119.2, "119.2"),
        (119.2093, "119.2"),
        (1234567.8, "1,234,568"),
        (0.12345, "0.1235"),
        (0.5, "0.5"),
        (-3, "-3"),
        (1e-7, "1e-07"),
        (2.5e20, "2.5e+20"),
    ],
)
def test_an_answer_has_four_figures(value: float, shown: str) -> None:
    assert rounded(value) == shown
