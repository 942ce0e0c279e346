"""What stays of a card that was written anew: its question, or most of what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.edits import BATCH, CACHE, DECODE, DRIFT, QUEUE, SIX, SKEW, Card, Edit, deck, uids

from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport

OPENS: Card = (
    "How do you find drift in production? Give an example.\n\nA model of credit ran for half a"
    " year, then approvals rose and nobody watched the distributions.",
    "At three levels. Compute an index of stability for each feature, every day, against the"
    " values of training; watch what is predicted; wait for labels and measure.",
)
ANEW: Card = (
    "How do you find drift in production?\n\n**Context:** new customers of another kind.",
    "Watch features, predictions, labels.",
)


def moved(edit: Edit, old: Card, new: Card, *others: Card) -> Card | None:
    """Put a new card elsewhere in a deck whose order is another, where no neighbour speaks."""
    before, after = (
        (BATCH, old, *SIX[2:], *others),
        (QUEUE, SKEW, new, DRIFT, CACHE, BATCH, *others),
    )
    return edit(before, after).get(new)


def test_the_sentence_that_opens_a_question_names_it(edit: Edit) -> None:
    assert moved(edit, OPENS, ANEW) == OPENS


def test_a_sentence_that_opens_another_question_too_names_none(edit: Edit) -> None:
    stays = ("How do you find drift in production? Name a library.", "Evidently, for one.")
    assert moved(edit, OPENS, ANEW, stays) is None


@pytest.mark.parametrize(
    "new",
    [
        (ANEW[0], "Quota."),
        ("How do you find drift in production? Who is paged for it at night?", ANEW[1]),
    ],
    ids=["another answer", "a second question"],
)
def test_a_sentence_that_opens_does_not_speak_for_the_rest(edit: Edit, new: Card) -> None:
    asks_on = (OPENS[0].replace("Give an example.", "Which index is computed?"), OPENS[1])
    assert moved(edit, asks_on, new) is None


def test_what_ends_in_an_abbreviation_is_no_sentence_that_opens(edit: Edit) -> None:
    old = ("Say when you would choose batches vs. single requests for a report", DECODE[1])
    new = ("Say when you would choose batches vs. a stream of events", "Memory of rows, or none.")
    assert moved(edit, old, new) is None


def test_a_sentence_about_code_that_follows_names_no_question(edit: Edit) -> None:
    old = ("What does the following code print?\n\n```py\nprint(len(queue))\n```", "Three items.")
    new = ("What does the following code print?\n\n```py\nbatch.sort()\n```", "Nothing; no items.")
    assert moved(edit, old, new) is None


CHOICE = (
    "Which test shows that a feature has drifted? - A. A test of units - B. A test of two samples"
)
EXPLAINED = "**Explanation:** Two samples are compared, one of training and one of last week."


def test_a_question_cut_to_what_it_began_with_is_the_same(edit: Edit) -> None:
    old, new = (f"{CHOICE} {EXPLAINED}", "B"), (CHOICE, EXPLAINED)
    assert moved(edit, old, new) == old


def test_a_beginning_that_two_questions_share_is_neither(edit: Edit) -> None:
    old, other = (f"{CHOICE} {EXPLAINED}", "B"), (f"{CHOICE} - C. A test of load", "Two of three.")
    new = (CHOICE, "Unsaid.")
    before, after = (BATCH, old, other, *SIX[2:]), (QUEUE, SKEW, new, DRIFT, CACHE, BATCH)
    assert edit(before, after).get(new) is None


@pytest.mark.parametrize(
    ("answer", "carried"),
    [("A function that keeps the scope it was made in.", True), ("Closed sums stay in it.", False)],
    ids=["and much of its answer", "but not its answer"],
)
def test_a_short_question_that_goes_on_keeps_its_history(
    edit: Edit, answer: str, carried: bool
) -> None:
    old = ("What is a closure?", "A function with the scope it was made in.")
    new = ("What is a closure? Show one in code, say where it is of use and what it costs.", answer)
    assert (moved(edit, old, new) == old) is carried


LONG = "Each transformation is natural: its components are morphisms that commute with both."


@pytest.mark.parametrize("added", ["", " So is its inverse."], ids=["as it was", "with an end"])
def test_a_long_answer_that_only_one_card_has_names_it(edit: Edit, added: str) -> None:
    old, new = ("Natural transformation", LONG), ("Def", LONG + added)
    assert moved(edit, old, new) == old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Natural transformation", "Its components commute."), ("Def", "Its components commute.")),
        (
            ("Natural transformation", f"{LONG} {'It has parts, each of them so. ' * 5}"),
            ("Def", LONG),
        ),
        (("Functor", f"A map of categories. What is natural? {LONG}"), ("What is natural?", LONG)),
    ],
    ids=["a short one", "a part of a longer one", "one that another had swallowed"],
)
def test_an_answer_names_no_card_if_others_may_have_it(edit: Edit, old: Card, new: Card) -> None:
    assert moved(edit, old, new) is None


def test_a_long_answer_that_two_cards_have_names_neither(edit: Edit) -> None:
    assert moved(edit, ("Natural transformation", LONG), ("Def", LONG), ("Lemma", LONG)) is None


WRITTEN: tuple[Card, ...] = (
    ("What do you understand by an index of a table?", "It gives a quick way to rows on a disk."),
    ("Which kinds of locks are there in a database?", "Shared ones for reads, and exclusive ones."),
    ("How many levels of isolation does one choose from?", "Four, from dirty reads upwards."),
    ("Why are views made for the users of tables?", "They hide columns that nobody may see."),
    ("When is a cursor opened by the engine?", "Whenever rows are fetched one after another."),
)
WRITTEN_ANEW: tuple[Card, ...] = (
    ("Define an index of a table.", "Pages sorted by key; a lookup touches few rows of it."),
    ("Name the kinds of locks.", "An update lock too, beside shared; intents are taken above."),
    ("List the levels of isolation.", "Read committed is what most choose; dirty reads are rare."),
    ("Are views of tables stored?", "No: a query is stored, whose columns are computed."),
    ("Is a cursor opened at all?", "Sets are faster by far than rows fetched in a walk."),
)


def test_a_deck_written_anew_in_order_keeps_its_histories(edit: Edit) -> None:
    carried = edit(WRITTEN, WRITTEN_ANEW)
    assert carried == dict(zip(WRITTEN_ANEW, WRITTEN, strict=True))


def test_a_deck_written_anew_in_another_order_has_new_cards(edit: Edit) -> None:
    assert edit(WRITTEN, WRITTEN_ANEW[::-1]) == {}


def test_a_few_cards_written_anew_in_a_deck_that_stayed_are_new(edit: Edit) -> None:
    stay = (DECODE, SKEW, DRIFT, QUEUE)
    before, after = (*WRITTEN[:3], *stay), (*stay, *WRITTEN_ANEW[:3])
    assert not edit(before, after).keys() & set(WRITTEN_ANEW)


def test_of_a_deck_written_anew_a_card_with_two_that_are_alike_is_new(edit: Edit) -> None:
    twin = ("What do you know of an index of a table?", "A way to rows on a disk that is quick.")
    carried = edit((WRITTEN[0], twin, *WRITTEN[1:]), WRITTEN_ANEW)
    assert carried == dict(zip(WRITTEN_ANEW[1:], WRITTEN[1:], strict=True))


def test_other_cards_in_the_place_of_a_whole_deck_are_new(edit: Edit) -> None:
    assert edit(WRITTEN, SIX[:5]) == {}


GO: tuple[Card, ...] = (
    ("What is a goroutine?", "A light thread of the Go runtime; it starts with a small stack."),
    ("How does the Go scheduler work?", "It runs goroutines on few threads, which steal work."),
    ("What are channels used for?", "They pass values between goroutines and keep step."),
    ("When would you use a mutex?", "When several goroutines share state; channels are clumsy."),
    ("How do you stop a goroutine?", "Close a channel or cancel its context, which it watches."),
    ("Why should errors be wrapped?", "So that a caller can test for the cause of one."),
)
JAVA: tuple[Card, ...] = (
    ("What is a lambda?", "A function without a name, which can be passed as a value."),
    ("How does the garbage collector work?", "It marks what roots reach and frees the rest."),
    ("What are generics used for?", "They let classes take types that the compiler checks."),
    ("When would you use a thread pool?", "When many short tasks come in; starting one is slow."),
    ("How do you stop a thread?", "Interrupt it; its code has to look at the flag and return."),
    ("Why should streams be closed?", "So that file handles are given back after a failure."),
)


def test_other_topics_asked_in_the_same_manner_are_new(edit: Edit) -> None:
    assert edit(GO, JAVA) == {}


def test_of_a_deck_written_anew_another_question_in_its_place_is_new(edit: Edit) -> None:
    other = ("Say what a join costs.", "Rows of a disk are read in a quick way twice over.")
    carried = edit(WRITTEN, (other, *WRITTEN_ANEW[1:]))
    assert carried == dict(zip(WRITTEN_ANEW[1:], WRITTEN[1:], strict=True))


def test_a_deck_written_anew_in_another_file_has_new_cards(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
) -> None:
    old_file = write("old.md", deck(*WRITTEN, BATCH))
    take_in()
    before = set(uids(collection).values())
    old_file.unlink()
    write("new.md", deck(BATCH, *WRITTEN_ANEW))
    take_in()
    assert not before & {uid for card, uid in uids(collection).items() if card in WRITTEN_ANEW}
