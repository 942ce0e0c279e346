import pytest

from srs.schedule.leech import becomes_leech


@pytest.mark.parametrize(
    ("threshold", "lapses"),
    [(8, [8, 12, 16, 20]), (5, [5, 8, 11, 14, 17, 20]), (1, list(range(1, 21)))],
)
def test_a_card_is_a_leech_at_the_threshold_and_every_half_threshold_after(
    threshold: int, lapses: list[int]
) -> None:
    assert [n for n in range(21) if becomes_leech(n, threshold)] == lapses
