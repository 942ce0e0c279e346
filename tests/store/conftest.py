"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.edits import Card, Edit, deck, uids

from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport


@pytest.fixture
def edit(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
) -> Edit:
    """Import one deck, then another in its place; tell which old card each new one continues."""

    def edit_deck(before: tuple[Card, ...], after: tuple[Card, ...]) -> dict[Card, Card]:
        write("a.md", deck(*before))
        take_in()
        old = {uid: card for card, uid in uids(collection).items()}
        write("a.md", deck(*after))
        take_in()
        assert take_in().changes == 0
        return {card: old[uid] for card, uid in uids(collection).items() if uid in old}

    return edit_deck
