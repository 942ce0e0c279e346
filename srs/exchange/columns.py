"""Which column of a table holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from srs.errors import SrsError

ROLES = ("front", "back", "tags", "topic", "deck", "hint", "source", "id")
NAMES: Mapping[str, tuple[str, ...]] = {
    "front": ("front", "question", "q", "prompt", "term", "word", "text", "cloze"),
    "back": ("back", "answer", "a", "response", "definition", "meaning", "translation", "reply"),
    "tags": ("tags", "tag", "labels"),
    "topic": ("topic", "category", "subject"),
    "deck": ("deck",),
    "hint": ("hint", "hints"),
    "source": ("source", "reference"),
    "id": ("guid", "id"),
}


class ColumnError(SrsError):
    """The mapping of columns does not fit; the message is one sentence."""


def parse_mapping(text: str) -> dict[str, str]:
    """Read `front=Question,back=3`. Raises ColumnError, saying what to write."""
    found: dict[str, str] = {}
    for part in text.split(","):
        role, sign, column = part.partition("=")
        if role.strip() not in ROLES or not (sign and column.strip()):
            raise ColumnError(
                f"{part.strip()!r} names no column; write --columns front=Question,back=Answer "
                f"with any of {', '.join(ROLES)}"
            )
        found[role.strip()] = column.strip()
    return found


def find_columns(
    first: Sequence[str], wanted: Mapping[str, str], named: Mapping[str, int]
) -> tuple[dict[str, int], bool]:
    """Return the place of each role's column, from 0, and whether the first line names columns.

    `wanted` is the person's mapping, by name or number from 1; `named` what the file itself says.
    Raises ColumnError when a column that is wanted is not there.
    """
    names = [name.strip().casefold() for name in first]
    by_name = {role: place for role, known in NAMES.items() if (place := _find(names, known)) >= 0}
    has_names = "front" in by_name and "back" in by_name
    places = dict(named) or (by_name if has_names else {"front": 0, "back": 1})
    for role, column in wanted.items():
        if column.casefold() in names:
            places[role] = names.index(column.casefold())
            has_names = True
        elif column.isascii() and column.isdecimal() and 1 <= int(column[:9]) <= len(first):
            places[role] = int(column) - 1
        else:
            raise ColumnError(f"there is no column {column!r}; there are {', '.join(first)[:200]}")
    return places, has_names and not named


def _find(names: Sequence[str], known: Sequence[str]) -> int:
    return next((names.index(name) for name in known if name in names), -1)
