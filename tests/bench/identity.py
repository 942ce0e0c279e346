"""Replay a deck's git history into the matcher and count the edited cards that keep theirs.

    python tests/bench/identity.py REPO PATH

Every commit that touches PATH is matched against the one before, as if each card had reviews. Where
the cards carry ids of their own (`nid:` and `guid:` of ki, `<!-- id: … -->` of ours) these are
hidden from the matcher and used as truth; without ids the decisions are only counted. The baseline
knows a card by its text without white space. Intervals are Wilson's, at 95 %.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from srs.deck.identity import front_hash, text_hash
from srs.deck.model import Kind, Note
from srs.deck.reader import read_deck
from srs.store.ingest.likeness import Text
from srs.store.ingest.matching import IncomingNote, StoredNote, match

_KI = re.compile(
    r"^#+ Note\n(?:```\n)?(?P<id>(?:guid|nid): .*?)\n.*?^##+ Front\n(?P<front>.*?)^##+ Back\n",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Card:
    """One note of a commit, and the id its source gave it."""

    deck: str
    truth: str | None
    note: Note

    @property
    def bare(self) -> str:
        """The text without white space."""
        return "".join(f"{self.note.front}\0{self.note.back}".split())


@dataclass
class Tally:
    """What became of edited cards."""

    edited: int = 0
    carried: int = 0
    lost: int = 0
    hashed: int = 0
    decided: int = 0
    wrong: int = 0

    def add(self, other: Tally) -> None:
        """Add another commit's."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        return (
            f"edited {self.edited:5}  carried {self.carried:5}  lost {self.lost:4}  "
            f"by hash {self.hashed:5}  decided {self.decided:5}  wrong {self.wrong:3}"
        )


def git(repo: Path, *arguments: str) -> str:
    """Return what git prints."""
    command = ["git", "-C", str(repo), "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode(
        "utf-8", "replace"
    )


def blobs(repo: Path, hashes: list[str]) -> dict[str, str]:
    """Return the text of many blobs by their hash, in one call of git."""
    command = ["git", "-C", str(repo), "cat-file", "--batch"]
    asked = "\n".join(hashes).encode()
    out = subprocess.run(command, input=asked, check=True, capture_output=True).stdout
    found: dict[str, str] = {}
    start = 0
    while start < len(out):
        end = out.index(b"\n", start)
        words = out[start:end].split()
        if len(words) < 3:  # the snapshot does not hold this one
            start = end + 1
            continue
        stop = end + 1 + int(words[2])
        found[words[0].decode()] = out[end + 1 : stop].decode("utf-8", "replace")
        start = stop + 1
    return found


def cards_at(repo: Path, commit: str, path: str, seen: dict[str, list[Card]]) -> list[Card]:
    """Return the notes of a commit, in file order; `seen` keeps what was read before."""
    files: list[tuple[str, str]] = []
    for line in git(repo, "ls-tree", "-r", "-z", commit, "--", path).split("\0"):
        meta, _, name = line.partition("\t")
        if name.endswith(".md"):
            files.append((meta.split()[2], name))
    texts = blobs(repo, [each for each, name in files if f"{each}:{name}" not in seen])
    for each, name in files:
        if each in texts:
            seen[f"{each}:{name}"] = read(texts[each], name)
    return [card for each, name in files for card in seen.get(f"{each}:{name}", ())]


def read(text: str, name: str) -> list[Card]:
    """Return the notes of a file: ki's one note, or a deck of ours."""
    ki = _KI.match(text)
    if ki is not None:
        note = Note(Kind.BASIC, ki["front"].strip(), text[ki.end() :].strip(), "", 1)
        return [Card(str(Path(name).parent), ki["id"], note)]
    deck = read_deck(text, name).deck
    if deck is None:
        return []
    return [
        Card(name, f"id: {note.explicit_id}" if note.explicit_id else None, note)
        for note in deck.notes
    ]


def compare(before: list[Card], after: list[Card]) -> Tally:
    """Match one commit against the one before and judge it by the ids of the source."""
    stored = [
        StoredNote(
            i,
            c.deck,
            c.note.kind,
            None,
            text_hash(c.note),
            front_hash(c.note),
            False,
            Text(c.note.front, c.note.back),
        )
        for i, c in enumerate(before)
    ]
    incoming = [
        IncomingNote(
            c.deck,
            c.note.kind,
            None,
            text_hash(c.note),
            front_hash(c.note),
            Text(c.note.front, c.note.back),
        )
        for c in after
    ]
    pairs = match(stored, incoming).pairs
    tally = Tally()
    known = {card.truth: card for card in before if card.truth is not None}
    hashes = {card.bare for card in before}
    texts = {old.text_hash for old in stored}
    for position, card in enumerate(after):
        old = before[pairs[position]] if position in pairs else None
        changed = incoming[position].text_hash not in texts
        if old is not None and changed:
            tally.decided += 1
            tally.wrong += contradict(card.truth, old.truth)
        if card.truth is None:
            tally.edited += old is not None and changed
            tally.carried += old is not None and changed
        elif changed and card.truth in known:
            tally.edited += 1
            tally.carried += old is not None and old.truth == card.truth
            tally.lost += old is None
            tally.hashed += card.bare in hashes
    return tally


def contradict(one: str | None, other: str | None) -> bool:
    """Tell whether two ids of one kind differ; those of two kinds say nothing."""
    if one is None or other is None or one.split(":")[0] != other.split(":")[0]:
        return False
    return one != other


def wilson(hits: int, of: int) -> str:
    """Return a share with its 95 % interval."""
    if not of:
        return "none"
    z, share = 1.96, hits / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:.2%} ({max(0.0, centre - half):.2%} to {min(1.0, centre + half):.2%})"


def main() -> None:
    """Replay the history and print a line a commit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repo", type=Path)
    parser.add_argument("path")
    arguments = parser.parse_args()
    log = git(
        arguments.repo, "log", "--first-parent", "--reverse", "--format=%h", "--", arguments.path
    )
    seen: dict[str, list[Card]] = {}
    before: list[Card] = []
    total = Tally()
    identified = False
    for commit in log.split():
        after = cards_at(arguments.repo, commit, arguments.path, seen)
        identified = identified or any(card.truth is not None for card in after)
        tally = compare(before, after) if before else Tally()
        total.add(tally)
        if tally.edited or tally.decided:
            print(f"{commit}  {len(after):5} notes  {tally}", flush=True)
        before = after
    print(f"total  {total}")
    if not identified:
        print("The cards carry no ids, so what was lost or wrong cannot be told.")
        return
    print(f"carried of edited:  {wilson(total.carried, total.edited)}")
    print(f"by content hash:    {wilson(total.hashed, total.edited)}")
    print(f"wrong of decided:   {wilson(total.wrong, total.decided)}")


if __name__ == "__main__":
    main()
