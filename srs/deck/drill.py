"""Numeric questions: reading a `drill` block, drawing its numbers, computing its answer."""

from __future__ import annotations

import ast
import math
import re
import warnings
from collections.abc import Callable, Mapping

import simpleeval

from srs.deck.model import Choices, Drill, Range
from srs.errors import SrsError

DEFAULT_TOLERANCE = 0.1

_LONGEST_EXPRESSION = 500
_LONGEST_UNIT = 30
_MOST_STEPS = 1_000_000
_LINE = re.compile(r"(?P<key>[A-Za-z_]\w*)\s*:\s*(?P<value>.*)")
_COMMENT = re.compile(r"(^|\s)#.*")
_PERCENT = re.compile(r"(.*\d)\s*%")


class DrillError(SrsError):
    """A drill that cannot be read or computed. `line` counts from 0 within the block."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def _power(base: float, exponent: float) -> float:
    result: object = float(base) ** float(exponent)
    if not isinstance(result, float):
        raise ValueError("a negative number has no such power")
    return result


def _rounded(value: float, digits: float = 0) -> float:
    return float(round(float(value), max(-300, min(int(digits), 300))))


def _constant(node: ast.Constant) -> float:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise TypeError("not a number")
    return float(node.value)


def _parse(expression: str) -> ast.expr:
    with warnings.catch_warnings():
        # Python has remarks on text such as `1or 2`; they are not for the reader of a deck.
        warnings.simplefilter("ignore")
        return ast.parse(expression.strip(), mode="eval").body


_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "round": _rounded,
    "ceil": math.ceil,
    "floor": math.floor,
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "exp": math.exp,
}
_OPERATORS: Mapping[type[ast.AST], Callable[..., float]] = {
    ast.Add: lambda a, b: float(a) + float(b),
    ast.Sub: lambda a, b: float(a) - float(b),
    ast.Mult: lambda a, b: float(a) * float(b),
    ast.Div: lambda a, b: float(a) / float(b),
    ast.FloorDiv: lambda a, b: float(a) // float(b),
    ast.Mod: lambda a, b: float(a) % float(b),
    ast.Pow: _power,
    ast.USub: lambda a: -float(a),
    ast.UAdd: float,
}
_NODES = (ast.Name, ast.BinOp, ast.UnaryOp, ast.Call)


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """Compute an expression: arithmetic, parentheses, the named values and a few functions.

    The functions are min, max, round, ceil, floor, sqrt, log, log2 and exp. All numbers are
    floats, so that no power can grow without bound.

    Raises:
        DrillError: the expression is no such arithmetic, names something that is not in `values`,
            or has no finite value (a division by zero, an overflow).
    """
    if len(expression) > _LONGEST_EXPRESSION:
        raise DrillError(f"the expression is longer than {_LONGEST_EXPRESSION} characters")
    evaluator = simpleeval.SimpleEval(
        operators=dict(_OPERATORS), functions=dict(_FUNCTIONS), names=dict(values)
    )
    evaluator.nodes = {node: evaluator.nodes[node] for node in _NODES}
    evaluator.nodes[ast.Constant] = _constant
    try:
        result = float(evaluator.eval(expression, previously_parsed=_parse(expression)))
    except simpleeval.NameNotDefined as error:
        raise DrillError(f"`{error.name}` is not defined; give it a line of its own") from error
    except simpleeval.FunctionNotDefined as error:
        known = ", ".join(_FUNCTIONS)
        raise DrillError(f"there is no function `{error.func_name}`; known are {known}") from error
    except ZeroDivisionError as error:
        raise DrillError(f"`{expression}` divides by zero for some of its numbers") from error
    except (ArithmeticError, ValueError) as error:
        raise DrillError(f"`{expression}` has no value ({error})") from error
    except (simpleeval.InvalidExpression, SyntaxError, TypeError, KeyError) as error:
        raise DrillError(f"`{expression}` is no arithmetic that can be computed") from error
    except (RecursionError, MemoryError) as error:
        raise DrillError(f"`{expression}` is nested too deeply") from error
    if not math.isfinite(result):
        raise DrillError(f"`{expression}` has no finite value")
    return result


def fixed_draw(drill: Drill) -> dict[str, float]:
    """Return the same numbers every time: the first of the choices, the minimum of a range."""
    return {
        name: variable.values[0] if isinstance(variable, Choices) else variable.minimum
        for name, variable in drill.variables.items()
    }


def parse_drill(block: str) -> Drill:
    """Read the inside of a `drill` block, one `name: value` a line.

    A list is a set of choices, `{min, max, step}` a range, a number a constant. `answer` is the
    expression, `tolerance` a percentage or a fraction, `unit` that of the answer.

    Raises:
        DrillError: a line cannot be read, `answer` is missing, or it cannot be computed for the
            fixed draw.
    """
    variables: dict[str, Choices | Range] = {}
    answer, answer_line = "", 0
    tolerance = DEFAULT_TOLERANCE
    unit: str | None = None
    for number, line in enumerate(block.split("\n")):
        content = _COMMENT.sub("", line).strip()
        if not content:
            continue
        found = _LINE.fullmatch(content)
        if found is None:
            raise DrillError("a line of a drill is `name: value`", number)
        key, value = found["key"], found["value"].strip()
        try:
            if key == "answer":
                answer, answer_line = value, number
            elif key == "tolerance":
                tolerance = _tolerance(value)
            elif key == "unit":
                unit = _unit(value)
            elif key in _FUNCTIONS or key in variables:
                raise DrillError(f"the name `{key}` is taken; choose another")
            else:
                variables[key] = _variable(key, value)
        except DrillError as error:
            raise DrillError(str(error), number) from error
    if not answer:
        raise DrillError("the drill has no answer; write `answer: …` in its block")
    drill = Drill(variables, answer, tolerance, unit)
    try:
        evaluate(answer, fixed_draw(drill))
    except DrillError as error:
        raise DrillError(str(error), answer_line) from error
    return drill


def _variable(name: str, value: str) -> Choices | Range:
    if value.startswith("[") and value.endswith("]"):
        return Choices(tuple(_number(part) for part in value[1:-1].split(",")))
    if value.startswith("{") and value.endswith("}"):
        return _range(name, value[1:-1])
    return Choices((_number(value),))


def _range(name: str, inside: str) -> Range:
    parts: dict[str, float] = {}
    for part in inside.split(","):
        key, _, number = part.partition(":")
        parts[key.strip()] = _number(number)
    if set(parts) - {"step"} != {"min", "max"}:
        raise DrillError(f"write the range as `{name}: {{min: 1, max: 8, step: 1}}`")
    low, high, step = parts["min"], parts["max"], parts.get("step", 1.0)
    if not (step > 0 and low <= high and (high - low) / step <= _MOST_STEPS):
        raise DrillError(f"the range of `{name}` needs min ≤ max and a sensible step above 0")
    return Range(low, high, step)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise DrillError(
            f"`{text.strip()}` is no number; write `[1, 2]`, `{{min: 1, max: 8, step: 1}}` or `16`"
        )
    return number


def _unit(text: str) -> str:
    if not text or len(text) > _LONGEST_UNIT:
        raise DrillError(f"`unit: {text}` is no unit; write GB, ms, %, /s or a noun")
    return text


def _tolerance(text: str) -> float:
    percent = _PERCENT.fullmatch(text)
    fraction = _number(percent.group(1)) / 100 if percent else _number(text)
    if not 0 <= fraction <= 1:
        raise DrillError(f"`tolerance: {text}` is out of range; write `10%` or `0.1`")
    return fraction
