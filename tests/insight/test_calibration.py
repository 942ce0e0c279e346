"""Predicted against observed recall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from srs.insight.calibration import log_loss, moving_average, wilson


def test_the_wilson_interval_is_that_computed_by_hand() -> None:
    """Eight of ten, z = 1.6449: (.8 + .1353 ± 1.6449·√(.016 + .00676)) / 1.2706."""
    assert wilson(8, 10) == pytest.approx((0.5408, 0.9314), abs=2e-4)
    assert wilson(10, 10) == pytest.approx((0.7870, 1.0), abs=2e-4)


@example(answers=30, share=1.0)
@example(answers=30, share=0.0)
@given(answers=st.integers(1, 5000), share=st.floats(0, 1))
def test_the_wilson_interval_holds_the_share_and_stays_a_share(answers: int, share: float) -> None:
    right = round(answers * share)
    low, high = wilson(right, answers)
    assert 0 <= low <= right / answers <= high <= 1


def test_the_log_loss_of_a_right_and_of_a_wrong_answer_at_nine_in_ten() -> None:
    assert log_loss(np.array([0.9, 0.9]), np.array([True, False])) == pytest.approx(
        [0.10536, 2.30259], abs=1e-5
    )


def test_the_moving_average_knows_only_answers_before() -> None:
    """Nine of ten to begin with; then (9 + 0) / 11, (9 + 1) / 12, and of the last two again."""
    right = np.array([False, True, False, True])
    assert moving_average(right, window=2) == pytest.approx([0.9, 9 / 11, 10 / 12, 10 / 12])
