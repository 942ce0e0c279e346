"""Notes of Obsidian's spaced-repetition plug-in."""

from __future__ import annotations

from datetime import date

import pytest

from srs.deck.cards import card_keys, faces
from srs.deck.dialects.formats import OBSIDIAN
from srs.deck.dialects.reader import read_any
from srs.deck.identity import text_hash
from srs.deck.model import Kind, Note, Start


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


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


COMMENT = "<!--SR:!2026-01-02,12,250-->"


@pytest.mark.parametrize(
    "text",
    [
        f"a::b {COMMENT}\n",
        f"a::b\n{COMMENT}\n\nprose\n",
        f"a::b\n  {COMMENT}\n",
        f"a\n?\nb\n{COMMENT}\n",
        f"a\n?\nb {COMMENT}\n",
        "a::b <!--SR:2026-01-02,12,250-->\n",
    ],
)
def test_a_schedule_comment_is_where_the_card_starts_and_no_part_of_its_text(text: str) -> None:
    note = note_of(text)
    assert (note.front, note.back) == ("a", "b")
    assert note.starts == (Start("front", day("2026-01-02"), 12, ease=2.5),)
    assert text_hash(note) == text_hash(note_of("a::b\n"))


def test_a_changed_schedule_is_no_edit() -> None:
    old, new = (note_of(f"a::b\n<!--SR:!2026-0{month}-02,12,250-->\n") for month in (1, 2))
    assert old.starts != new.starts
    assert text_hash(old) == text_hash(new)


def test_siblings_have_their_schedules_in_the_plug_ins_order() -> None:
    both = note_of("a:::b\n<!--SR:!2026-01-02,12,250!2026-01-03,4,230-->\n")
    assert [(s.card, s.interval_days, s.ease) for s in both.starts] == [
        ("front", 12, 2.5),
        ("back", 4, 2.3),
    ]
    cloze = note_of("==a== and ==b==\n<!--SR:!2026-01-02,12,250!2026-01-03,4,230-->\n")
    assert [(s.card, s.interval_days) for s in cloze.starts] == [("cloze:a", 12), ("cloze:b", 4)]


def test_a_sibling_that_was_never_seen_has_no_start() -> None:
    note = note_of("a:::b\n<!--SR:!2000-01-01,1,250!2026-01-03,4,230-->\n")
    assert [start.card for start in note.starts] == ["back"]


def test_schedules_of_fsrs_are_read_beside_the_older_ones() -> None:
    fsrs = "!fsrs,2026-10-06T19:32:41.659Z,74,74.05,2.1,2,4,0,0,2026-07-24T19:32:41.659Z"
    note = note_of(f"a:::b\n<!--SR:{fsrs}!2026-01-03,4,230-->\n")
    assert note.starts == (
        Start("front", day("2026-10-06"), 74, stability=74.05, difficulty=2.1),
        Start("back", day("2026-01-03"), 4, ease=2.3),
    )


@pytest.mark.parametrize(
    "schedule",
    [
        "",
        "!",
        "!x,1,250",
        "!2026-13-02,12,250",
        "!2026-01-02",
        "!fsrs,2026-01-02,1",
        "!2026-01-02,a,b",
    ],
)
def test_a_schedule_that_cannot_be_read_is_left_out(schedule: str) -> None:
    note = note_of(f"a::b\n<!--SR:{schedule}-->\n")
    assert (note.back, note.starts) == ("b", ())


def test_a_pair_below_an_answer_is_a_card_of_its_own() -> None:
    first, second = notes_of("a\n?\nb\nc::d\n")
    assert (first.front, first.back) == ("a", "b")
    assert (second.front, second.back) == ("c", "d")


def test_a_deletion_may_have_code_below_it_and_stays_on_its_line() -> None:
    (note,) = notes_of("==a== does\n```py\nx == 1 == y\n```\n\nb ==c\nd== e\n")
    assert card_keys(note) == ("cloze:a",)


def test_what_a_comment_hides_is_no_card() -> None:
    assert notes_of("<!--\na::b\n-->\n") == ()


def test_an_open_fence_with_nothing_to_lose_is_a_warning() -> None:
    reading = read_any("a::b\n\n```python\nx = 1\n", "note.md", OBSIDIAN)
    assert [problem.code for problem in reading.warnings] == ["open-fence"]
    assert reading.deck is not None
    lost = read_any("a::b\n\n```\nx = 1\n\nc::d\n", "note.md", OBSIDIAN)
    assert [problem.code for problem in lost.errors] == ["unclosed-fence"]
    for text, code in (("b", "open-comment"), ("c::d", "unclosed-comment")):
        reading = read_any(f"a::b\n\n<!--\n{text}\n", "note.md", OBSIDIAN)
        assert [problem.code for problem in reading.problems] == [code]


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


def test_front_matter_that_is_no_yaml_keeps_no_note_from_being_read() -> None:
    assert note_of("---\ntitle: paper: a\ntags: flashcards/ml\n---\na::b\n").topic == "ml"


def test_deletions_of_anki_are_deletions_and_no_pair() -> None:
    note = note_of("Cloze: The {{c1::cross-entropy}} fits {{c2::two classes::how many}}.\n")
    assert note.kind is Kind.CLOZE
    assert note.front == "Cloze: The [cross-entropy] fits [two classes]."
    assert note.hints == ("how many",)
    both = note_of("In {{c1::Rust}}, [x] and {{ y }} :: a crate\n")
    assert (both.kind, both.front) == (Kind.BASIC, "In {{c1::Rust}}, [x] and {{ y }}")
    assert note_of("Of {{c1::Rust}}, [x] and {{ y }}\n").front == "Of [Rust], \\[x\\] and {{ y }}"
    assert notes_of("an {{c1::unclosed one\n\nWrite clozes ({{c1::...}}).\n") == ()


def test_a_question_without_an_answer_takes_no_heading_that_follows() -> None:
    text = "## {}\n?\n\n{}\n\n## Next?\n?\nc\n"
    assert [note.front for note in notes_of(text.format("A?", "### And b?"))] == ["## Next?"]
    assert [note.front for note in notes_of(text.format("A?", "## B"))] == ["## Next?"]
    first, _ = notes_of(text.format("A?", "### In short\nb"))
    assert (first.front, first.back) == ("## A?", "### In short\nb")
    first, _ = notes_of(text.format("A?", "\n\nb"))
    assert first.back.strip() == "b"
