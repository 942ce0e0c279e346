"""Which dialect a file is taken for, and that none of them fails on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.deck.cards import card_keys, faces
from srs.deck.dialects.formats import FORMATS
from srs.deck.dialects.reader import read_any
from srs.deck.dialects.recognition import recognise


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("---\ndeck: D\n---\n#flashcards\na::b\n", "srs"),
        ("---\ntopic: a\n---\n## Q1. b\nc\n", "srs"),
        ('---\nname = "D"\n---\nQ: a\nA: b\n', "hashcards"),
        ("Q: a\nA: b\n", "markdown"),
        ("Q: a\nA: b\n---\nc::d\ne::f\n", "repeater"),
        ("#flashcards\n\na::b\n", "obsidian"),
        ("a::b\n<!--SR:!2026-01-02,12,250-->\n", "obsidian"),
        ("---\nsr-due: 2026-01-02\n---\na\n", "obsidian"),
        ("a `#flashcards` tag\n", "markdown"),
        ("# Notes\n\n## Why batch?\nto share\n", "markdown"),
        ("## Q1. a\nb\n\n## Q2. c\nd\n", "questions"),
        ("## 1. Setup\nb\n\n## 2. Usage\nd\n", "markdown"),
        ("```\n## Q1. a\n## Q2. b\n```\n", "markdown"),
        ("## a\n<details><summary>Answer</summary>b</details>\n", "questions"),
        ("**Q:** a\n**A:** b\n", "questions"),
        ("", "markdown"),
    ],
)
def test_a_file_is_recognised_by_its_signs(text: str, name: str) -> None:
    assert recognise(text, "file.md").format == name
    assert recognise(text.replace("\n", "\r\n"), "file.md").format == name


MARKERS = ["---\n", 'name = "a"\n', "Q: ", "A: ", "C: ", "[", "]", "[a]: b\n", "\\"]
HEADINGS = ["# ", "## Q1. ", "### 2. ", "**Q:** ", "**A:** ", "Answer: ", "why?"]
FOLDS = ["<details>", "</details>", "<summary>", "</summary>", "Answer"]
OBSIDIAN = ["::", ":::", "\n?\n", "??\n", "==", "^[", "[[", "]]", "<!--SR:", "#flashcards"]
MARKDOWN = ["```\n", "`", "$", "<!--", "-->", "> ", "- ", "| ", "    ", "x", " ", "\n", "\n\n"]
CONTROLS = ["\x1b", "\r", "\ufeff"]
PIECES = st.sampled_from(MARKERS + HEADINGS + FOLDS + OBSIDIAN + MARKDOWN + CONTROLS)


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_is_read_without_failing(name: str, text: str) -> None:
    reading = read_any(text, "file.md", name)
    assert reading.format == name
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert (reading.deck is None) == bool(reading.errors)
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    for note in reading.deck.notes if reading.deck else ():
        assert 1 <= note.line <= lines
        assert card_keys(note)
        assert all(faces(note, key).question for key in card_keys(note))
