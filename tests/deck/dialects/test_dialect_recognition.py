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
        ("**Why a?**\n\nb\n\n**Why c? 🚀**\n\nd\n\n__Why e?__ ⭐\n\nf\n", "questions"),
        ("**Why a?**\n\nb\n\n**Why c?** Well.\n\n**Never**\n", "markdown"),
        ("---\ntitle: T\ntags: [a]\ntopic: b\n---\n## See also\nc\n", "markdown"),
        ("---\ntitle: T\ntags: [a]\ndeck: b\n---\n## See also\nc\n", "srs"),
        ("---\na: 1\nb: 2\nc: 3\nd: 4\ndeck: b\n---\n## See also\nc\n", "markdown"),
        ("- a #card\n\t- b\n", "logseq"),
        ("- b [[card]]\n\t- c\n", "logseq"),
        ("- not a #cards tag\n", "markdown"),
        ("a\n---\nb\n@@@\nc\n---\nd\n", "mochi"),
        ("START\nBasic\na\nBack: b\nEND\n", "obsidian-to-anki"),
        ("%%ANKI\nBasic\na\nBack: b\nEND%%\n", "obsidian-to-anki"),
        ("1. STARTI [Basic] a Back: b ENDI\n", "obsidian-to-anki"),
        ("START of a story\n", "markdown"),
        ("1. ### What is a?\n   b\n\n2. ### What is c?\n   d\n", "questions"),
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
SCHEDULES = ["<!--SR:!2026-01-02,3,250-->", "!fsrs,2026-01-02,3,1.5,5,2,1", "card-ease-factor:: 2"]
LOGSEQ = ["- a #card\n", "\t- ", "  - ", "{{cloze ", "}}", "id:: x\n", "[[card]]", "title:: a/b\n"]
MOCHI = ["@@@\n", "{{1::", "{{"]
BLOCKS = ["START\n", "END\n", "%%ANKI\n", "END%%\n", "STARTI [Basic] ", " ENDI", "Basic\n"]
FIELDS = ["Cloze\n", "Back: ", "Tags: a b\n", "<!--ID: 12-->\n", "{", "}", "{2:", "1.  ### "]
OURS = MARKERS + HEADINGS + FOLDS + MARKDOWN + CONTROLS
OTHERS = OBSIDIAN + SCHEDULES + LOGSEQ + MOCHI + BLOCKS + FIELDS
PIECES = st.sampled_from(OURS + OTHERS)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


def check_reading(text: str, name: str | None) -> None:
    reading = read_any(text, "file.md", name)
    assert reading.format == name or (name is None and reading.format in FORMATS and reading.sign)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert (reading.deck is None) == bool(reading.errors)
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    for note in reading.deck.notes if reading.deck else ():
        assert 1 <= note.line <= lines
        assert card_keys(note)
        assert all(faces(note, key).question for key in card_keys(note))
        assert {start.card for start in note.starts} <= set(card_keys(note))
        assert all(start.interval_days >= 1 for start in note.starts)


@pytest.mark.parametrize("name", [*FORMATS, None])
@given(text=TEXTS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_is_read_without_failing(name: str | None, text: str) -> None:
    check_reading(text, name)


@pytest.mark.campaign
@pytest.mark.parametrize("name", [*FORMATS, None])
@given(text=TEXTS)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_texts_are_read_without_failing(name: str | None, text: str) -> None:
    check_reading(text, name)
