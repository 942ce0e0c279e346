import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from srs.schedule.backlog import ORDER_SQL, order_key
from srs.schedule.model import CardState, State

TODAY = 20_000
REVIEWS = st.lists(
    st.builds(
        CardState,
        state=st.just(State.REVIEW),
        stability=st.floats(0.001, 40_000),
        difficulty=st.floats(1, 10),
        fsrs_day=st.integers(TODAY - 900, TODAY),
        due_day=st.integers(TODAY - 400, TODAY),
    ),
    min_size=2,
    max_size=30,
)


def in_review(*, overdue: int, stability: float) -> CardState:
    return CardState(state=State.REVIEW, stability=stability, due_day=TODAY - overdue)


@given(cards=REVIEWS)
def test_the_database_orders_reviews_as_the_key_does(cards: list[CardState]) -> None:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE card (id INTEGER, fsrs_day INTEGER, due_day INTEGER, stability REAL)"
    )
    database.executemany(
        "INSERT INTO card VALUES (?, ?, ?, ?)",
        [(i, card.fsrs_day, card.due_day, card.stability) for i, card in enumerate(cards)],
    )
    rows = database.execute(
        f"SELECT id, {ORDER_SQL} FROM card ORDER BY {ORDER_SQL}, id", {"study_day": TODAY}
    ).fetchall()
    database.close()
    keys = [order_key(card, TODAY) for card in cards]
    assert rows == sorted(enumerate(keys), key=lambda row: (row[1], row[0]))


def test_of_equal_intervals_the_longest_overdue_comes_first() -> None:
    late, later = in_review(overdue=2, stability=10), in_review(overdue=9, stability=10)
    assert order_key(later, TODAY) < order_key(late, TODAY)


def test_of_equally_overdue_cards_the_shorter_interval_comes_first() -> None:
    short, long = in_review(overdue=5, stability=3), in_review(overdue=5, stability=300)
    assert order_key(short, TODAY) < order_key(long, TODAY)


def test_a_card_due_today_comes_after_every_overdue_one() -> None:
    assert order_key(in_review(overdue=1, stability=5000), TODAY) < order_key(
        in_review(overdue=0, stability=0.1), TODAY
    )


def test_the_order_lies_between_due_order_and_overdue_share() -> None:
    # due order would ask the second first
    assert order_key(in_review(overdue=8, stability=2), TODAY) < order_key(
        in_review(overdue=20, stability=100), TODAY
    )
    # the overdue share would ask the second first
    assert order_key(in_review(overdue=10, stability=30), TODAY) < order_key(
        in_review(overdue=1, stability=0.5), TODAY
    )
