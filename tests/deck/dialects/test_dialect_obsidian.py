"""Notes of Obsidian's spaced-repetition plug-in."""

from __future__ import annotations

import pytest

from srs.deck.cards import card_keys, faces
from srs.deck.dialects.formats import OBSIDIAN
from srs.deck.dialects.reader import read_any
from srs.deck.model import Note


def notes_of(text: str) -> tuple[Note, ...]:
    reading = read_any(text, "note.md", OBSIDIAN)
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck.notes


def note_of(text: str) -> Note:
    (note,) = notes_of(text)
    return note


def test_two_colons_ask_one_way_and_three_ask_both() -> None:
    first, second = notes_of("a::b\nc:::d\n")
    assert (first.front, first.back, first.reverse) == ("a", "b", False)
    assert (second.front, second.back, second.reverse) == ("c", "d", True)


@pytest.mark.parametrize(("sign", "reverse"), [("?", False), ("??", True)])
def test_a_question_mark_alone_divides_question_and_answer(sign: str, reverse: bool) -> None:
    note = note_of(f"one\ntwo\n{sign}\nthree\nfour\n\nprose\n")
    assert (note.front, note.back, note.reverse) == ("one\ntwo", "three\nfour", reverse)


def test_an_answer_may_begin_below_a_blank_line() -> None:
    assert note_of("How?\n?\n\n```sh\ngit log\n\ngit show\n```\n").back.startswith(
        "```sh\ngit log\n\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "`std::vector` grows\n",
        "```cpp\nstd::vector<int> v;\n```\n",
        "    std::cout << 1;\n",
        "$a::b$\n",
        "x = `==y==`\n",
        "a ::\n",
        "?\nb\n",
    ],
)
def test_code_and_half_a_pair_are_no_cards(text: str) -> None:
    assert notes_of(text) == ()


def test_marked_text_is_asked_for_and_other_brackets_are_not() -> None:
    note = note_of("Decode waits for ==memory==^[not compute], `==x==` and a[0] for ==nothing==.\n")
    assert card_keys(note) == ("cloze:memory", "cloze:nothing")
    assert note.hints == ("not compute",)
    assert faces(note, "cloze:memory").question == (
        "Decode waits for […], `==x==` and a\\[0\\] for nothing."
    )


def test_schedule_comments_are_left_out() -> None:
    text = "a::b <!--SR:!2026-01-02,12,250-->\n\nc\n?\nd\n<!--SR:!2026-01-02,12,250-->\n"
    assert [(n.front, n.back) for n in notes_of(text)] == [("a", "b"), ("c", "d")]


def test_a_wikilink_becomes_its_text() -> None:
    note = note_of("What is [[Time_to_first_token|TTFT]]::see `[[x]]` and [[Prefill]]\n")
    assert (note.front, note.back) == ("What is TTFT", "see `[[x]]` and Prefill")


def test_a_list_sign_is_no_part_of_the_question() -> None:
    assert note_of("- a::b\n").front == "a"


def test_the_tag_gives_the_topic() -> None:
    text = "#flashcards/ml/serving\n\na::b\n\n#flashcards/data c::d\n"
    assert [(n.front, n.topic) for n in notes_of(text)] == [("a", "ml/serving"), ("c", "data")]


def test_the_tag_may_stand_in_the_front_matter() -> None:
    reading = read_any("---\ntags:\n  - flashcards/ml\n---\na::b\n", "note.md")
    assert reading.format == OBSIDIAN
    assert reading.deck is not None
    assert reading.deck.topic == "ml"
