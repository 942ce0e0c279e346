"""A deck written in our format reads back as the same notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.lived import SERVING

from srs.deck.cloze import deletions
from srs.deck.codec import encode
from srs.deck.identity import text_hash
from srs.deck.model import Ask, Deck, Kind, Note
from srs.deck.reader import read_deck
from srs.exchange.markdown import write_deck

PIECES = (
    "Q: What?", "A: That.", "C: a [deletion] here", "## Heading?", "# Topic", "### Deeper", "---",
    "***", "> [!TIP]", "> a hint", "> quoted", "Source: a book", "<!-- reverse -->",
    "<!-- id: one -->", "<!-- topic: a/b · side: both -->", "<!-- a remark -->", "```python",
    "```", "~~~", "$$", "x = [1]", "[link]: https://x.example", "a [link] and [other](u)",
    "<pre>x</pre>", "<details>", "- item", "- [ ] box", "1. one", "| a | b |", "|---|---|",
    "text with `code [x]` and $y_1$", "    indented", "", "", "Source:", "\\[not\\]", "C::name",
    "## Story: told",
    "## Drill: counted", "### Probes", "```drill\na: [1, 2]\nanswer: a\nunit: s\n```",
    "{a} of them", "Größe 漢字 🚩", "[[x]]", "- Q: in a list", "\u2028", "<!--", "[link]: /other",
)  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("\n".join)
TEXTS = st.one_of(LINES, st.text(max_size=40), st.text("#-:>`[]()<!$\\ \nQAC", max_size=40))


def written_and_read(notes: list[Note]) -> tuple[Note, ...]:
    written = write_deck("A deck", notes)
    assert written.left == []
    return read(written.text)


def read(text: str) -> tuple[Note, ...]:
    reading = read_deck(text, "deck.md")
    assert reading.errors == ()
    assert reading.deck is not None
    return reading.deck.notes


def said(notes: list[Note] | tuple[Note, ...]) -> list[object]:
    return [(text_hash(note), note.topic, encode(note)) for note in notes]


def note(front: str, back: str, **more: object) -> Note:
    return replace(Note(Kind.BASIC, front, back, "a", 1), **more)  # type: ignore[arg-type]


def test_a_deck_with_everything_in_it_is_the_same_after_a_round() -> None:
    notes = read(SERVING)
    written = write_deck("Serving path", notes)
    assert (written.escaped, written.left) == ([], [])
    assert said(read(written.text)) == said(notes)
    assert "topic: serving/batching" in written.text
    assert "judgement: [latency-cost]" in written.text
    assert "<!--" not in written.text.partition("## What does a queue cost?")[0]


def test_topics_are_headings_where_they_can_be() -> None:
    places = ("a", "a/b", "a/b", "a/c", "a", "a/b/d")
    notes = [note(f"Question {n}?", "Yes", topic=topic) for n, topic in enumerate(places)]
    written = write_deck("A", notes)
    assert [found.topic for found in read(written.text)] == list(places)
    assert written.text.count("\n# b\n") == 1
    assert written.text.count("<!-- topic:") == 2


@settings(deadline=None, max_examples=100)
@example("## Story: told\n- [ ] box\n### Probes")
@example("## Heading?\n\u2028")
@given(st.lists(LINES, min_size=1, max_size=6).map("\n\n".join))
def test_whatever_our_format_reads_it_writes_again(text: str) -> None:
    deck: Deck | None = read_deck(f"---\ndeck: D\n---\n{text}", "deck.md").deck
    # A link that is defined twice leaves the second definition in the text, and alone it is one.
    if deck is None or not deck.notes or text.count("[link]:") > 1:
        return
    written = write_deck(deck.name, deck.notes)
    kept = said(read(written.text)) if written.text else []
    assert kept == said(written.notes)
    if not written.left:
        assert kept == said(deck.notes)
        assert written.escaped == []
    assert written.left == [] or "[link]:" in text


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=2), TEXTS), max_size=4))
def test_text_of_any_origin_is_written_and_reads_back_as_the_deck_says(
    parts: list[tuple[str, str, list[str], str]],
) -> None:
    notes = [
        note(front, back, hints=tuple(filter(str.strip, hints)), source=source.strip() or None)
        for front, back, hints, source in parts
        if front.strip() and back.strip()
    ]
    written = write_deck("Any", notes)
    assert len(written.notes) + len(written.left) == len(notes)
    if written.text:
        assert said(read(written.text)) == said(written.notes)


@pytest.mark.parametrize(
    "line",
    ["Q: x", "A: x", "C: [x]", "# x", "## x", "---", "> [!TIP]\n> x", "Source: x", "```\nopen",
     "<!-- reverse -->", "<!-- open", "<pre>", "[x]: y", "- a\n\n---\n\nQ: b"],
)  # fmt: skip
def test_a_line_that_would_mean_something_stays_text(line: str) -> None:
    notes = [
        note("What does the file say?", f"It says\n\n{line}\n\nand more."),
        note("And?", "Yes"),
    ]
    first, second = written_and_read(notes)
    assert (first.front, second.front) == ("What does the file say?", "And?")
    assert (first.hints, first.source, first.reverse) == ((), None, False)
    assert "and more." in first.back


def test_a_note_made_of_fields_becomes_a_card_for_each_of_its_questions() -> None:
    asks = (Ask("one", "First?", "1"), Ask("two", "Second?", "2"))
    found = written_and_read([note("fields", "of it", asks=asks)])
    assert [(each.front, each.back) for each in found] == [("First?", "1"), ("Second?", "2")]


def test_tags_of_another_program_are_kept() -> None:
    (found,) = written_and_read([note("What?", "That.", tags=("ml::serving", "exam"))])
    assert found.tags == ("ml::serving", "exam")


def test_notes_that_define_one_link_differently_do_not_change_each_other() -> None:
    one = note("One?", "See [it].\n\n[it]: https://one.example")
    two = note("Two?", "See [it].\n\n[it]: https://two.example")
    written = write_deck("Links", [one, two])
    assert said(written.notes + written.left) == said([one, two])
    assert said(read(written.text)) == said([one])


def test_a_note_that_would_spoil_its_file_is_left_and_the_others_stay() -> None:
    cloze = [replace(note(f"a [link] of {n} [x]", ""), kind=Kind.CLOZE) for n in range(9)]
    cloze[4] = replace(note("only a [link] here", ""), kind=Kind.CLOZE)
    definition = note("Where?", "See [link].\n\n[link]: https://x.example")
    written = write_deck("Links", [definition, *cloze[3:6]])
    assert said(read(written.text)) == said(written.notes)
    assert len(written.notes) + len(written.left) == 4
    assert definition in written.notes


def test_an_id_that_two_notes_have_is_written_once() -> None:
    found = written_and_read([note(f"{n}?", "Yes", explicit_id="one") for n in range(3)])
    assert [each.explicit_id for each in found] == ["one", None, None]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("\n".join))
def test_deletions_survive(text: str) -> None:
    cloze = replace(note(f"a [deletion] here\n\n{text}", ""), kind=Kind.CLOZE)
    written = write_deck("Cloze", [cloze])
    for each in written.notes:
        assert deletions(each.front)
