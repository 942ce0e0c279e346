"""Reading a person's own stories, saying what they lack, and writing what they answer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.stories import P99, WHOLE

from srs.deck.options import STORY_KINDS
from srs.deck.own_stories import SECTIONS, OwnStory, beats, is_story, read_story, same_prompt
from srs.deck.story_gaps import gaps
from srs.deck.story_text import template, with_answers


def story_of(text: str) -> OwnStory:
    reading = read_story(text, "stories/p99.md")
    assert reading.problems == ()
    assert reading.story is not None
    return reading.story


def missing(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in gaps(story_of(text))]


def test_a_story_is_read_with_its_kind_its_prompts_and_its_sections() -> None:
    story = story_of(WHOLE)
    assert (story.name, story.title) == ("p99", "The week p99 doubled")
    assert (story.kind, story.answers) == ("serving", (P99,))
    assert tuple(section.name for section in story.sections) == SECTIONS
    assert story.words == 97
    assert round(story.minutes * 60) == 39


def test_a_whole_story_lacks_nothing() -> None:
    assert missing(WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("I owned the roll-out of the new ranker.", "", [("story-empty", 12)]),
        ("## Task", "## Duty", [("story-empty", 1)]),
        (
            "I rejected more replicas: they cost 30 % more and hid the cause.",
            "",
            [("story-empty", 29), ("story-no-trade-off", 29)],
        ),
        (
            "I decided to roll back to the small model, against the wish of the product lead",
            "The small model came back",
            [],  # `I rejected` is a decision too
        ),
        (
            "NDCG fell by 0.4 % while the small model served",
            "all was fine",
            [("story-no-quality", 21)],
        ),
    ],
)
def test_what_is_missing_is_named_with_its_line(
    old: str, new: str, found: list[tuple[str, int]]
) -> None:
    assert old in WHOLE
    assert missing(WHOLE.replace(old, new)) == found


def test_a_story_without_numbers_decisions_or_an_own_part_hears_all_of_it() -> None:
    told = "We saw that it was slow. Our team looked at it and we fixed it in 2024, p99 and all."
    text = "---\nstory: Slow\nkind: monitoring\n---\n## Situation\n\n\n" + told
    assert [each for each in missing(text) if each[0] != "story-empty"] == [
        ("story-no-decision", 5),
        ("story-no-number", 5),
        ("story-no-trade-off", 5),
        ("story-we", 8),
    ]


def test_a_modelling_story_names_latency_cost_or_roll_out() -> None:
    told = "I decided to drop 3 features instead of 5. Recall fell to 0.81."
    text = f"---\nstory: Leak\nkind: data-integrity\n---\n## Result\n{told}\n"
    assert ("story-no-serving", 5) in missing(text)
    assert ("story-no-serving", 5) not in missing(text + "The canary took a day.\n")


def test_a_kind_that_is_not_known_is_named_on_its_line() -> None:
    reading = read_story("---\nstory: A\nkind: heroic\n---\n", "a.md")
    assert [(p.code, p.line) for p in reading.problems] == [("story-no-kind", 3)]
    assert reading.story is not None
    assert reading.story.kind is None


def test_the_beats_are_the_items_of_lists_and_first_sentences() -> None:
    assert beats(story_of(WHOLE)) == (
        "**Situation**: A ranking service at 9,000 requests a second.",
        "**Task**: I owned the roll-out of the new ranker.",
        "**Actions**: I compared queue wait and service time by hop",
        "**Actions**: I decided to roll back to the small model, against the wish of the "
        "product lead",
        "**Result**: p99 was back in 12 minutes; NDCG fell by 0.4 % while the small model served.",
        "**Numbers**: 80 ms before, 170 ms after, 41 minutes, 2.1 million users.",
        "**Trade-off**: I rejected more replicas: they cost 30 % more and hid the cause.",
        "**What I would do differently**: A latency gate in the canary.",
    )


def test_comments_are_neither_told_nor_counted() -> None:
    story = story_of(template("T", "serving"))
    assert story.words == 0
    assert {problem.code for problem in gaps(story)} == {"story-empty"}


def test_a_deck_is_no_story() -> None:
    assert is_story(WHOLE)
    assert not is_story("---\ndeck: D\nstory: S\n---\n")
    assert not is_story("# Notes\n")


@given(st.text())
def test_any_text_reads_with_problems_that_lie_within_it(text: str) -> None:
    is_story(text)
    reading = read_story(text, "a.md")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert reading.story is not None or reading.problems
    assert all(1 <= problem.line <= lines for problem in reading.problems)


PIECES = st.sampled_from(
    ["---\n", "story: a\n", "kind: serving\n", "answers: [a, b]\n", "## Numbers\n", "- 3\n",
     "<!-- ", "-->\n", "```\n", "we did\n", "# x\n", "> ", "\r\n", "answers:\n  - c\n", "é\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_story_can_be_judged(body: str) -> None:
    reading = read_story("---\nstory: a\n" + body, "a.md")
    if reading.story is not None:
        lines = body.count("\n") + 3
        assert all(1 <= problem.line <= lines for problem in gaps(reading.story))
        assert all(beats(reading.story))


@example("0", STORY_KINDS[0], ["\ufffe", "a\uffff"])
@example("0", STORY_KINDS[0], ["0 #"])
@given(st.text(min_size=1), st.sampled_from(STORY_KINDS), st.lists(st.text(), max_size=4))
def test_a_template_reads_as_what_was_put_in(title: str, kind: str, answers: list[str]) -> None:
    text = template(title, kind, answers)
    story = read_story(text, "new.md").story
    assert is_story(text)
    assert story is not None
    assert story.kind == kind
    assert tuple(section.name for section in story.sections) == SECTIONS
    written = with_answers(text, answers)
    assert written == text


@given(
    st.lists(st.sampled_from([P99, "a: b", "- c", '"quoted"', "# d", "[e]", "été?"]), unique=True)
)
def test_writing_what_a_story_answers_keeps_all_else(answers: list[str]) -> None:
    for text in (WHOLE, WHOLE.replace("\n", "\r\n"), WHOLE.replace(f"answers:\n  - {P99}\n", "")):
        written = with_answers(text, answers)
        assert story_of(written).answers == tuple(answers)
        assert with_answers(written, [P99]) == with_answers(text, [P99])
        assert written.partition("## Situation")[2] == text.partition("## Situation")[2]


def test_a_prompt_is_named_by_its_id_or_its_text() -> None:
    assert same_prompt("p99  ROSE", "P99 rose", None)
    assert same_prompt("p99", "P99 rose", "p99")
    assert not same_prompt("p9", "P99 rose", "p99")
