"""Which decks have another path now: files that were renamed, or moved to another folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from itertools import takewhile
from pathlib import PurePosixPath

_LIKE = 60
_MOST_PAIRS = 250_000


def renamed(gone: Set[str], come: Set[str], path_of: Callable[[str], str]) -> set[tuple[str, str]]:
    """Return the old decks and the new ones whose paths are each other's likest."""
    if not gone or not come or len(gone) * len(come) > _MOST_PAIRS:
        return set()
    # Sorted, so that the same import always finds the same.
    parts = {deck: PurePosixPath(path_of(deck)).parts for deck in sorted(gone | come)}
    # Folders above all of them say nothing.
    above = len(
        [*takewhile(lambda level: len(set(level)) == 1, zip(*parts.values(), strict=False))]
    )
    paths = {deck: "/".join(each[above:]) for deck, each in parts.items()}
    old_paths, new_paths = ({d: paths[d] for d in paths if d in each} for each in (gone, come))
    likest_new, likest_old = _likest(old_paths, new_paths), _likest(new_paths, old_paths)
    return {(old, new) for old, new in likest_new.items() if likest_old.get(new) == old}


def _likest(paths: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return which of the others each deck is the likest to, if it is alike at all."""
    # Imported here: most imports rename nothing.
    from rapidfuzz import fuzz, process

    found = {
        deck: process.extractOne(path, others, scorer=fuzz.ratio, score_cutoff=_LIKE)
        for deck, path in paths.items()
    }
    return {deck: best[2] for deck, best in found.items() if best}
