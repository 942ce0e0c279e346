"""Whose history a reworded card of a renamed file continues."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.edits import BATCH, CACHE, Card, deck, uids

from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport

Files = Mapping[str, tuple[Card, ...]]
Rename = Callable[[Files, Files], dict[Card, Card]]

OLD: Card = (
    "App Service redirects to the login but then fails?",
    "Look whether the callback address of the application is the one that was registered.",
)
NEW: Card = (
    "App Service redirects to the login (or to a form) but then fails?",
    OLD[1] + " Twice.",
)
PDA: Card = ("What is the codomain of the moves of a PDA?", "Sets of pairs of states and symbols.")
DPDA: Card = (
    "What is the codomain of the moves of a DPDA?",
    "A pair of state and symbol, or none.",
)


@pytest.fixture
def rename(
    write: Callable[[str, str], Path],
    take_in: Callable[..., ImportReport],
    collection: Collection,
) -> Rename:
    """Import some files, then others in their place; tell which card continues which."""

    def rename_files(before: Files, after: Files) -> dict[Card, Card]:
        paths = [write(name, deck(*cards)) for name, cards in before.items()]
        take_in()
        old = {uid: card for card, uid in uids(collection).items()}
        for path in paths:
            path.unlink()
        for name, cards in after.items():
            write(name, deck(*cards))
        take_in()
        return {card: old[uid] for card, uid in uids(collection).items() if uid in old}

    return rename_files


def test_the_card_of_a_renamed_file_keeps_its_history_though_reworded(rename: Rename) -> None:
    before = {"module_11/hints.md": (OLD,), "module_12/hints.md": (BATCH,)}
    after = {"module_11_security/hints.md": (NEW,), "module_12/hints.md": (BATCH,)}
    assert rename(before, after)[NEW] == OLD


def test_a_file_of_quite_another_name_is_another(rename: Rename) -> None:
    assert NEW not in rename({"module_11/hints.md": (OLD,)}, {"login.md": (NEW,)})


def test_a_file_whose_cards_went_elsewhere_was_not_renamed(rename: Rename) -> None:
    before = {"automata/pda.md": (CACHE, PDA), "b.md": (BATCH,)}
    after = {"automata/dpda.md": (DPDA,), "b.md": (BATCH, CACHE)}
    assert DPDA not in rename(before, after)


def test_of_two_files_that_may_have_been_renamed_the_likelier_was(rename: Rename) -> None:
    before = {"module_1/hints.md": (OLD,), "module_11/hints.md": (BATCH,)}
    after = {"module_11_security/hints.md": (NEW,)}
    assert NEW not in rename(before, after)
