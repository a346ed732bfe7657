"""Read short typed answers: an hour, a date. Strict on purpose: what is not clear is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from care.calendar import local
from care.refusals import BadAnswer

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}))?\.?\s*")


@dataclass(frozen=True)
class Half:
    """A half of the day by name: its hours from `first` to `last`, counted from noon or else from midnight."""

    first: int
    last: int
    is_from_noon: bool


@dataclass(frozen=True)
class HourWords:
    """The words of a typed hour: before and after its number, whole times, halves of the day. Letters are small."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    times: Mapping[str, time]
    halves: Mapping[str, Half]

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What a typed hour looks like."""
        before, after, halves = map(_any_of, (self.before, self.after, self.halves))
        return re.compile(
            rf"\s*(?:{before}\s+)?(?P<hour>\d{{1,2}})\s*(?:[:.h ]\s*(?P<minute>\d{{2}}))?\s*(?:{after}\b\s*)?"
            rf"(?P<half>{halves})?\s*",
            re.IGNORECASE,
        )


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words; one of two letters may have dots: "p. m."."""
    shapes = (rf"{word[0]}\.?\s?{word[1]}\.?" if len(word) == 2 else re.escape(word) for word in words)
    return f"(?:{'|'.join(shapes)})"


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word.casefold()))


def read_time(text: str, words: HourWords) -> time:
    """Return the hour written in `text` ("8", "8:30", "08.30", "8 pm", "noon").

    Raises BadAnswer for anything else, "25:99" and "13 pm" included.
    """
    if (word := words.times.get(text.strip().casefold())) is not None:
        return word
    found = words.shape.fullmatch(text)
    if not found:
        raise BadAnswer("refused-time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        half = next(half for called, half in words.halves.items() if _letters(called) == _letters(found["half"]))
        if not 1 <= hour <= 12 or not half.first <= hour % 12 <= half.last:
            raise BadAnswer("refused-time")
        hour = hour % 12 + (12 if half.is_from_noon else 0)
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
