"""Instants and times as the faces say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from srs.schedule.clock import Clock, study_day

FAR_DAYS = 7


def when(clock: Clock, ms: int, rollover_hour: int) -> str:
    """Return when an instant is, as seen from now: `18:40`, `tomorrow`, `Thu 3 Dec`."""
    now = clock.now_ms()
    days = study_day(clock, ms, rollover_hour) - study_day(clock, now, rollover_hour)
    local = wall_time(clock, ms)
    if days <= 0:
        return f"{local:%H:%M}"
    if days == 1:
        return "tomorrow"
    if days < FAR_DAYS:
        return f"on {local:%A}"
    return f"on {local:%a} {local.day} {local:%b}"


def date_of(study: int) -> datetime:
    """Return a study day as a date."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=study)


def wall_time(clock: Clock, ms: int) -> datetime:
    """Return an instant as local wall time."""
    return datetime.fromtimestamp(ms / 1000 + clock.utc_offset_s(ms // 1000), UTC)


def iso(clock: Clock, ms: int | None) -> str | None:
    """Return an instant in ISO 8601 with its local offset, to the second."""
    if ms is None:
        return None
    from datetime import timezone

    zone = timezone(timedelta(seconds=clock.utc_offset_s(ms // 1000)))
    return datetime.fromtimestamp(ms // 1000, zone).isoformat()


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 card`, `12 cards`, `1,200 stories`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def duration(ms: int) -> str:
    """Return a time spent: `45 s`, `3 min`, `1 h 5 min`."""
    seconds = ms // 1000
    if seconds < 60:
        return f"{seconds} s"
    hours, left = divmod(round(seconds / 60), 60)
    return f"{hours} h {left} min" if hours else f"{left} min"


def stopwatch(ms: int) -> str:
    """Return a duration as minutes and seconds, `3:12`, or with hours, `1:03:12`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
