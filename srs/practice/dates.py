"""Days as people write them on a command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from srs.errors import SrsError

DAYS_IN = {"day": 1, "days": 1, "week": 7, "weeks": 7}
# Day and month in either order; the year, where one is written, follows.
FORMS = ("%d %b", "%d %B", "%b %d", "%B %d")
FURTHEST_DAYS = 1000
HOW_TO = "write a date such as 2026-12-15 or 15 Dec, or in 3 weeks"


def read_day(text: str, today: date) -> date:
    """Return the day that a text means: an ISO date, `15 Dec`, `tomorrow`, `in 3 weeks`.

    Without a year it is the next such day, today included. Raises SrsError, saying what to write,
    for anything else, and for a day that has passed or is too far away to plan for.
    """
    day = _read(" ".join(text.replace(",", " ").split()), today)
    if day is None:
        raise SrsError(f"{text!r} is no date; {HOW_TO}.")
    if day < today:
        raise SrsError(f"{day.isoformat()} has passed; give a day from {today.isoformat()} on.")
    if (day - today).days > FURTHEST_DAYS:
        raise SrsError(
            f"{day.isoformat()} is more than {FURTHEST_DAYS} days away; give a nearer day."
        )
    return day


def _read(text: str, today: date) -> date | None:
    words = text.casefold().split(" ")
    if words in (["today"], ["tomorrow"]):
        return today + timedelta(days=words != ["today"])
    if len(words) == 3 and words[0] == "in" and words[2] in DAYS_IN and words[1].isdecimal():
        try:
            return today + timedelta(days=int(words[1][:5]) * DAYS_IN[words[2]])
        except OverflowError:
            return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    for form in FORMS:
        if (day := _parsed(text, f"{form} %Y")) is not None:
            return day
        for year in range(today.year, today.year + 9):  # a 29 February may be eight years away
            day = _parsed(f"{text} {year}", f"{form} %Y")
            if day is not None and day >= today:
                return day
    return None


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    except ValueError:
        return None
