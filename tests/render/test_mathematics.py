"""LaTeX on a line of Unicode, and when it stays LaTeX."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.render.mathematics import unicode_math

repeatably = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\hat\beta = (X^TX)^{-1}X^Ty", "β̂ = (XᵀX)⁻¹Xᵀy"),
        (r"\frac{QK^T}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
        (r"\text{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"O(n \log n)", "O(n log n)"),
        (r"2\log x", "2 log x"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\bar{x} = \frac{1}{n}\sum x_i", "x̄ = (1/n) ∑ xᵢ"),
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "[a, b; c, d]"),
        (r"\begin{pmatrix} a & b \\[2pt] -c & d \\ \end{pmatrix}^{-1}", "(a, b; −c, d)⁻¹"),
        (r"\left[\begin{array}{cc} 1 & 0 \end{array}\right]", "[1, 0]"),
        (
            r"f(x)=\begin{cases} x, & \text{if } x>0 \\ 0, & \text{otherwise}\end{cases}",
            "f(x)={x, if x>0; 0, otherwise}",
        ),
        (r"\begin{aligned} a &= b + c \\ &= d \end{aligned}", "a = b + c\n= d"),
        (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
        (r"\frac{1}{1+e^{-z}}", "1/(1+e⁻ᶻ)"),
        (r"\frac{(x-\mu)^2}{2\sigma^2}", "(x−μ)²/(2σ²)"),
        (r"\frac{n(n-1)}{2}", "n(n−1)/2"),
        (r"\frac{1}{n(n-1)}", "1/(n(n−1))"),
        (r"\frac{P(B \mid A)P(A)}{P(B)}", "P(B ∣ A)P(A)/P(B)"),
        (r"\frac{\mathbf{v}}{\|\mathbf{v}\|}", "𝐯/‖𝐯‖"),
        (r"\frac12 x", "(1/2) x"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"\sqrt[3]{x+1}", "∛(x+1)"),
        (r"\sqrt[n]{x}", "ⁿ√x"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"d_{model}", "d_model"),
        (r"W_QK", "W_Q K"),
        (r"W_Q^T", "Wᵀ_Q"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"{a+b}^2", "(a+b)²"),
        (r"f'(x)", "f′(x)"),
        (r"\arg\max_\theta \mathcal{L}(\theta)", "arg max_θ ℒ(θ)"),
        (r"\mathbb{E}_{x \sim p}[X]", "𝔼_(x∼p)[X]"),
        (r"\boldsymbol{\Sigma}", "𝚺"),
        (r"\mathrm{ReLU}(x)=\max(0,x)", "ReLU(x)=max(0,x)"),
        (r"\overline{AB}", "A̅B̅"),
        (r"a \not= b", "a ≠ b"),
        (r"\left\lfloor \frac{n}{2} \right\rfloor", "⌊n/2⌋"),
        (r"a\times b", "a × b"),
        (r"10\,000 \quad 99.9\%", "10 000  99.9%"),
        (r"a \bmod n", "a mod n"),
        (r"\text{p99\_ms} \le 5", "p99_ms ≤ 5"),
        (r"\underbrace{a+b}_{n}", "(a+b)ₙ"),
    ],
)
def test_a_formula_reads_on_one_line(latex: str, shown: str) -> None:
    assert unicode_math(latex) == shown


@pytest.mark.parametrize(
    "latex",
    [
        r"\foo{x}",
        r"x + \unknown",
        r"\frac{a}",
        r"\sqrt",
        "{x",
        "x}",
        "x^^2",
        r"\begin{tikzpicture}x\end{tikzpicture}",
        r"\begin{matrix} a \end{pmatrix}",
        r"\begin{matrix} a",
        r"\text{a $b$}",
        r"\text{\foo}",
        r"\color{red}x",
        "\\",
        "",
    ],
)
def test_what_has_no_unicode_form_stays_latex(latex: str) -> None:
    assert unicode_math(latex) is None


def test_nesting_beyond_reason_stays_latex() -> None:
    assert unicode_math("{" * 500 + "x" + "}" * 500) is None


LETTERS = st.text("abcxyzKQ", min_size=1, max_size=3)
FORMULAS = st.recursive(
    LETTERS,
    lambda inner: st.one_of(
        st.builds(lambda a, b: rf"\frac{{{a}}}{{{b}}}", inner, inner),
        st.builds(lambda a: rf"\sqrt{{{a}}}", inner),
        st.builds(lambda a, b: rf"{{{a}}} \times {b}", inner, inner),
        st.builds(lambda a, b: rf"\begin{{pmatrix}}{a} & {b} \\ {b}\end{{pmatrix}}", inner, inner),
        st.builds(lambda a: rf"\left({a}\right)", inner),
        st.builds(lambda a, b: rf"\text{{{a}}} + {b}", LETTERS, inner),
        st.builds(lambda a: rf"\bar{{{a}}}", LETTERS),
    ),
    max_leaves=8,
)
NAMES = ("frac", "sqrt", "times", "begin", "end", "pmatrix", "left", "right", "text", "bar")


@repeatably
@given(FORMULAS)
def test_no_letter_of_a_formula_is_lost(latex: str) -> None:
    written = latex
    for name in NAMES:
        written = written.replace(f"\\{name}", "").replace(f"{{{name}}}", "")
    shown = unicode_math(latex)
    assert shown is not None
    spoken = unicodedata.normalize("NFD", shown.replace("bar(", "("))
    assert [c for c in spoken if c.isascii() and c.isalpha()] == [c for c in written if c.isalpha()]


@repeatably
@given(st.text() | st.text("\\{}[]^_&$'~ \nabfrctxegindmatrx012+-", max_size=40))
def test_any_text_is_shown_or_left_alone(latex: str) -> None:
    shown = unicode_math(latex)
    assert shown is None or shown.strip()
