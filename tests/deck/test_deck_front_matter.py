"""The YAML block at the top of a deck."""

from __future__ import annotations

import pytest
from support.deck_samples import codes_of

from srs.deck.model import Deck
from srs.deck.reader import read_deck

CARD = "## Card\ntext\n"


def deck_of(text: str) -> Deck:
    deck = read_deck(text, "some/file name.md").deck
    assert deck is not None
    return deck


def test_deck_names_it_and_topic_places_it() -> None:
    deck = deck_of(f"---\ndeck: Serving path\ntopic: Serving/GPU & co\n---\n{CARD}")
    assert (deck.name, deck.topic, deck.notes[0].line) == ("Serving path", "serving/gpu-co", 5)


@pytest.mark.parametrize("key", ["deck", "topic"])
def test_either_makes_every_heading_a_card(key: str) -> None:
    assert len(deck_of(f"---\n{key}: Serving\n---\n{CARD}").notes) == 1


def test_a_topic_among_keys_of_another_program_is_a_topic_and_no_more() -> None:
    deck = deck_of(f"---\ntitle: T\ntags: [a]\ntopic: Serving\n---\n{CARD}## Why?\nso\n")
    assert [(note.front, note.topic) for note in deck.notes] == [("Why?", "serving")]
    assert codes_of(f"---\ntitle: T\ntags: [a]\ntopic: [b]\n---\n{CARD}") == []
    assert codes_of(f"---\ntopic: a\nauthor: me\n---\n{CARD}") == ["unknown-key"]


def test_the_file_and_the_name_stand_in_for_what_is_missing() -> None:
    assert deck_of(f"---\ntopic: serving\n---\n{CARD}").name == "file name"
    assert deck_of(f"---\ndeck: Serving path\n---\n{CARD}").topic == "serving-path"


def test_values_are_text_whatever_yaml_makes_of_them() -> None:
    assert deck_of(f"---\ndeck: 2024-01-01\n---\n{CARD}").name == "2024-01-01"
    assert deck_of(f"---\ndeck: yes # and a remark\n---\n{CARD}").name == "yes"
    assert deck_of(f"---\ndeck: 'a: b'\n---\n{CARD}").name == "a: b"


def test_lists_may_be_written_in_any_way() -> None:
    for written in ("[data-serving, latency-cost]", "data-serving, latency-cost"):
        deck = deck_of(f"---\ndeck: D\njudgement: {written}\n---\n{CARD}")
        assert deck.notes[0].judgement == ("data-serving", "latency-cost")
    deck = deck_of(f"---\ndeck: D\njudgement:\n  - data-serving\n---\n{CARD}")
    assert deck.notes[0].judgement == ("data-serving",)


def test_a_byte_order_mark_does_not_hide_it() -> None:
    assert deck_of(f"\ufeff---\ndeck: D\n---\n{CARD}").name == "D"


def test_unknown_keys_warn_in_a_deck_of_ours_only() -> None:
    assert codes_of(f"---\ndeck: D\nauthor: me\n---\n{CARD}") == ["unknown-key"]
    assert codes_of(f"---\nauthor: me\ntags: [a, {{b: c}}]\n---\n{CARD}") == []


def test_an_unknown_value_is_a_warning() -> None:
    assert codes_of(f"---\ndeck: D\nside: left\n---\n{CARD}") == ["bad-option"]


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("deck: D\ntopic: [a", 3),
        ("deck: D\na: b: c", 3),
        ("deck: D\n\tside: both", 3),
        ("deck: [a, b]", 2),
        ("deck:", 2),
        ("deck: &name D", 2),
        ("deck: D\ntopic: *name", 3),
        ('deck: "\\U99999999"', 2),
        ("deck: D\nx: [[[[[[[[[[a]]]]]]]]]]", 3),
        ("deck: D\nx: " + "a" * 70_000, 2),
    ],
)
def test_a_broken_block_is_an_error_with_its_line(block: str, line: int) -> None:
    reading = read_deck(f"---\n{block}\n---\n{CARD}", "deck.md", own_format=True)
    assert [(p.code, p.line) for p in reading.errors] == [("bad-front-matter", line)]
    assert reading.deck is None


def test_an_alias_bomb_is_refused_unopened() -> None:
    levels = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 30))
    assert codes_of(f"---\nk0: &k0 [x]\n{levels}\n---\n{CARD}") == ["foreign-front-matter"]
    assert codes_of(f"---\nk0: &k0 [x]\n{levels}\ndeck: D\n---\n{CARD}") == ["bad-front-matter"]


def test_a_block_that_is_never_closed_is_an_error() -> None:
    assert "bad-front-matter" in codes_of("---\ndeck: D\n## Card\ntext\n")


@pytest.mark.parametrize("block", ["Only words.", "# A title", "- a\n- b", ""])
def test_text_between_two_rules_is_text(block: str) -> None:
    assert codes_of(f"---\n{block}\n---\n{CARD}") == []


def test_a_title_between_two_rules_is_still_a_topic() -> None:
    deck = read_deck(f"---\n# Title\n---\n{CARD}", "deck.md", own_format=True).deck
    assert deck is not None
    assert deck.notes[0].topic == "deck/title"


def test_a_block_further_down_is_none() -> None:
    assert codes_of("text\n---\ndeck: D\n---\n", own_format=False) == []
