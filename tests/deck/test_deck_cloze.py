"""Which brackets of a `C:` card are deletions, and what its cards show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.deck_samples import codes_of, note_of

from srs.deck.cards import card_keys, faces
from srs.deck.cloze import deletions
from srs.deck.model import Kind

_SIGNS = (
    "a",
    "Ü",
    "1",
    " ",
    "\n",
    "[",
    "]",
    "[b]",
    "(",
    ")",
    ":",
    "^",
    "!",
    "`",
    "$",
    "<",
    ">",
    "\\",
)


def deleted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in deletions(text)]


def test_brackets_delete() -> None:
    note = note_of("C: Decode is bound by [memory bandwidth]; prefill by [compute].\n")
    assert (note.kind, note.back) == (Kind.CLOZE, "")
    assert deleted(note.front) == ["[memory bandwidth]", "[compute]"]


def test_the_outermost_brackets_delete() -> None:
    assert deleted("[x[0]] and [a [b] [c]]") == ["[x[0]]", "[a [b] [c]]"]


@pytest.mark.parametrize(
    "text",
    [
        "[GPU](https://x.org)",
        "[GPU](<a b> 'title')",
        "[GPU [H100]](url)",
        "[GPU][ref]\n\n[ref]: url",
        "[ref][]\n\n[ref]: url",
        "[Ref]\n\n[rEF]: url",
        "![a chart](chart.png)",
        "![a [chart]](chart.png)",
        "[![a](b)](c)",
        "a footnote[^1]",
        "- [ ] to do\n- [x] done\n1. [X] done",
        "> - [ ] to do",
        r"\[not this\]",
        "[] and [ ]",
        "`x[0]` and ``a`[b]``",
        "$x[0]$ and $$y[1]$$",
        "$$\nx[0]\n$$",
        "```\nx[0]\n```",
        "    x[0]",
        "<a title='[x]'>",
        "<!-- [x] -->",
        "<https://x.org/[x]>",
        "<div>\n[x]\n</div>",
        "a [ without an end",
        "] before [",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert deleted(f"{text}\n\nBut [this] does.") == ["[this]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$2 [8 GPUs] $16", ["[8 GPUs]"]),
        ("costs $5 and [x] $ more", ["[x]"]),
        ("[$k_i$] and [`x[0]`]", ["[$k_i$]", "[`x[0]`]"]),
        ("[a][b]", ["[a]", "[b]"]),
        ("[a](not a link", ["[a]"]),
        ("[see [GPU](url) now]", ["[see [GPU](url) now]"]),
        (r"[a \] b]", [r"[a \] b]"]),
        ("[ref]", ["[ref]"]),
        ("a `b [c] d", ["[c]"]),
        ("a [b `c] d` e [f]", ["[f]"]),
        ("| a | b |\n|---|---|\n| [F] | `[T]` \\| [T] |", ["[F]", "[T]"]),
        ("# A [b]\n\n- [c]\n  [d]\n\n> [e\n> f]", ["[b]", "[c]", "[d]", "[e\n> f]"]),
        ("- [ ] a [b]", ["[b]"]),
        ("x[i](j)", []),
    ],
)
def test_brackets_beside_other_signs(text: str, expected: list[str]) -> None:
    assert deleted(text) == expected


@example(" [^1]")
@example(" [b](u)")
@example(" [b][c]")
@example(" ![b]")
@example(" ![b](u)")
@example(" [b [c]]")
@example(" [ ] []")
@example(" `[b]`")
@example(" $[b]$")
@example(' <i title="[b]">')
@example(r" \[b\]")
@example("\n- [x] [b]")
@given(st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join))
def test_a_line_has_the_deletions_that_it_has_before_another_paragraph(text: str) -> None:
    line = "A" + text

    assert deletions(line) == deletions(f"{line}\n\nAnother one.")


def test_a_deletion_stays_within_its_paragraph() -> None:
    assert deleted("a [b\n\nc] d") == []
    assert deleted("| a [b | c] d |\n|---|---|") == []


def test_a_definition_anywhere_in_the_file_makes_a_link() -> None:
    note = note_of("C: [GPU] memory is [fast].\n---\n# Links\n\n[gpu]: https://x.org\n")
    assert card_keys(note) == ("cloze:fast",)


def test_without_a_deletion_it_is_an_error() -> None:
    assert codes_of("C: nothing\n") == ["cloze-without-deletion"]
    assert codes_of("C:\n") == ["cloze-without-deletion"]
    assert codes_of("C: a `[b]`\n") == ["cloze-without-deletion"]


def test_a_card_asks_for_one_deletion_and_shows_the_others() -> None:
    note = note_of("C: Decode is bound by [memory]; prefill by [compute].\n")
    memory, compute = (faces(note, key) for key in card_keys(note))
    assert memory.question == "Decode is bound by […]; prefill by compute."
    assert memory.answer == "Decode is bound by **memory**; prefill by compute."
    assert compute.question == "Decode is bound by memory; prefill by […]."
    assert memory.expected is None


def test_escaped_brackets_survive() -> None:
    note = note_of("C: An interval \\[0, 1\\] is [closed].\n")
    (shown,) = (faces(note, key) for key in card_keys(note))
    assert shown.question == "An interval \\[0, 1\\] is […]."


def test_a_key_follows_its_deletion_and_not_its_place() -> None:
    before = note_of("C: [one] and [two].\n")
    after = note_of("C: [two], then [zero], then [one].\n")
    assert card_keys(before) == ("cloze:one", "cloze:two")
    assert card_keys(after) == ("cloze:two", "cloze:zero", "cloze:one")


def test_equal_deletions_are_numbered() -> None:
    note = note_of("C: [a] [b] [a] [a#2] [a]\n")
    assert card_keys(note) == ("cloze:a", "cloze:b", "cloze:a#2", "cloze:a#2#2", "cloze:a#3")
    assert faces(note, "cloze:a#2").question == "a b […] a#2 a"


def test_white_space_in_a_deletion_does_not_count() -> None:
    assert card_keys(note_of("C: a [b\n  c] d\n")) == ("cloze:b c",)


def test_typing_expects_the_plain_text_of_the_deletion() -> None:
    note = note_of("C: Set [`max_batch`\nto *8*] here. <!-- type-in -->\n")
    (key,) = card_keys(note)
    assert faces(note, key).expected == "max_batch to 8"


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("[a](b", r"\[…\](b", "**a**(b"),
        ("[a b c]: d e", r"\[…\]: d e", "**a b c**: d e"),
        ("x[(y)]z", "x[…]z", r"x\[(y)\]z"),
        ("an [*] sign", "an […] sign", r"an \[*\] sign"),
        ("a [`x`]-b", "a […]-b", "a **`x`**-b"),
    ],
)
def test_a_cut_does_not_change_what_stands_around_it(text: str, question: str, answer: str) -> None:
    note = note_of(f"C: {text}\n")
    shown = faces(note, card_keys(note)[0])
    assert (shown.question, shown.answer) == (question, answer)


def test_a_deletion_shown_bare_does_not_become_a_list() -> None:
    note = note_of("C: [-] subtracts,\n[+] adds,\n[1.] numbers, [x] asks.\n")
    question = faces(note, "cloze:x").question
    assert question == "\\- subtracts,\n\\+ adds,\n1\\. numbers, […] asks."


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        faces(note_of("C: [a]\n"), "cloze:b")


@given(st.text("[]()!`$\\|<> -#x\n^*:", max_size=60))
def test_every_deletion_has_a_card_whatever_the_text(text: str) -> None:
    spans = deletions(text)
    assert all(text[s.start] == "[" and text[s.end - 1] == "]" for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
