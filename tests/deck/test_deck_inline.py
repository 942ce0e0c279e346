"""The inline scanner, held against markdown-it's own inline parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.deck.inline import Scanner, Sort
from srs.deck.markup import markdown

_PARTS = st.sampled_from(
    ["`", "``", "$", "$$", "\\", "a", "1", " ", "\n", "x", "<b>", "<i", ">", "<!-- c -->", "*"]
)


def scanned(text: str, sort: Sort) -> list[str]:
    found = []
    scanner, position = Scanner(text), 0
    while piece := scanner.next(position):
        position = piece.end
        if piece.sort is sort:
            found.append(text[piece.start : piece.end])
    return found


def parsed(text: str, *types: str) -> list[str]:
    (line,) = markdown().parseInline(text)
    return [
        f"{t.markup}{t.content}{t.markup}" if t.markup else t.content
        for t in line.children or ()
        if t.type in types
    ]


@given(st.lists(_PARTS, max_size=24).map("".join))
def test_code_and_mathematics_are_where_markdown_it_finds_them(text: str) -> None:
    assert scanned(text, Sort.MATH) == parsed(text, "math_inline", "math_inline_double")
    assert len(scanned(text, Sort.CODE)) == len(parsed(text, "code_inline"))
    html = scanned(text, Sort.HTML) + scanned(text, Sort.COMMENT)
    assert sorted(html) == sorted(parsed(text, "html_inline"))


@pytest.mark.parametrize("text", ["$x$ is 5", "$x$ ends in \\", "$x$"])
def test_mathematics_at_the_start_does_not_depend_on_the_end(text: str) -> None:
    assert scanned(text, Sort.MATH) == ["$x$"] == parsed(text, "math_inline")


@pytest.mark.parametrize(
    "part",
    [
        *["[", "]", "![", "[[a]", "[a](", "[a](<", "[a](b '", "[a][", "`", "` `` ", "$", "$$ $ "],
        *["<", "<!--", "<?", "<![CDATA[", "<!A", "<a b='", "<a:", "<a@", "\\"],
    ],
)
def test_a_hundred_thousand_signs_on_one_line_are_read_in_a_moment(part: str) -> None:
    text = part * (100_000 // len(part))
    scanner, position, last = Scanner(text), 0, -1
    while piece := scanner.next(position):
        assert piece.start > last
        position, last = piece.end, piece.start
