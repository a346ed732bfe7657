"""Who is on call: a weekly rota, covers, holidays. In the clinic's own time, over midnight and clock changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from care.calendar import instant_of, local_date, plus_days
from care.refusals import BadAnswer

TIERS = (1, 2)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SUNDAY = 6
LOOK_AHEAD = 8
"""Days in which a weekly rota shows all it has."""


@dataclass(frozen=True)
class Shift:
    """A weekly duty: on `weekdays` (0 is Monday) from `starts` to `ends`, which is the next day if it is no later."""

    person: int
    tier: int
    weekdays: frozenset[int]
    starts: time
    ends: time


@dataclass(frozen=True)
class Cover:
    """Somebody stands in for a tier from one instant to another, instead of whoever the week says."""

    person: int
    tier: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Rota:
    """A clinic's whole plan. On a holiday the duties of a Sunday hold. `zone` is the clinic's."""

    zone: str
    shifts: tuple[Shift, ...] = ()
    covers: tuple[Cover, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Duty:
    """Somebody is on call from one instant to another (half open)."""

    person: int
    starts_at: datetime
    ends_at: datetime


def on_call(rota: Rota, *, tier: int, now: datetime) -> tuple[int, ...]:
    """Return who is on call for `tier` at `now`, each once; a cover stands before the week."""
    covers = [cover for cover in rota.covers if cover.tier == tier and cover.starts_at <= now < cover.ends_at]
    if covers:
        return tuple(dict.fromkeys(cover.person for cover in covers))
    today = local_date(now, rota.zone)
    duties = (duty for day in (plus_days(today, -1), today) for duty in _duties(rota, tier, day))
    return tuple(dict.fromkeys(duty.person for duty in duties if duty.starts_at <= now < duty.ends_at))


def next_change(rota: Rota, *, tier: int, now: datetime) -> tuple[datetime, tuple[int, ...]] | None:
    """Return when somebody else is on call for `tier` next, and who; None when nothing changes within eight days."""
    present = set(on_call(rota, tier=tier, now=now))
    for at in _boundaries(rota, tier, now):
        people = on_call(rota, tier=tier, now=at)
        if set(people) != present:
            return at, people
    return None


def _boundaries(rota: Rota, tier: int, now: datetime) -> Sequence[datetime]:
    today = local_date(now, rota.zone)
    found: set[datetime] = set()
    for number in range(-1, LOOK_AHEAD):
        for duty in _duties(rota, tier, plus_days(today, number)):
            found |= {duty.starts_at, duty.ends_at}
    for cover in rota.covers:
        if cover.tier == tier:
            found |= {cover.starts_at, cover.ends_at}
    return sorted(at for at in found if at > now)


def _duties(rota: Rota, tier: int, day: date) -> Iterator[Duty]:
    weekday = SUNDAY if day in rota.holidays else day.weekday()
    for shift in rota.shifts:
        if shift.tier == tier and weekday in shift.weekdays:
            last = day if shift.ends > shift.starts else plus_days(day, 1)
            starts_at = instant_of(day, shift.starts, rota.zone)
            yield Duty(shift.person, starts_at, instant_of(last, shift.ends, rota.zone))


def named_in(rota: Rota) -> frozenset[int]:
    """Return everybody the plan names, whenever."""
    return frozenset([*(shift.person for shift in rota.shifts), *(cover.person for cover in rota.covers)])


def gone_from(rota: Rota, staff: Collection[int]) -> frozenset[int]:
    """Return whom the plan names although they do not work here any more."""
    return named_in(rota) - frozenset(staff)


_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])-([01]?[0-9]|2[0-4]):([0-5][0-9])")


def read_weekdays(written: str) -> frozenset[int]:
    """Return the weekdays written as `mon`, `mon-fri`, `sat,sun` or `daily`; BadAnswer for anything else."""
    text = written.strip().lower()
    if text == "daily":
        return frozenset(range(7))
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in WEEK or (dash and last not in WEEK):
            raise BadAnswer("refused-weekdays", said=written[:40])
        begin, end = WEEK.index(first), WEEK.index(last or first)
        found |= {number % 7 for number in range(begin, end + 1 if end >= begin else end + 8)}
    return frozenset(found)


def read_hours(written: str) -> tuple[time, time]:
    """Return the hours written as `08:00-18:00` (until the next day where the second is no later); BadAnswer else."""
    found = _HOURS.fullmatch(written.strip())
    if found is None or (found[3] == "24" and found[4] != "00"):
        raise BadAnswer("refused-hours", said=written[:40])
    return time(int(found[1]), int(found[2])), time(int(found[3]) % 24, int(found[4]))


def write_weekdays(weekdays: Collection[int]) -> str:
    """Return weekdays as `read_weekdays` takes them."""
    if len(set(weekdays)) == len(WEEK):
        return "daily"
    return ",".join(WEEK[number] for number in sorted(weekdays))
