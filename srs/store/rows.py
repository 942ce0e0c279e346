"""What a row of a collection may hold, for rows that come out of a file."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Boolean, Float, Integer, LargeBinary

from srs.deck.codec import decode
from srs.deck.model import Kind
from srs.errors import SrsError
from srs.schedule.beginning import Beginning
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.model import EventKind, Rating, ReviewKind, State
from srs.store import settings
from srs.store.complete import Field
from srs.store.locations import BUNDLED

UID_BYTES = 16
LARGEST_COUNT = 2**53
# 9999-01-01, the last year that Python's dates have, in days and milliseconds since 1970.
LAST_DAY = 2_932_532
LAST_MS = LAST_DAY * 86_400_000
TOLERANCE = 1e-9
ALLOWED: Mapping[tuple[str, str], frozenset[Any]] = {
    ("notes", "kind"): frozenset(Kind),
    ("cards", "state"): frozenset(State),
    ("reviews", "state"): frozenset(State),
    ("reviews", "rating"): frozenset(Rating),
    ("reviews", "kind"): frozenset(ReviewKind),
    ("events", "kind"): frozenset(EventKind),
    ("rehearsal_marks", "kind"): frozenset(("line", "note", "graded")),
}


class RowError(SrsError):
    """A row that no collection holds; the message is no whole sentence."""


class RowCheck:
    """What the rows of one part may hold, given the fields of their columns."""

    def __init__(self, part: str, fields: Sequence[Field]) -> None:
        self._part = part
        self._fields = tuple(fields)
        self._names = tuple(field.name for field in fields)
        self._tests = tuple(None if f.refers_to else _test_of(part, f) for f in fields)
        self._of_bytes = tuple(
            field.name for field in fields if isinstance(field.column.type, LargeBinary)
        )

    def values(self, row: Any) -> dict[str, Any]:
        """Return the values of a row by the document's names, with uids and digests as bytes.

        Raises RowError when a value has the wrong type, lies out of range, or means nothing.
        """
        if not isinstance(row, list) or len(row) != len(self._fields):
            raise RowError(f"it must be a list of {len(self._fields)} values")
        for name, value, test in zip(self._names, row, self._tests, strict=True):
            if test is not None and not test(value):
                raise RowError(f"{name} cannot be {str(value)[:40]!r}")
        values = dict(zip(self._names, row, strict=True))
        for name in self._of_bytes:
            if values[name] is not None:
                values[name] = _bytes(name, values[name])
        _check_meaning(self._part, values)
        return values


def same(wanted: Any, found: Any) -> bool:
    """Tell whether two values of a card's row are the same; floats may differ by 1e-9."""
    if isinstance(wanted, float) and isinstance(found, float):
        return math.isclose(wanted, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(wanted == found)


def _test_of(part: str, field: Field) -> Callable[[Any], bool]:
    """Return what tells whether a value may stand in a field."""
    kind, nullable = field.column.type, bool(field.column.nullable)
    allowed = ALLOWED.get((part, field.name))
    if allowed is not None:
        # True is 1 to a set, and would be written as such
        return lambda value: type(value) in (int, str) and value in allowed
    if isinstance(kind, Boolean):
        return lambda value: type(value) is bool or (value is None and nullable)
    if isinstance(kind, Integer):
        most = _most(field.name)
        return lambda value: (
            (type(value) is int and 0 <= value <= most) or (value is None and nullable)
        )
    if isinstance(kind, Float):
        return lambda value: (
            (type(value) in (int, float) and abs(value) < LARGEST_COUNT)
            or (value is None and nullable)
        )
    return lambda value: (type(value) is str and "\0" not in value) or (value is None and nullable)


def _most(name: str) -> int:
    if name.endswith("_day") or name == "buried_until":
        return LAST_DAY
    if name == "ms" or name.endswith("_ms"):
        return LAST_MS
    return LARGEST_COUNT if not name.endswith("_ns") else 2**63 - 1


def _bytes(name: str, value: Any) -> bytes:
    try:
        data = bytes.fromhex(value)
    except (TypeError, ValueError):
        raise RowError(f"{name} is not written in hexadecimal") from None
    if name in ("uid", "target", "review_uid") and len(data) != UID_BYTES:
        raise RowError(f"{name} must have {UID_BYTES} bytes")
    return data


def _check_meaning(part: str, values: Mapping[str, Any]) -> None:
    match part:
        case "notes":
            _check_details(values)
        case "decks":
            path = values["path"]
            name = path.removeprefix(BUNDLED)
            if path.startswith(BUNDLED) and (set("/\\") & set(name) or name.startswith(".")):
                raise RowError(f"{path!r} is no bundled deck")
        case "settings":
            try:
                settings.parse([(values["name"], values["value"])])
            except SrsError as error:
                raise RowError(str(error).rstrip(".")) from None
        case "events" if values["kind"] == EventKind.START:
            _check_beginning(values["text"])
        case "mock":
            _check_plan(values["plan"])
        case "mock_entry" | "real_question":
            if values["points"] not in (None, 0, 1, 2, 3, 4):
                raise RowError("points go from 0 to 4")
        case "rehearsals":
            _check_probes(values["probes"])
        case "rehearsal_marks" if values["kind"] == "line":
            if values["points"] not in (0, 1, 2) or values["position"] is None:
                raise RowError("a line has a position and 0, 1 or 2 points")
        case "weights":
            _check_weights(values["parameters"])
        case _:
            pass


def _check_plan(text: str) -> None:
    try:
        for section, card, target, probes in json.loads(text):
            whole = isinstance(section, str) and isinstance(target, int)
            if not whole or len(bytes.fromhex(card)) != UID_BYTES or not isinstance(probes, list):
                raise RowError("plan is not that of a mock interview")
            _check_probes(json.dumps(probes))
    except (ValueError, TypeError, RecursionError):
        raise RowError("plan is not that of a mock interview") from None


def _check_probes(text: str) -> None:
    try:
        probes = json.loads(text)
    except (ValueError, RecursionError):
        probes = None
    if not isinstance(probes, list) or not all(isinstance(probe, str) for probe in probes):
        raise RowError("probes must be a list of texts")


def _check_details(values: Mapping[str, Any]) -> None:
    try:
        decode(
            json.loads(values["details"]),
            kind=Kind(values["kind"]),
            front=values["front"],
            back=values["back"],
            topic="",
            line=values["line"],
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise RowError("details are not those of a note") from None


def _check_beginning(text: str) -> None:
    try:
        given = asdict(Beginning.from_text(text))
    except (ValueError, TypeError, RecursionError):
        raise RowError("text is no beginning") from None
    for name, value in given.items():
        optional = name in ("ease", "stability", "difficulty")
        number = type(value) is int or (optional and type(value) is float)
        if not (number and abs(value) <= LAST_DAY) and not (optional and value is None):
            raise RowError(f"the beginning's {name} cannot be {str(value)[:40]!r}")


def _check_weights(parameters: str) -> None:
    try:
        found = json.loads(parameters)
        good = len(found) == len(DEFAULT_WEIGHTS) and all(
            type(value) in (int, float) and abs(value) < 1000 for value in found
        )
    except (ValueError, TypeError, RecursionError):
        good = False
    if not good:
        raise RowError(f"parameters must be a list of {len(DEFAULT_WEIGHTS)} numbers")
