"""Whatever is done to a folder of decks, every history stays with its card and with no other."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import ManualClock
from support.looking import rows

from srs.store.collection import Collection
from srs.store.ingest.run import import_paths

Card = tuple[str, str]
Folder = dict[str, list[tuple[int | None, Card]]]
"""The cards of each file, in order, each with the number of the first card it continues."""

CARDS: tuple[Card, ...] = (
    ("What does a larger batch trade?", "Latency of one request for throughput of all."),
    ("What bounds the decoding phase?", "Memory bandwidth, at small batches."),
    ("Why does a KV cache need paging?", "Contiguous blocks leave memory fragmented."),
    ("How is training-serving skew found?", "Log served features, compare them offline."),
    ("Which test shows drift of a category?", "A chi-squared test on its counts."),
    ("When does a queue grow without end?", "When arrivals exceed the service rate."),
    ("Who may roll a release back?", "The engineer on call, without asking."),
    ("What is a feature store for?", "The same values offline and online."),
    ("Why quantise weights to four bits?", "A quarter of the bytes to move per token."),
    ("Where does speculative sampling save time?", "Several drafts verified in one pass."),
    ("Which metric suits rare positives?", "The area under precision and recall."),
    ("How do replicas share a prefix?", "They route by its hash."),
)
TYPOS = {"what": "waht", "why": "wyh", "how": "hwo", "which": "whcih", "when": "wehn"}
EDITS = ("keep", "keep", "typo", "answer", "drop", "duplicate front", "move", "new")


def misspelt(card: Card) -> Card:
    front, back = card
    first, _, rest = front.partition(" ")
    typo = TYPOS.get(first.casefold())
    return (f"{typo.capitalize()} {rest}" if typo else f"{front[:-2]}?", back)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Folder, Folder, set[int]]:
    """Draw a folder, what it becomes, and the numbers of the cards with a typo or a new answer."""
    numbers = draw(st.permutations(range(len(CARDS))))
    cut = draw(st.integers(1, len(CARDS) - 1))
    before: Folder = {
        "a.md": [(number, CARDS[number]) for number in numbers[:cut]],
        "b.md": [(number, CARDS[number]) for number in numbers[cut:]],
    }
    after: Folder = {name: [] for name in before}
    edited: set[int] = set()
    for name, cards in before.items():
        for number, card in cards:
            assert number is not None
            front, back = card
            other = "b.md" if name == "a.md" else "a.md"
            match draw(st.sampled_from(EDITS)):
                case "keep":
                    after[name].append((number, card))
                case "typo":
                    edited.add(number)
                    after[name].append((number, misspelt(card)))
                case "answer":
                    edited.add(number)
                    said = draw(st.sampled_from([f"{back} So it is.", "As the handbook says."]))
                    after[name].append((number, (front, said)))
                case "duplicate front":
                    after[name] += [(number, card), (None, (front, "Nobody knows as yet."))]
                case "move":
                    after[other].append((number, card))
                case "new":
                    zebras = (f"Do {len(after[name])} zebras of {name} run?", "Across the mud.")
                    after[name] += [(number, card), (None, zebras)]
    if draw(st.booleans()):
        after = {name: list(draw(st.permutations(cards))) for name, cards in after.items()}
    match draw(st.sampled_from(["as it is", "rename", "merge", "split"])):
        case "rename":
            after["c.md"] = after.pop("a.md")
        case "merge":
            after["a.md"] += after.pop("b.md")
        case "split":
            half = len(after["a.md"]) // 2
            after["a.md"], after["c.md"] = after["a.md"][:half], after["a.md"][half:]
    return before, {name: cards for name, cards in after.items() if cards}, edited


@contextmanager
def workplace() -> Iterator[tuple[Collection, Path]]:
    with TemporaryDirectory() as home:
        decks = Path(home) / "decks"
        decks.mkdir()
        clock = ManualClock("2026-11-24T09:00", "Europe/Berlin")
        path = Path(home) / "collection.db"
        with Collection.open(path, clock=clock, chance=random.Random(1)) as collection:
            yield collection, decks


def write(decks: Path, folder: Folder) -> None:
    for path in decks.glob("*.md"):
        path.unlink()
    for name, cards in folder.items():
        text = "".join(f"Q: {front}\nA: {back}\n\n" for _, (front, back) in cards)
        (decks / name).write_text(f"---\ndeck: {Path(name).stem}\n---\n{text}", encoding="utf-8")


def living(collection: Collection) -> list[tuple[Card, bytes]]:
    found = rows(
        collection,
        "SELECT n.front, n.back, c.uid FROM card c JOIN note n ON n.id = c.note_id"
        " WHERE NOT c.retired",
    )
    return [((front, back), uid) for front, back, uid in found]


@given(changes())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_histories_keep_to_their_cards_whatever_becomes_of_a_folder(
    change: tuple[Folder, Folder, set[int]],
) -> None:
    before, after, edited = change
    with workplace() as (collection, decks):
        write(decks, before)
        import_paths(collection, [decks])
        old = living(collection)
        history = {CARDS.index(card): uid for card, uid in old}
        write(decks, after)
        report = import_paths(collection, [decks])
        if not after:
            assert living(collection) == old
            return
        new = living(collection)

        texts = [card for cards in after.values() for _, card in cards]
        assert Counter(card for card, _ in new) == Counter(texts)
        assert len({uid for _, uid in new}) == len(new)

        owner = {uid: card for card, uid in new}
        for card, uid in old:
            if card in texts:
                assert owner[uid] == card
        for cards in after.values():
            for number, card in cards:
                if number in edited:
                    assert owner.get(history[number]) == card
                if number is None:
                    assert card not in {owner.get(uid) for uid in history.values()}

        kept = len(owner.keys() & set(history.values()))
        there = report.added + report.updated + report.moved + report.revived + report.unchanged
        assert there == len(new)
        assert report.retired == len(old) - kept
        assert report.added == len(new) - kept
        assert import_paths(collection, [decks]).changes == 0
