"""What holds for every text at every width."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from srs.render.layout import lay_out
from srs.render.plain import one_line, plain

repeatably = settings(derandomize=True, deadline=None)

FRAGMENTS = st.sampled_from(
    [
        *("# ", "- ", "1. ", "12345678. ", "> ", "> [!NOTE] ", "- [ ] ", "---\n", "    ", "\t"),
        *(
            "\n",
            "\n\n",
            "  \n",
            "```",
            "```python\n",
            "$",
            "$$",
            "\\frac",
            "{",
            "}",
            "^",
            "_",
            "\\",
        ),
        *("| a | b |\n", "|---|:-:|\n", "|", "**", "*", "~~", "`", "[", "](", ")", "![", "<br>"),
        *("<b>", "</b>", "<sub>", "</sub>", "<!--", "-->", "<div>", "<https://e.fr>", "&#27;"),
        *("&#x202e;", "&nbsp;", "\x1b[31m", "\x9b1m", "\u202e", "\u200d", "\ufe0f", "❤", "\u0301"),
        *("👩\u200d👧", "日本語", "、", "word", "a b c", "long" * 9, "\x00", "\ud800", "\u2028"),
    ]
)
MARKDOWN = st.lists(FRAGMENTS | st.text(max_size=5), max_size=25).map("".join)
TEXTS = MARKDOWN | st.text(st.characters(codec=None))
WIDTHS = st.integers(10, 200)
NEVER_SHOWN = {"Cc", "Cs", "Zl", "Zp"}
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_safe(text: str) -> bool:
    return not any(unicodedata.category(c) in NEVER_SHOWN or c in OVERRIDES for c in text)


@repeatably
@given(TEXTS, WIDTHS)
@example("*❤*\ufe0f" * 9, 20)
@example(">" * 30 + "- 123456789. x", 20)
def test_any_text_fits_its_width_and_is_safe(text: str, width: int) -> None:
    layout = lay_out(text, width)
    for line in layout.lines:
        assert cell_len(line.text) <= width
        assert is_safe(line.text)
        assert all(span.text and span.roles for span in line.spans)
    assert all(is_safe(picture.alt + picture.target) for picture in layout.pictures)


@repeatably
@given(TEXTS, WIDTHS)
def test_plain_text_fits_its_width_and_is_safe(text: str, width: int) -> None:
    for line in plain(text, width).split("\n"):
        assert cell_len(line) <= width
        assert is_safe(line)


@repeatably
@given(TEXTS, st.integers(1, 60))
def test_a_title_fits_its_limit_and_is_one_line(text: str, limit: int) -> None:
    title = one_line(text, limit)
    assert cell_len(title) <= limit
    assert is_safe(title)


WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30), min_size=1, max_size=12
)
PLACES = st.sampled_from(
    [
        "{}",
        "### {}",
        "- a\n  - {}",
        "> [!NOTE] x\n> {}",
        "```python\n{}\n```",
        "| a | b |\n|---|---|\n| {} | c |",
        "x **y** [{}](z)",
        "<div>\n{}\n</div>",
    ]
)


@repeatably
@given(WORDS, PLACES, st.integers(20, 100))
def test_no_letter_is_lost_wherever_it_stands(words: list[str], place: str, width: int) -> None:
    text = "q" + " ".join(words)
    shown = Counter("".join(line.text for line in lay_out(place.format(text), width).lines))
    assert Counter(text.replace(" ", "")) <= shown


@repeatably
@given(WORDS, WIDTHS)
def test_a_paragraph_keeps_its_words_in_order(words: list[str], width: int) -> None:
    text = "q" + " ".join(words)
    shown = "".join(line.text for line in lay_out(text, width).lines)
    assert shown.replace(" ", "") == text.replace(" ", "")


def test_laying_out_is_pure_and_cached() -> None:
    assert lay_out("a *b*", 40) is lay_out("a *b*", 40)
