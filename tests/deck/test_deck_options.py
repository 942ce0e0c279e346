"""Options in comments."""

from __future__ import annotations

import pytest
from support.deck_samples import OURS, codes_of, note_of, notes_of

from srs.deck.cards import card_keys, faces
from srs.deck.reader import read_deck


def test_options_stand_in_a_comment_below_the_heading() -> None:
    note = note_of("## Why?\n<!-- id: batch-p50 · reverse · topic: Serving/KV cache -->\nbecause\n")
    assert (note.explicit_id, note.reverse, note.topic) == ("batch-p50", True, "serving/kv-cache")
    assert note.back == "because"


@pytest.mark.parametrize(
    "text",
    [
        "Q: a <!-- id: x -->\nA: b\n",
        "Q: a\n<!-- id: x -->\nA: b\n",
        "Q: a\nA: b\n<!-- id: x -->\n",
        "Q: a\nA: b\n\n<!--\nid: x\n-->\n",
        "Q: a\nA: b <!-- id:x -->\n",
        "## a <!-- id: x -->\nb\n",
        "## a\nb\n\n<!-- id: x -->\n",
        "## a\n<!-- a remark --><!-- id: x -->\nb\n",
    ],
)
def test_they_may_stand_anywhere_in_the_card(text: str) -> None:
    note = note_of(text)
    assert (note.front, note.back, note.explicit_id) == ("a", "b", "x")


def test_commas_and_lines_separate_them_too() -> None:
    text = "## a\n<!--\nid: x, reverse\nside: modelling\n-->\nb\n"
    note = note_of(text)
    assert (note.explicit_id, note.reverse, note.side) == ("x", True, "modelling")


def test_several_comments_add_up() -> None:
    note = note_of("## a\n<!-- id: x -->\nb\n<!-- reverse -->\n")
    assert (note.explicit_id, note.reverse) == ("x", True)


def test_any_other_comment_is_just_a_comment() -> None:
    note = note_of("## a\n<!-- Checked against the paper: fine. -->\nb <!-- sic --> c\n")
    assert note.back == "b <!-- sic --> c"


@pytest.mark.parametrize("hidden", ["`<!-- id: x -->`", "```\n<!-- id: x -->\n```"])
def test_a_comment_in_code_is_code(hidden: str) -> None:
    note = note_of(f"## a\nb\n\n{hidden}\n")
    assert (note.explicit_id, note.back) == (None, f"b\n\n{hidden}")


def test_text_beside_a_comment_stays() -> None:
    assert note_of("## a\n<!-- id: x --> b\n\nc\n").back == "b\n\nc"


def test_a_card_overrides_what_the_front_matter_says() -> None:
    text = (
        "---\ndeck: D\nside: both\njudgement: [latency-cost]\ncompany: startup\n---\n"
        "## a\nb\n## c\n<!-- side: modelling · judgement: data-serving, silent-degradation "
        "· company: big-tech -->\nd\n"
    )
    first, second = notes_of(text)
    assert (first.side, first.judgement, first.company) == ("both", ("latency-cost",), ("startup",))
    assert (second.side, second.judgement, second.company) == (
        "modelling",
        ("data-serving", "silent-degradation"),
        ("big-tech",),
    )


def test_a_reversed_card_asks_both_ways() -> None:
    note = note_of("## a\n<!-- reverse -->\nb\n")
    assert card_keys(note) == ("front", "back")
    back = faces(note, "back")
    assert (back.question, back.answer) == ("b", "a")


def test_typing_expects_the_plain_text_of_a_one_line_answer() -> None:
    note = note_of("## Which *flag*?\n<!-- type-in · reverse -->\n`--max-batch` is **it**\n")
    assert faces(note, "front").expected == "--max-batch is it"
    assert faces(note, "back").expected == "Which flag?"


def test_a_misspelt_option_is_a_warning_with_a_guess() -> None:
    (problem,) = read_deck("## a\n<!-- id: x · revers -->\nb\n", "d.md", own_format=True).problems
    assert (problem.code, problem.line, problem.column) == ("unknown-option", 2, 1)
    assert "`reverse`" in problem.message
    assert codes_of("## a\n<!-- minuts: 3 -->\nb\n") == ["unknown-option"]


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("## a\n<!-- side: left -->\nb\n", "bad-option"),
        ("## a\n<!-- judgement: taste -->\nb\n", "bad-option"),
        ("## a\n<!-- id: two words -->\nb\n", "bad-option"),
        ("## a\n<!-- topic: ?? -->\nb\n", "bad-option"),
        ("## a\n<!-- kind: serving -->\nb\n", "bad-option"),
        ("## Story: a\n<!-- kind: horror -->\nb\n", "bad-option"),
        ("## Story: a\n<!-- minutes: soon -->\nb\n", "bad-option"),
        ("## Story: a\n<!-- minutes: nan -->\nb\n", "bad-option"),
        ("## Story: a\n<!-- reverse -->\nb\n", "bad-option"),
        ("C: [a]\n<!-- reverse -->\n", "bad-option"),
        ("## a\n<!-- type-in -->\nb\nc\n", "bad-option"),
        ("## a\n<!-- id: x · reverse: yes -->\nb\n", "unknown-option"),
        ("## a\n<!-- topic: t, id -->\nb\n", "unknown-option"),
        ("## a\n<!-- id: x · blue -->\nb\n", "unknown-option"),
    ],
)
def test_a_wrong_option_is_ignored_with_a_warning(card: str, code: str) -> None:
    reading = read_deck(card, "deck.md", own_format=True)
    assert [p.code for p in reading.warnings] == [code]
    assert reading.deck is not None
    (note,) = reading.deck.notes
    assert not note.reverse
    assert not note.type_in
    assert note.side is None


def test_options_without_a_card_are_a_warning() -> None:
    text = OURS + "# Topic <!-- side: both -->\n## Bare\n<!-- id: x -->\nQ: a\nA: b\n"
    assert codes_of(text) == ["unused-option", "unused-option"]


def test_the_same_id_twice_is_an_error() -> None:
    assert codes_of("## a\n<!-- id: x -->\nb\n## c\n<!-- id: x -->\nd\n") == ["duplicate-id"]
