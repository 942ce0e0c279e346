"""Commits of a deck, one after the other, into a collection in which every card has reviews.

The collection is kept in memory: what lives, and what was retired and can come back. As in a real
import only the decks that a commit touches take part.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bench.identity_sources import Card, Snapshot

from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, StoredNote, match


@dataclass(frozen=True, slots=True)
class Stress:
    """How a history is made harder than it was.

    `squash` commits count as one. Of the notes that take part, a share `drop` is taken away before
    a commit and another after it, so that notes vanish and appear beside those that were edited.
    `shuffle` puts the notes of each file into any order.
    """

    squash: int = 1
    drop: float = 0.0
    shuffle: bool = False

    @property
    def is_random(self) -> bool:
        """Whether a commit is no longer what was in the repository."""
        return bool(self.drop) or self.shuffle


@dataclass(frozen=True, slots=True)
class Pair:
    """What the matcher decided about a note that is not word for word an old one."""

    commit: str
    verdict: str
    reason: str | None
    old: Card | None
    new: Card


@dataclass(slots=True)
class Tally:
    """What became of edited notes, in all and by the kind of the edit."""

    edited: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)
    by_hash: Counter[str] = field(default_factory=Counter)
    by_front: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    judged: int = 0
    wrong: int = 0
    doubtful: int = 0
    doubtful_right: int = 0
    unchanged_lost: int = 0
    pairs: list[Pair] = field(default_factory=list)
    asked: list[Pair] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another commit's."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def lost(self) -> int:
        """Edited notes that began anew, or got another's history."""
        return self.edited.total() - self.carried.total()


@dataclass(slots=True)
class Collection:
    """The notes of every file as they were last read, and the retired ones of each deck."""

    files: Snapshot = field(default_factory=dict)
    retired: dict[str, dict[bytes, Card]] = field(default_factory=lambda: defaultdict(dict))

    def of_decks(self, decks: set[str]) -> list[Card]:
        """Return the living notes of decks, in file order."""
        return [
            card for _, cards in sorted(self.files.items()) for card in cards if card.deck in decks
        ]


def replay(
    commits: Iterable[tuple[str, Snapshot]], stress: Stress, seed: int = 1
) -> Iterator[tuple[str, int, Tally]]:
    """Yield each commit, the count of notes after it, and what became of those it edited."""
    chance = random.Random(seed)
    collection = Collection()
    for commit, changed in _squashed(commits, stress.squash):
        decks = {card.deck for cards in changed.values() for card in cards}
        decks |= {card.deck for name in changed for card in collection.files.get(name, ())}
        before = collection.of_decks(decks)
        for name, cards in changed.items():
            collection.files[name] = cards
        after = collection.of_decks(decks)
        retired = [card for deck in sorted(decks) for card in collection.retired[deck].values()]
        if stress.is_random:
            before, after, retired = _harder(before, chance, stress), after, []
            after = _harder(after, chance, stress, shuffle=True)
        if not before:
            continue
        tally, kept = judge(commit, before, retired, after)
        if not stress.is_random:
            _retire(collection, before, retired, after, kept)
        yield commit, sum(map(len, collection.files.values())), tally


def judge(
    commit: str, before: Sequence[Card], retired: Sequence[Card], after: Sequence[Card]
) -> tuple[Tally, set[int]]:
    """Match what was with what is, and hold it against the ids; return what of before is kept.

    A position in `kept` from len(before) on is one of the retired.
    """
    stored = [
        StoredNote(
            i,
            c.deck,
            c.kind,
            None,
            c.text_hash,
            c.front_hash,
            i >= len(before),
            Text(c.front, c.back),
        )
        for i, c in enumerate([*before, *retired])
    ]
    incoming = [
        IncomingNote(c.deck, c.kind, None, c.text_hash, c.front_hash, Text(c.front, c.back))
        for c in after
    ]
    matching = match(stored, incoming)
    olds = [*before, *retired]
    tally = Tally()
    known, ids = _truths(before, after)
    bare = {card.bare for card in before}
    fronts = Counter((card.deck, card.front) for card in before)
    was, now = (Counter(card.text_hash for card in cards) for cards in (before, after))
    for position, card in enumerate(after):
        found = matching.pairs.get(position)
        old = None if found is None else olds[found]
        truth = known.get(card.truth) if card.truth in ids else None
        if truth is not None and truth.text_hash != card.text_hash:
            kind = _kind_of_edit(truth, card)
            tally.edited[kind] += 1
            tally.carried[kind] += old is truth
            tally.by_hash[kind] += card.bare in bare
            tally.by_front[kind] += truth.front == card.front and fronts[card.deck, card.front] == 1
            if old is None:
                tally.pairs.append(Pair(commit, "lost", None, truth, card))
        tally.unchanged_lost += old is None and was[card.text_hash] >= now[card.text_hash]
        if old is None or old.text_hash == card.text_hash:
            continue
        tally.decided += 1
        verdict = _verdict(old, card, known, ids)
        tally.judged += verdict != "unknown"
        tally.wrong += verdict == "wrong"
        tally.pairs.append(Pair(commit, verdict, matching.reasons[position], old, card))
    for doubt in matching.doubtful:
        verdict = _verdict(olds[doubt.old], after[doubt.new], known, ids)
        tally.doubtful += 1
        tally.doubtful_right += verdict == "right"
        reason = f"asked {doubt.score:.2f}"
        tally.asked.append(Pair(commit, verdict, reason, olds[doubt.old], after[doubt.new]))
    return tally, set(matching.pairs.values())


def _verdict(old: Card, new: Card, known: dict[str, Card], ids: dict[str, Card]) -> str:
    old_id = old.truth if old.truth is not None and known.get(old.truth) is old else None
    new_id = new.truth if new.truth is not None and ids.get(new.truth) is new else None
    if old.deck != new.deck and any((i or "").startswith("number") for i in (old_id, new_id)):
        return "unknown"
    if old_id is not None and old_id in ids and ids[old_id] is not new:
        return "wrong"
    if new_id is not None and new_id in known and known[new_id] is not old:
        return "wrong"
    if old_id is None or new_id is None or old_id.split()[0] != new_id.split()[0]:
        return "unknown"
    if old_id.startswith("schedule"):  # it changes whenever the card is answered
        return "right" if old_id == new_id else "unknown"
    return "right" if old_id == new_id else "wrong"


def _kind_of_edit(old: Card, new: Card) -> str:
    front, back = old.front_hash != new.front_hash, old.back.split() != new.back.split()
    return "both sides" if front and back else "front only" if front else "back only"


def _truths(
    before: Sequence[Card], after: Sequence[Card]
) -> tuple[dict[str, Card], dict[str, Card]]:
    """Return the cards of both sides by id.

    Numbers are no ids where a commit counted anew: where a text is there unchanged under another.
    """
    known, ids = _unique(before), _unique(after)
    was = {(card.deck, card.text_hash): card.truth for card in known.values()}
    counted_anew = {
        card.deck
        for card in ids.values()
        if (card.truth or "").startswith("number")
        and was.get((card.deck, card.text_hash), card.truth) != card.truth
    }
    known, ids = (
        {
            truth: card
            for truth, card in cards.items()
            if card.deck not in counted_anew or not truth.startswith("number")
        }
        for cards in (known, ids)
    )
    return known, ids


def _unique(cards: Iterable[Card]) -> dict[str, Card]:
    """Return the cards by id; an id that stands twice says nothing."""
    found: dict[str, Card] = {}
    twice: set[str] = set()
    for card in cards:
        if card.truth is not None:
            twice |= {card.truth} & found.keys()
            found[card.truth] = card
    return {truth: card for truth, card in found.items() if truth not in twice}


def _squashed(commits: Iterable[tuple[str, Snapshot]], size: int) -> Iterator[tuple[str, Snapshot]]:
    together: Snapshot = {}
    for count, (commit, changed) in enumerate(commits, start=1):
        together |= changed
        if count % size == 0:
            yield commit, together
            together = {}
    if together:
        yield commit, together


def _harder(
    cards: Sequence[Card], chance: random.Random, stress: Stress, *, shuffle: bool = False
) -> list[Card]:
    kept = [card for card in cards if chance.random() >= stress.drop]
    if shuffle and stress.shuffle:
        chance.shuffle(kept)
    return kept


def _retire(
    collection: Collection,
    before: Sequence[Card],
    retired: Sequence[Card],
    after: Sequence[Card],
    kept: set[int],
) -> None:
    for position, card in enumerate([*before, *retired]):
        pool = collection.retired[card.deck]
        if position in kept:
            pool.pop(card.text_hash, None)
        else:
            pool[card.text_hash] = card
