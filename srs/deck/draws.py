"""The numbers of a drill: drawn by a seed, and every draw there may be, looked at beforehand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice, pairwise, product

from srs.deck.drill import DrillError, evaluate, fixed_draw
from srs.deck.model import Choices, Drill, Range
from srs.deck.quantities import QuantityError, Unit, read_unit

MOST_DRAWS = 400
MOST_OF_A_RANGE = 9
LARGEST, SMALLEST = 1e18, 1e-12


def draw(drill: Drill, seed: int) -> dict[str, float]:
    """Return the numbers that a seed stands for, the same on every computer and version.

    Each variable's place among its values is a hash of the seed and its name, so that a variable
    added to a drill moves no other. A draw that cannot be computed gives way to the fixed one.
    """
    drawn = {
        name: _value(variable, _hashed(seed, name) % _count(variable))
        for name, variable in drill.variables.items()
    }
    try:
        evaluate(drill.answer, drawn)
    except DrillError:
        return fixed_draw(drill)
    return drawn


def check_draws(drill: Drill) -> None:
    """Compute the drill over its range.

    That is every combination where there are few; of a long range its ends and steps between
    them; of very many combinations those and others evenly chosen, up to a bound.

    Raises DrillError when one divides by zero, has no finite value, or gives what nobody would
    ask for: nothing or less than nothing of a unit, zero with a tolerance, absurdly much or little.
    """
    for values in _draws(drill):
        try:
            answer = evaluate(drill.answer, values)
        except DrillError as error:
            raise DrillError(f"{error}: {_shown(values)}") from error
        if (complaint := _absurd(answer, drill)) is not None:
            raise DrillError(f"`{drill.answer}` {complaint} for {_shown(values)}")


def unit_of(drill: Drill) -> Unit:
    """Return the unit of a drill's answer, a bare number when it has none."""
    return read_unit(drill.unit or "")


def check_unit(drill: Drill, question: str) -> None:
    """Raise DrillError when the unit is none, or the question asks for another kind of thing."""
    if drill.unit is None:
        return
    try:
        unit = unit_of(drill)
    except QuantityError as error:
        raise DrillError(
            f"`unit: {drill.unit}` is no unit; write GB, ms, %, /s or a noun"
        ) from error
    asked = _asked_unit(question)
    if asked is not None and unit.exact and asked[1].measures != unit.measures:
        raise DrillError(
            f"the question asks for {asked[0]} and `unit: {drill.unit}` is another kind of unit; "
            "change one of them"
        )


def _asked_unit(question: str) -> tuple[str, Unit] | None:
    """Return the unit named after the last `how many`, `in` or `what` that is more than a noun."""
    words = [word.strip(",.?!()*`") for word in question.split()]
    found = None
    for before, word in pairwise(words):
        if before.casefold() in ("many", "in", "percentage", "which"):
            try:
                unit = read_unit(word)
            except QuantityError:
                continue
            if unit.exact and not word[:1].isdigit():
                found = (word, unit)
    return found


def _absurd(answer: float, drill: Drill) -> str | None:
    if answer == 0 and (drill.tolerance or drill.unit):
        return "is 0"
    if answer < 0 and drill.unit is not None:
        return f"is less than no {drill.unit}"
    if answer and not SMALLEST <= abs(answer) <= LARGEST:
        return f"is {answer:.3g}, which nobody can estimate,"
    return None


def _draws(drill: Drill) -> Iterator[dict[str, float]]:
    names = list(drill.variables)
    few = [_looked_at(variable) for variable in drill.variables.values()]
    total = math.prod(len(values) for values in few)
    if total <= MOST_DRAWS:
        for combination in product(*few):
            yield dict(zip(names, combination, strict=True))
        return
    for ends in islice(product(*((values[0], values[-1]) for values in few)), MOST_DRAWS // 2):
        yield dict(zip(names, ends, strict=True))
    for seed in range(MOST_DRAWS // 2):
        yield {
            name: values[_hashed(seed, name) % len(values)]
            for name, values in zip(names, few, strict=True)
        }


def _looked_at(variable: Choices | Range) -> list[float]:
    count = _count(variable)
    if isinstance(variable, Choices):
        return sorted(variable.values)
    few = min(count, MOST_OF_A_RANGE)
    places = {round(i * (count - 1) / max(1, few - 1)) for i in range(few)}
    return [_value(variable, place) for place in sorted(places)]


def _count(variable: Choices | Range) -> int:
    if isinstance(variable, Choices):
        return len(variable.values)
    # A range of 0 to 1 by 0.1 has eleven values, whatever the division gives.
    return math.floor((variable.maximum - variable.minimum) / variable.step + 1e-9) + 1


def _value(variable: Choices | Range, place: int) -> float:
    if isinstance(variable, Choices):
        return variable.values[place]
    return float(f"{variable.minimum + place * variable.step:.12g}")


def _hashed(seed: int, name: str) -> int:
    return int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=8).digest())


def _shown(values: dict[str, float]) -> str:
    return ", ".join(f"{name} = {value:.12g}" for name, value in values.items()) or "its numbers"
