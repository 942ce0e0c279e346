"""Reading a deck without the Markdown parser gives what reading it with the parser gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srs.deck.model import Reading
from srs.deck.reader import read_deck

DECKS = sorted((Path(__file__).parents[2] / "decks").glob("*.md"))

# What begins or ends a card, in every shape that is or only looks like one.
_STRUCTURE = [
    *["# Topic", "#", "#Topic", " # Topic", "## What?", "## Card", "##", "##\tTab?", "## Hash #"],
    *["## Story: s?", "## drill: d", "  ## Indented?", "   # Deep", "### Third", "##What?"],
    *["## A <b>title</b>?", "## With <!-- reverse --> options?", "## [ref] title?", "## `c`?"],
    *[
        "Q: question",
        "A: answer",
        "C: [a] cut",
        "C: none",
        "Q:",
        "A:",
        "C:",
        "Q::x",
        "C:/x",
        "C::y",
    ],
    *["Q: - item", "A: - item", "A: > quote", "Q: ```", "A: ~~~", "A: <!-- x", "A: <div>", "A: $$"],
    *["Q: ## no?", "A: ---", "A: ***", "Q: [ref]: /url", "C: [ref] [b]", "C: - [ ] [x]", "Q:  two"],
    *[
        "A: 1. one",
        "A: 1.5 is",
        "A: *it*",
        "A: **b**",
        "A: | a |",
        "A:\ttab",
        "A: Source: s",
        " Q: no",
    ],
    *["---", "--- ", "----", "- - -", " ---", "***", "* * *", "___", "--", "-", "---x", "\t---"],
]
# What could swallow or end it.
_AROUND = [
    *[
        "```",
        "````",
        "```py",
        "~~~",
        "~~~ x",
        " ```",
        "   ```",
        "    ```",
        "- ```",
        "> ```",
        "``` ",
    ],
    *["```a```", "`````", "`` ` ``", "```x", "~~~~", "``", "> ~~~", "1. ```"],
    *["<div>", "</div>", "<br>", "<b>", "<pre>", "</pre>", "<script>", "</script>", "<?", "?>"],
    *["<!--", "-->", "<!-- id: x -->", "<!-- reverse -->", "<!-- note --> rest", "a <!-- b -->"],
    *["<!DOCTYPE", "<![CDATA[", "]]>", "- <div>", "> <pre>", "a < b", "<https://x.y>", "<style"],
    *["$$", "$$ x $$", "$$x", "x$$", " $$", "- $$", "$$ (label)", "$x$ and $2"],
    *[
        "[ref]: /url",
        "[ref]:",
        "/url",
        "'title",
        "title'",
        "[ref",
        "]: /url",
        "- [in]: /u",
        "[ref]",
    ],
    *["> [!TIP]", "> hint", ">", "> > deep", "- item", "  - nested", "1. one", "1)", "* star", "+"],
    *[
        "- [ ] box",
        "- [x] [y]",
        "| a | b |",
        "|---|---|",
        "|-|",
        "| 1 |",
        ":-:",
        "a | b",
        "Source: s",
    ],
    *[
        "Source:",
        " Source: two",
        "x Source: y",
        "Source: [ref]",
        "    code",
        "\tcode",
        "lazy",
        "====",
    ],
    *[
        ">" * 45,
        "- " * 25,
        " " * 44 + "- x",
        "[a] `[b]` $[c]$",
        "[a [b] c](d)",
        "\\[a] [^1] []",
        "{x}",
    ],
    *["\u00a0", "\u2028x", "\ufeff", "x\u00a0", "é [ü]", "text  ", "\\", "&amp;"],
]
_LINE = st.sampled_from(["", "", "", "", "text", *_STRUCTURE, *_AROUND])
_FREE = st.text(alphabet="QAC:#-`~<>!$[]()| \tab\n*_1.\\/=\u00a0", max_size=12)
_LINES = st.lists(_LINE | _FREE, max_size=30).map("\n".join)
_PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(["text", *_STRUCTURE, *_AROUND]), min_size=1, max_size=4), max_size=14
).map(lambda paragraphs: "\n\n".join("\n".join(lines) for lines in paragraphs))
_CARDS = st.lists(
    st.tuples(
        st.sampled_from(["## One?\n\n", "## Two\n", "Q: q\nA: ", "C: [c] ", "---\n", "# T\n\n"]),
        st.lists(st.sampled_from(["text", "```\nQ: x\n```", *_AROUND]), min_size=1, max_size=4),
        st.sampled_from(["\n", "\n\n", ""]),
    ).map(lambda card: card[0] + "\n".join(card[1]) + card[2]),
    max_size=10,
).map("".join)
_TEXT = st.one_of(_LINES, _PARAGRAPHS, _CARDS)
_FRONT = st.sampled_from(["", "", "---\ndeck: D\n---\n", "---\ntopic: a\nside: both\n---\n\n"])


def both(text: str, *, own_format: bool) -> tuple[Reading, Reading]:
    quick = read_deck(text, "deck.md", own_format=own_format)
    return quick, read_deck(text, "deck.md", own_format=own_format, is_quick=False)


@given(_FRONT, _TEXT, st.booleans())
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_reads_the_same_with_and_without_the_parser(
    front: str, text: str, own_format: bool
) -> None:
    quick, slow = both(front + text, own_format=own_format)
    assert quick == slow


@pytest.mark.campaign
@given(_FRONT, _TEXT, st.booleans())
@settings(max_examples=60_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_great_many_texts_read_the_same(front: str, text: str, own_format: bool) -> None:
    quick, slow = both(front + text, own_format=own_format)
    assert quick == slow


@pytest.mark.parametrize(
    "body",
    [
        "```sh\n# comment\n## no card?\nQ: none\n---\n```\n\nText.",
        "````\n```\n# comment\n````\n\nText.\n\n~~~\nC: [none]\n~~~ ",
        "```\n# one\n```\n\n```\n# two\n```",
        "```\n# one\n```\n\nx ``` y\n\n```\n# two\n```",
        "```\n# one\n```\n\n```\n# never closed",
        "~~~\n# closed by no tick\n```\n~~~",
        "Text.\n\n---\n\n```\n# below a rule\n```",
    ],
)
@pytest.mark.parametrize("card", ["## What?\n\n{}\n\n", "Q: What?\nA: Text.\n\n{}\n\n"])
def test_what_a_fence_hides_begins_no_card(card: str, body: str) -> None:
    text = card.format(body) + "## And this?\n\nAnswer.\n"
    quick, slow = both(text, own_format=True)
    assert quick == slow
    if quick.deck:
        assert [note.front for note in quick.deck.notes] == ["What?", "And this?"]
    else:
        assert [problem.code for problem in quick.errors] == ["unclosed-fence"]


@pytest.mark.parametrize(
    "body",
    [
        "Text.\n\n> [!TIP]\n> One.\n> Two.\n\nMore.\n\n> [!tip]\n> Three.",
        "Text.\n\n> [!TIP]\n> Hint.\n\nSource: https://example.org",
        "Text.\n\n```\n\n> [!TIP]\n> Code.\n\n```\n\n> [!TIP]\n> Hint.",
        "Text.\n\n \n\n> [!TIP]\n> Hint.\n\n\u00a0\n\nMore.",
        "Text.\n\n> [!TIP]\n> Hint.\nlazy",
        "> [!TIP]\n> Hint.",
    ],
)
@pytest.mark.parametrize("card", ["## What?\n\n{}\n", "## A [!TIP]?\n\n{}\n", "Q: What?\nA: {}\n"])
def test_hints_are_taken_out_as_the_parser_does(card: str, body: str) -> None:
    quick, slow = both(card.format(body), own_format=True)
    assert quick == slow


def test_a_plain_deck_is_read_without_loading_the_parser() -> None:
    code = (
        "import sys\n"
        "from srs.deck.dialects.reader import read_any\n"
        "read = read_any('---\\ndeck: D\\n---\\n\\n## What?\\n\\nThis.\\n', 'd.md')\n"
        "print(len(read.deck.notes), 'markdown_it' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "1 False\n"


@pytest.mark.parametrize("file", DECKS, ids=lambda file: file.stem)
@pytest.mark.parametrize("own_format", [True, False])
def test_the_bundled_decks_read_the_same(file: Path, own_format: bool) -> None:
    quick, slow = both(file.read_text(encoding="utf-8"), own_format=own_format)
    assert quick == slow
