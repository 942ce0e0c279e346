r"""LaTeX as MathML: what sets a formula, and nothing that links, styles or runs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.render.mathml import mathml

COMMANDS = r"""
    \href \style \class \color \text \frac \sqrt \left \right \begin \end \\ & { } ( ) ^ _ {matrix}
    {aligned} {javascript:alert(1)} {position:fixed} <script> &lt; &#x3c; ' " x
"""
ONLY_IN_MARKUP = {"href", "style", "class", "id", "src"}


class Tags(HTMLParser):
    """The tags and attributes of a fragment, and the tags left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        ("x<y", "<mo>&lt;</mo>"),
        (r"\sum_{i=1}^n x_i", "<mo>∑</mo>"),
        (r"\text{<script>alert(1)</script>}", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (r"\text{&lt;b&gt;}", "<mtext>"),
    ],
)
def test_a_formula_is_set(latex: str, wanted: str) -> None:
    assert wanted in mathml(latex, False)


def test_a_formula_on_lines_of_its_own_says_so() -> None:
    assert mathml("x", True).startswith('<span class="formula"><math><mstyle displaystyle="true">')
    assert mathml("x", False).startswith('<math display="inline">')


def test_its_lines_may_end_behind_relations_but_within_no_brackets() -> None:
    assert mathml("f(a,b)=c+d, g<h", True).count("<math>") == 4
    assert mathml("f(a,b)=c", False).count("<math ") == 1


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{https://tracker.example}{x}",
        r"\style{position:fixed;inset:0}{x}",
        r'\class{a" onload="alert(1)}{x}',
        r"\color{red;background:url(//x.example)}{x}",
    ],
)
def test_links_styles_and_classes_are_left_out(latex: str) -> None:
    found = mathml(latex, False)
    assert Tags(found).attributes <= {"display"}
    assert "<mi>x</mi>" in found


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\nocommand{x}", r"<code>\nocommand{x}</code>"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a=b"),
        ("{", "<code>{</code>"),
    ],
)
def test_what_cannot_be_set_is_shown_as_text(latex: str, wanted: str) -> None:
    found = mathml(latex, True)
    assert found.startswith("<code>")
    assert wanted in found.replace(" ", "")


@given(st.lists(st.sampled_from(COMMANDS.split()), max_size=12).map("".join) | st.text(max_size=30))
def test_nothing_but_mathematics_comes_out(latex: str) -> None:
    found = Tags(mathml(latex, False))
    assert all(tag.startswith("m") or tag in ("code", "none") for tag in found.seen)
    assert not found.attributes & ONLY_IN_MARKUP
    assert not [name for name in found.attributes if name.startswith("on")]
    assert found.open == []
