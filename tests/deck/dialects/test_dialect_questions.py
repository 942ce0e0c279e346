"""Interview questions: numbered headings, labels, answers that fold away."""

from __future__ import annotations

import re

import pytest

from srs.deck.dialects.formats import QUESTIONS
from srs.deck.dialects.reader import read_any
from srs.deck.model import Deck, Note

TWO = """\
# Serving questions

## Questions
* [Q1: Why does a larger batch cost latency?](#q1)
* [Q2: Name two reasons to cache.](#q2)

## Questions & Answers

### Q1: Why does a larger batch cost latency? ###
Answer:

The first request waits for the last.

### Q2: Name two reasons to cache.
1. time
2. money

#### In short
both

### Q3: What was never answered?
Answer:
"""


def deck_of(text: str) -> Deck:
    reading = read_any(text, "serving.md")
    assert reading.problems == ()
    assert reading.format == QUESTIONS
    assert reading.deck is not None
    return reading.deck


def sides(text: str) -> list[tuple[str, str]]:
    return [(note.front, note.back) for note in deck_of(text).notes]


def test_a_numbered_heading_asks_and_the_text_below_it_answers() -> None:
    assert sides(TWO) == [
        ("Why does a larger batch cost latency?", "The first request waits for the last."),
        ("Name two reasons to cache.", "1. time\n2. money\n\n#### In short\nboth"),
    ]


def test_a_table_of_contents_and_an_unanswered_question_are_counted_as_skipped() -> None:
    assert deck_of(TWO).skipped == 2


def test_the_line_is_that_of_the_heading() -> None:
    assert [note.line for note in deck_of(TWO).notes] == [9, 14]


def test_numbers_alone_need_a_question() -> None:
    text = "### 1. What is a p99?\na tail\n\n### 2. Setup\nsteps\n\n### 3) Define drift\nchange\n"
    assert [front for front, _ in sides(text)] == ["What is a p99?", "Define drift"]
    assert deck_of(text).skipped == 1


@pytest.mark.parametrize("heading", ["Question 10", "Question 10:", "Q10.", "**Question 10**"])
def test_the_question_may_stand_below_its_number(heading: str) -> None:
    choices = "What is a topic?\n\n- A. A log\n- B. A queue"
    text = f"## {heading}\n\n{choices}\n\n**Answer:** A\n\n## Question 11\n\nWhat is a leader?\n"
    text += "Of which partition?\n\nA broker.\n\nOf one.\n"
    assert sides(text) == [
        (choices, "A"),
        ("What is a leader?\nOf which partition?", "A broker.\n\nOf one."),
    ]


def test_a_number_above_what_asks_nothing_is_no_card() -> None:
    text = (
        "## Question 1: What is a topic?\nA log.\n\n## Question 2\n\nIt was left out.\n\nSorry.\n"
    )
    assert sides(text) == [("What is a topic?", "A log.")]
    assert deck_of(text).skipped == 1


def test_a_folded_answer_takes_the_heading_above_it_and_what_stands_between() -> None:
    text = (
        "<details><summary>See 3 translations</summary>\n\n- de\n\n</details>\n\n---\n\n"
        "###### 1. What is printed?\n\n```python\nprint(1 / 2)\n```\n\n- A: `0`\n- B: `0.5`\n\n"
        "<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nTrue division.\n\n"
        "</p>\n</details>\n\n---\n"
    )
    (card,) = sides(text)
    assert card == (
        "What is printed?\n\n```python\nprint(1 / 2)\n```\n\n- A: `0`\n- B: `0.5`",
        "#### Answer: B\n\nTrue division.",
    )


def test_a_summary_that_asks_is_a_card_with_what_it_folds_away() -> None:
    text = (
        "## Caching\n<details>\n<summary><b>Why jitter a time to live?</b></summary>\n\n"
        "So that keys expire apart.\n\n</details>\n"
    )
    assert sides(text) == [("<b>Why jitter a time to live?</b>", "So that keys expire apart.")]


def test_details_in_code_are_code() -> None:
    text = "### Q1. How to fold?\n\n```html\n<details><summary>Why?</summary>x</details>\n```\n"
    ((front, back),) = sides(text)
    assert front == "How to fold?"
    assert back.startswith("```html")


@pytest.mark.parametrize(
    "text",
    [
        "**Q**: Why shard?\n\n**A**: To spread load.\n",
        "**Q:** Why shard?\n**A:** To spread load.\n",
        "**Question 1:** Why shard?\n\n**Answer:** To spread load.\n",
        "Q1. Why shard?\n\nAnswer: To spread load.\n",
    ],
)
def test_labels_make_a_question_and_an_answer(text: str) -> None:
    assert sides(text + "\n---\nThe end.\n") == [("Why shard?", "To spread load.")]


def test_a_chapter_is_the_topic_and_the_title_is_not() -> None:
    text = "# Title\n\n## Tail latency\n### Q1. Why?\na\n\n# Drift\n### Q2. How?\nb\n"
    assert [note.topic for note in deck_of(text).notes] == ["serving/tail-latency", "serving/drift"]


def test_prose_makes_no_card() -> None:
    text = "# Notes\n\n## 1. Setup\nsteps\n\n## 2. Usage\nmore\n\nIs it fast? It is.\n"
    reading = read_any(text, "notes.md", QUESTIONS)
    assert reading.deck is not None
    assert (reading.deck.notes, reading.deck.skipped) == ((), 2)


def test_a_link_to_the_top_is_no_answer() -> None:
    text = "### Q1. Why?\n\n**[Back to Top](#table)**\n\n### Q2. How?\nso\n\n[⬆ top](#t)\n"
    notes: tuple[Note, ...] = deck_of(text).notes
    assert [(note.front, note.back) for note in notes] == [("How?", "so")]


@pytest.mark.parametrize(
    "navigation",
    [
        '<div align="right">\n    <b><a href="#">↥ back to top</a></b>\n</div>',
        '<div align="right"><b><a href="#contents">↥ back to top</a></b></div>',
        "[⬆ Back to Top](#table-of-contents)",
        "**[⬆ back to top](#)**",
        "<br>[Back to the table of contents](#toc)",
        "[Go to top](https://example.org/decks#queues)",
        "<a href='#top'>Return to index</a>",
    ],
)
def test_navigation_is_no_answer_and_no_part_of_one(navigation: str) -> None:
    text = (
        f"## Q. What is a queue?\n\n{navigation}\n\n"
        f"## Q. What is a stack?\n\n*ToDo*\n\n{navigation}\n\n"
        f"## Q. What is a heap?\n\n```js\n// TODO\n```\n\n{navigation}\n\n"
        f"## Q. What is a tree?\n\nA root\n\n- and leaves\n\n{navigation}\n"
    )
    assert sides(text) == [("What is a tree?", "A root\n\n- and leaves")]
    assert deck_of(text).skipped == 3


@pytest.mark.parametrize(
    "answer",
    [
        "see [that](#x)",
        "[The page table](#page-tables)",
        "[Top](https://example.org/top) shows the processes",
        "[The top of the stack](#stack)",
        '<a href="#top-k">Top-k sampling</a>',
        "[Contents](https://example.org/contents)",
        "![back to top](#top)",
        "```js\nTodo()\n```",
    ],
)
def test_an_answer_that_is_a_link_stays(answer: str) -> None:
    assert sides(f"### Q1. Why?\n\n{answer}\n") == [("Why?", answer)]


def test_a_question_about_it_stands_behind_what_it_is() -> None:
    text = (
        "# Guide\n\n## 1. What is a feature store?\n\n### What is it?\na store\n\n"
        "### Why do we use it?\nto share\n\n### Example\nfeast\n\n"
        "## 2. Kafka\n\n### 2.1 Log\n\n#### How does it work?\nby offsets\n\n"
        "### What is a partition?\na part\n\n### Why do we need them?\nto scale\n\n"
        "## Questions\n\n### When to use it?\nnow\n\n## 3. What is a queue?\na line\n"
    )
    assert [front for front, _ in sides(text)] == [
        "What is a feature store? What is it?",
        "What is a feature store? Why do we use it?",
        "Log: How does it work?",
        "What is a partition?",
        "Why do we need them?",
        "When to use it?",
        "What is a queue?",
    ]


def test_a_question_without_a_blank_behind_its_signs_is_a_heading() -> None:
    text = (
        "## Q. Which key is unique?\n\nANSWER: the primary one\n\n"
        "##To compare with a list, which operator is right?\n\nANSWER: IN\n\n"
        "###Q3. Name a lock\n\na latch\n\n##include <stdio.h>\n\n"
        "```sh\n\n##Why?\n```\n"
    )
    found = sides(text)
    assert found[:2] == [
        ("Which key is unique?", "the primary one"),
        ("To compare with a list, which operator is right?", "IN"),
    ]
    assert [front for front, _ in found[2:]] == ["Name a lock"]
    assert "##include <stdio.h>" in found[2][1]


def test_headings_without_a_blank_behind_their_signs_are_recognised() -> None:
    assert sides("##1. What is a p99?\n\na tail\n\n##2. What is drift?\n\nchange\n") == [
        ("What is a p99?", "a tail"),
        ("What is drift?", "change"),
    ]


def test_headings_in_a_numbered_list_ask() -> None:
    text = (
        "1. ### What is a queue?\n\n    A line.\n\n    ```py\n    wait()\n    ```\n\n"
        "2. ### What is a stack?\n\n    A pile.\n"
    )
    assert sides(text) == [
        ("What is a queue?", " A line.\n\n ```py\n wait()\n ```"),
        ("What is a stack?", " A pile."),
    ]
    assert [note.line for note in deck_of(text).notes] == [1, 9]


def test_a_task_among_summaries_that_ask_is_a_question() -> None:
    fold = "<details><summary>{}</summary>\n\n{}\n</details>\n\n"
    tasks = [("What is a pod?", "x"), ("Why?", "y"), ("How many?", "z"), ("Run a pod", "run")]
    text = "".join(fold.format(*task) for task in tasks)
    assert [front for front, _ in sides(text)][-1] == "Run a pod"
    assert len(sides("## Why?\n\nbecause\n\n" + fold.format("Languages", "en"))) == 1


def test_a_line_in_bold_that_asks_is_a_question_where_there_are_several() -> None:
    text = """\
# Questions

## Serving

**Why does a larger batch cost latency? 👶**

The first request waits.

**Never** send one alone.

<br/>

**What is in a cache?**
- keys
- values

__Which queue is best?__ ⭐

Answer here

### And under a heading?

**Why not?** It ends nothing.
"""
    assert sides(text) == [
        (
            "Why does a larger batch cost latency? 👶",
            "The first request waits.\n\n**Never** send one alone.",
        ),
        ("What is in a cache?", "- keys\n- values"),
        ("And under a heading?", "**Why not?** It ends nothing."),
    ]
    deck = deck_of(text)
    assert deck.skipped == 1
    assert {note.topic for note in deck.notes} == {"serving/serving"}


def test_a_task_in_bold_among_many_questions_is_one_and_a_remark_among_few_is_not() -> None:
    text = "".join(f"**{n}. Why {n}?**\n\nso\n\n" for n in range(1, 8))
    task = "**8. Mark the `true` ones:**\n- [x] a\n- [ ] b\n\n"
    assert sides(text + task)[6:] == [
        ("Why 7?", "so"),
        ("Mark the `true` ones:", "- [x] a\n- [ ] b"),
    ]
    assert sides(text + "**8. Why?**\n\n**Answer:**\n\nthus\n")[7:] == [("Why?", "thus")]
    labelled = re.sub(r"\*\*(\d)", r"**Q\1", text)
    assert sides(f"{labelled}**Why not?**\n\nc\n")[6:] == [("Why 7?", "so\n\n**Why not?**\n\nc")]
    text = text.partition("**4.")[0]
    assert sides(text + "**Pro**\n\na\n\n**Con**\n\nb\n")[2:] == [
        ("Why 3?", "so\n\n**Pro**\n\na\n\n**Con**\n\nb")
    ]


def test_numbers_of_questions_may_have_parts() -> None:
    assert sides("**Q3.10. Why?**  \nA: so\n\n**Q3.11: How?**\nA. thus\n") == [
        ("Why?", "so"),
        ("How?", "thus"),
    ]
    choices = "**Q{}. Which?**\n\nA. this {}\nB. that\n\n"
    assert sides(choices.format(1, 1) + choices.format(2, 2))[0] == ("Which?", "A. this 1\nB. that")


def test_a_chapter_that_only_says_questions_is_no_topic() -> None:
    text = "# A\n\n## {}\n\n### Q1. a?\nb\n"
    assert deck_of(text.format("Top 100 Interview Questions")).notes[0].topic == "serving"
    assert deck_of(text.format("Batching questions")).notes[0].topic == (
        "serving/batching-questions"
    )
