"""Beginning a mock interview, and going on with one that was cut off."""

from __future__ import annotations

from srs.errors import SrsError
from srs.practice.mock import MockInterview
from srs.practice.mock_plan import DEFAULT_MINUTES, MockKind, plan_mock
from srs.store import mocks
from srs.store.collection import Collection


def begin(
    collection: Collection,
    *,
    minutes: float = DEFAULT_MINUTES,
    kind: MockKind = MockKind.MIXED,
    company: str | None = None,
) -> MockInterview:
    """Draw a mock interview and begin it. Raises SrsError when there is nothing to draw from."""
    company = company or collection.settings.company
    seed = collection.new_seed()
    with collection.reading_sql() as execute:
        before = mocks.mocks(execute)
    asked = {item.card_uid for mock in before[:1] for item in mock.plan}
    plan = plan_mock(collection, seed, minutes, kind, company, asked)
    uid = mocks.record_plan(
        collection, plan, seed=seed, minutes=minutes, kind=kind.value, company=company
    )
    return MockInterview(collection, mocks.stored_mock(collection, uid))


def resume(collection: Collection) -> MockInterview:
    """Go on with the newest mock interview if it was cut off. Raises SrsError if it was not."""
    with collection.reading_sql() as execute:
        newest = mocks.mocks(execute)[:1]
    if not newest or newest[0].ended:
        raise SrsError("No mock interview was cut off; srs mock begins one.")
    return MockInterview(collection, newest[0])
