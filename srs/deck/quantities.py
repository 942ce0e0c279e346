"""Numbers with units and magnitudes as people type them: `64 GB`, `1.2e6/s`, `5.4k`, `40 %`.

QuantiPhy knows the prefixes; it takes `3 min` for milli-inches and `67 replicas` for a count of
10^-27, so it is only asked about units that take prefixes. (pint, which knows more units, needs
half a second to be imported; this, a twentieth.)
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from srs.errors import SrsError

LONGEST = 60
_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?P<unit>.*)")
_POWER = re.compile(r"(?<=\d)\s*(?:[x×*·]\s*10\s*(?:\^|\*\*))\s*(?P<power>[+-]?\d{1,3})")
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?:([,_' \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?!\d)")
_WORDS = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_MAGNITUDES = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_SECONDS = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1,
    "min": 60, "minute": 60, "minutes": 60,
    "h": 3600, "hour": 3600, "hours": 3600,
    "d": 86_400, "day": 86_400, "days": 86_400,
}  # fmt: skip
_MILLISECONDS = {"millisecond": 1e-3, "milliseconds": 1e-3, "microseconds": 1e-6}
_PREFIXED = {"B": "B", "bit": "bit", "bits": "bit", "b": "bit", "s": "s", "Hz": "/s", "W": "W"}
_BYTES = {"byte": "B", "bytes": "B", "bit": "bit", "bits": "bit"}
_MONEY = {"$": "$", "dollar": "$", "dollars": "$", "usd": "$", "€": "€", "euro": "€", "euros": "€"}
_PERCENT = {"%", "percent", "per cent", "pct"}
_PER = re.compile(r"\s*(?:/|\bper\b)\s*(?P<time>[A-Za-z]+)$")
_A_TIME = re.compile(r"\s+an?\s+(?P<time>second|minute|hour|day)$")
_NOUN = re.compile(r"[^\W\d_][\w .\-]*")


class QuantityError(SrsError):
    """A text that is no number with a unit, or a unit that is none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures and how many base units it is.

    `measures` is `B`, `bit`, `s`, `W`, `%`, a currency, a noun in the singular, any of these with
    `/s`, or empty for a bare number. `exact` says that it is no mere noun.
    """

    scale: float = 1.0
    measures: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was typed, and its unit. Its value in base units is `number × unit.scale`."""

    number: float
    unit: Unit


def read_quantity(text: str) -> Quantity:
    """Return the number and the unit that a text means.

    Commas, thin spaces and underscores may part thousands; a comma before other than three digits
    is a decimal sign. Raises QuantityError, saying what to type.
    """
    given = " ".join(text.split()).replace("−", "-")
    if len(given) > LONGEST:
        raise QuantityError("That is too long for a number; type one such as 64 GB.")
    money = next((sign for sign in "$€" if given.lstrip("~≈ ").startswith(sign)), "")
    given = given.lstrip("~≈ $€")
    given = _GROUPS.sub(lambda found: re.sub(r"\D", "", found.group()), given)
    given = re.sub(r"(?<=\d),(?=\d)", ".", given, count=1)
    given = _POWER.sub(lambda found: f"e{found['power']}", given)
    found = _NUMBER.fullmatch(given)
    number = float(found["number"]) if found else math.nan
    if found is None or not math.isfinite(number):
        raise QuantityError(f"{text.strip()!r} is no number; type one such as 101, 5.4k or 64 GB.")
    unit = read_unit(found["unit"])
    if money:
        unit = Unit(unit.scale, money + unit.measures, True)
    return Quantity(number, unit)


def read_unit(text: str) -> Unit:
    """Return the unit that a text names; nothing is a bare number.

    Raises QuantityError for what cannot be a unit.
    """
    written = text.strip()
    rate = _PER.search(written) or _A_TIME.search(written)
    if rate is not None and rate["time"] in _SECONDS:
        above = read_unit(written[: rate.start()])
        scale = above.scale / _SECONDS[rate["time"]]
        return Unit(scale, f"{above.measures}/s", above.exact or not above.measures)
    if not written:
        return Unit()
    low = written.casefold()
    if low in _PERCENT:
        return Unit(1.0, "%", True)
    if low in _MONEY:
        return Unit(1.0, _MONEY[low], True)
    if low in _BYTES:
        return Unit(1.0, _BYTES[low], True)
    for times in (_SECONDS, _MILLISECONDS):
        if written in times:
            return Unit(float(times[written]), "s", True)
    first, _, rest = written.partition(" ")
    for names in (_MAGNITUDES, _WORDS):
        key = first if names is _MAGNITUDES else first.casefold()
        if key in names:
            more = read_unit(rest)
            return Unit(names[key] * more.scale, more.measures, more.exact)
    return _prefixed(written) or _noun(written)


def _prefixed(written: str) -> Unit | None:
    from quantiphy import InvalidNumber
    from quantiphy import Quantity as Known

    try:
        known = Known(f"1 {written}", binary=True)
    except InvalidNumber:
        return None
    measures = _PREFIXED.get(known.units)
    return None if measures is None else Unit(float(known), measures, True)


def _noun(written: str) -> Unit:
    if not _NOUN.fullmatch(written):
        raise QuantityError(f"{written!r} is no unit; type one such as GB, ms, % or /s.")
    word = written.casefold()
    return Unit(1.0, word[:-1] if word.endswith("s") and len(word) > 2 else word)
