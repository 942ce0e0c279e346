"""`#` is a topic, `##` a card, and what stands below it."""

from __future__ import annotations

import pytest
from support.deck_samples import OURS, codes_of, note_of, notes_of

from srs.deck.model import Kind
from srs.deck.reader import read_deck


def test_a_heading_with_text_below_it_is_a_card() -> None:
    note = note_of("## Why batch?\n\nThroughput.\n\nSecond paragraph.\n")
    assert (note.kind, note.front, note.line) == (Kind.BASIC, "Why batch?", 1)
    assert note.back == "Throughput.\n\nSecond paragraph."


def test_deeper_headings_belong_to_the_answer() -> None:
    assert note_of("## Why?\n### First\na\n#### Second\nb\n").back == "### First\na\n#### Second\nb"


def test_a_first_level_heading_is_a_topic_under_the_decks() -> None:
    text = OURS + "## One\na\n# KV & paging\n## Two\nb\n# Tail _latency_\n## Three\nc\n"
    assert [n.topic for n in notes_of(text)] == [
        "serving",
        "serving/kv-paging",
        "serving/tail-latency",
    ]


def test_a_bare_heading_before_a_marker_is_a_topic_until_the_next_heading() -> None:
    text = (
        OURS + "# KV\n## Paging\nQ: a\nA: b\nC: [c]\n## Card\nd\nQ: e\nA: f\n# Next\nQ: g\nA: h\n"
    )
    assert [(n.front, n.topic) for n in notes_of(text)] == [
        ("a", "serving/kv/paging"),
        ("[c]", "serving/kv/paging"),
        ("Card", "serving/kv"),
        ("e", "serving/kv"),
        ("g", "serving/next"),
    ]


def test_a_topic_name_without_letters_adds_nothing() -> None:
    assert note_of(OURS + "# ???\n## One\na\n").topic == "serving"


def test_a_link_in_a_topic_name_counts_by_its_text() -> None:
    assert note_of(OURS + "# The [KV cache](https://x.org/a)\n## One\na\n").topic == (
        "serving/the-kv-cache"
    )


def test_a_heading_with_nothing_below_it_is_a_warning() -> None:
    reading = read_deck("## Alone\n\n## Card\na\n", "deck.md", own_format=True)
    assert [(p.code, p.line) for p in reading.problems] == [("empty-card", 1)]
    assert reading.deck is not None
    assert [n.front for n in reading.deck.notes] == ["Card"]


def test_a_rule_under_a_line_makes_no_heading() -> None:
    assert note_of("## Why?\nbecause\n***\nmore\n").back == "because\n***\nmore"
    assert note_of("## Why?\nbecause\n---\nmore\n").back == "because\n---\nmore"


def test_a_rule_at_the_end_of_a_card_only_separates() -> None:
    assert [n.back for n in notes_of("## A?\none\n\n---\n\n## B?\ntwo\n\n---\n")] == ["one", "two"]


@pytest.mark.parametrize("text", ["> ## Quoted\n> text\n", "- ## In a list\n  text\n"])
def test_a_heading_inside_another_block_is_no_card(text: str) -> None:
    assert notes_of(text) == ()


class TestAnotherPersonsMarkdown:
    TEXT = (
        "# Notes\n\n## Setup\nsteps\n\n## Why does it wait?\nbatching\n\n"
        "## Story: an outage\n- [ ] scale\n\n## Usage\nmore\n"
    )

    def test_only_questions_stories_and_drills_are_cards(self) -> None:
        notes = notes_of(self.TEXT, own_format=False)
        assert [n.front for n in notes] == ["Why does it wait?", "an outage"]

    def test_the_other_sections_are_counted(self) -> None:
        deck = read_deck(self.TEXT, "deck.md").deck
        assert deck is not None
        assert deck.skipped == 2

    def test_all_are_taken_on_request(self) -> None:
        deck = read_deck(self.TEXT, "deck.md", own_format=True).deck
        assert deck is not None
        assert (len(deck.notes), deck.skipped) == (4, 0)

    def test_markers_are_cards_there_too(self) -> None:
        (note,) = notes_of("## Intro\ntext\n\nQ: a\nA: b\n", own_format=False)
        assert note.front == "a"

    def test_a_heading_without_text_is_nobodys_business(self) -> None:
        assert codes_of("## Contents\n\n## Index\n", own_format=False) == []

    def test_the_file_names_the_deck_and_its_topic(self) -> None:
        deck = read_deck("## Why?\na\n", "notes/My Notes_2.md").deck
        assert deck is not None
        assert (deck.name, deck.topic, deck.notes[0].topic) == (
            "My Notes_2",
            "my-notes-2",
            "my-notes-2",
        )


class TestHints:
    TEXT = "## Why?\n\nbecause\n\n> [!TIP]\n> first\n> hint\n\nmore\n\n> [!tip] second\n"

    def test_tips_are_hints_in_order(self) -> None:
        assert note_of(self.TEXT).hints == ("first\nhint", "second")

    def test_the_answer_reads_as_if_they_had_never_been_there(self) -> None:
        assert note_of(self.TEXT).back == "because\n\nmore"

    def test_a_tip_before_the_answer_of_a_question_is_a_hint(self) -> None:
        note = note_of("Q: a\n\n> [!TIP]\n> x\n\nA: b\n\n> [!TIP]\n> y\n")
        assert (note.front, note.back, note.hints) == ("a", "b", ("x", "y"))

    def test_other_quotes_stay(self) -> None:
        text = "> [!NOTE]\n> careful\n\n> quoted"
        assert note_of(f"## Why?\n{text}\n").back == text

    def test_a_hint_alone_is_no_answer(self) -> None:
        assert codes_of("## Why?\n> [!TIP]\n> x\n") == ["no-answer"]
        assert codes_of("Q: Why?\nA:\n> [!TIP]\n> x\n") == ["no-answer"]


class TestSources:
    def test_the_last_paragraph_may_be_the_source(self) -> None:
        note = note_of("## Why?\nbecause\n\nSource: a paper,\npage 3\n")
        assert (note.back, note.source) == ("because", "a paper,\npage 3")

    def test_a_line_of_the_last_paragraph_may_begin_it(self) -> None:
        note = note_of("Q: Why?\nA: because\nSource: a paper\n")
        assert (note.back, note.source) == ("because", "a paper")

    def test_earlier_paragraphs_are_text(self) -> None:
        note = note_of("## Why?\nSource: the river.\n\nIt springs there.\n")
        assert (note.back, note.source) == ("Source: the river.\n\nIt springs there.", None)

    def test_a_hint_or_comment_may_follow(self) -> None:
        note = note_of("## Why?\nbecause\n\nSource: x\n\n> [!TIP]\n> y\n\n<!-- id: z -->\n")
        assert (note.back, note.source, note.hints) == ("because", "x", ("y",))

    def test_a_source_in_a_fence_is_code(self) -> None:
        assert note_of("## Why?\n```\nSource: x\n```\n").source is None

    def test_a_cloze_has_one_too(self) -> None:
        note = note_of("C: Bound by [memory].\n\nSource: x [1]\n")
        assert (note.front, note.source) == ("Bound by [memory].", "x [1]")

    def test_a_source_alone_is_no_answer(self) -> None:
        assert codes_of("## Why?\nSource: x\n") == ["no-answer"]
        assert codes_of("Q: Why?\nA: Source: x\n") == ["no-answer"]


class TestLinkDefinitions:
    TEXT = (
        "## One?\nSee [Triton].\n\n## Two?\nNothing.\n\n[Triton]: https://x.org 'T'\n[spare]: y\n"
    )

    def test_a_card_carries_the_definitions_it_uses(self) -> None:
        one, _ = notes_of(self.TEXT)
        assert one.back == "See [Triton].\n\n[Triton]: https://x.org 'T'"

    def test_the_card_that_they_happen_to_follow_does_not(self) -> None:
        _, two = notes_of(self.TEXT)
        assert two.back == "Nothing."

    def test_a_definition_behind_a_marker_is_one_like_any_other(self) -> None:
        note = note_of("Q: [a]: https://x.org\nb [a]\nA: c\n")
        assert note.front == "b [a]\n\n[a]: https://x.org"
