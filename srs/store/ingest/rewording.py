"""Which vanishing note a reworded one continues, by likeness and by what stands beside it.

Values in, values out. Two decks are compared at a time: the old order of one, the new order of the
same or of a linked one, and the pairs that are already sure, which anchor the rest. Thresholds fall
as the neighbours agree; without their support a note must be plainly the likest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container

from srs.store.ingest.another import Another
from srs.store.ingest.candidates import MOST_IN_A_GAP, Candidates
from srs.store.ingest.gaps import Place, in_order, places
from srs.store.ingest.leads import Alike, Best
from srs.store.ingest.likeness import Likeness, Text
from srs.store.ingest.rewriting import are_of_the_same, in_one_order, is_rewritten
from srs.store.ingest.templates import Templates

CERTAIN = 0.90
CERTAIN_LEAD = 0.06
LEAD = 0.04
BY_AGREEMENT = (0.75, 0.68, 0.62)
# A pair of one kind that leads every other by so much may be less alike by a share of that lead.
FAR_AHEAD = 0.25
LEEWAY_OF_LEAD = 0.4
MOST_LEEWAY = 0.14
IN_A_ROW = 0.30
ROW_MEAN = 0.40
# A pair this low is taken only of one kind and where nothing else stands between two sure
# neighbours.
ALONE_IN_A_GAP = 0.35
# In a rewritten deck a pair and its questions may be as little alike as this, in order and ahead.
ANEW = 0.25
LEAD_ANEW = 0.08
ASK_FROM = 0.80
_ROUNDS = 3


class Rewording:
    """Pairs the notes of one deck's old order with those of a new order."""

    def __init__(
        self,
        olds: dict[int, Text],
        news: dict[int, Text],
        anchors: dict[int, int],
        may_pair: Callable[[int, int], bool],
        same_kind: Callable[[int, int], bool],
    ) -> None:
        """Take notes by position, in order.

        `anchors` maps new positions that are sure to old ones; an old one that is not in `olds`
        stands in another deck. What is in `olds` and no anchor's is free.
        """
        self._olds, self._news = olds, news
        self._may_pair, self._same_kind = may_pair, same_kind
        self._anchors = {n: o for n, o in anchors.items() if n in news and o in olds}
        self._kept = set(self._anchors.values())
        self._free_old = olds.keys() - self._kept
        self._free_new = {n for n in news if n not in anchors}
        self._scores: dict[tuple[int, int], float] = {}
        self._places_new: dict[int, Place] = {}
        self._places_old: dict[int, Place] = {}
        self.is_rewritten = is_rewritten(len(self._free_old), len(olds))
        self.found: list[Alike] = []
        self.doubtful: list[Alike] = []

    def run(self) -> None:
        """Find the pairs, surest first; those nearly sure are left in `doubtful`."""
        if not self._free_old or not self._free_new:
            return
        self._likeness = Likeness([*self._olds.values()], [*self._news.values()])
        self._likeness.expect(
            [self._olds[old] for old in self._free_old]
            + [self._news[new] for new in self._free_new]
        )
        self._locate()
        self._score()
        templates = Templates(
            list(self._olds.values()),
            ((self._olds[old], self._news[new]) for new, old in self._scores),
        )
        self._another = Another(self._olds, self._news, self._anchors, self._likeness, templates)
        self._take_certain()
        for _ in range(_ROUNDS):
            self._locate()
            if not self._take_supported():
                break
        self._locate()
        self._take_rows()
        self._collect_doubtful()

    def run_rewritten(self, free_old: Container[int], free_new: Container[int]) -> None:
        """Find what the order of a rewritten deck tells, after `run` and all that other decks tell.

        What is no longer free was found elsewhere. `found` and `doubtful` begin anew.
        """
        known, self.found, self.doubtful = self.found, [], []
        self._free_old = {old for old in self._free_old if old in free_old}
        self._free_new = {new for new in self._free_new if new in free_new}
        for _ in range(_ROUNDS):
            row = in_one_order([*known, *self.found, *self._far_enough_ahead()])
            fresh = [pair for pair in row if pair.new in self._free_new]
            if not fresh or not are_of_the_same(
                [self._olds[pair.old] for pair in row], [self._news[pair.new] for pair in row]
            ):
                break
            for pair in fresh:
                self._take(pair)
            self._locate()
            self._take_supported()
        self._locate()
        self._take_rows()
        self._collect_doubtful()

    def _locate(self) -> None:
        """Note which sure notes stand before and after each free one."""
        ordered = list(self._news)
        self._places_new = places(
            ordered, self._free_new, {n: self._anchors[n] for n in ordered if n in self._anchors}
        )
        self._places_old = places(list(self._olds), self._free_old, {o: o for o in self._kept})
        self._gap_old: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
        self._gap_new: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
        for old, place in self._places_old.items():
            self._gap_old[place.before, place.after].append(old)
        for new, place in self._places_new.items():
            self._gap_new[place.before, place.after].append(new)

    def _score(self) -> None:
        candidates = Candidates(
            self._olds, self._news, self._likeness, self._may_pair, self._same_kind
        )
        self._scores = candidates.scores(self._free_old, self._free_new, self._beside)

    def _beside(self, new: int) -> list[int]:
        place = self._places_new[new]
        return self._gap_old.get((place.before, place.after), [])

    def _open(self) -> list[Alike]:
        return sorted(
            (
                Alike(new, old, score)
                for (new, old), score in self._scores.items()
                if new in self._free_new and old in self._free_old
            ),
            key=lambda pair: (-pair.score, pair.new, pair.old),
        )

    def _take_certain(self) -> None:
        best = Best(self._open())
        for pair in best.pairs:
            leads = best.lead(pair) >= CERTAIN_LEAD
            if pair.score >= CERTAIN and leads and not self._another.is_asked(pair):
                self._take(pair)

    def _take_supported(self) -> bool:
        best = Best(self._open())
        took = False
        for pair in best.pairs:
            if pair.new not in self._free_new or pair.old not in self._free_old:
                continue
            agreement, merged = self._agreement(pair), best.is_likest_whole(pair, LEAD)
            lead = best.lead(pair, past=LEAD if merged else 0.0)
            far_ahead = lead >= FAR_AHEAD and self._same_kind(pair.new, pair.old)
            leeway = min(MOST_LEEWAY, LEEWAY_OF_LEAD * lead) if far_ahead else 0.0
            least = max(ALONE_IN_A_GAP, self._threshold(pair) - leeway)
            if pair.score < least or self._another.is_asked(pair):
                continue
            if pair.score < BY_AGREEMENT[0] and self._another.is_in_its_place(pair, agreement):
                continue
            split = agreement == 2 and best.is_first_part(pair, LEAD)
            if lead < LEAD and not split and not self._in_order(pair):
                continue
            if agreement == 0 and not self._another.beats_the_living(pair):
                continue
            self._take(pair)
            took = True
        return took

    def _far_enough_ahead(self) -> list[Alike]:
        best = Best(self._open())
        return [
            pair
            for pair in best.pairs
            if pair.score >= ANEW
            and best.lead(pair) >= LEAD_ANEW
            and self._same_kind(pair.new, pair.old)
            and self._likeness.sides(self._olds[pair.old], self._news[pair.new])[0] >= ANEW
            and not self._another.is_asked(pair)
            and not self._another.is_in_its_place(pair, agreement=1)
            and self._another.beats_the_living(pair)
        ]

    def _take_rows(self) -> None:
        """Pair as many new notes as old ones in one gap, in order."""
        for gap, olds in self._gap_old.items():
            olds = [old for old in olds if old in self._free_old]
            news = [new for new in self._gap_new.get(gap, ()) if new in self._free_new]
            if len(olds) != len(news) or not 1 < len(olds) <= MOST_IN_A_GAP or gap == (None, None):
                continue
            row = [
                Alike(n, o, self._scores.get((n, o), 0)) for n, o in zip(news, olds, strict=True)
            ]
            mean = sum(pair.score for pair in row) / len(row)
            sure = all(
                pair.score >= IN_A_ROW
                and self._same_kind(pair.new, pair.old)
                and not self._another.is_asked(pair)
                for pair in row
            )
            if sure and mean >= ROW_MEAN:
                for pair in row:
                    self._take(pair)

    def _collect_doubtful(self) -> None:
        asked_new: set[int] = set()
        asked_old: set[int] = set()
        for pair in self._open():
            near = pair.score >= ASK_FROM * self._threshold(pair)
            if near and pair.new not in asked_new and pair.old not in asked_old:
                asked_new.add(pair.new)
                asked_old.add(pair.old)
                self.doubtful.append(pair)

    def _take(self, pair: Alike) -> None:
        self.found.append(pair)
        self._anchors[pair.new] = pair.old
        self._kept.add(pair.old)
        self._free_new.discard(pair.new)
        self._free_old.discard(pair.old)

    def _agreement(self, pair: Alike) -> int:
        """Return how many neighbours agree; an end of the deck agrees only beside one that does."""
        new, old = self._places_new[pair.new], self._places_old[pair.old]
        before = new.before is not None and new.before == old.before
        after = new.after is not None and new.after == old.after
        first = new.before is None and old.before is None and after
        last = new.after is None and old.after is None and before
        return (before or first) + (after or last)

    def _threshold(self, pair: Alike) -> float:
        agreement = self._agreement(pair)
        place, other = self._places_new[pair.new], self._places_old[pair.old]
        if (place.before, place.after) == (other.before, other.after):
            gap = place.before, place.after
            alone = len(self._gap_old[gap]) == len(self._gap_new[gap]) == 1
            if alone and agreement == 2 and self._same_kind(pair.new, pair.old):
                return ALONE_IN_A_GAP
            if alone:
                return BY_AGREEMENT[2]
        return BY_AGREEMENT[agreement]

    def _in_order(self, pair: Alike) -> bool:
        """Tell whether the order of their gap decides for the pair, where likeness does not."""
        place, other = self._places_new[pair.new], self._places_old[pair.old]
        gap = place.before, place.after
        if gap != (other.before, other.after):
            return False
        olds, news = self._gap_old[gap], self._gap_new[gap]
        if len(olds) > MOST_IN_A_GAP or len(news) > MOST_IN_A_GAP:
            return False
        with_it = in_order(news, olds, self._scores, floor=IN_A_ROW)
        return (
            with_it
            - in_order(news, olds, self._scores, floor=IN_A_ROW, without=(pair.new, pair.old))
            >= LEAD
        )
