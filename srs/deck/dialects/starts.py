"""Where the schedules of other programs stood, as they write them beside a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from srs.deck.model import Start

REVIEW_DATES = "<!--SR:"

_EPOCH = date(1970, 1, 1).toordinal()
_DATE = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_NUMBER = re.compile(r"\s*-?\d{1,6}(?:\.\d{1,15})?\s*\Z")
# The plug-in's sign for a card that was not seen yet beside siblings that were.
_NEVER = date(2000, 1, 1).toordinal() - _EPOCH
_LONGEST_INTERVAL = 36500
_FIELDS_OF_FSRS = 5


def obsidian_starts(schedules: str, keys: Sequence[str]) -> tuple[Start, ...]:
    """Return the starts that a schedule comment of Obsidian's plug-in gives the cards of a note.

    `schedules` is what stands between `<!--SR:` and `-->`: for each sibling in order
    `!due,interval,ease` or `!fsrs,due,interval,stability,difficulty,state,…`, the ease in percent.
    What cannot be read, and a sibling not seen yet, gives its card none. The day of a time is that
    of UTC, in which the plug-in writes it.
    """
    parts = schedules.split("!")
    parts = parts[1:] if not parts[0].strip() else parts
    found = (_obsidian_start(part, key) for part, key in zip(parts, keys, strict=False))
    return tuple(start for start in found if start is not None)


def logseq_starts(properties: Mapping[str, str], keys: Sequence[str]) -> Iterator[Start]:
    """Yield the starts that a block's `card-…` properties give the cards of its note.

    Logseq schedules a block as one, so every deletion of it starts alike.
    """
    due = _day(properties.get("card-next-schedule", ""))
    interval = _number(properties.get("card-last-interval", ""))
    if due is None or interval is None:
        return
    ease = _ease(_number(properties.get("card-ease-factor", "")))
    for key in keys:
        yield Start(key, due, _interval(interval), ease=ease)


def _obsidian_start(part: str, key: str) -> Start | None:
    fields = part.split(",")
    by_fsrs = fields[0].strip() == "fsrs"
    if by_fsrs:
        del fields[0]
    if len(fields) < (_FIELDS_OF_FSRS if by_fsrs else 3):
        return None
    due, interval = _day(fields[0]), _number(fields[1])
    if due is None or interval is None or due == _NEVER:
        return None
    if not by_fsrs:
        percent = _number(fields[2])
        ease = _ease(percent / 100 if percent is not None else None)
        return Start(key, due, _interval(interval), ease=ease)
    stability, difficulty, state = map(_number, fields[2:_FIELDS_OF_FSRS])
    if not state or not stability or stability <= 0:
        return None
    is_known = difficulty is not None and 1 <= difficulty <= 10
    return Start(
        key,
        due,
        _interval(interval),
        stability=stability,
        difficulty=difficulty if is_known else None,
    )


def _day(text: str) -> int | None:
    """Return the day of an ISO date or time, counted from 1970-01-01."""
    found = _DATE.match(text)
    try:
        return date.fromisoformat(found.group(1)).toordinal() - _EPOCH if found else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _interval(days: float) -> int:
    return max(1, min(_LONGEST_INTERVAL, round(days)))


def _ease(factor: float | None) -> float | None:
    return factor if factor is not None and factor > 1 else None
