"""What stands within a paragraph."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from srs.render.layout import lay_out
from srs.render.lines import Role, Span


def spans(markdown: str, width: int = 80) -> list[Span]:
    return [span for line in lay_out(markdown, width).lines for span in line.spans]


def rows(markdown: str, width: int = 80) -> list[str]:
    return [line.text for line in lay_out(markdown, width).lines]


def test_emphasis_becomes_roles_and_nests() -> None:
    assert spans("a **b *c*** ~~d~~ `e  f`") == [
        Span("a "),
        Span("b ", (Role.STRONG,)),
        Span("c", (Role.STRONG, Role.EMPHASIS)),
        Span(" "),
        Span("d", (Role.STRIKE,)),
        Span(" "),
        Span("e  f", (Role.CODE,)),
    ]


def test_a_hard_break_begins_a_new_line() -> None:
    assert rows("a  \nb\\\nc<br>d<br/>e") == ["a", "b", "c", "d", "e"]


def test_a_link_shows_where_it_leads_unless_its_text_says_so() -> None:
    assert spans("[guide](https://x.org/g)") == [
        Span("guide", (Role.LINK,)),
        Span(" (https://x.org/g)", (Role.MUTED,)),
    ]
    assert rows("<https://x.org/> [x.org](https://x.org/) <a@x.org>") == [
        "https://x.org/ x.org a@x.org"
    ]


def test_some_html_is_honoured_where_it_opens_and_closes() -> None:
    assert spans("<b>a</b><i>b</i><kbd>c</kbd>") == [
        Span("a", (Role.STRONG,)),
        Span("b", (Role.EMPHASIS,)),
        Span("c", (Role.CODE,)),
    ]
    assert rows("H<sub>2</sub>O, 10<sup>-6</sup>, x<sub>max!</sub>") == ["H₂O, 10⁻⁶, x_(max!)"]
    assert spans("<b>a *b*</b>")[-1] == Span("b", (Role.STRONG, Role.EMPHASIS))


@pytest.mark.parametrize(
    "text",
    [
        "List<int> and <b> alone",
        "a </b> b",
        '<script>alert("x")</script>',
        "<b>a <i>b</b> c",
    ],
)
def test_any_other_html_is_text(text: str) -> None:
    assert rows(text) == [text]


def test_a_tag_that_closes_across_emphasis_is_text() -> None:
    assert rows("<b>a *b</b> c*") == ["<b>a b</b> c"]


def test_terminal_markup_is_text() -> None:
    text = "x[1] list[int] [/oops] [red]x[/red] [@click=app.quit]"
    assert rows(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b[31mb",
        "a\x1b]8;;http://evil\x07b",
        "a&#27;&#x202e;b",
        "[a](x%1bb)",
        "`a\x9b31mb`",
        "$a\x1b[mb$",
        "![a\x1b[m](b%1b)",
    ],
)
def test_no_control_reaches_the_screen(text: str) -> None:
    layout = lay_out(text, 80)
    shown = "".join(line.text for line in layout.lines)
    shown += "".join(picture.alt + picture.target for picture in layout.pictures)
    assert "b" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


def test_mathematics_is_shown_in_unicode() -> None:
    assert spans("Find $\\hat\\beta = (X^TX)^{-1}X^Ty$.") == [
        Span("Find "),
        Span("β̂ = (XᵀX)⁻¹Xᵀy", (Role.MATH,)),
        Span("."),
    ]


def test_prices_are_not_mathematics() -> None:
    assert rows("$2 for 8 GPUs, $16 for 64") == ["$2 for 8 GPUs, $16 for 64"]


def test_a_short_formula_and_short_code_are_not_broken() -> None:
    assert rows("the mean number is $L = a$ here", 22) == ["the mean number is", "L = a here"]
    assert rows("rows of the matrix `A @ B` too", 22) == ["rows of the matrix", "A @ B too"]


def test_a_word_longer_than_the_line_is_cut_and_whole() -> None:
    assert rows("see abcdefghijklmnopqrstuvwxyz now", 10) == [
        "see",
        "abcdefghij",
        "klmnopqrst",
        "uvwxyz now",
    ]


def test_a_long_address_is_cut_behind_a_slash() -> None:
    assert rows("https://docs.example.org/getting-started/concepts/retrieval", 44) == [
        "https://docs.example.org/getting-started/",
        "concepts/retrieval",
    ]


def test_wide_characters_count_two_cells_and_break_anywhere() -> None:
    lines = rows("模型服务路径，设计。", 10)
    assert lines == ["模型服务路", "径，设计。"]
    assert all(cell_len(line) <= 10 for line in lines)


def test_combining_marks_and_joined_emoji_stay_with_their_base() -> None:
    assert rows("e\u0301" * 12, 10) == ["e\u0301" * 10, "e\u0301" * 2]
    family = "👩\u200d👩\u200d👧"
    assert rows(family * 6, 10) == [family * 5, family]


def test_a_no_break_space_does_not_break() -> None:
    assert rows("one two\u00a0three", 10) == ["one", "two\u00a0three"]
