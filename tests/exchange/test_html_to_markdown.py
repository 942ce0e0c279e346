r"""HTML fields as Markdown: what stays, what is escaped, what becomes of mathematics."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.exchange import html as html_module
from srs.exchange.escaping import escaped
from srs.exchange.html import markdown_of
from srs.render.plain import one_line


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a &lt;b&gt; &amp; c", r"a \<b> & c"),
        ("one<br>two", "one\\\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\\\ntwo"),
        ("one<div>two</div><div><br></div><div>three</div>", "one\\\ntwo\n\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("ends<br>", "ends"),
        ("<ul><li>x</li></ul><div>ends</div><br>", "- x\n\nends"),
        ("in C:\\", "in C:\\"),
        ("<b>x</b>, <i>y</i> and <code>a*b</code>", "**x**, *y* and `a*b`"),
        ("<ul><li>x</li><li>y<ul><li>z</li></ul></li></ul>", "- x\n- y\n  - z"),
        ("<pre><code>if x &lt; 1:<br>  y</code></pre>", "```\nif x < 1:\n  y\n```"),
        ("x<sub>i</sub><sup>2</sup>", "x<sub>i</sub><sup>2</sup>"),
        ('<img src="a b(1).png" alt="loss">', "![loss](a%20b%281%29.png)"),
        ('<img src="data:image/png;base64,AAAA">', ""),
        ("[sound:a b.mp3]", "[sound: a b.mp3](a%20b.mp3)"),
        ("<script>alert(1)</script>x<style>b{}</style><!-- no -->", "x"),
        ("x <SCRIPT src='a'>if (a<b) {}</script >y <style>never closed", "x y"),
        (r"a<script>\(x\)</script>b", "ab"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む", "漢字（かんじ）を読む"),
        ("1. no list", r"1\. no list"),
        ("# no heading", r"\# no heading"),
        ("2 * 3 and a_b and _c_", r"2 \* 3 and a_b and \_c\_"),
        ("$5 and $6", r"\$5 and \$6"),
        ("f[0](x)", r"f[0\](x)"),
    ],
)
def test_html_becomes_clean_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (r"is \(a_1 &lt; b*c*\)?", "is $a_1 < b*c*$?"),
        (r"so \[x^2<br>+ 1\] holds", "so\n\n$$\nx^2\n+ 1\n$$\n\nholds"),
        ("[$]\\alpha[/$] and [$$]\\beta[/$$]", "$\\alpha$ and\n\n$$\n\\beta\n$$"),
        ("[latex]\\begin{align}a\\end{align}[/latex]", "$$\n\\begin{align}a\\end{align}\n$$"),
        ("[latex]$a$ and $b$[/latex]", "$a$ and $b$"),
        (r"[latex]\frac{a}{b}[/latex]", "$$\n\\frac{a}{b}\n$$"),
        (r"[latex]What is the \textit{gain}?[/latex]", "What is the *gain*?"),
        (
            r"[latex]It is $g_1$\\<br>and 5\% of \[h\][/latex]",
            "It is $g_1$\\\nand 5% of\n\n$$\nh\n$$",
        ),
        (
            r"[latex]Two:\begin{itemize}\item a<br>\item[b] $c$\begin{enumerate}\item d"
            r"\end{enumerate}\end{itemize}\textbf{end}\\[/latex]",
            "Two:\n\n- a\n- **b** $c$\n  1. d\n\n**end**",
        ),
        ("<anki-mathjax>x</anki-mathjax>", "$x$"),
        ('<anki-mathjax block="true">x</anki-mathjax>', "$$\nx\n$$"),
        (r"<ul><li>\[x\]</li></ul>", "- $$x$$"),
        (r"not closed \(x", r"not closed \\(x"),
    ],
)
def test_mathematics_is_kept_as_ours(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@given(st.text(alphabet=string.printable.strip() + " éΩ日", max_size=60))
def test_escaped_text_says_what_it_said(text: str) -> None:
    said = " ".join(text.split())
    assert " ".join(one_line(escaped(said, brackets=True), 10_000).split()) == said


@given(st.text(alphabet="<>/abdiv br=\"'\\([$])&;!-p\n", max_size=300))
def test_any_field_can_be_converted(html: str) -> None:
    markdown_of(html)


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", r"\(", "[sound:", "<div>", "<br>", "`"])
def test_a_field_of_nothing_but_signs_ends(piece: str) -> None:
    markdown_of(piece * 5000)
    markdown_of(f"[latex]{piece * 5000}[/latex]")


@pytest.mark.parametrize(
    "piece", ["$", "$$", r"\[", r"\begin{align}", r"\item", r"\textbf{", " ", "\\"]
)
def test_latex_of_nothing_but_signs_ends(piece: str) -> None:
    markdown_of(f"[latex]a{piece * 50_000}b[/latex]")


@pytest.mark.parametrize(
    "html",
    [
        "<div>one <b>two</b></div><div>three</div>",
        "a<br><i>b</i> c<br><br>d",
        "<p>x <strong>y</strong></p><p>z</p>",
        "<main>\n <div>\n  q\n </div>\n</main> <footer>\n</footer>",
        "<span style='color: red'>red</span> and <em> loose </em>end",
        "<font color=red>red</font> on <button class='x'>a key</button>black",
        "What is it?\n<hr>\n<div>that</div><hr/>end<hr>",
        "<b>a</b><hr id=answer><br>b<div><hr></div>",
        '<img src="a b.png" alt="it&#39;s *here*"> beside <b><img src=c.png class=x /></b>',
        "<div><img alt='no source'></div>x <img src='data:,A='><img src=\"x>y.png\">",
    ],
)
def test_the_short_way_for_plain_fields_says_what_the_converter_says(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = markdown_of(html)
    monkeypatch.setattr(html_module, "simple_markdown", lambda *_, **__: None)
    assert short == markdown_of(html)
