"""No text whatever makes the reader raise, hang, or point outside the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srs.deck.cards import card_keys, faces
from srs.deck.codec import decode, encode
from srs.deck.files import read_bytes
from srs.deck.model import Reading
from srs.deck.reader import read_deck

_LINES = st.sampled_from(
    [
        *["", "", "text [a] `b` $c$", "Q: q", "A: a", "C: [x] y", "C: none", "Q:", "A:", "C:"],
        *["# Topic", "## Card", "## What?", "### Deep", "##", "## Story: s", "## Drill: d"],
        *["---", "***", "...", "deck: D", "topic: a/b", "side: left", "x: [", "k: &a [*a]"],
        *["```", "~~~", "```drill", "x: [1, 2]", "answer: x / 0", "answer: x", "tolerance: 5%"],
        *[
            "<!-- id: x -->",
            "<!-- reverse · type-in -->",
            "<!--",
            "-->",
            "<div>",
            "</div>",
            "<!-- minuts: 1",
        ],
        *["$$", "$$ x $$", "> [!TIP]", "> hint", "- [ ] box", "- item", "  - deeper", "1. one"],
        *["### Probes", "Source: s", "[ref]: url", "| a | b |", "|---|---|", "    code", "\tcode"],
        *[
            "Q: ```",
            "A: <!--",
            "C: | [a] |",
            "A: > [!TIP]",
            "{x} {y}",
            "\\[",
            "[[[",
            "]]]",
            "\x1b[0m",
        ],
    ]
)
_STRUCTURED = st.lists(_LINES | st.text(max_size=20), max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines))
)
_FRAGMENTS = st.sampled_from(
    [
        *[
            "text [a] `b` $c$",
            "- [ ] box\n- [x] done",
            "- item\n  - deeper",
            "> quote",
            "1. [one] two",
        ],
        *["```py\nQ: x\n## y\n```", "$$\nA: z\n$$", "| [a] | b |\n|---|---|\n| c | [d] |", "<br>"],
        *[
            "> [!TIP]\n> hint",
            "<!-- remark -->",
            "<!-- reverse -->",
            "<!-- type-in -->",
            "[r]: url",
        ],
        *[
            "### Probes\n- [why]",
            "see [r] and [s][r]",
            "    code [e]",
            "[*] [`f`]-[g](h",
            "\\[i\\] ***",
        ],
    ]
)
_BODIES = st.lists(_FRAGMENTS | st.text("[]()!`*_$ ab:\\", max_size=12), max_size=5).map(
    "\n\n".join
)
_CARDS = st.builds(
    str.format,
    st.sampled_from(
        [
            *[
                "## Why?\nx {}\n",
                "Q: {}\nx\nA: y\n\n{}\n",
                "C: [x] {}\n",
                "## Story: s\n- [ ] x\n\n{}\n",
            ],
            "## Drill: d\n{}\n\n```drill\nx: [2, 4]\nanswer: 1 / x\n```\n{{x}}\n",
        ]
    ),
    _BODIES,
    _BODIES,
)
_SOUND = st.lists(_CARDS | st.just("# Topic\n## Below\n"), max_size=4).map("\n".join)
_DECKS = _SOUND | _STRUCTURED | _STRUCTURED.map(lambda text: f"---\ndeck: D\n---\n{text}")


def hold(text: str) -> None:
    for own_format in (False, True):
        reading = read_deck(text, "deck.md", own_format=own_format)
        check_problems(text, reading)
        check_cards(reading)


def check_problems(text: str, reading: Reading) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert (reading.deck is None) == bool(reading.errors)
    for problem in reading.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert "\n" not in problem.message


def check_cards(reading: Reading) -> None:
    for note in reading.deck.notes if reading.deck else ():
        assert note.front.strip()
        assert note.topic
        keys = card_keys(note)
        assert len(set(keys)) == len(keys) > 0
        for key in keys:
            shown = faces(note, key)
            assert shown.question.strip()
            assert shown.answer.strip()
        assert note == decode(
            json.loads(json.dumps(encode(note))),
            kind=note.kind,
            front=note.front,
            back=note.back,
            topic=note.topic,
            line=note.line,
        )


@given(_DECKS)
@settings(max_examples=200, deadline=None)
def test_malformed_decks_give_problems_and_never_a_traceback(text: str) -> None:
    hold(text)


@given(st.text() | st.text(alphabet=st.characters(codec=None)))
@settings(max_examples=100, deadline=None)
def test_nor_does_any_text(text: str) -> None:
    hold(text)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_nor_do_any_bytes(data: bytes) -> None:
    check_problems(data.decode("utf-8", "replace"), read_bytes(data, "deck.md"))


@pytest.mark.campaign
@given(_DECKS)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_ten_thousand_malformed_decks(text: str) -> None:
    hold(text)


@pytest.mark.campaign
@given(st.text(max_size=400))
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_ten_thousand_texts(text: str) -> None:
    hold(text)


@pytest.mark.parametrize(
    "part",
    [
        *["[", "]", "[a](", "`", "$", "$$\n", "$$ a\n", "> ", "- ", "> - ", "1. ", "|", "|-|\n"],
        *["<", "<!--", "<!-- a -->\n\n", "<!-- id: x -->", "<!-- id: x --> a", "<div\n", "```\n"],
        *["``` `\n", "*", "_a", "\t", "\\", "[a]: b '\n", "Q:\n", "Q: a\nA: b\n", "## a\n"],
        *["{a}", "> [!TIP]\n\n", "Source: a\n\n", "C: [a]\n"],
    ],
)
@pytest.mark.parametrize("before", ["## Card?\n", "C: [x] ", "Q: a\nA: ", "## Drill: d\n"])
def test_a_part_repeated_without_end_is_read_in_linear_time(part: str, before: str) -> None:
    # Work that grew with the square of the size would take minutes here.
    text = before + part * (60_000 // len(part))
    check_problems(text, read_deck(text, "deck.md"))
