"""Which card of a reworded note continues which of its old cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ALIKE = 0.6


def continued(old: Mapping[str, bool], new: Sequence[str]) -> dict[str, str]:
    """Return a one-to-one map from new card keys to the old ones they continue.

    `old` tells of each old key whether its card is living. Equal keys stay together, also with a
    retired card; of the others only the living are continued. The one card of a note stays its
    card however it is reworded; of several, the likest are paired.
    """
    found = {key: key for key in new if key in old}
    lost = [key for key, living in old.items() if living and key not in found]
    fresh = [key for key in new if key not in found]
    if not found and len(lost) == len(fresh) == 1:
        return {fresh[0]: lost[0]}
    if not (lost and fresh):
        return found
    # Imported here: few notes have cards that are lost and cards that are new.
    from rapidfuzz import fuzz

    scored = sorted(
        ((fuzz.ratio(a, b) / 100, a, b) for a in fresh for b in lost),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    for score, fresh_key, lost_key in scored:
        if score >= _ALIKE and fresh_key not in found and lost_key not in found.values():
            found[fresh_key] = lost_key
    return found
