"""What fools a matcher: siblings, copies, shared tails, cards that went and came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.edits import BATCH, CACHE, DECODE, DRIFT, QUEUE, SIX, SKEW, Card, deck
from support.looking import rows

from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]
Owners = Callable[[], list[tuple[str, str, bytes]]]

L1: Card = ("What is the L1 norm of a vector?", "The sum of its absolute values.")
L2: Card = ("What is the L2 norm of a vector?", "The root of the sum of its squares.")


@pytest.fixture
def owners(collection: Collection) -> Owners:
    """Tell the front, back and history of every living card, in file order."""

    def living() -> list[tuple[str, str, bytes]]:
        found = rows(
            collection,
            "SELECT n.front, n.back, c.uid FROM card c JOIN note n ON n.id = c.note_id"
            " WHERE NOT c.retired ORDER BY c.deck_id, c.position",
        )
        return [(front, back, uid) for front, back, uid in found]

    return living


def of(owners: Owners, front: str) -> bytes:
    (uid,) = (uid for text, _, uid in owners() if text == front)
    return uid


def test_a_file_split_in_two_with_edits_keeps_every_history(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(*SIX))
    take_in()
    before = {uid for _, _, uid in owners()}
    mended = ("How is skew of training and serving found?", SKEW[1])
    typo = ("What bounds the decoding fase?", DECODE[1])
    write("a.md", deck(BATCH, typo, CACHE))
    write("b.md", deck(mended, DRIFT, QUEUE))
    report = take_in()
    assert (report.added, report.retired) == (0, 0)
    assert {uid for _, _, uid in owners()} == before


def test_of_two_identical_cards_the_one_that_stays_keeps_a_history(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(BATCH, DECODE, CACHE, DECODE, QUEUE))
    take_in()
    twins = {uid for front, _, uid in owners() if front == DECODE[0]}
    assert len(twins) == 2
    write("a.md", deck(BATCH, DECODE, CACHE, QUEUE))
    report = take_in()
    assert (report.added, report.retired, report.unchanged + report.moved) == (0, 1, 4)
    assert of(owners, DECODE[0]) in twins


def test_one_norm_in_the_place_of_another_is_new(write: Write, take_in: TakeIn) -> None:
    write("a.md", deck(BATCH, L1, CACHE))
    take_in()
    write("a.md", deck(BATCH, L2, CACHE))
    report = take_in()
    assert (report.added, report.retired, report.updated) == (1, 1, 0)


def test_a_norm_deleted_while_its_sibling_is_written_elsewhere_leaves_no_history_to_it(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(BATCH, L1, CACHE))
    write("b.md", deck(SKEW, DRIFT))
    take_in()
    history = of(owners, L1[0])
    write("a.md", deck(BATCH, CACHE))
    write("b.md", deck(SKEW, L2, DRIFT))
    take_in()
    assert of(owners, L2[0]) != history


def test_a_word_that_turns_the_question_round_beside_the_one_that_stays_is_new(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    single = ("When is a single-level page table enough?", "When the address space is small.")
    multi = ("When is a multi-level page table enough?", "When the address space is sparse.")
    write("a.md", deck(BATCH, single, CACHE))
    take_in()
    history = of(owners, single[0])
    write("a.md", deck(BATCH, single, multi, CACHE))
    assert take_in().added == 1
    assert of(owners, single[0]) == history


def test_the_next_question_of_a_template_with_an_answer_of_its_own_is_new(
    write: Write, take_in: TakeIn
) -> None:
    write("a.md", deck(BATCH, ("What is the port of SMTP?", "25"), CACHE))
    take_in()
    write("a.md", deck(BATCH, ("What is the port of HTTPS?", "443"), CACHE))
    report = take_in()
    assert (report.added, report.retired) == (1, 1)


def test_a_long_reference_under_every_answer_does_not_make_cards_alike(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    tail = "\n\nReference: A. Author, *A Long Book on Serving Models*, third edition, 2025, p. 12."

    def with_tail(cards: tuple[Card, ...]) -> str:
        return deck(*((front, back + tail) for front, back in cards))

    write("a.md", with_tail(SIX))
    take_in()
    history = of(owners, DECODE[0])
    other = ("Who signs off a rollback?", "The engineer on call, alone.")
    write("a.md", with_tail((BATCH, other, CACHE, SKEW, DRIFT, QUEUE)))
    report = take_in()
    assert (report.added, report.retired) == (1, 1)
    assert of(owners, other[0]) != history


def test_a_new_reference_under_every_answer_that_moves_does_not_hide_likeness(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    old_tail = "\n\nReference: A. Author, *A Long Book on Serving Models*, third edition, 2025."
    new_tail = "\n\nReference: “Inference.” In *An Encyclopedia*, November 3, 2026, at its address."
    short = ("What does p99 leave out?", "One in a hundred.")
    write("a.md", deck(*((front, back + old_tail) for front, back in (short, *SIX))))
    take_in()
    history = of(owners, short[0])
    mended = ("What does the p99 leave out?", "One in a hundred.")
    write("a.md", deck(*((front, back + new_tail) for front, back in (mended, *SIX))))
    report = take_in()
    assert (report.added, report.retired) == (0, 0)
    assert of(owners, mended[0]) == history


def test_a_retired_card_that_comes_back_word_for_word_finds_its_history(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(*SIX))
    take_in()
    history = of(owners, DECODE[0])
    write("a.md", deck(BATCH, CACHE, SKEW, DRIFT, QUEUE))
    assert take_in().retired == 1
    write("a.md", deck(*SIX))
    assert take_in().revived == 1
    assert of(owners, DECODE[0]) == history


def test_a_retired_card_that_comes_back_reworded_is_new(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(*SIX))
    take_in()
    history = of(owners, DECODE[0])
    write("a.md", deck(BATCH, CACHE, SKEW, DRIFT, QUEUE))
    take_in()
    mended = ("What bounds the decoding fase?", DECODE[1])
    write("a.md", deck(BATCH, mended, CACHE, SKEW, DRIFT, QUEUE))
    assert take_in().added == 1
    assert of(owners, mended[0]) != history


def test_a_copy_of_a_living_card_is_new_and_told_of(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    write("a.md", deck(*SIX))
    take_in()
    history = of(owners, DECODE[0])
    write("b.md", deck(DECODE, ("Who signs off a rollback?", "The engineer on call.")))
    report = take_in()
    assert report.added == 2
    assert "duplicate-card" in {problem.code for problem in report.warnings}
    assert sum(uid == history for _, _, uid in owners()) == 1


def test_siblings_reworded_among_new_ones_are_told_apart_by_their_order(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    def old(name: str, size: str) -> Card:
        return f"Consider a machine with paged memory. How large is a {name}?", size

    def new(name: str, size: str) -> Card:
        return f"Assume a machine of paged memory. How large is a {name} in its table?", size

    names = (("frame number", "40 bits"), ("page number", "36 bits"), ("page offset", "12 bits"))
    write("a.md", deck(BATCH, *(old(*each) for each in names), CACHE))
    take_in()
    before = [uid for _, _, uid in owners()]
    fresh = ("What does a translation buffer hold?", "The translations used last.")
    write("a.md", deck(BATCH, *(new(*each) for each in names), fresh, CACHE))
    assert take_in().added == 1
    assert [uid for front, _, uid in owners() if front != fresh[0]] == before


def test_a_number_written_another_way_is_the_same_question(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    old = ("How many pages of 4,096 bytes are in 1,048,576 bytes?", "256")
    new = ("How many pages of 4096 bytes are in 1048576 bytes?", "256 pages")
    write("a.md", deck(BATCH, old, CACHE))
    take_in()
    history = of(owners, old[0])
    write("a.md", deck(BATCH, new, CACHE))
    take_in()
    assert of(owners, new[0]) == history


def closed_under(name: str, answer: str) -> Card:
    return f"Are regular languages closed under {name}?", answer


CLOSED = (closed_under("union", "Yes."), closed_under("complement", "Yes."))


def test_another_word_in_a_place_that_the_deck_fills_in_many_ways_is_another_question(
    write: Write, take_in: TakeIn
) -> None:
    write("a.md", deck(BATCH, closed_under("reversal", "Yes."), *CLOSED, CACHE))
    take_in()
    write("a.md", deck(BATCH, closed_under("shuffling", "Yes."), *CLOSED, CACHE))
    report = take_in()
    assert (report.added, report.retired, report.updated) == (1, 1, 0)


@pytest.mark.parametrize("mended", ["reversl", "the reversal"])
def test_a_word_spelt_anew_or_added_to_in_such_a_place_keeps_the_history(
    write: Write, take_in: TakeIn, owners: Owners, mended: str
) -> None:
    old = closed_under("reversal", "Yes.")
    write("a.md", deck(BATCH, old, *CLOSED, CACHE))
    take_in()
    history = of(owners, old[0])
    new = closed_under(mended, "Yes.")
    write("a.md", deck(BATCH, new, *CLOSED, CACHE))
    take_in()
    assert of(owners, new[0]) == history


def test_a_word_replaced_in_the_whole_deck_keeps_every_history(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    def cards(word: str) -> tuple[Card, ...]:
        return (
            ("In terms of edges, what is the length of a circuit?", "How many edges it has."),
            (f"In terms of edges, what is the length of a {word}?", "How many edges there are."),
            (f"In terms of vertices, what is the length of a {word}?", "One less than those."),
        )

    write("a.md", deck(BATCH, *cards("path"), CACHE))
    take_in()
    before = [uid for _, _, uid in owners()]
    write("a.md", deck(BATCH, *cards("walk"), CACHE))
    take_in()
    assert [uid for _, _, uid in owners()] == before


def test_another_word_in_such_a_place_is_another_question_in_another_file_too(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    old, new = (closed_under(name, "Yes, they are.") for name in ("reversal", "inversion"))
    write("a.md", deck(BATCH, old, *CLOSED, CACHE))
    write("b.md", deck(SKEW, DRIFT))
    take_in()
    history = of(owners, old[0])
    write("a.md", deck(BATCH, *CLOSED, CACHE))
    write("b.md", deck(SKEW, new, DRIFT))
    take_in()
    assert of(owners, new[0]) != history


def test_questions_that_share_only_the_frame_of_an_answer_are_not_alike(
    write: Write, take_in: TakeIn
) -> None:
    stub = "<br><b></b>"
    old, new = ("How do workers stop?", stub), ("Name a loopback interface.", stub)
    write("a.md", deck(BATCH, old, CACHE, SKEW))
    take_in()
    write("a.md", deck(BATCH, new, CACHE, SKEW))
    report = take_in()
    assert (report.added, report.retired) == (1, 1)


def test_cards_that_move_to_files_of_their_own_with_a_new_reference_keep_their_histories(
    write: Write, take_in: TakeIn, owners: Owners
) -> None:
    tails = (
        "\n\nReference: A. Author, *A Long Book on Conics*, third edition, 2025.",
        "\n\nReference: A. Author and B. Other, *Conics and More*, Press of a Town, 2026.",
    )
    names = ("parabola", "hyperbola", "ellipse")

    def conic(name: str, cone: str, tail: str) -> Card:
        return f"How do we see a {name} cut from a {cone} by a plane?", f"![[{name}.png]]{tail}"

    rest = tuple((front, back + tails[0]) for front, back in SIX)
    old = [conic(name, "double cone", tails[0]) for name in names]
    new = [conic(name, "right double cone", tails[1]) for name in names]
    write("a.md", deck(*rest, *old))
    take_in()
    before = [of(owners, front) for front, _ in old]
    write("a.md", deck(*rest))
    for name, card in zip(names, new, strict=True):
        write(f"{name}.md", deck(card))
    take_in()
    assert [of(owners, front) for front, _ in new] == before


@pytest.mark.parametrize(
    ("goes", "stays", "mended"),
    [
        (
            ("When is it safe to drop a replica?", "While two others serve."),
            ("When is it not safe to drop a replica?", "While it alone serves."),
            ("When is it not safe to drop one replica?", "While it alone serves."),
        ),
        (
            ("How many bytes has a weight in 8 bits?", "One."),
            ("How many bytes has a weight in 16 bits?", "Two."),
            ("How many bytes does a weight have in 16 bits?", "Two."),
        ),
        (
            ("Which links does a partial mesh leave out?", "Those of distant nodes."),
            ("Which links does a full mesh leave out?", "None of its links."),
            ("Which of its links does a full mesh leave out?", "None of its links."),
        ),
    ],
    ids=["a negation", "a number", "a word"],
)
@pytest.mark.parametrize("first", [True, False], ids=["the first goes", "the second goes"])
def test_of_two_cards_told_apart_by_one_word_the_one_that_stays_keeps_its_own_history(
    write: Write,
    take_in: TakeIn,
    owners: Owners,
    goes: Card,
    stays: Card,
    mended: Card,
    first: bool,
) -> None:
    pair = (goes, stays) if first else (stays, goes)
    write("a.md", deck(BATCH, *pair, CACHE))
    take_in()
    history = of(owners, stays[0])
    write("a.md", deck(BATCH, mended, CACHE))
    report = take_in()
    assert (report.added, report.retired) == (0, 1)
    assert of(owners, mended[0]) == history
