"""The person's settings: their names, what they may be, and how they are read and written.

They are rows of text in the collection. `srs due` waits for this module, so it imports neither
SQLAlchemy, datetime nor dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from srs.errors import SrsError
from srs.schedule.settings import SchedulingSettings, format_duration, parse_duration

COMPANIES = ("big-tech", "startup", "high-traffic")
KEY_PREFIX = "key."
MINUTES_IN_A_DAY = 1440


class UnknownSettingError(SrsError):
    """There is no setting of that name, or its value has the wrong form."""


class Settings(NamedTuple):
    """All settings, checked.

    `interview_date` is an ISO date, `minutes_per_day` what a day may take until then. `keys` maps
    the id of a key binding to the keys that replace its own, as Textual writes them.
    """

    scheduling: SchedulingSettings = SchedulingSettings()
    interview_date: str | None = None
    company: str | None = None
    minutes_per_day: int | None = None
    theme: str | None = None
    keys: Mapping[str, str] = MappingProxyType({})


class Definition(NamedTuple):
    """One setting: which field it fills, what it is for, and how it is read and shown."""

    field: str
    help: str
    parse: Callable[[str], object]
    show: Callable[[object], str]


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SrsError("write a whole number") from None


def _fraction(text: str) -> float:
    try:
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise SrsError("write a number such as 0.9 or 90%") from None


def _truth(text: str) -> bool:
    if text.lower() in ("true", "yes", "on", "1"):
        return True
    if text.lower() in ("false", "no", "off", "0"):
        return False
    raise SrsError("write yes or no")


def _durations(text: str) -> tuple[int, ...]:
    return tuple(parse_duration(part) for part in text.replace(",", " ").split())


def _show_durations(value: object) -> str:
    assert isinstance(value, tuple)
    return " ".join(format_duration(seconds) for seconds in value)


def _show_truth(value: object) -> str:
    return "yes" if value else "no"


def _minutes(text: str) -> int:
    minutes = _whole_number(text)
    if not 1 <= minutes <= MINUTES_IN_A_DAY:
        raise SrsError(f"write a whole number from 1 to {MINUTES_IN_A_DAY}")
    return minutes


def _date(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise SrsError("write a date such as 2026-12-15") from None


def _company(text: str) -> str:
    # Profiles of the person's own are in a file, so whether there is one shows when it is read.
    if not text.replace("-", "").isalnum():
        raise SrsError(f"write {', '.join(COMPANIES)} or the name of a profile of your own")
    return text


SCHEDULING: dict[str, Definition] = {
    "desired-retention": Definition(
        "desired_retention", "recall at which a card falls due, 0.70 to 0.99", _fraction, str
    ),
    "new-per-day": Definition("new_per_day", "new cards a day", _whole_number, str),
    "reviews-per-day": Definition("reviews_per_day", "reviews a day", _whole_number, str),
    "learning-steps": Definition(
        "learning_steps_s", "waits of a new card, such as 1m 10m", _durations, _show_durations
    ),
    "relearning-steps": Definition(
        "relearning_steps_s", "waits of a forgotten card", _durations, _show_durations
    ),
    "learn-ahead-minutes": Definition(
        "learn_ahead_minutes", "how early a learning card may be asked", _whole_number, str
    ),
    "rollover-hour": Definition(
        "rollover_hour", "the hour at which the next study day begins", _whole_number, str
    ),
    "maximum-interval-days": Definition(
        "maximum_interval_days", "the longest interval", _whole_number, str
    ),
    "bury-siblings": Definition(
        "bury_siblings", "ask one card of a note a day", _truth, _show_truth
    ),
    "leech-threshold": Definition(
        "leech_threshold", "lapses after which a card is suspended as a leech", _whole_number, str
    ),
}
OTHERS: dict[str, Definition] = {
    "interview-date": Definition("interview_date", "the day of the interview", _date, str),
    "company": Definition("company", f"{', '.join(COMPANIES)}", _company, str),
    "minutes-per-day": Definition(
        "minutes_per_day", "minutes a day until the interview, else about 30", _minutes, str
    ),
    "theme": Definition("theme", "the TUI's theme; ctrl+p in the TUI lists them", str.strip, str),
}
DEFINITIONS = SCHEDULING | OTHERS


def parse(rows: Iterable[tuple[str, str]]) -> Settings:
    """Return the settings of stored (name, value) rows.

    Raises UnknownSettingError or SettingError, each naming the setting and what to write.
    """
    scheduling: dict[str, object] = {}
    others: dict[str, object] = {}
    keys: dict[str, str] = {}
    for name, value in rows:
        if name.startswith(KEY_PREFIX):
            keys[name.removeprefix(KEY_PREFIX)] = value
        elif name in SCHEDULING:
            scheduling[SCHEDULING[name].field] = _parse_one(name, value)
        elif name in OTHERS:
            others[OTHERS[name].field] = _parse_one(name, value)
    return Settings(SchedulingSettings(**scheduling), keys=keys, **others)  # type: ignore[arg-type]


def check(stored: Mapping[str, str], name: str, value: str) -> Settings:
    """Return the settings as they would be with one more value; raises as `parse` does."""
    if name not in DEFINITIONS and not (name.startswith(KEY_PREFIX) and len(name) > 4):
        raise UnknownSettingError(
            f"There is no setting {name!r}; srs config lists them, and key.ID binds a key."
        )
    return parse({**stored, name: value}.items())


def show(settings: Settings) -> dict[str, str | None]:
    """Return every setting as it would be written, None where it is not set."""
    shown: dict[str, str | None] = {}
    for name, definition in DEFINITIONS.items():
        owner = settings.scheduling if name in SCHEDULING else settings
        value = getattr(owner, definition.field)
        shown[name] = None if value is None else definition.show(value)
    return shown | {KEY_PREFIX + name: keys for name, keys in sorted(settings.keys.items())}


def _parse_one(name: str, value: str) -> object:
    try:
        return DEFINITIONS[name].parse(value.strip())
    except SrsError as error:
        raise UnknownSettingError(f"The setting {name} cannot be {value!r}: {error}.") from None


assert {d.field for d in SCHEDULING.values()} == set(SchedulingSettings._fields)
