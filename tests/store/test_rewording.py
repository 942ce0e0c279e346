"""What an edit does to a history: it stays with its card, and goes to no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.edits import BATCH, CACHE, DECODE, DRIFT, QUEUE, SIX, SKEW, Card, Edit, deck, uids
from support.looking import rows

from srs.store.collection import Collection
from srs.store.ingest.report import Change, ImportReport

Write = Callable[[str, str], Path]
TakeIn = Callable[..., ImportReport]


@pytest.mark.parametrize(
    "mended",
    [
        ("What bounds the decoding fase?", DECODE[1]),
        ("Which resource bounds the decoding phase of a model?", DECODE[1]),
        ("What bounds the decoding phase of a model?", "The memory's bandwidth at small batches."),
        ("**What** bounds the *decoding phase*?", "Bytes moved per second."),
        ("What bounds the decoding phase?", "Bytes moved per second."),
    ],
    ids=["typo", "reworded question", "both reworded", "emphasis", "new answer"],
)
def test_a_reworded_card_keeps_its_history(edit: Edit, mended: Card) -> None:
    carried = edit(SIX, (BATCH, mended, CACHE, SKEW, DRIFT, QUEUE))
    assert carried[mended] == DECODE
    assert len(carried) == 6


REWRITTEN: Card = (
    "In decoding, what is the bound?",
    "At small batches the bandwidth of the memory.",
)


def test_a_card_rewritten_on_both_sides_keeps_its_history_between_its_neighbours(
    edit: Edit,
) -> None:
    carried = edit(SIX, (BATCH, REWRITTEN, CACHE, SKEW, DRIFT, QUEUE))
    assert carried[REWRITTEN] == DECODE


def test_a_card_rewritten_on_both_sides_is_new_where_no_neighbour_speaks_for_it(
    edit: Edit,
) -> None:
    other = ("Who signs off a rollback?", "The engineer on call, alone.")
    assert REWRITTEN not in edit(SIX, (REWRITTEN, other, QUEUE, CACHE, BATCH, DRIFT, SKEW))


def test_an_unrelated_card_in_the_same_place_is_new(edit: Edit) -> None:
    other = ("Who signs off a rollback?", "The engineer on call, alone.")
    assert other not in edit(SIX, (BATCH, other, CACHE, SKEW, DRIFT, QUEUE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("What is 7 × 8?", "56"), ("What is 7 × 9?", "63")),
        (
            ("What is the L1 norm of a vector?", "The sum of absolute values."),
            ("What is the L2 norm of a vector?", "The root of the sum of squares."),
        ),
        (
            ("How long do 40 requests take at 8 a second?", "5 seconds"),
            ("How long do 90 requests take at 9 a second?", "10 seconds"),
        ),
    ],
    ids=["a product", "a norm", "every figure of an example"],
)
def test_a_front_that_differs_in_numbers_alone_is_another_question(
    edit: Edit, old: Card, new: Card
) -> None:
    assert new not in edit((BATCH, old, CACHE), (BATCH, new, CACHE))


def test_a_number_corrected_in_the_answer_keeps_the_history(edit: Edit) -> None:
    old, new = (
        ("How many bytes has a BF16 number?", "4"),
        ("How many bytes has a BF16 number?", "2"),
    )
    assert edit((BATCH, old), (BATCH, new))[new] == old


def test_one_changed_word_in_place_keeps_the_history(edit: Edit) -> None:
    old = ("What stands at the root of a max-heap?", "Its extreme element.")
    new = ("What stands at the root of a min-heap?", "Its extreme element.")
    assert edit((BATCH, old, CACHE), (BATCH, new, CACHE))[new] == old


def test_swapped_answers_stay_with_their_questions(edit: Edit) -> None:
    one, two = (DECODE[0], CACHE[1]), (CACHE[0], DECODE[1])
    carried = edit((DECODE, CACHE), (one, two))
    assert (carried[one], carried[two]) == (DECODE, CACHE)


def test_cards_that_change_places_with_typos_mended_keep_their_own(edit: Edit) -> None:
    one = ("What bounds the decoding phase, then?", DECODE[1])
    two = ("Why does the KV cache need paging?", CACHE[1])
    carried = edit(SIX, (BATCH, two, one, SKEW, DRIFT, QUEUE))
    assert (carried[one], carried[two]) == (DECODE, CACHE)


def test_the_same_front_twice_follows_the_answer(edit: Edit) -> None:
    first, second = ("Define recall.", "Found of all true."), ("Define recall.", "An old memory.")
    mended = ("Define recall.", "Found of all that are true.")
    carried = edit((BATCH, first, second), (BATCH, mended, second))
    assert carried == {BATCH: BATCH, mended: first, second: second}


def test_letters_that_differ_in_case_are_two_cards_in_code(edit: Edit) -> None:
    lower, upper = ("What does `%x` print?", "Hex, ff"), ("What does `%X` print?", "Hex, FF")
    assert edit((lower, upper), (upper,)) == {upper: upper}


def test_four_template_siblings_reworded_together_keep_their_own(edit: Edit) -> None:
    names = ("precision", "calibration", "coverage", "latency")
    old = tuple((f"What is {name}?", f"A textbook's meaning of {name}.") for name in names)
    new = tuple((f"What does {name} mean?", f"The usual meaning of {name}.") for name in names)
    carried = edit((BATCH, *old, CACHE), (BATCH, *new, CACHE))
    assert [carried[card] for card in new] == list(old)


def test_a_cloze_over_a_whole_section_is_no_question_that_stands_in_it(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    question = ("What makes a good test of drift?", "Few alarms that are false.")
    write("a.md", deck(BATCH, question))
    take_in()
    old = uids(collection)
    section = (
        "C: Requests wait in a [queue], which grows when arrivals exceed service.\n"
        "What makes a good test of drift? See the notes of the third lecture.\n"
        "Skew is found by features that are logged and compared with those of training.\n"
    )
    write("a.md", deck(BATCH) + section)
    take_in()
    assert set(uids(collection).values()) & set(old.values()) == {old[BATCH]}


def test_a_card_split_in_two_leaves_its_history_to_its_first_part(edit: Edit) -> None:
    whole = (
        "Which effect have fear on checks and fear on attacks?",
        "Disadvantage on any check or attack while its source is in sight.",
    )
    one = (
        "Which effect has fear on checks?",
        "Disadvantage on any check while its source is in sight.",
    )
    two = (
        "Which effect has fear on attacks?",
        "Disadvantage on any attack while its source is in sight.",
    )
    carried = edit((BATCH, whole, CACHE), (BATCH, one, two, CACHE))
    assert carried == {BATCH: BATCH, one: whole, CACHE: CACHE}


def test_two_cards_merged_give_one_history(edit: Edit) -> None:
    one = ("What bounds prefill of a model?", "Compute.")
    two = ("What bounds decode of a model?", "Memory bandwidth.")
    whole = ("What bounds prefill and decode of a model?", "Compute; memory bandwidth.")
    assert len(edit((BATCH, one, two, CACHE), (BATCH, whole, CACHE))) <= 3


def test_a_shared_reference_does_not_make_unlike_cards_alike(edit: Edit) -> None:
    tail = "Taken from the handbook of serving systems, third edition, chapter nine, page 217."
    old = tuple((front, f"{back}\n{tail}") for front, back in SIX[:4])
    new = ("Who signs off a rollback?", f"The engineer on call.\n{tail}")
    assert new not in edit(old, (*old[:1], new, *old[2:]))


def test_a_source_line_changed_on_every_card_keeps_every_history(edit: Edit) -> None:
    old = tuple((front, f"{back}\n\nSource: notes, 2025") for front, back in SIX)
    new = tuple((f"{front} ", f"{back}\n\nSource: notes, 2026") for front, back in SIX)
    assert len(edit(old, new)) == 6


def test_a_card_that_becomes_a_cloze_keeps_its_history(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", deck(BATCH, ("The decoding phase is bound by what?", "memory bandwidth"), CACHE))
    take_in()
    before = rows(collection, "SELECT uid FROM card ORDER BY position")
    cloze = "C: The decoding phase is bound by [memory bandwidth]\n\n"
    write("a.md", deck(BATCH) + cloze + deck(CACHE))
    take_in()
    assert rows(collection, "SELECT uid FROM card WHERE NOT retired ORDER BY position") == before


def test_a_typo_mended_in_a_deletion_keeps_the_history_of_its_card(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", "C: Prefill is bound by [compute], decode by [memory bandwith].\n")
    take_in()
    before = rows(collection, "SELECT uid FROM card ORDER BY position")
    write("a.md", "C: Prefill is bound by [compute], decode by [memory bandwidth].\n")
    take_in()
    assert rows(collection, "SELECT uid FROM card WHERE NOT retired ORDER BY position") == before


def test_a_renamed_file_with_edits_keeps_its_histories(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", deck(*SIX)).unlink()
    write("a.md", deck(*SIX))
    take_in()
    (write("a.md", deck(*SIX))).unlink()
    mended = ("What bounds the decoding fase of a model?", DECODE[1])
    write("b.md", deck(BATCH, mended, CACHE, SKEW, DRIFT, QUEUE))
    report = take_in()
    assert (report.added, report.retired) == (0, 0)


def test_a_copy_elsewhere_is_new_while_the_original_is_edited(
    write: Write, take_in: TakeIn, collection: Collection
) -> None:
    write("a.md", deck(*SIX))
    take_in()
    original = uids(collection)[DECODE]
    mended = ("What bounds the decoding phase of a model?", DECODE[1])
    write("a.md", deck(BATCH, mended, CACHE, SKEW, DRIFT, QUEUE))
    write("b.md", deck(("What bounds the decoding phase?", "Bandwidth.")))
    take_in()
    assert uids(collection)[mended] == original


def test_a_decision_says_why_and_shows_both_texts(write: Write, take_in: TakeIn) -> None:
    write("a.md", deck(*SIX))
    take_in()
    write("a.md", deck(BATCH, ("What bounds the decoding fase?", DECODE[1]), *SIX[2:]))
    (decision,) = take_in().decisions
    assert decision.change is Change.UPDATED
    assert decision.reason is not None
    assert decision.reason.startswith("alike 0.")
    assert (decision.before, decision.before_back) == DECODE


def test_a_pair_that_is_nearly_sure_is_new_and_told_of(write: Write, take_in: TakeIn) -> None:
    write("a.md", deck(BATCH, ("What is 7 × 8?", "56"), CACHE))
    take_in()
    write("a.md", deck(BATCH, ("What is 7 × 9?", "63"), CACHE))
    report = take_in()
    assert (report.added, report.retired) == (1, 1)
    assert [doubt.before for doubt in report.doubtful] == [("What is 7 × 8?", "56")]


def test_two_short_questions_of_which_one_goes_and_one_comes_are_two(edit: Edit) -> None:
    old, new = ("Top?", "The first of a stack."), ("Seven?", "A prime.")
    assert new not in edit((BATCH, old, DECODE, CACHE), (BATCH, DECODE, CACHE, new))


def test_a_card_rewritten_that_is_far_ahead_of_every_other_needs_no_neighbour(edit: Edit) -> None:
    new = ("Which resource bounds decoding?", "Memory bandwidth at small batches.")
    carried = edit(SIX, (QUEUE, new, BATCH, SKEW, CACHE, DRIFT))
    assert carried[new] == DECODE


def moved(edit: Edit, old: Card, new: Card) -> Card | None:
    """Put a new card elsewhere in a deck whose order is another, where no neighbour speaks."""
    before, after = (BATCH, old, *SIX[2:]), (QUEUE, SKEW, new, DRIFT, CACHE, BATCH)
    return edit(before, after).get(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Pie menu of the view", "~"), ("Pie menu", "`~`")),
        (("Create a file", "<kbd>%</kbd>"), ("Create a new file", "`%`")),
        (("Cancel all changes", "__czz__"), ("Cancel changes", "**czz**")),
    ],
    ids=["code", "a key", "emphasis"],
)
def test_an_answer_marked_up_in_another_way_is_the_same_answer(
    edit: Edit, old: Card, new: Card
) -> None:
    assert moved(edit, old, new) == old


def test_a_question_whose_task_box_is_gone_is_the_same_question(edit: Edit) -> None:
    old, new = ("[x] stash the changes", "`czz`"), ("Stash the changes", "By the menu.")
    assert moved(edit, old, new) == old


def test_an_answer_of_a_sign_that_could_be_markup_is_an_answer(edit: Edit) -> None:
    old, new = ("Find the next match of a word", "`*`"), ("Find a next match of a word", "*")
    assert moved(edit, old, new) == old


def test_an_answer_that_many_cards_have_says_little_for_a_card(edit: Edit) -> None:
    asked = ("Is the union of two ideals closed?", "Does a queue shrink?", "May a probe fail?")
    common = tuple((front, "Yes, always, in every case.") for front in asked)
    old = ("Is an empty batch of requests sent?", common[0][1])
    new = ("Is every request of clients logged?", common[0][1])
    fresh = ("Who signs off a rollback?", "The engineer on call, alone.")
    assert new not in edit((BATCH, old, CACHE, *common), (BATCH, new, fresh, CACHE, *common))


def test_cards_that_are_more_like_one_nobody_touched_are_two_of_a_template(edit: Edit) -> None:
    old = ("Which type domain does `int` fall under?", "The real type domain.")
    new = ("Which type domain does `float complex` fall under?", "The complex type domain.")
    stays = ("Which type domain does `double complex` fall under?", "The complex type domain.")
    assert edit((BATCH, old, CACHE), (BATCH, new, CACHE))[new] == old
    assert new not in edit((BATCH, old, CACHE, stays), (BATCH, new, CACHE, stays))


def test_cards_in_a_row_that_become_one_leave_it_the_history_of_the_likest(edit: Edit) -> None:
    one, two = ("Interactive window list", "`w`"), ("Interactive session list", "`S`")
    whole = ("Interactive window/session list", "`w`, `S`")
    assert edit((BATCH, one, two, CACHE), (BATCH, whole, CACHE))[whole] in (one, two)


def test_an_answer_alone_does_not_speak_for_a_question_elsewhere(edit: Edit) -> None:
    old = ("Which of `select` or `poll` should be preferred?", "`poll`")
    new = ("Which C function should replace `select`?", "`poll`")
    assert moved(edit, old, new) is None


def test_the_further_a_card_is_ahead_the_less_alike_it_may_be(edit: Edit) -> None:
    old = ("[x] add/remove/list workspace folders", "`wa`, `wr`, `wl`; others have a menu.")
    new = ("Add/remove/list LSP workspace directories", "`wa`, `wr`, `wl`.")
    assert moved(edit, old, new) == old


def test_a_card_that_shares_only_turns_of_phrase_with_the_one_in_its_place_is_new(
    edit: Edit,
) -> None:
    old = ("What is the type of `x` in the following?", "`const int* const`")
    new = ("What is the effect of function decay?", "A function turns into a pointer to it.")
    assert new not in edit((BATCH, old, CACHE, SKEW), (BATCH, new, CACHE, SKEW))
