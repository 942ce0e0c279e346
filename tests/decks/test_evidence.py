"""What each bundled card was checked against, and how the kinds of cards are mixed.

`evidence/DECK.tsv` has at least one row a card: a piece of its front, its kind, the address that
was opened and read, and what it shows. A card whose answer is worked out says `computed`, and the
table of `figures.py` recomputes it; one that follows from its front says `reasoned`.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from decks.figures import FIGURES
from decks.test_bundled_decks import ASKED, DECKS

from srs.deck.model import Note
from srs.deck.reader import read_deck

EVIDENCE = Path(__file__).parent / "evidence"
KINDS = {"fact", "discrimination", "diagnosis", "trade-off", "arithmetic"}
NOT_OPENED = {"computed", "reasoned"}
# The shares a deck for interviews should have of each kind; the rest is stories and designs.
MIX = {
    "fact": 0.35,
    "discrimination": 0.20,
    "diagnosis": 0.15,
    "trade-off": 0.12,
    "arithmetic": 0.10,
}
NEAR = 0.04


def asked(path: Path) -> list[Note]:
    """Return the notes of a deck that ask for an answer to be recalled."""
    deck = read_deck(path.read_text(encoding="utf-8"), path.name).deck
    return [note for note in deck.notes if note.kind in ASKED] if deck else []


@cache
def rows(stem: str) -> list[dict[str, str]]:
    """Return the rows of evidence for a deck."""
    path = EVIDENCE / f"{stem}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


WITH_CARDS = [path for path in DECKS if asked(path)]
by_deck = pytest.mark.parametrize("path", WITH_CARDS, ids=lambda path: path.stem)


@by_deck
def test_every_card_was_checked_and_every_row_names_one_card(path: Path) -> None:
    fronts = [note.front for note in asked(path)]
    named = set()
    for row in rows(path.stem):
        matching = [front for front in fronts if row["front"] in front]
        assert len(matching) == 1, row["front"]
        named.update(matching)
    assert [front for front in fronts if front not in named] == []


@by_deck
def test_what_is_said_to_be_computed_is(path: Path) -> None:
    computed = [row["front"] for row in rows(path.stem) if row["read"] == "computed"]
    figured = [figure.front for figure in FIGURES if figure.deck == path.stem]
    cards = [note.front for note in asked(path) if any(piece in note.front for piece in computed)]
    assert [front for front in cards if not any(piece in front for piece in figured)] == []


@by_deck
def test_a_row_says_where_it_was_read_and_what_that_shows(path: Path) -> None:
    for row in rows(path.stem):
        assert row["kind"] in KINDS, row
        assert row["read"] in NOT_OPENED or row["read"].startswith("https://"), row
        assert row["shows"].strip(), row


def test_the_kinds_are_mixed_as_an_interview_mixes_them() -> None:
    recalled = [path for path in WITH_CARDS if path.stem != "stories"]
    kinds = {(path.stem, row["front"]): row["kind"] for path in recalled for row in rows(path.stem)}
    names = [path for path in DECKS if path.stem in ("stories", "designs")]
    decks = [read_deck(path.read_text(encoding="utf-8"), path.name).deck for path in names]
    counted = Counter(kinds.values())
    every = sum(counted.values()) + sum(len(deck.notes) for deck in decks if deck)
    for kind, share in MIX.items():
        assert abs(counted[kind] / every - share) <= NEAR, (kind, counted[kind], every)
