"""What each block of a card looks like."""

from __future__ import annotations

from textwrap import dedent

from srs.render.layout import lay_out
from srs.render.lines import Picture, Role


def rows(markdown: str, width: int = 40) -> list[str]:
    return [line.text for line in lay_out(dedent(markdown).strip("\n"), width).lines]


def roles_of(markdown: str, text: str) -> tuple[Role, ...]:
    spans = [span for line in lay_out(dedent(markdown), 60).lines for span in line.spans]
    return next(span.roles for span in spans if span.text == text)


def test_paragraphs_wrap_between_words_and_stand_apart() -> None:
    assert rows("one two three four\nfive\n\nsix", 12) == [
        "one two",
        "three four",
        "five",
        "",
        "six",
    ]


def test_a_heading_stands_directly_above_its_text() -> None:
    assert rows("### Why\n\nBecause.\n\n#### More\n\nYes.") == [
        "Why",
        "Because.",
        "",
        "More",
        "Yes.",
    ]
    assert roles_of("### Why", "Why") == (Role.HEADING,)


def test_list_items_hang_under_their_text() -> None:
    assert rows("- one two three\n- four", 12) == ["• one two", "  three", "• four"]


def test_nested_lists_indent_and_change_their_bullet() -> None:
    assert rows("- a\n  - b\n    - c\n- d") == ["• a", "  ◦ b", "    • c", "• d"]


def test_ordered_lists_keep_their_start_and_align_their_numbers() -> None:
    assert rows("9. nine\n1. ten") == [" 9. nine", "10. ten"]
    assert rows("3) three") == ["3) three"]


def test_a_loose_list_has_air_between_its_items() -> None:
    assert rows("- a\n\n  b\n- c") == ["• a", "", "  b", "", "• c"]


def test_task_items_show_their_box_instead_of_a_bullet() -> None:
    assert rows("- [ ] Situation\n- [x] Numbers") == ["☐ Situation", "☑ Numbers"]


def test_quotes_have_a_bar_on_every_line() -> None:
    assert rows("> one two three\n>\n> > four", 14) == ["│ one two", "│ three", "│", "│ │ four"]


def test_a_callout_names_its_kind() -> None:
    assert rows("> [!NOTE]\n> Not invalidated.") == ["│ Note", "│ Not invalidated."]
    assert rows("> [!WARNING] Stale *cache*\n> Text.\n>\n> - a") == [
        "│ Warning: Stale cache",
        "│ Text.",
        "│",
        "│ • a",
    ]


def test_a_rule_fills_the_line() -> None:
    assert rows("a\n\n---", 10) == ["a", "", "──────────"]


def test_code_keeps_its_space_and_takes_the_colours_of_its_language() -> None:
    card = """
        ```python
        def f(x):

            return "a  b"  # why
        ```
        """
    assert rows(card) == ["  def f(x):", "", '      return "a  b"  # why']
    assert roles_of(card, "def") == (Role.CODE, Role.LISTING, Role.KEYWORD)
    assert roles_of(card, "f") == (Role.CODE, Role.LISTING, Role.NAME)
    assert roles_of(card, '"a  b"') == (Role.CODE, Role.LISTING, Role.STRING)
    assert roles_of(card, "# why") == (Role.CODE, Role.LISTING, Role.COMMENT)


def test_code_of_an_unknown_language_is_plain() -> None:
    assert rows("```no-such-language\nif x:\n```") == ["  if x:"]
    assert roles_of("```no-such-language\nif x:\n```", "if x:") == (Role.CODE, Role.LISTING)


def test_a_long_line_of_code_is_cut_hard_and_marked() -> None:
    assert rows("```\nabcdefghijklmnopq\nr\n```", 12) == ["  abcdefghij", "↪ klmnopq", "  r"]


def test_markdown_inside_a_fence_is_code() -> None:
    assert rows("```\n# *a* <b> $x$ | [y](z)\n```") == ["  # *a* <b> $x$ | [y](z)"]


def test_displayed_mathematics_stands_on_its_own_lines() -> None:
    assert rows("so\n\n$$\n\\frac{a}{b}\n$$\n\nand $$x^2$$ too") == [
        "so",
        "",
        "    a/b",
        "",
        "and",
        "    x²",
        "too",
    ]


def test_displayed_mathematics_keeps_its_indent_where_it_wraps() -> None:
    assert rows("$$a + b + c + d + e + f$$", 18) == ["    a + b + c + d", "    + e + f"]


def test_a_math_fence_is_displayed_mathematics() -> None:
    assert rows("```math\n\\alpha\n```") == ["    α"]


def test_the_label_of_an_equation_stays() -> None:
    assert rows("$$x$$ (1)") == ["    x  (1)"]


def test_mathematics_without_a_unicode_form_is_shown_as_its_latex() -> None:
    card = "Take $\\foo{x}$.\n\n$$\n\\foo{x}\n\\bar\n$$"
    assert rows(card) == ["Take \\foo{x}.", "", "    \\foo{x}", "    \\bar"]
    assert roles_of(card, "\\foo{x}") == (Role.CODE,)


def test_html_is_text_and_its_comments_are_not_shown() -> None:
    assert rows("<div class=x>\nhi <!-- secret\nnote --> you\n</div>") == [
        "<div class=x>",
        "hi  you",
        "</div>",
    ]
    assert rows("<!-- id: a -->\n\ntext") == ["text"]
    assert rows("a <!-- b --> c") == ["a  c"]


def test_an_unclosed_comment_stays_visible() -> None:
    assert rows("<!-- lost") == ["<!-- lost"]


def test_pictures_are_named_in_place_and_collected_in_order() -> None:
    layout = lay_out("![a *fine*\nmap](img/a%20b.png)\n\n- ![](https://x.org/c%20d.png)", 60)
    assert [line.text for line in layout.lines] == [
        "[picture: a fine map]",
        "",
        "• [picture: https://x.org/c%20d.png]",
    ]
    assert layout.pictures == (
        Picture("a fine map", "img/a b.png"),
        Picture("", "https://x.org/c%20d.png"),
    )


def test_a_picture_in_a_callout_or_a_table_is_collected_once() -> None:
    assert len(lay_out("> [!NOTE] ![a](b)\n> ![c](d)", 40).pictures) == 2
    assert len(lay_out("> ![a](b)", 40).pictures) == 1
    assert len(lay_out("|h|\n|-|\n|![a](b)|", 40).pictures) == 1


def test_nesting_deeper_than_the_width_stops_indenting() -> None:
    lines = rows("> > > > > > > > > a long deep thought", 20)
    assert "".join(lines).replace("│", "").split() == ["a", "long", "deep", "thought"]
    assert max(map(len, lines)) <= 20


def test_nothing_lays_out_to_nothing() -> None:
    assert rows("") == []
    assert rows(" \n\n<!-- only -->\n") == []


def test_a_width_too_small_for_text_is_taken_as_ten() -> None:
    assert rows("eleven cells wide", 1) == rows("eleven cells wide", 10)
