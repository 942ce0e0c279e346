"""Decks of one template: however they are edited, notes and histories stay one to one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srs.deck.model import Kind
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, StoredNote, match

Card = tuple[str, str]

WORDS = ("batch", "queue", "cache", "shard", "drift", "skew", "index", "replica", "probe", "quota")


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[Card], list[tuple[Card, Card | None]]]:
    """Draw a deck and its edited form, each new card beside the old one it is, or None."""
    numbers = draw(st.lists(st.integers(0, 999), min_size=3, max_size=12, unique=True))
    cards = [
        (
            f"Why does the {WORDS[n % 10]} of {WORDS[n // 10 % 10]} meet {WORDS[n // 100]}?",
            f"Since {WORDS[n // 100]} and {WORDS[n % 10]} share a {WORDS[n // 10 % 10]}.",
        )
        for n in numbers
    ]
    after: list[tuple[Card, Card | None]] = []
    for card in cards:
        front, back = card
        match draw(st.sampled_from(["keep", "typo", "answer", "drop", "duplicate", "other"])):
            case "keep":
                after.append((card, card))
            case "typo":
                after.append(((front.replace("does", "dose"), back), card))
            case "answer":
                after.append(((front, back + " So it is."), card))
            case "duplicate":
                after += [(card, card), ((front, "Nobody knows as yet."), card)]
            case "other":
                after.append(((f"{len(after)} zebras ran where", "Across mud!"), None))
    return cards, draw(st.permutations(after)) if draw(st.booleans()) else after


def noted(cards: list[Card]) -> tuple[list[StoredNote], list[IncomingNote]]:
    old = [
        StoredNote(i, "a", Kind.BASIC, None, repr(c).encode(), c[0].encode(), False, Text(*c))
        for i, c in enumerate(cards)
    ]
    new = [
        IncomingNote("a", Kind.BASIC, None, repr(c).encode(), c[0].encode(), Text(*c))
        for c in cards
    ]
    return old, new


@given(edits())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_histories_stay_one_to_one_whatever_the_edits(
    edited: tuple[list[Card], list[tuple[Card, Card | None]]],
) -> None:
    before, after = edited
    stored, _ = noted(before)
    _, incoming = noted([card for card, _ in after])
    pairs = match(stored, incoming).pairs
    assert len(set(pairs.values())) == len(pairs)
    for position, (card, truth) in enumerate(after):
        if card in before:
            assert position not in pairs or before[pairs[position]] == card
        if truth is None:
            assert position not in pairs
    again, _ = noted([card for card, _ in after])
    assert match(again, incoming).pairs.keys() == set(range(len(after)))
