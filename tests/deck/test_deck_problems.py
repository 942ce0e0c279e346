"""Every code has a text that brings it about, and a place in the format's specification."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from srs.deck.files import LARGEST, find_decks, read_bytes, read_file
from srs.deck.model import Problem, Severity
from srs.deck.problems import CODES
from srs.deck.reader import read_deck

SPECIFICATION = Path(__file__).parents[2] / "decks" / "README.md"

DECK = "---\ndeck: D\n---\n"
TEXTS = {
    "empty-file": "",
    "bad-front-matter": "---\ndeck: [\n---\n",
    "foreign-front-matter": "---\naliases: [\n---\n",
    "unclosed-fence": DECK + "## a\n```python\ncode\n",
    "unclosed-comment": DECK + "## a\nb\n<!-- c\n",
    "too-deep": DECK + "## a\n" + "> " * 60 + "b\n",
    "no-question": "Q:\nA: b\n",
    "no-answer": "Q: a\n",
    "answer-without-question": "A: b\n",
    "cloze-without-deletion": "C: a\n",
    "duplicate-id": DECK + "## a\n<!-- id: x -->\nb\n## c\n<!-- id: x -->\nd\n",
    "bad-drill": "## Drill: a\nb\n",
    "control-character": DECK + "## a\nb\x1b[31m\n",
    "unknown-key": "---\ndeck: D\nx: y\n---\n## a\nb\n",
    "unknown-option": DECK + "## a\n<!-- revers -->\nb\n",
    "bad-option": DECK + "## a\n<!-- side: left -->\nb\n",
    "unused-option": DECK + "# a\n# b <!-- id: x -->\n## c\nd\n",
    "empty-card": DECK + "## a\n## b\nc\n",
    "duplicate-card": "Q: a\nA: b\n\nQ: a\nA: b\n",
    "empty-hint": DECK + "## a\nb\n\n> [!TIP]\n",
    "no-cards": DECK,
    "open-fence": "## Why?\na\n```\n",
    "open-comment": "## Why?\na\n\n<!-- b\n",
}
ON_DISK = {"not-found", "is-a-directory", "unreadable", "too-large", "lfs-pointer", "not-utf8"}
ON_DISK |= {"readme-left-out"}
ONLY_STRICT = {"no-source", "no-side", "no-judgement", "long-back"}  # test_deck_strict.py
IN_STORIES = {code for code in CODES if code.startswith("story-")}  # test_own_stories.py


def test_every_code_is_shown_here() -> None:
    assert TEXTS.keys() | ON_DISK | ONLY_STRICT | IN_STORIES == CODES.keys()


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_brings_it_about(code: str) -> None:
    problems = read_deck(TEXTS[code], "deck.md").problems
    assert code in [p.code for p in problems]
    (problem, *_) = [p for p in problems if p.code == code]
    assert problem.severity is CODES[code].severity
    assert (read_deck(TEXTS[code], "deck.md").deck is None) == (problem.severity is Severity.ERROR)


def only_problem(path: Path) -> Problem:
    reading = read_file(path)
    assert reading.deck is None
    (problem,) = reading.problems
    assert problem.file == str(path)
    return problem


def test_a_missing_file(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "none.md").code == "not-found"
    assert [p.code for p in find_decks([tmp_path / "none"]).problems] == ["not-found"]


def test_a_folder(tmp_path: Path) -> None:
    assert only_problem(tmp_path).code == "is-a-directory"


def test_something_that_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert only_problem(tmp_path / "pipe.md").code == "unreadable"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert only_problem(path).code == "too-large"


def test_bytes_that_are_not_utf8_are_named_by_place(tmp_path: Path) -> None:
    (problem,) = read_bytes(b"\xef\xbb\xbf# a\r\n## \xc3\xa9b\xff\n", "deck.md").problems
    assert (problem.code, problem.line, problem.column) == ("not-utf8", 2, 6)
    path = tmp_path / "wide.md"
    path.write_bytes("## a\nb\n".encode("utf-16"))
    assert only_problem(path).code == "not-utf8"


@pytest.mark.parametrize(
    ("start", "says"), [(b"SQLite format 3\0\xff", ".apkg"), (b"PK\x03\x04\xff", "zip")]
)
def test_bytes_of_another_kind_are_called_what_they_are(start: bytes, says: str) -> None:
    (problem,) = read_bytes(start * 100, "deck.md").problems
    assert (problem.code, problem.line) == ("not-utf8", 1)
    assert says in problem.message


def test_an_unclosed_fence_is_named_where_it_opens() -> None:
    for text, line in (
        ("Q: a\nA: b\n\n```python\nQ: c\n", 4),
        (DECK + "Q: a\nA: ```\ncode\n", 5),
        ("## Why?\n- ~~~\n  code\n\nQ: a\nA: b\n", 2),
        (DECK + "## Why?\n````\n```\n", 5),
        ("## a\n```\nb\n\n## Why?\nc\n", 2),
    ):
        problems = [p for p in read_deck(text, "deck.md").errors if p.code == "unclosed-fence"]
        assert [p.line for p in problems] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "## Why?\na\n\n```python\na: int\n\n## b\n",
        "## Why?\na\n\n> ```cpp\n> std::cout\n\nc\n",
        "Q: Why?\nA: a\n```\nC:\\Users\n",
    ],
)
def test_an_open_fence_that_hides_no_card_is_a_warning_in_notes_of_others(text: str) -> None:
    reading = read_deck(text, "notes.md")
    assert [problem.code for problem in reading.problems] == ["open-fence"]
    assert reading.deck is not None
    assert [note.front for note in reading.deck.notes] == ["Why?"]


@pytest.mark.parametrize(
    "text",
    [
        "```\na\n```\n",
        "```\n```\n",
        "```",
        "- ~~~\n  a\n  ~~~\n",
        "> ```\n> a\n> ```",
        "````\n```\n````\n",
    ],
)
def test_a_closed_fence_is_no_problem(text: str) -> None:
    expected = ["unclosed-fence"] if text == "```" else []
    codes = [p.code for p in read_deck(f"{DECK}## Why?\n{text}", "deck.md").problems]
    assert codes == expected


def test_a_comment_in_the_middle_of_a_line_must_close_too() -> None:
    (problem,) = read_deck("## Why?\nbecause\nit <!-- id: x\n", "deck.md").errors
    assert (problem.code, problem.line, problem.column) == ("unclosed-comment", 3, 4)
    assert read_deck("## Why?\nbecause `<!--` opens one\n", "deck.md").problems == ()


def test_a_control_character_is_named_and_left_out() -> None:
    reading = read_deck("## Why?\nred \x1b[31mtext\x9b\x00\n", "deck.md")
    (problem,) = reading.problems
    assert (problem.line, problem.column) == (2, 5)
    assert "U+001B" in problem.message
    assert reading.deck is not None
    assert reading.deck.notes[0].back == "red [31mtext"


def test_the_same_card_twice_is_named_with_the_first() -> None:
    (problem,) = read_deck("Q: a\nA: b\n\nQ: a  \nA: b\n", "deck.md").warnings
    assert (problem.code, problem.line) == ("duplicate-card", 4)
    assert "line 1" in problem.message


def test_the_specification_lists_every_code_with_its_meaning() -> None:
    text = SPECIFICATION.read_text(encoding="utf-8")
    for code, meaning in CODES.items():
        assert f"| `{code}` | {meaning.severity} | {meaning.text} |" in text


def test_the_decks_in_the_specification_have_no_problem() -> None:
    text = SPECIFICATION.read_text(encoding="utf-8")
    samples = re.findall(r"^(`{3,4})markdown\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    assert len(samples) == 6
    for _, sample in samples:
        reading = read_deck(sample, "deck.md")
        assert reading.problems == ()
        assert reading.deck is not None
        assert reading.deck.notes


def test_deep_nesting_hides_nothing() -> None:
    text = "Q: a\nA: " + "- " * 500 + "b\n\nQ: c\n"
    codes = [p.code for p in read_deck(text, "deck.md").errors]
    assert codes == ["too-deep", "no-answer"]


def test_nesting_that_a_card_may_need_is_read() -> None:
    text = "\n".join("  " * depth + f"- level {depth}" for depth in range(15))
    reading = read_deck(f"Q: a\nA:\n{text}\n\nQ: b\nA: c\n", "deck.md")
    assert reading.problems == ()
    assert reading.deck is not None
    assert len(reading.deck.notes) == 2
