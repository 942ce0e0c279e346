"""A drill's numbers: drawn by a seed, looked at over their whole range, answered with units."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.deck_samples import note_of

from srs.deck.cards import faces
from srs.deck.codec import decode, encode
from srs.deck.draws import draw
from srs.deck.drill import DrillError, evaluate, parse_drill
from srs.deck.model import Kind
from srs.deck.quantities import QuantityError, read_quantity
from srs.deck.reader import read_deck

BLOCK = "size: {{min: 10, max: 90, step: 10}}\nlinks: [1, 2, 4]\nanswer: {}\n{}"


def drill_deck(answer: str, more: str = "", question: str = "How long?") -> str:
    block = BLOCK.format(answer, more)
    return f"## Drill: {question}\n{{size}} over {{links}}.\n\n```drill\n{block}\n```\nSo.\n"


def complaints(text: str) -> list[tuple[str, int, str]]:
    errors = read_deck(text, "deck.md", own_format=True).errors
    return [(each.code, each.line, each.message) for each in errors]


def test_a_seed_always_draws_the_same_numbers_and_others_draw_others() -> None:
    drill = parse_drill(BLOCK.format("size / links", ""))
    # These are written down: a log of last year has to show the same numbers.
    assert [tuple(draw(drill, seed).values()) for seed in (1, 2, 3)] == [
        (30.0, 1.0),
        (60.0, 2.0),
        (20.0, 4.0),
    ]
    drawn = {tuple(draw(drill, seed).values()) for seed in range(300)}
    assert drawn == {(float(size), links) for size in range(10, 100, 10) for links in (1, 2, 4)}


def test_the_worked_answer_has_the_numbers_of_the_draw() -> None:
    text = drill_deck("size / links", "unit: s").replace("So.", "{size} / {links} = {answer}")
    shown = faces(note_of(text), "front", seed=7)
    assert shown.number is not None
    size, links = draw(note_of(text).drill, 7).values()  # type: ignore[arg-type]
    assert shown.number.value == size / links
    assert f"{size:g} over {links:g}" in shown.question
    assert f"{size:g} / {links:g} = " in shown.answer


@pytest.mark.parametrize(
    ("answer", "more", "says"),
    [
        ("1 / (size - 50)", "", "divides by zero"),
        ("links / (size - 90)", "", "size = 90"),
        ("size ** 999 / links", "", "has no"),
        ("log(size - 20)", "", "has no value"),
        ("size - 40", "unit: GB", "is less than no GB"),
        ("links - 1", "", "is 0"),
        ("size * 1e30", "", "nobody can estimate"),
        ("size", "unit: 12", "is no unit"),
    ],
)
def test_a_drill_that_fails_somewhere_in_its_range_is_an_error_with_its_numbers(
    answer: str, more: str, says: str
) -> None:
    ((code, line, message),) = complaints(drill_deck(answer, more))
    assert code == "bad-drill"
    assert line == (8 if "unit" in says else 7)
    assert says in message


def test_a_question_that_asks_for_another_kind_of_unit_is_an_error() -> None:
    ((_, line, message),) = complaints(drill_deck("size", "unit: ms", "How many GB is that?"))
    assert line == 8
    assert "asks for GB" in message
    assert not complaints(drill_deck("size", "unit: MB", "How many GB is that?"))


def test_a_drill_of_very_many_combinations_is_looked_at_in_bounded_time() -> None:
    names = [f"v{n}" for n in range(12)]
    block = "\n".join(f"{name}: {{min: 1, max: 1000, step: 0.01}}" for name in names)
    text = f"## Drill: q?\na\n\n```drill\n{block}\nanswer: {' + '.join(names)}\n```\nb\n"
    assert complaints(text) == []


def test_the_unit_is_kept_with_the_note() -> None:
    note = note_of(drill_deck("size", "unit: GB"))
    place = {"front": note.front, "back": note.back, "topic": note.topic, "line": note.line}
    assert decode(encode(note), kind=Kind.DRILL, **place) == note  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "value", "measures"),
    [
        ("64 GB", 64e9, "B"),
        ("437 MiB", 437 * 2**20, "B"),
        ("1.2e6/s", 1.2e6, "/s"),
        ("101", 101, ""),
        ("5.4k", 5400, ""),
        ("40 %", 40, "%"),
        ("1,234,567", 1234567, ""),
        ("1 234 567", 1234567, ""),
        ("1\u2009234", 1234, ""),
        ("1,5", 1.5, ""),
        ("$1.11", 1.11, "$"),
        ("53.5 ms", 0.0535, "s"),
        ("3 min", 180, "s"),
        ("2 days", 172800, "s"),
        ("416k tokens", 416e3, "token"),
        ("67 replicas", 67, "replica"),
        ("1.2 million", 1.2e6, ""),
        ("3 x 10^4", 3e4, ""),
        ("~ 120 GB", 120e9, "B"),
        ("5 tokens per minute", 5 / 60, "token/s"),
        ("10 Gbit/s", 1e10, "bit/s"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: float, measures: str) -> None:
    quantity = read_quantity(typed)
    assert quantity.number * quantity.unit.scale == pytest.approx(value)
    assert quantity.unit.measures == measures


@pytest.mark.parametrize("typed", ["", "abc", "1e999", "--3", "GB", "1 = 1", "9" * 80])
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(QuantityError):
        read_quantity(typed)


@given(st.text(max_size=70))
def test_any_text_is_a_finite_quantity_or_a_sentence(typed: str) -> None:
    try:
        quantity = read_quantity(typed)
    except QuantityError as error:
        assert str(error)  # noqa: PT017
    else:
        assert math.isfinite(quantity.number)


PIECES = st.sampled_from(
    ["9", "**", "a", "(", ")", "-", "*", "/", "%", "//", "exp(", "round(", "1e308", ",", "max(",
     "__import__('os').system('x')", "a.__class__", "[]", "lambda: 0", ":=", "'a'*9", "\n", "{}"]
)  # fmt: skip


@settings(max_examples=400, deadline=2000)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_expression_runs_code_or_takes_long(expression: str) -> None:
    try:
        assert math.isfinite(evaluate(expression, {"a": 9.0}))
    except DrillError as error:
        assert str(error)  # noqa: PT017
