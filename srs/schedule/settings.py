"""How a person wants to be scheduled, checked once at the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from srs.errors import SrsError

UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LONGEST_STEP_S = 30 * UNIT_S["d"]
RANGES: dict[str, tuple[float, float]] = {
    "desired_retention": (0.70, 0.99),
    "maximum_interval_days": (1, 36_500),
    "rollover_hour": (0, 23),
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "learn_ahead_minutes": (0, 1440),
    "leech_threshold": (1, 99),
}


class SettingError(SrsError):
    """A setting has a value it cannot have."""


class _Values(NamedTuple):
    desired_retention: float = 0.9
    learning_steps_s: tuple[int, ...] = (60, 600)
    relearning_steps_s: tuple[int, ...] = (600,)
    maximum_interval_days: int = 36_500
    rollover_hour: int = 4
    new_per_day: int = 10
    reviews_per_day: int = 200
    learn_ahead_minutes: int = 20
    bury_siblings: bool = True
    leech_threshold: int = 8


class SchedulingSettings(_Values):
    """How cards are scheduled and how many are asked a day.

    `desired_retention` is the recall, 0.70 to 0.99, at which a card falls due. The steps are the
    waits, in seconds, of a card that is being learned or relearned; with none it goes straight to
    review. A study day begins at `rollover_hour` local time. A learning card may be asked
    `learn_ahead_minutes` before its time when nothing else is left. `bury_siblings` asks one card
    of a note a day. A card is a leech at `leech_threshold` lapses.

    Raises SettingError, naming the setting, its value and what is allowed.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # for the type checker the fields make the signature

        def __new__(cls, *values: Any, **named: Any) -> SchedulingSettings:
            """Refuse values that are not allowed."""
            settings = super().__new__(cls, *values, **named)
            settings._check()
            return settings

    def _check(self) -> None:
        for field, (low, high) in RANGES.items():
            value = getattr(self, field)
            if not low <= value <= high:
                raise SettingError(
                    f"The setting {field.replace('_', '-')} is {value}; "
                    f"it must lie between {low} and {high}."
                )
        for name, steps in (
            ("learning-steps", self.learning_steps_s),
            ("relearning-steps", self.relearning_steps_s),
        ):
            for step in steps:
                if not 1 <= step <= LONGEST_STEP_S:
                    raise SettingError(
                        f"The setting {name} holds {format_duration(step)}; "
                        f"a step must lie between 1s and {format_duration(LONGEST_STEP_S)}."
                    )


def parse_duration(text: str) -> int:
    """Return the seconds of a duration such as `30s`, `10m`, `2h` or `1d`.

    Raises SettingError, saying what to write, for anything else.
    """
    number, unit = text[:-1], text[-1:]
    # isdecimal alone would let other scripts' digits through, and int reads thousands of them
    if unit not in UNIT_S or not (number.isascii() and number.isdecimal() and len(number) < 9):
        raise SettingError("write a duration such as 30s, 10m, 2h or 1d")
    return int(number) * UNIT_S[unit]


def format_duration(seconds: int) -> str:
    """Return seconds as `parse_duration` reads them, in the largest unit that divides them."""
    if seconds == 0:
        return "0s"
    unit = next(u for u in reversed(UNIT_S) if seconds % UNIT_S[u] == 0)
    return f"{seconds // UNIT_S[unit]}{unit}"
