"""Edits judged by hand: draw cards to judge, keep the verdicts, hold the matcher against them.

    PYTHONPATH=tests python -m bench.identity_labels draw REPO SHEET [--each 20] [--seed 1]
    PYTHONPATH=tests python -m bench.identity_labels keep SHEET VERDICTS LABELS.tsv
    PYTHONPATH=tests python -m bench.identity_labels score LABELS.tsv=REPO …

`draw` knows nothing of the matcher. Of every old card that is not there word for word after a
commit it asks which new card, of those that were not there before, it is; candidates are the likest
by the triples of letters they share and those that stand where the old one stood. The cards are
drawn at random within four strata, so that the hard ones are many, and each counts for as many as
it was drawn from: the *same front* is there; a *plain* case, much like one new card alone; a *hard*
one; *unlike* all that is new. A sheet has the texts and stays outside the repository; the labels
have hashes. The labels in `labels/` led to changes of the matcher. Those in `labels/held-out/` were
judged later, of other repositories, and what they showed of decks that are written anew has led to
changes too, and so did those in `labels/held-out-2/`. Those in `labels/held-out-3/`, of thirty-four
repositories again, were judged by others while those changes were made, and scored after them.

A verdict is a line `NUMBER CANDIDATE` of the sheet, `NUMBER gone` or `NUMBER unsure`. `score`
replays the whole history and looks at the labelled commits alone. Intervals are Wilson's, at 95 %,
for as many cards as the weights are worth (Kish).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.identity import interval
from bench.identity_replay import Stress, replay
from bench.identity_sources import Card, Snapshot, history

STRATA = ("same front", "plain", "hard", "unlike")
_LIKE, _NEAR, _UNLIKE = 0.5, 0.15, 0.3
_SHOWN = 3
_STANDS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What became of one old card, as a person judged it; `new` is a hash, "gone" or "unsure"."""

    commit: str
    old: str
    new: str
    stratum: str
    weight: float


@dataclass(frozen=True, slots=True)
class Vanished:
    """An old card to judge and the new ones it may be, the likest first."""

    commit: str
    stratum: str
    old: Card
    candidates: tuple[Card, ...]


def vanished(commits: Iterable[tuple[str, Snapshot]]) -> Iterator[Vanished]:
    """Yield the old cards that a commit leaves in another form or not at all.

    Where a commit brings no new card there is nothing to judge; of an old text that stands twice
    nobody can say which of the two became what.
    """
    files: Snapshot = {}
    for commit, changed in commits:
        before = [c for name in sorted(changed) for c in files.get(name, ())]
        files |= changed
        after = [c for name in sorted(changed) for c in changed[name]]
        was, now = (Counter(c.text_hash for c in cards) for cards in (before, after))
        more = {c.text_hash: c for c in after if now[c.text_hash] > was[c.text_hash]}
        fresh = list(more.values())
        if not fresh:
            continue
        letters = {c.text_hash: (_triples(c.front), _triples(c.back)) for c in fresh}
        fronts = Counter((c.deck, c.front) for c in after)
        stands = _stands(before, after, fresh)
        for place, old in enumerate(before):
            if old.text_hash in now or was[old.text_hash] > 1:
                continue
            mine = _triples(old.front), _triples(old.back)
            whole, sides = {}, {}
            for card in fresh:
                theirs = letters[card.text_hash]
                whole[card.text_hash] = _shared(mine[0] | mine[1], theirs[0] | theirs[1])
                sides[card.text_hash] = max(map(_shared, mine, theirs))
            likest = sorted(fresh, key=lambda c: -whole[c.text_hash])
            found = [*likest[:_SHOWN], *sorted(fresh, key=lambda c: -sides[c.text_hash])[:1]]
            found += stands[place]
            scores = [whole[c.text_hash] for c in likest[:2]]
            if fronts[old.deck, old.front] == 1:
                stratum = "same front"
            elif scores[0] >= _LIKE and (len(scores) < 2 or scores[0] - scores[1] >= _NEAR):
                stratum = "plain"
            elif stands[place] or max(*scores, *sides.values()) >= _UNLIKE:
                stratum = "hard"
            else:
                stratum = "unlike"
            unlike = {card.text_hash: card for card in found}
            yield Vanished(commit, stratum, old, tuple(unlike.values()))


def _triples(text: str) -> frozenset[str]:
    bare = " ".join(text.casefold().split())
    return frozenset(bare[i : i + 3] for i in range(max(1, len(bare) - 2)))


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / (len(a | b) or 1)


def _stands(
    before: Sequence[Card], after: Sequence[Card], fresh: Sequence[Card]
) -> dict[int, list[Card]]:
    """Return, by the place of an old card, the new ones after the same surviving card."""
    new = {card.text_hash for card in fresh}
    follows: dict[tuple[str, bytes], list[Card]] = defaultdict(list)
    last: dict[str, bytes] = {}
    for card in after:
        if card.text_hash in new:
            follows[card.deck, last.get(card.deck, b"")].append(card)
        else:
            last[card.deck] = card.text_hash
    survives = {card.text_hash for card in after}
    found: dict[int, list[Card]] = {}
    passed: dict[str, tuple[bytes, int]] = {}
    for place, card in enumerate(before):
        if card.text_hash in survives:
            passed[card.deck] = card.text_hash, 0
            continue
        anchor, count = passed.get(card.deck, (b"", 0))
        passed[card.deck] = anchor, count + 1
        row = follows[card.deck, anchor]
        found[place] = row[max(0, count - 1) : count - 1 + _STANDS]
    return found


def draw(repo: Path, path: str, each: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield the lines of a sheet: so many cards of each stratum, at random."""
    chance = random.Random(seed)
    of: dict[str, list[Vanished]] = defaultdict(list)
    for card in vanished(history(repo, path)):
        of[card.stratum].append(card)
    number = 0
    for stratum in STRATA:
        drawn = chance.sample(of[stratum], min(each, len(of[stratum])))
        for card in sorted(drawn, key=lambda c: (c.commit, c.old.line)):
            number += 1
            yield {
                "number": number,
                "commit": card.commit,
                "stratum": stratum,
                "weight": round(len(of[stratum]) / len(drawn), 3),
                "old": _shown(card.old),
                "candidates": [_shown(each) for each in card.candidates],
            }


def _shown(card: Card) -> dict[str, str]:
    return {
        "hash": card.text_hash.hex(),
        "deck": card.deck,
        "front": card.front,
        "back": card.back,
    }


def labels_of(sheet: Path, verdicts: Path) -> Iterator[Label]:
    """Yield the labels that verdicts on a sheet give."""
    said = dict(line.split()[:2] for line in verdicts.read_text().splitlines() if line.strip())
    for text in sheet.read_text(encoding="utf-8").split("\n")[:-1]:
        line = json.loads(text)
        verdict = said[str(line["number"])]
        if verdict not in ("gone", "unsure"):
            verdict = line["candidates"][int(verdict) - 1]["hash"]
        yield Label(line["commit"], line["old"]["hash"], verdict, line["stratum"], line["weight"])


def read_labels(path: Path) -> list[Label]:
    """Return the labels of a file; lines that begin with # say where they are from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Label(row[0], row[1], row[2], row[3], float(row[4])) for row in rows]


Outcome = tuple[Label, str]


def outcomes(labels: Sequence[Label], repo: Path, path: str) -> Iterator[Outcome]:
    """Yield each label and what the matcher did.

    *Carried*, *lost* and *wrong* say it; *apart* is a card that is gone and whose history went
    nowhere; *asked* one that a person would be asked about, with the right card shown, and *asked
    in vain* with another; *unsure* the person who judged; *missing* is one whose texts the replay
    does not show any more, as when a reader takes something else for a card by now.
    """
    of: dict[str, list[Label]] = defaultdict(list)
    commits = list(history(repo, path))
    texts = {
        c.text_hash.hex() for _, changed in commits for cards in changed.values() for c in cards
    }
    for label in labels:
        if {label.old, label.new} <= texts | {"gone", "unsure"}:
            of[label.commit].append(label)
        else:
            yield label, "missing"
    for commit, _, tally in replay(commits, Stress()):
        went = {
            pair.old.text_hash.hex(): pair.new.text_hash.hex()
            for pair in tally.pairs
            if pair.old is not None and pair.reason is not None
        }
        shown = {
            pair.old.text_hash.hex(): pair.new.text_hash.hex()
            for pair in tally.asked
            if pair.old is not None
        }
        for label in of.pop(commit, ()):
            found, asked = went.get(label.old), shown.get(label.old)
            if label.new == "unsure":
                yield label, "unsure"
            elif found is None and asked is not None:
                yield label, "asked" if asked == label.new else "asked in vain"
            elif found is None:
                yield label, "apart" if label.new == "gone" else "lost"
            else:
                yield label, "carried" if found == label.new else "wrong"
    for rest in of.values():
        yield from ((label, "missing") for label in rest)


def table(name: str, results: Sequence[Outcome]) -> str:
    """Return precision and recall, by stratum and in all, as text."""
    lines = [
        f"\n== {name}",
        f"{'':12}{'judged':>7}{'edited':>7}{'carried':>8}{'decided':>8}{'wrong':>6}",
    ]
    for stratum in (*STRATA, "all"):
        some = [r for r in results if stratum in ("all", r[0].stratum)]
        count = Counter(what for _, what in some)
        edited = [r for r in some if r[0].new not in ("gone", "unsure") and r[1] != "missing"]
        decided = [r for r in some if r[1] in ("carried", "wrong")]
        lines.append(
            f"{stratum:12}{len(some):7}{len(edited):7}{count['carried']:8}"
            f"{len(decided):8}{count['wrong']:6}"
            f"  recall {_share(edited, 'carried')}  precision {_share(decided, 'carried')}"
        )
        if stratum == "all":
            asked = [r for r in some if r[1] in ("asked", "asked in vain")]
            lines += [
                f"{'':12}unsure {count['unsure']}, missing {count['missing']}, asked about"
                f" {len(asked)}, of which right {count['asked']}  {_share(asked, 'asked')}",
                f"{'':12}recall if each were answered {_share(edited, 'carried', 'asked')}",
            ]
    return "\n".join(lines)


def _share(results: Sequence[Outcome], *wanted: str) -> str:
    weights = [label.weight for label, _ in results]
    hits = sum(label.weight for label, what in results if what in wanted)
    if not weights:
        return "none"
    worth = sum(weights) ** 2 / sum(w * w for w in weights)
    return interval(hits / sum(weights), worth)


def main() -> None:
    """Draw, keep or score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    does = parser.add_subparsers(dest="does", required=True)
    drawing = does.add_parser("draw")
    drawing.add_argument("source", help="a git repository, or REPO:PATH within it")
    drawing.add_argument("sheet", type=Path)
    drawing.add_argument("--each", type=int, default=20, help="cards of each stratum")
    drawing.add_argument("--seed", type=int, default=1)
    keeping = does.add_parser("keep")
    for name in ("sheet", "verdicts", "labels"):
        keeping.add_argument(name, type=Path)
    scoring = does.add_parser("score")
    scoring.add_argument("labels", nargs="+", help="LABELS.tsv=REPO[:PATH]")
    arguments = parser.parse_args()
    if arguments.does == "draw":
        repo, _, path = arguments.source.partition(":")
        with arguments.sheet.open("w", encoding="utf-8") as file:
            for line in draw(Path(repo), path or ".", arguments.each, arguments.seed):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif arguments.does == "keep":
        with arguments.labels.open("a", encoding="utf-8") as file:
            for label in labels_of(arguments.sheet, arguments.verdicts):
                row = label.commit, label.old, label.new, label.stratum, str(label.weight)
                file.write("\t".join(row) + "\n")
    else:
        together: list[Outcome] = []
        for source in arguments.labels:
            labels, _, where = source.partition("=")
            repo, _, path = where.partition(":")
            results = list(outcomes(read_labels(Path(labels)), Path(repo), path or "."))
            for label, what in results:
                if what in ("lost", "wrong", "asked", "asked in vain"):
                    print(what, label.commit[:10], label.old, label.new, label.stratum)
            print(table(labels, results), flush=True)
            together += results
        if len(arguments.labels) > 1:
            print(table("all together", together))


if __name__ == "__main__":
    main()
