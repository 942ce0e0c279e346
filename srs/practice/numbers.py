"""Judging a typed number: its unit, its magnitude, how far off it is."""

from __future__ import annotations

from dataclasses import dataclass

from srs.deck.cards import in_unit
from srs.deck.model import ExpectedNumber
from srs.deck.placeholders import rounded
from srs.deck.quantities import Quantity, QuantityError, Unit, read_quantity, read_unit

# The answer is shown to four figures, so what rounds to it is right even without a tolerance.
LEAST_TOLERANCE = 5e-4
FAR_OFF = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a typed number is right, and a sentence on it. None: it could not be judged."""

    right: bool | None
    sentence: str


def judge(typed: str, expected: ExpectedNumber) -> Verdict:
    """Judge a typed number; one without a unit is taken to be in the unit that was asked for."""
    try:
        quantity = read_quantity(typed)
        wanted = read_unit(expected.unit or "")
    except QuantityError as error:
        return Verdict(None, str(error))
    shown = in_unit(rounded(expected.value), expected.unit)
    if not _fits(quantity.unit, wanted, expected.unit):
        return Verdict(
            False,
            f"{_named(quantity.unit)}; the answer is in {expected.unit}: {shown}.",
        )
    offers = _in_the_wanted_unit(quantity, wanted, expected)
    given = min(offers, key=lambda offer: abs(offer - expected.value))
    off = abs(given - expected.value)
    if off <= max(expected.tolerance, LEAST_TOLERANCE) * abs(expected.value):
        near = "" if off <= LEAST_TOLERANCE * abs(expected.value) else f" It is {shown}."
        return Verdict(True, f"Right.{near}")
    return Verdict(False, f"Not quite: {shown}{_how_far(given, expected.value)}.")


def _fits(typed: Unit, wanted: Unit, unit: str | None) -> bool:
    """Tell whether a typed unit may stand where another is wanted.

    No unit, and a noun that may be another word for the same, never count as wrong.
    """
    if unit is None or not typed.measures or typed.measures == wanted.measures:
        return True
    if typed.measures == "/s":  # so many a second, of whatever was asked
        return wanted.measures.endswith("/s")
    if wanted.measures == "/s":
        return typed.measures.endswith("/s")
    return not typed.exact and not wanted.exact


def _in_the_wanted_unit(
    quantity: Quantity, wanted: Unit, expected: ExpectedNumber
) -> tuple[float, ...]:
    value = quantity.number * quantity.unit.scale
    if expected.unit is None:
        return (value, quantity.number)  # the question says what is asked for, the deck does not
    if not quantity.unit.measures:
        return (value,)
    return (value / wanted.scale,)


def _named(unit: Unit) -> str:
    names = {
        "B": "That is memory",
        "bit": "Those are bits, eight to a byte",
        "s": "That is a time",
        "%": "That is a percentage",
        "$": "That is money",
        "W": "That is power",
    }
    if unit.measures in names:
        return names[unit.measures]
    if unit.measures.endswith("/s"):
        return "That is so much a second"
    return f"That counts something else ({unit.measures})"


def _how_far(given: float, expected: float) -> str:
    ratio = given / expected if expected else 0.0
    if ratio <= 0:
        return ""
    times = max(ratio, 1 / ratio)
    direction = "high" if ratio > 1 else "low"
    if times >= FAR_OFF:
        return f", yours is about {times:,.0f} times too {direction}"
    return f", yours is {abs(ratio - 1):.0%} too {direction}"
