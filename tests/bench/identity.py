"""Replay decks' git histories and count the edited cards that keep theirs.

    PYTHONPATH=tests python -m bench.identity REPO[:PATH] … [--squash 10] [--drop .1] [--shuffle]

Every commit is matched against the one before, as if each card had reviews; the ids of the source
are hidden from the matcher and used as truth. Beside it stand a content hash and the front as key,
as other programs know a card. *Edited* is a card whose id lives on while its text changed; a
*decision* is a pair that is not word for word the same, and *wrong* where the ids contradict it.
Intervals are Wilson's, at 95 %.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from math import sqrt
from pathlib import Path

from bench.identity_replay import Stress, Tally, replay
from bench.identity_sources import history

KINDS = ("front only", "back only", "both sides")


def wilson(hits: int, of: int) -> str:
    """Return a share with its 95 % interval."""
    return interval(hits / of, of) if of else "none"


def interval(share: float, of: float) -> str:
    """Return a share of so many with its 95 % interval; `of` need not be whole."""
    z = 1.96
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:7.2%} ({max(0.0, centre - half):.2%} to {min(1.0, centre + half):.2%})"


def table(name: str, tally: Tally) -> str:
    """Return the total of a replay as text."""
    lines = [
        f"\n== {name}",
        f"{'edited':12}{'cards':>7}{'carried':>9}{'by hash':>9}{'by front':>9}  carried of edited",
    ]
    for kind in (*KINDS, "all"):
        row = [tally.edited, tally.carried, tally.by_hash, tally.by_front]
        edited, carried, hashed, front = (
            each.total() if kind == "all" else each[kind] for each in row
        )
        lines.append(
            f"{kind:12}{edited:7}{carried:9}{hashed:9}{front:9}  {wilson(carried, edited)}"
        )
    lines += [
        f"decisions {tally.decided}, of which the ids judge {tally.judged}: wrong {tally.wrong}"
        f"  {wilson(tally.wrong, tally.judged)}",
        f"precision {wilson(tally.judged - tally.wrong, tally.judged)}"
        f"  recall {wilson(tally.carried.total(), tally.edited.total())}",
        f"nearly sure, left new: {tally.doubtful}, of which right by id {tally.doubtful_right}"
        f"  carried if each were asked"
        f" {wilson(tally.carried.total() + tally.doubtful_right, tally.edited.total())}",
        f"unchanged cards that lost their history: {tally.unchanged_lost}",
    ]
    return "\n".join(lines)


def main() -> None:
    """Replay each repository, a line a commit, and print the totals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", nargs="+", help="a git repository, or REPO:PATH within it")
    parser.add_argument("--squash", type=int, default=1, help="take so many commits as one")
    parser.add_argument(
        "--drop", type=float, default=0.0, help="share of notes taken away at random"
    )
    parser.add_argument(
        "--shuffle", action="store_true", help="put each commit's notes in any order"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="print the totals alone")
    parser.add_argument(
        "--pairs", type=Path, help="write decisions and losses there, as JSON lines"
    )
    arguments = parser.parse_args()
    stress = Stress(arguments.squash, arguments.drop, arguments.shuffle)
    for source in arguments.source:
        repo, _, path = source.partition(":")
        total = Tally()
        for commit, notes, tally in replay(
            history(Path(repo), path or "."), stress, arguments.seed
        ):
            total.add(tally)
            if not arguments.quiet and (tally.edited or tally.decided):
                print(
                    f"{commit}  {notes:5} notes  edited {tally.edited.total():4}"
                    f"  carried {tally.carried.total():4}  lost {tally.lost:3}"
                    f"  by hash {tally.by_hash.total():3}  decided {tally.decided:4}"
                    f"  wrong {tally.wrong:2}",
                    flush=True,
                )
        print(table(f"{source} {stress}", total), flush=True)
        if arguments.pairs:
            with arguments.pairs.open("a", encoding="utf-8") as file:
                for pair in total.pairs:
                    shown = {
                        "source": source,
                        "commit": pair.commit,
                        "verdict": pair.verdict,
                        "reason": pair.reason,
                        "old": _sides(pair.old),
                        "new": _sides(pair.new),
                    }
                    file.write(json.dumps(shown, ensure_ascii=False) + "\n")


def _sides(card: object) -> dict[str, object] | None:
    if card is None:
        return None
    shown = asdict(card)  # type: ignore[call-overload]
    return {name: shown[name] for name in ("deck", "truth", "front", "back")}


if __name__ == "__main__":
    main()
