"""What asking a card today is worth, when it may be asked again until the date."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.schedule.lookahead import Lookahead
from srs.schedule.memory import DEFAULT_WEIGHTS, next_memory, retrievability
from srs.schedule.memory_arrays import Memories
from srs.schedule.model import Rating
from srs.schedule.observed import shifted

W = DEFAULT_WEIGHTS
Memory = tuple[float, float]
# The grid's error, in recalled cards.
NEAR = 0.012


def worth(
    memory: Memory, elapsed: int, left: int, price: float = 0.05, offset: float = 0.0
) -> float:
    """Return what one card's review is worth so many days before the date."""
    memories = Memories(*(np.array([value]) for value in memory))
    ahead = Lookahead(W, left, lambda _: price)
    return float(ahead.worth(memories, np.array([elapsed]), left, np.array([offset]))[0])


def after_a_review(memory: Memory, elapsed: int) -> tuple[Memory, Memory]:
    """Return the memories of a card that was recalled and of one that was not."""
    again = next_memory(memory, Rating.AGAIN, elapsed, W)
    return next_memory(memory, Rating.GOOD, elapsed, W), next_memory(again, Rating.GOOD, 0, W)


def played(memory: Memory, elapsed: int, left: int, price: float) -> float:
    """Return the recall on the date less all prices, when every day decides at its best."""
    if left == 0:
        return retrievability(memory[0], elapsed, W)
    waited = played(memory, elapsed + 1, left - 1, price)
    return max(waited, asked(memory, elapsed, left, price) - price)


def asked(memory: Memory, elapsed: int, left: int, price: float) -> float:
    """Return the same after a review now, whose price is not taken off."""
    recall = retrievability(memory[0], elapsed, W)
    recalled, forgotten = after_a_review(memory, elapsed)
    return recall * played(recalled, 1, left - 1, price) + (1 - recall) * played(
        forgotten, 1, left - 1, price
    )


def test_on_the_eve_it_is_what_the_review_adds_to_the_recall_on_the_date() -> None:
    # by py-fsrs S 10, D 5 becomes S 32.03 by Good and 1.431 by Again and Good after ten days; on
    # the next day these recall .9955 and .9225, the card left alone .8925 (offset 0)
    assert worth((10.0, 5.0), 10, 1) == pytest.approx(
        0.9 * 0.9955 + 0.1 * 0.9225 - 0.8925, abs=NEAR
    )


@pytest.mark.parametrize("memory", [(0.4, 8.0), (2.0, 5.5), (9.0, 5.5), (60.0, 3.0)])
@pytest.mark.parametrize("price", [0.0, 0.03, 0.2])
@pytest.mark.parametrize("left", [1, 2, 4])
def test_it_is_the_difference_that_playing_every_day_out_gives(
    memory: Memory, price: float, left: int
) -> None:
    waited = played(memory, 4, left - 1, price)
    expected = asked(memory, 3, left, price) - waited
    assert worth(memory, 3, left, price) == pytest.approx(expected, abs=NEAR)


def test_what_can_be_asked_on_the_eve_is_worth_little_before() -> None:
    fleeting = (0.3, 8.0)
    assert worth(fleeting, 8, 9, price=0.01) < 0.05
    assert worth(fleeting, 8, 1, price=0.01) > 0.2


def test_the_dearer_a_later_review_the_more_is_one_now_worth() -> None:
    cheap, dear = (worth((3.0, 6.0), 5, 6, price) for price in (0.01, 0.2))
    assert dear > cheap + 0.03


def test_a_topic_that_is_forgotten_more_often_is_worth_more_on_the_eve() -> None:
    recall = shifted(retrievability(20.0, 10, W), -1.5)
    recalled, forgotten = (
        shifted(retrievability(s, 1, W), -1.5) for s, _ in after_a_review((20.0, 5.0), 10)
    )
    left_alone = shifted(retrievability(20.0, 11, W), -1.5)
    expected = recall * recalled + (1 - recall) * forgotten - left_alone
    assert worth((20.0, 5.0), 10, 1, offset=-1.5) == pytest.approx(expected, abs=NEAR)
    assert expected > worth((20.0, 5.0), 10, 1)


def test_many_cards_are_weighed_at_once_as_each_is_alone() -> None:
    ahead = Lookahead(W, 30, lambda left: 0.01 + 0.1 / left)
    memories = Memories(np.array([0.01, 2.0, 9000.0]), np.array([9.0, 5.0, 1.0]))
    elapsed, offset = np.array([1, 30, 4000]), np.array([-5.0, 0.3, 5.0])
    for left in (1, 7, 30):
        at_once = ahead.worth(memories, elapsed, left, offset)
        each = [
            ahead.worth(Memories(*(c[[n]] for c in memories)), elapsed[[n]], left, offset[[n]])[0]
            for n in range(3)
        ]
        assert at_once == pytest.approx(each)


@settings(max_examples=40, deadline=None)
@given(
    stability=st.floats(0.001, 36500),
    difficulty=st.floats(1, 10),
    elapsed=st.integers(1, 20_000),
    left=st.integers(1, 366),
    price=st.floats(0, 1),
    offset=st.floats(-9, 9),
)
def test_it_is_never_more_than_a_whole_card(
    stability: float, difficulty: float, elapsed: int, left: int, price: float, offset: float
) -> None:
    assert -1 <= worth((stability, difficulty), elapsed, left, price, offset) <= 1
