"""Decks of hashcards and repeater."""

from __future__ import annotations

import pytest

from srs.deck.cards import card_keys
from srs.deck.dialects.formats import HASHCARDS, REPEATER
from srs.deck.dialects.reader import read_any
from srs.deck.model import Kind, Reading

NAMED = '---\nname = "Serving path"\n---\n\n'


def cards_of(reading: Reading) -> list[tuple[str, str]]:
    assert reading.problems == ()
    assert reading.deck is not None
    return [(note.front, note.back) for note in reading.deck.notes]


def test_the_name_in_the_front_matter_names_deck_and_topic() -> None:
    reading = read_any(NAMED + "Q: a\nA: b\n", "stem.md")
    assert reading.format == HASHCARDS
    assert reading.deck is not None
    assert (reading.deck.name, reading.deck.topic) == ("Serving path", "serving-path")


def test_prose_and_comments_outside_cards_are_passed_over() -> None:
    text = NAMED + "<!-- May -->\n\nSome prose.\n\nQ: a\nA: b\n\n---\n\nMore prose: c::d\n"
    assert cards_of(read_any(text, "d.md")) == [("a", "b")]


def test_a_heading_belongs_to_its_card() -> None:
    assert cards_of(read_any(NAMED + "Q: a\nA: b\n## c?\nd\n", "d.md")) == [("a", "b\n## c?\nd")]


@pytest.mark.parametrize("name", [HASHCARDS, REPEATER])
def test_a_question_that_waits_for_its_answer_is_skipped(name: str) -> None:
    text = NAMED + "Q: a\nA: b\n\n---\n\nQ: c\nA:\n\n---\n\nQ: d\nA:\ne\n"
    reading = read_any(text, "d.md", name)
    assert cards_of(reading) == [("a", "b"), ("d", "e")]
    assert reading.deck is not None
    assert reading.deck.skipped == 1
    missing = read_any(NAMED + "Q: a\nQ: b\nA: c\n", "d.md", name)
    assert [problem.code for problem in missing.problems] == ["no-answer"]


def test_an_escaped_bracket_is_no_deletion() -> None:
    reading = read_any(NAMED + r"C: \[a\] is [b] and [c]" + "\n", "d.md")
    assert reading.deck is not None
    (note,) = reading.deck.notes
    assert (note.kind, card_keys(note)) == (Kind.CLOZE, ("cloze:b", "cloze:c"))


@pytest.mark.parametrize("block", ["name = ", "name = 3", 'name = ""', "a = [" * 5000])
def test_broken_toml_is_passed_over_with_a_warning(block: str) -> None:
    reading = read_any(f"---\n{block}\n---\nQ: a\nA: b\n", "d.md", HASHCARDS)
    assert [(p.code, p.line) for p in reading.warnings] == [("foreign-front-matter", 1)]
    assert reading.deck is not None
    assert [note.front for note in reading.deck.notes] == ["a"]


def test_an_answer_without_a_question_is_an_error() -> None:
    reading = read_any(NAMED + "A: b\n", "d.md")
    assert [(p.code, p.line) for p in reading.errors] == [("answer-without-question", 5)]


class TestRepeater:
    TEXT = "a::b\n\nQ: c\nA: d::d\n---\nthe cost of `x::y`::e\nf::g\n\n`std::move` is code\n"

    def test_a_pair_on_a_line_outside_a_card_is_a_card(self) -> None:
        reading = read_any(self.TEXT, "d.md")
        assert reading.format == REPEATER
        assert cards_of(reading) == [
            ("a", "b"),
            ("c", "d::d"),
            ("the cost of `x::y`", "e"),
            ("f", "g"),
        ]

    def test_a_single_pair_is_not_enough_to_be_recognised(self) -> None:
        assert read_any("std::move it\n\nQ: a\nA: b\n", "d.md").format == "markdown"
