"""Read short typed answers: an hour, a date. Strict on purpose: what is not clear is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from care.calendar import local
from care.refusals import BadAnswer

_HOUR = re.compile(
    r"\s*(?:(?:at|в|a\s+las?)\s+)?(?P<hour>\d{1,2})\s*(?:[:.h ]\s*(?P<minute>\d{2}))?"
    r"\s*(?:(?:час(?:ов|а)?|h|horas?)\b)?\s*"
    r"(?P<half>[ap]\.?\s?m\.?|утра|дня|вечера|ночи|de\s+la\s+(?:mañana|madrugada|tarde|noche)|del\s+mediodía)?\s*",
    re.IGNORECASE,
)
_WORDS = {
    "noon": time(12, 0), "midday": time(12, 0), "midnight": time(0, 0), "полдень": time(12, 0), "полночь": time(0, 0),
    "mediodía": time(12, 0), "medianoche": time(0, 0),
}  # fmt: skip
# Which hours are called so, and whether the day is in its second half. "11 ночи" may be either, so it is asked again;
# so is "12 de la mañana", which is noon in Spain.
_HALVES = {
    "am": (range(1, 13), False), "pm": (range(1, 13), True), "утра": (range(1, 12), False),
    "дня": (range(1, 13), True), "вечера": (range(1, 12), True), "ночи": ((12, 1, 2, 3, 4, 5), False),
    "delamañana": (range(1, 12), False), "delamadrugada": ((12, 1, 2, 3, 4, 5, 6), False),
    "delmediodía": ((12, 1, 2, 3), True), "delatarde": (range(1, 10), True), "delanoche": (range(7, 12), True),
}  # fmt: skip
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}))?\.?\s*")


def read_time(text: str) -> time:
    """Return the hour written in `text` ("8", "8:30", "08.30", "8 pm", "noon", "8 вечера", "8 de la tarde").

    Raises BadAnswer for anything else, "25:99" and "13 pm" included.
    """
    if (word := _WORDS.get(text.strip().lower())) is not None:
        return word
    found = _HOUR.fullmatch(text)
    if not found:
        raise BadAnswer("refused-time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = re.sub(r"[.\s]", "", found["half"] or "").lower()
    if half:
        hours, is_second = _HALVES[half]
        if hour not in hours:
            raise BadAnswer("refused-time")
        hour = hour % 12 + (12 if is_second else 0)
    if hour > 23 or minute > 59:
        raise BadAnswer("refused-time")
    return time(hour, minute)


def read_first_day(text: str, *, today: date, latest: date) -> date:
    """Return the date written in `text`: 2026-11-30, 30.11. or 30/11 (day first).

    A date without a year is the next one to come. Raises BadAnswer unless it lies in [`today`, `latest`].
    """
    day = _read_date(text, today)
    if day < today:
        raise BadAnswer("refused-date-past")
    if day > latest:
        raise BadAnswer("refused-date-far")
    return day


def _read_date(text: str, today: date) -> date:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            day, month = int(found[1]), int(found[2])
            return date(int(found[3]), month, day) if found[3] else _next(day, month, today)
    except ValueError:
        pass
    raise BadAnswer("refused-date")


def _next(day: int, month: int, today: date) -> date:
    """Return the next such date, today included; 29 February may be next year's only."""
    this_year = today.replace(day=1, month=month)
    try:
        if (found := this_year.replace(day=day)) >= today:
            return found
    except ValueError:
        pass
    return date(today.year + 1, month, day)


def zones_showing(wall: time, *, now: datetime, zones: Iterable[str]) -> list[str]:
    """Return those of `zones` whose clock shows about `wall` at `now`, nearest first, in the given order.

    People read their clock to within a few minutes; more than ten off is another zone, or a typing error.
    """
    apart = {zone: _apart(wall, local(now, zone).time()) for zone in zones}
    near = [zone for zone, gap in apart.items() if gap <= timedelta(minutes=10)]
    return sorted(near, key=lambda zone: apart[zone])


def _apart(one: time, other: time) -> timedelta:
    minutes = abs((one.hour * 60 + one.minute) - (other.hour * 60 + other.minute))
    return timedelta(minutes=min(minutes, 1440 - minutes))
