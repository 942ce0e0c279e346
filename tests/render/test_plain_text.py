"""A card as text alone."""

from __future__ import annotations

from textwrap import dedent

import pytest

from srs.render.plain import one_line, plain


def test_structure_is_seen_without_colour() -> None:
    card = dedent("""
        ### Batching

        A *fuller* **batch** of `n` ~~always~~ waits; see [it](http://x).

        - [x] done
        - one
          1. two

        > quoted

        ```python
        x = 1  # one
        ```

        | a | b |
        |---|---|
        | 1 | 2 |

        $$\\frac{a}{b}$$ and

        ---
        """)
    assert plain(card, 50).split("\n") == [
        "### Batching",
        "A fuller batch of `n` ~~always~~ waits; see it",
        "(http://x).",
        "",
        "[x] done",
        "- one",
        "  1. two",
        "",
        "> quoted",
        "",
        "    x = 1  # one",
        "",
        "a  b",
        "----",
        "1  2",
        "",
        "    a/b",
        "and",
        "",
        "-" * 50,
    ]


def test_a_long_line_of_code_says_that_it_goes_on() -> None:
    assert plain("```\nabcdefghijklmnopqrst\n```", 16) == "    abcdefghijkl\n... mnopqrst"


@pytest.mark.parametrize(
    ("card", "title"),
    [
        ("Why does *p50* rise?\n\nBecause.", "Why does p50 rise?"),
        ("## A `heading`\n\ntext", "A heading"),
        ("<!-- id: x -->\n\nFirst\nlines join", "First lines join"),
        ("- [ ] item", "item"),
        ("```python\n\nx = 1\ny = 2\n```", "x = 1 y = 2"),
        ("$$\n\\alpha\n$$", "α"),
        ("![a map](m.png)", "[picture: a map]"),
        ("| h |\n|-|\n| c |", "h"),
        ("<div>x</div>", "<div>x</div>"),
        ("", ""),
        ("\n<!-- nothing -->\n", ""),
    ],
)
def test_a_title_is_the_first_text_of_a_card(card: str, title: str) -> None:
    assert one_line(card, 40) == title


def test_a_long_title_ends_in_an_ellipsis_within_its_limit() -> None:
    assert one_line("Requests wait for the batch", 10) == "Requests…"
    assert one_line("模型服务路径", 6) == "模型…"
    assert one_line("exactly", 7) == "exactly"


def test_a_title_sets_no_space_before_a_sign_that_follows_a_strong_word() -> None:
    assert one_line("Why **batch**?", 40) == "Why batch?"
    assert one_line("Is $d_k$, or `x`, the key?", 40) == "Is dₖ, or x, the key?"
