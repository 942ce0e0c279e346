"""`Q:`, `A:` and `C:` at the start of a line."""

from __future__ import annotations

import pytest
from support.deck_samples import codes_of, note_of, notes_of

from srs.deck.model import Kind
from srs.deck.reader import read_deck

CARD = "Q: What?\nA: That.\n"


def test_a_question_and_its_answer_are_a_card() -> None:
    note = note_of("\nQ: What?\nA: That.\n")
    assert (note.kind, note.front, note.back, note.line) == (Kind.BASIC, "What?", "That.", 2)


def test_both_may_have_many_lines() -> None:
    note = note_of("Q: What\nis it?\n\n- a\n- b\nA:\n\n1. one\n\n   more\n2. two\n")
    assert note.front == "What\nis it?\n\n- a\n- b"
    assert note.back == "1. one\n\n   more\n2. two"


def test_no_space_is_needed_after_a_marker() -> None:
    assert note_of("Q:What?\nA:That.\n").back == "That."


def test_a_card_ends_at_the_next_marker_heading_or_rule() -> None:
    text = "Q: a\nA: b\nQ: c\nA: d\n---\nafter\n\nC: [e]\n# Topic\nprose\n"
    assert [(n.front, n.back) for n in notes_of(text)] == [("a", "b"), ("c", "d"), ("[e]", "")]


def test_deeper_headings_do_not_end_a_card() -> None:
    assert note_of("Q: a\nA: b\n### More\nc\n").back == "b\n### More\nc"


@pytest.mark.parametrize(
    "before",
    ["a paragraph", "- a list", "- a list\n  - in a list", "> a quote", "| a |\n|---|\n| table |"],
)
def test_a_marker_interrupts(before: str) -> None:
    first, second = notes_of(f"Q: first\nA: x\n\n{before}\nQ: second\nA: y\n")
    assert first.back == f"x\n\n{before}"
    assert second.front == "second"


@pytest.mark.parametrize(
    "hidden",
    [
        "```\nQ: x\nA: y\n```",
        "~~~~ python\n```\nQ: x\n~~~\nA: y\n~~~~",
        "<!--\nQ: x\n\nA: y\n-->",
        "<div>\nQ: x\nA: y\n</div>",
        "<pre>\n\nQ: x\nA: y\n</pre>",
        "$$\nQ: x\nA: y\n$$",
        "text\n$$\nQ: x\n$$",
        " Q: x\n A: y",
        "    Q: x\n    A: y",
        "> Q: x\n> A: y",
        "- Q: x\n- A: y",
        "| a |\n|---|\n| Q: x |",
        "text Q: x\nand A: y",
        "`code\n Q: x`",
        "Question: x\nQ. y\nq: z",
        "C::swap [a]\n\nC:\\models [b]\n\nC:/models [c]",
    ],
)
def test_a_marker_is_text_inside_another_block_or_behind_the_margin(hidden: str) -> None:
    before, after = notes_of(f"## Why?\nsee\n\n{hidden}\n\n{CARD}")
    if not hidden.startswith("<!--"):
        assert before.back == f"see\n\n{hidden}"
    assert after.front == "What?"


@pytest.mark.parametrize(
    "hidden", ["```\n## x\n# y\n---\n```", "<div>\n## x\n# y\n</div>", "$$\n## x\n$$"]
)
def test_headings_and_rules_are_text_there_too(hidden: str) -> None:
    assert note_of(f"Q: a\nA: b\n\n{hidden}\n").back == f"b\n\n{hidden}"


def test_an_inline_span_never_crosses_a_marker() -> None:
    first, second = notes_of("Q: a `b\nA: c\nQ: d` e\nA: f\n")
    assert (first.front, second.front) == ("a `b", "d` e")
    first, second = notes_of("Q: a $b\nA: c\nC: d$ [e] f\n")
    assert second.front == "d$ [e] f"


def test_what_follows_a_marker_on_its_line_is_a_block_of_its_own() -> None:
    note = note_of("Q: ```python\nA: print('Q: x')\n```\nA: > quoted\n> on\n")
    assert note.front == "```python\nA: print('Q: x')\n```"
    assert note.back == "> quoted\n> on"


@pytest.mark.parametrize("text", ["## deep", "---", "- item"])
def test_it_is_never_structure(text: str) -> None:
    assert note_of(f"Q: a\nA: {text}\nmore\n").back == f"{text}\nmore"


def test_a_blank_line_ends_html() -> None:
    assert [n.front for n in notes_of("## A?\n<div>\n\nQ: x\nA: y\n</div>\n")] == ["A?", "x"]


def test_prose_outside_cards_is_passed_over() -> None:
    assert note_of("Some words first.\n\nQ: a\nA: b\n---\nlast words\n").back == "b"


def test_an_answer_needs_a_question() -> None:
    assert codes_of("A: alone\n") == ["answer-without-question"]
    assert codes_of("Q: a\nA: b\nA: c\n") == ["answer-without-question"]
    assert codes_of("C: [a]\nA: c\n") == ["answer-without-question"]


def test_a_question_needs_an_answer() -> None:
    assert codes_of("Q: a\n\nQ: b\nA: c\n") == ["no-answer"]
    assert codes_of("Q: a\nA:\n") == ["no-answer"]


def test_an_answer_needs_text_in_its_question() -> None:
    assert codes_of("Q:\nA: b\n") == ["no-question"]
    assert codes_of("##\ntext\n") == ["no-question"]


def test_a_file_with_an_error_is_no_deck_and_says_all_its_errors() -> None:
    reading = read_deck("Q: a\nA: b\nA: c\nQ: d\nC: e\n", "deck.md")
    assert reading.deck is None
    assert [(p.line, p.column, p.code) for p in reading.errors] == [
        (3, 1, "answer-without-question"),
        (4, 1, "no-answer"),
        (5, 1, "cloze-without-deletion"),
    ]


def test_carriage_returns_make_no_difference() -> None:
    text = "---\ndeck: D\n---\n# T\n## Why?\na\n\nb\nC: [c]\nQ: d\nA: ```\ne\n```\n"
    assert notes_of(text.replace("\n", "\r\n")) == notes_of(text)
    assert notes_of(text.replace("\n", "\r")) == notes_of(text)


def test_hashcards_decks_read_in_spite_of_their_toml() -> None:
    text = '---\nname = "Serving"\ntags = ["a"]\n---\nQ: a\nA: b\n\nC: Bound by [memory].\n'
    assert [n.front for n in notes_of(text)] == ["a", "Bound by [memory]."]


def test_a_tag_alone_on_its_line_hides_no_marker() -> None:
    for front in ("<C-v>", '<img src="a.png">', "Press\n\n<leader>"):
        for is_quick in (True, False):
            text = f"Q: {front}\nA: it shows\n<b>\nQ: And?\nA: that\n"
            deck = read_deck(text, "deck.md", is_quick=is_quick).deck
            assert deck is not None
            assert [(note.front, note.back) for note in deck.notes] == [
                (front, "it shows\n<b>"),
                ("And?", "that"),
            ]
    hidden = read_deck("Q: a\nA: <div>\nQ: b\n</div>\n", "deck.md").deck
    assert hidden is not None
    assert [note.back for note in hidden.notes] == ["<div>\nQ: b\n</div>"]
