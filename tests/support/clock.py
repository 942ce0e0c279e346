"""A clock that tests set by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class ManualClock:
    """A `srs.schedule.clock.Clock` that stands still until it is moved.

    It is set to an ISO local date and time in an IANA zone. A local time that the zone has twice
    is the first of the two.
    """

    def __init__(self, local: str, zone: str = "Europe/Berlin") -> None:
        self._zone = ZoneInfo(zone)
        self._passed_ms = 0
        self.set(local)

    def now_ms(self) -> int:
        return self._ms

    def utc_offset_s(self, epoch_s: int) -> int:
        offset = datetime.fromtimestamp(epoch_s, self._zone).utcoffset()
        assert offset is not None
        return round(offset.total_seconds())

    def monotonic_ms(self) -> int:
        return self._passed_ms

    def set(self, local: str) -> None:
        """Set the local date and time, forwards or back."""
        wall = datetime.fromisoformat(local).replace(tzinfo=self._zone)
        self._ms = round(wall.timestamp() * 1000)

    def advance(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time pass; a day is 24 hours, whatever the wall clock does."""
        passed = timedelta(minutes=minutes, hours=hours, days=days)
        self._ms += round(passed.total_seconds() * 1000)
        self._passed_ms += round(passed.total_seconds() * 1000)

    def fly(self, zone: str) -> None:
        """Change the time zone; the instant stays."""
        self._zone = ZoneInfo(zone)
