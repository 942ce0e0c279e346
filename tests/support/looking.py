"""Looking into a collection as a test's last resort, where no public door shows a thing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from srs.practice.model import Asked
from srs.practice.review import ReviewSitting
from srs.schedule.model import Rating
from srs.store.collection import Collection


def rows(collection: Collection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with collection.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


def asked(sitting: ReviewSitting) -> Asked:
    card = sitting.asked
    assert card is not None, "nothing is asked"
    return card


def answer_all(sitting: ReviewSitting, rating: Rating = Rating.GOOD) -> int:
    """Answer every card that can be asked now with one rating; returns the number of answers."""
    before = sitting.progress().answered
    while sitting.asked is not None:
        sitting.answer(rating)
    return sitting.progress().answered - before
