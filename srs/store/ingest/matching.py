"""Which stored note an incoming one continues.

Values in, values out. A history goes only to a note whose old form is vanishing in this import or
retired before; when in doubt the note is new. The passes, surest first: the explicit id; the same
text in the deck; the same text elsewhere; the same front in the deck, where it is unique.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from srs.deck.model import Kind


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note of the collection that may be continued."""

    id: int
    deck: str
    kind: Kind
    explicit_id: str | None
    text_hash: bytes
    front_hash: bytes
    retired: bool


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """A note of a file that is being imported."""

    deck: str
    kind: Kind
    explicit_id: str | None
    text_hash: bytes
    front_hash: bytes


def match(stored: Sequence[StoredNote], incoming: Sequence[IncomingNote]) -> dict[int, int]:
    """Return a one-to-one map from positions in `incoming` to positions in `stored`.

    Both are in file order; among equals the living come before the retired, then order decides.
    """
    matched: dict[int, int] = {}
    free_old = dict(enumerate(stored))
    free_new = dict(enumerate(incoming))

    def pair(
        key_of_old: Callable[[StoredNote], Hashable | None],
        key_of_new: Callable[[IncomingNote], Hashable | None],
        *,
        unique: bool = False,
        living_only: bool = False,
    ) -> None:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for position, old in sorted(free_old.items(), key=lambda item: item[1].retired):
            key = None if living_only and old.retired else key_of_old(old)
            if key is not None:
                waiting[key].append(position)
        wanting: dict[Hashable, list[int]] = defaultdict(list)
        for position, new in free_new.items():
            key = key_of_new(new)
            if key is not None and key in waiting:
                wanting[key].append(position)
        for key, news in wanting.items():
            olds = waiting[key]
            if unique and (len(news) > 1 or len(olds) > 1):
                continue
            for new_position in news:
                agreeing = (o for o in olds if _ids_agree(stored[o], incoming[new_position]))
                old_position = next(agreeing, None)
                if old_position is not None:
                    olds.remove(old_position)
                    matched[new_position] = old_position
                    del free_old[old_position], free_new[new_position]

    pair(lambda old: old.explicit_id, lambda new: new.explicit_id)
    pair(lambda old: (old.deck, old.text_hash), lambda new: (new.deck, new.text_hash))
    pair(lambda old: old.text_hash, lambda new: new.text_hash)
    pair(
        lambda old: (old.deck, old.kind, old.front_hash),
        lambda new: (new.deck, new.kind, new.front_hash),
        unique=True,
        living_only=True,
    )
    return matched


def _ids_agree(old: StoredNote, new: IncomingNote) -> bool:
    return None in (old.explicit_id, new.explicit_id) or old.explicit_id == new.explicit_id
