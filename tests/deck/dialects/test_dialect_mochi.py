"""Decks of Mochi."""

from __future__ import annotations

from srs.deck.cards import card_keys
from srs.deck.dialects.formats import MOCHI
from srs.deck.dialects.reader import read_any
from srs.deck.model import Deck, Note


def deck_of(text: str) -> Deck:
    reading = read_any(text, "Serving words.md", MOCHI)
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck


def notes_of(text: str) -> tuple[Note, ...]:
    return deck_of(text).notes


def test_dashes_stand_between_sides_and_at_signs_between_cards() -> None:
    first, second = notes_of(
        "prefill\n---\ncompute\n@@@\n\n# What is TTFT?\n\n---\n\nA time.\n@@@\n"
    )
    assert (first.front, first.back, first.line) == ("prefill", "compute", 1)
    assert (second.front, second.back, second.line) == ("What is TTFT?", "A time.", 6)


def test_all_sides_but_the_first_answer() -> None:
    (note,) = notes_of("a\n---\nb\n---\nc\n")
    assert (note.front, note.back) == ("a", "b\n\n---\n\nc")


def test_signs_in_code_divide_nothing() -> None:
    (note,) = notes_of("a\n---\n```\n---\n@@@\n```\n")
    assert note.back == "```\n---\n@@@\n```"


def test_braces_are_asked_for() -> None:
    (note,) = notes_of("Decode is bound by {{1::memory}}, prefill by {{2::compute}}, `{{x}}`.\n")
    assert card_keys(note) == ("cloze:memory", "cloze:compute")


def test_a_text_of_one_side_is_no_card_and_is_counted() -> None:
    deck = deck_of("only a note\n@@@\na\n---\nb\n")
    assert (len(deck.notes), deck.skipped) == (1, 1)


def test_a_file_is_recognised_by_both_signs() -> None:
    assert read_any("a\n---\nb\n@@@\nc\n---\nd\n", "deck.md").format == MOCHI
    assert read_any("a\n\n---\n\nb\n", "deck.md").format != MOCHI
