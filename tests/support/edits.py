"""Decks that are edited, and which card then has whose history."""

from __future__ import annotations

from collections.abc import Callable

from support.looking import rows

from srs.store.collection import Collection

Card = tuple[str, str]
Edit = Callable[[tuple[Card, ...], tuple[Card, ...]], dict[Card, Card]]

BATCH: Card = ("What does a larger batch trade?", "Latency of one request for throughput of all.")
DECODE: Card = ("What bounds the decoding phase?", "Memory bandwidth, at small batches.")
CACHE: Card = ("Why does a KV cache need paging?", "Contiguous blocks leave memory fragmented.")
SKEW: Card = ("How is training-serving skew found?", "Log served features, compare them offline.")
DRIFT: Card = ("Which test shows drift of a category?", "A chi-squared test on its counts.")
QUEUE: Card = ("When does a queue grow without end?", "When arrivals exceed the service rate.")
SIX = (BATCH, DECODE, CACHE, SKEW, DRIFT, QUEUE)


def deck(*cards: Card) -> str:
    """Return a deck of cards as text."""
    return "".join(f"Q: {front}\nA: {back}\n\n" for front, back in cards)


def uids(collection: Collection) -> dict[Card, bytes]:
    """Return what each living card is known by."""
    found = rows(
        collection,
        "SELECT n.front, n.back, c.uid FROM card c JOIN note n ON n.id = c.note_id"
        " WHERE NOT c.retired",
    )
    return {(front, back): uid for front, back, uid in found}
