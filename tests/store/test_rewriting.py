"""What stays of a card that was written anew: its question, or most of what it says."""

from __future__ import annotations

import pytest
from support.edits import BATCH, CACHE, DECODE, DRIFT, QUEUE, SIX, SKEW, Card, Edit

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
