"""Days and instants. The only place where a number of days is added to anything.

Instants are aware and UTC; local time exists only while deciding or showing a patient's hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.tz import resolve_imaginary

MIDNIGHT = time(0, 0)


def instant_of(day: date, wall: time, zone: str) -> datetime:
    """Return the UTC instant at which the clock in `zone` shows `wall` on `day`.

    An hour that a spring change skips is moved on by the length of the gap (02:30 to 03:30, midnight to the first
    minute of the day); of two equal autumn hours it is the first.
    """
    local = datetime.combine(day, wall, tzinfo=ZoneInfo(zone))
    return resolve_imaginary(local).astimezone(UTC)


def local(now: datetime, zone: str) -> datetime:
    """Return `now` as the patient's clock shows it."""
    return now.astimezone(ZoneInfo(zone))


def hours_of(instants: Iterable[datetime], zone: str) -> list[int]:
    """Return the hour that the patient's clock shows at each of these instants."""
    clock = ZoneInfo(zone)
    return [instant.astimezone(clock).hour for instant in instants]


def local_date(now: datetime, zone: str) -> date:
    """Return the calendar day it is for the patient."""
    return local(now, zone).date()


def plus_days(day: date, days: int) -> date:
    """Return the date `days` after `day` (before it when negative)."""
    return day + timedelta(days=days)


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day."""
    return day + relativedelta(months=months)


def start_of(day: date, zone: str) -> datetime:
    """Return the UTC instant at which `day` begins in `zone`."""
    return instant_of(day, MIDNIGHT, zone)


def end_of(day: date, zone: str) -> datetime:
    """Return the UTC instant at which `day` is over in `zone`."""
    return start_of(plus_days(day, 1), zone)


def offsets_of(zone: str, *, years: Iterable[int]) -> str:
    """Return a digest of when in these years the clock in `zone` changes, to the quarter of an hour, and to what."""
    clock, quarter, seen = ZoneInfo(zone), timedelta(minutes=15), hashlib.sha256()
    for year in years:
        at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        while at < end:
            day = [at, at + 96 * quarter]
            before, after = (one.astimezone(clock).utcoffset() for one in day)
            if before != after or at.day == 1:
                quarters = ((at + number * quarter).astimezone(clock).utcoffset() for number in range(97))
                seen.update(f"{at:%Y-%m-%d}{[str(offset) for offset in quarters]}".encode())
            at = day[1]
    return seen.hexdigest()[:16]


def course_day(start_on: date, on: date) -> int:
    """Return the course day of the date `on`: 1 on the first day, 0 or less before it."""
    return (on - start_on).days + 1


def date_of(start_on: date, day: int) -> date:
    """Return the date of course day `day`."""
    return plus_days(start_on, day - 1)


def is_awake(now: datetime, zone: str, wakes: time, sleeps: time) -> bool:
    """Return whether the patient's clock is inside the waking hours [`wakes`, `sleeps`)."""
    wall = local(now, zone).time()
    if wakes <= sleeps:
        return wakes <= wall < sleeps
    return wall >= wakes or wall < sleeps
