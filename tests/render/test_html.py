"""A card's Markdown as HTML that runs nothing and loads nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.render import html as page
from srs.render.html import closed, html


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Why?", "<p>Why?</p>"),
        ("a **b** `c<d`", "<p>a <strong>b</strong> <code>c&lt;d</code></p>"),
        ("$x<y$ costs $5", r"<p>\(x&lt;y\) costs $5</p>"),
        ("$$\nx\n$$", r"\[x\]"),
        ("a <b>c</b><br> <i onclick=x>d</i>", "&lt;i onclick=x&gt;d</i>"),
        ("<!-- id: x -->\n\ntext", "<p>text</p>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](file:///etc/passwd)", "[x](file:///etc/passwd)"),
        ("[x](a.md)", "<a>x</a>"),
        ("![alt](https://x.example/a.png)", '<a href="https://x.example/a.png">alt</a>'),
        ("![alt](a.png)", "[alt]"),
        ("- [x] done", "☑ done"),
    ],
)
def test_markdown_becomes_html(text: str, wanted: str) -> None:
    assert wanted in html(text)


def test_a_picture_is_shown_under_the_name_it_is_given() -> None:
    assert html('![a"b](p/x.png)', lambda _: 'x".png') == (
        '<p><img src="x&quot;.png" alt="a&quot;b"></p>'
    )


@given(st.text("abcXZé漢 12,.;:?()/%=+'\"-", max_size=25))
def test_plain_lines_are_what_the_parser_makes_of_them(text: str) -> None:
    whole = str(page._parser().render(text, {"picture": lambda _: None})).strip()
    assert html(text) == whole


@given(st.text('<>!-/scriptonld="& a\n', max_size=60))
def test_no_text_becomes_a_tag_that_runs(text: str) -> None:
    for tag in re.findall(r"<[^>]*>", html(text)):
        assert re.fullmatch(r'</?[a-z0-9]+\s*/?>|<a href="[^"]*">|<code class="[^"]*">', tag)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a <b>c</b> **d**", "<p>a <b>c</b> <strong>d</strong></p>"),
        ("a <b>c", "<p>a &lt;b&gt;c</p>"),
        ("a</i> b", "<p>a&lt;/i&gt; b</p>"),
        ("<s>a <b>c</s>", "<p><s>a &lt;b&gt;c</s></p>"),
        ("<B>a</b> <u >", "<p><B>a</b> &lt;u &gt;</p>"),
    ],
)
def test_a_tag_that_is_left_open_is_text_on_a_page_of_many_cards(text: str, wanted: str) -> None:
    assert closed(html(text)) == wanted
