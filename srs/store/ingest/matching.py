"""Which stored note an incoming one continues.

Values in, values out. A history goes only to a note whose old form is vanishing in this import or
retired before; when in doubt the note is new. The passes, surest first: the explicit id; the same
text in the deck; the same text elsewhere; the same front in the deck, where it is unique; the
likeness of reworded notes (`rewording`), within a deck and then between decks. Only notes that the
sure passes left over are ever scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from srs.deck.model import Kind
from srs.store.ingest.likeness import Likeness, Text, folded
from srs.store.ingest.renaming import renamed

if TYPE_CHECKING:
    from srs.store.ingest.leads import Alike
    from srs.store.ingest.rewording import Rewording

_FOLDED_FROM = 8
_ELSEWHERE_FROM = 20
_ELSEWHERE = 0.92
_ELSEWHERE_SIDE = 0.6
_ELSEWHERE_PAIRS = 250_000


class StoredNote(NamedTuple):
    """A note of the collection that may be continued."""

    id: int
    deck: str
    kind: Kind
    explicit_id: str | None
    text_hash: bytes
    front_hash: bytes
    retired: bool
    text: Text


class IncomingNote(NamedTuple):
    """A note of a file that is being imported."""

    deck: str
    kind: Kind
    explicit_id: str | None
    text_hash: bytes
    front_hash: bytes
    text: Text


@dataclass(slots=True)
class Matching:
    """Positions of incoming notes to positions of stored ones, one to one, and why.

    `doubtful` holds the pairs that were nearly sure; their new notes are not in `pairs`.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    doubtful: list[Alike] = field(default_factory=list)


def match(
    stored: Sequence[StoredNote],
    incoming: Sequence[IncomingNote],
    settled: Mapping[int, int] | None = None,
    path_of: Callable[[str], str] = str,
) -> Matching:
    """Find what each incoming note continues.

    Both are in file order; among equals the living come before the retired, then order decides.
    `settled` are pairs that are known to say the same, which nothing else does: they only tell
    where the others stand. `path_of` returns a deck's path, where that is not its name.
    """
    matcher = _Matcher(stored, incoming, settled or {}, path_of)
    matcher.match_sure()
    matcher.match_reworded()
    return matcher.matching


def match_sure(
    stored: Sequence[StoredNote], incoming: Sequence[IncomingNote]
) -> tuple[Matching, frozenset[str]]:
    """Find what the sure passes pair, and the decks of the notes that likeness would decide on."""
    matcher = _Matcher(stored, incoming, {}, str)
    matcher.match_sure()
    return matcher.matching, matcher.unsure_decks()


class _Matcher:
    def __init__(
        self,
        stored: Sequence[StoredNote],
        incoming: Sequence[IncomingNote],
        settled: Mapping[int, int],
        path_of: Callable[[str], str],
    ) -> None:
        self._stored, self._incoming, self._path_of = stored, incoming, path_of
        taken = set(settled.values())
        self._free_old = {place: old for place, old in enumerate(stored) if place not in taken}
        self._free_new = {place: new for place, new in enumerate(incoming) if place not in settled}
        self._olds_of: dict[str, list[int]] = defaultdict(list)
        self._news_of: dict[str, list[int]] = defaultdict(list)
        for position, old in enumerate(stored):
            self._olds_of[old.deck].append(position)
        for position, new in enumerate(incoming):
            self._news_of[new.deck].append(position)
        self._rewritten: list[Rewording] = []
        self.matching = Matching(dict(settled))

    def match_sure(self) -> None:
        """Pair by explicit id, text and front."""
        self._pair("same id", lambda old: old.explicit_id, lambda new: new.explicit_id)
        self._pair(
            "same text",
            lambda old: (old.deck, old.text_hash),
            lambda new: (new.deck, new.text_hash),
        )
        self._pair("same text", lambda old: old.text_hash, lambda new: new.text_hash)
        self._pair(
            "same front",
            lambda old: (old.deck, old.kind, old.front_hash),
            lambda new: (new.deck, new.kind, new.front_hash),
            unique=True,
        )

    def unsure_decks(self) -> frozenset[str]:
        """Return the decks of what is left, if both a new and a living old note are."""
        olds = {old.deck for old in self._free_old.values() if not old.retired}
        news = {new.deck for new in self._free_new.values()}
        return frozenset(olds | news) if olds and news else frozenset()

    def match_reworded(self) -> None:
        """Pair what is left by likeness, in each deck, in linked decks and elsewhere."""
        if not self.unsure_decks():
            return
        self._pair(
            "same front",
            lambda old: _folded_key(old, _FOLDED_FROM, old.deck),
            lambda new: _folded_key(new, _FOLDED_FROM, new.deck),
            unique=True,
        )
        decks = sorted({new.deck for new in self._free_new.values()})
        for deck in decks:
            self._reword(deck, deck)
        self._pair(
            "same front",
            lambda old: _folded_key(old, _ELSEWHERE_FROM),
            lambda new: _folded_key(new, _ELSEWHERE_FROM),
            unique=True,
        )
        for old_deck, new_deck in sorted(self._links()):
            self._reword(old_deck, new_deck)
        self._reword_elsewhere()
        for rewording in self._rewritten:
            rewording.run_rewritten(self._free_old, self._free_new)
            self._take_found(rewording)
            self.matching.doubtful += rewording.doubtful
        free = self.matching.doubtful
        taken = set(self.matching.pairs.values())
        self.matching.doubtful = [
            p for p in free if p.new not in self.matching.pairs and p.old not in taken
        ]

    def _pair(
        self,
        reason: str,
        key_of_old: Callable[[StoredNote], Hashable | None],
        key_of_new: Callable[[IncomingNote], Hashable | None],
        *,
        unique: bool = False,
    ) -> None:
        """Pair free notes of one key; `unique` ones only where nothing else living has it."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for position, old in sorted(self._free_old.items(), key=lambda item: item[1].retired):
            key = None if unique and old.retired else key_of_old(old)
            if key is not None:
                waiting[key].append(position)
        wanting: dict[Hashable, list[int]] = defaultdict(list)
        for position, new in self._free_new.items():
            key = key_of_new(new)
            if key is not None and key in waiting:
                wanting[key].append(position)
        for key, news in wanting.items():
            olds = waiting[key]
            if unique and (len(news) > 1 or len(olds) > 1):
                continue
            for new_position in news:
                agreeing = (o for o in olds if self._ids_agree(new_position, o))
                old_position = next(agreeing, None)
                if old_position is not None:
                    olds.remove(old_position)
                    self._take(new_position, old_position, reason)

    def _take(self, new: int, old: int, reason: str) -> None:
        self.matching.pairs[new] = old
        self.matching.reasons[new] = reason
        del self._free_old[old], self._free_new[new]

    def _links(self) -> set[tuple[str, str]]:
        """Return the decks between which notes have moved, and those that were renamed."""
        moved = {
            (self._stored[old].deck, self._incoming[new].deck)
            for new, old in self.matching.pairs.items()
        }
        gone = {self._stored[old].deck for old in self._free_old if self._is_vanishing(old)}
        gone -= self._news_of.keys() | {old for old, _ in moved}
        come = {self._incoming[new].deck for new in self._free_new}
        come -= {old.deck for old in self._stored if not old.retired}
        return {(old, new) for old, new in moved if old != new} | renamed(gone, come, self._path_of)

    def _reword(self, old_deck: str, new_deck: str) -> None:
        olds_here, news_here = self._olds_of[old_deck], self._news_of[new_deck]
        if not any(new in self._free_new for new in news_here):
            return
        if not any(self._is_vanishing(old) for old in olds_here):
            return
        anchors = {n: self.matching.pairs[n] for n in news_here if n in self.matching.pairs}
        sure = set(anchors.values())
        olds = {o: self._stored[o].text for o in olds_here if o in sure or self._is_vanishing(o)}
        news = {n: self._incoming[n].text for n in news_here}
        from srs.store.ingest.rewording import Rewording

        rewording = Rewording(olds, news, anchors, self._may_pair, self._same_kind)
        rewording.run()
        self._take_found(rewording)
        if old_deck == new_deck and rewording.is_rewritten:
            self._rewritten.append(rewording)
        else:
            self.matching.doubtful += rewording.doubtful

    def _take_found(self, rewording: Rewording) -> None:
        for pair in rewording.found:
            self._take(pair.new, pair.old, f"alike {pair.score:.2f}")

    def _reword_elsewhere(self) -> None:
        olds = [position for position, old in self._free_old.items() if not old.retired]
        if not olds or len(olds) * len(self._free_new) > _ELSEWHERE_PAIRS:
            return
        from srs.store.ingest.leads import Alike
        from srs.store.ingest.templates import Templates

        likeness = Likeness([old.text for old in self._stored], [n.text for n in self._incoming])
        pairs = []
        for new in self._free_new:
            for old in olds:
                a, b = self._stored[old].text, self._incoming[new].text
                if not self._may_pair(new, old) or not a.front_features & b.front_features:
                    continue
                score = likeness.score(a, b)
                if score >= _ELSEWHERE and min(likeness.sides(a, b)) >= _ELSEWHERE_SIDE:
                    pairs.append(Alike(new, old, score))
        if not pairs:
            return
        decks = {self._stored[pair.old].deck for pair in pairs}
        templates = Templates(
            [old.text for old in self._stored if old.deck in decks],
            [(self._stored[pair.old].text, self._incoming[pair.new].text) for pair in pairs],
        )
        for pair in sorted(pairs, key=lambda p: (-p.score, p.new, p.old)):
            a, b = self._stored[pair.old].text, self._incoming[pair.new].text
            free = pair.new in self._free_new and pair.old in self._free_old
            if free and not templates.ask_another(a, b):
                self._take(pair.new, pair.old, f"alike {pair.score:.2f}")

    def _is_vanishing(self, old: int) -> bool:
        return old in self._free_old and not self._stored[old].retired

    def _may_pair(self, new: int, old: int) -> bool:
        kinds = {self._incoming[new].kind, self._stored[old].kind}
        alike = self._same_kind(new, old) or kinds == {Kind.BASIC, Kind.CLOZE}
        return alike and self._ids_agree(new, old)

    def _same_kind(self, new: int, old: int) -> bool:
        return self._incoming[new].kind is self._stored[old].kind

    def _ids_agree(self, new: int, old: int) -> bool:
        a, b = self._incoming[new].explicit_id, self._stored[old].explicit_id
        return None in (a, b) or a == b


def _folded_key(note: StoredNote | IncomingNote, shortest: int, deck: str = "") -> Hashable | None:
    front = folded(note.text.front)
    return (deck, note.kind, front) if len(front) >= shortest else None
