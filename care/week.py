"""The week of a clinic in numbers: how many patients and doses, how many alerts, and how soon a person had them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median

from care.adherence import Adherence, adherence
from care.doses import DoseState
from care.triage import Level

IN_TIME: Mapping[Level, timedelta] = {Level.EMERGENCY: timedelta(minutes=15), Level.URGENT: timedelta(hours=2)}
"""Within which a person should have a case. Routine ones wait for the digest and are not measured."""


@dataclass(frozen=True)
class Span:
    """The days of one course, both included; `ends` None while it goes on."""

    begins: date
    ends: date | None = None


@dataclass(frozen=True)
class Call:
    """A case was opened or raised, and asked for a person."""

    case: int
    level: Level
    at: datetime


@dataclass(frozen=True)
class Taken:
    """Somebody acknowledged a case."""

    case: int
    at: datetime


@dataclass(frozen=True)
class WeekFigures:
    """What a week came to. `waits` and `ends` are medians; None where nothing was acknowledged or closed.

    `in_time` of `measured` calls were acknowledged in time; `per_hundred` is alerts per 100 patient-weeks.
    """

    patients: int
    patient_days: int
    doses: Adherence
    alerts: int
    per_hundred: Decimal | None
    calls: int
    in_time: int
    measured: int
    waits: timedelta | None
    closed: int
    ends: timedelta | None


def week_figures(
    *,
    first: date,
    last: date,
    until: datetime,
    spans: Sequence[Span],
    doses: Sequence[DoseState],
    alerts: int,
    calls: Sequence[Call],
    taken: Sequence[Taken],
    closed: Sequence[timedelta],
) -> WeekFigures:
    """Return the figures of the days `first` to `last`, as known at `until`.

    `taken` may reach beyond the week: a call late on its last day may be acknowledged after it. `closed` are the
    spans from the opening to the outcome of the cases that were closed in the week.
    """
    lengths = [days for span in spans if (days := days_within(span, first, last))]
    waits = [wait_of(call, calls, taken) for call in calls]
    judged = [(call, wait) for call, wait in zip(calls, waits, strict=True) if _is_judged(call, wait, until)]
    known = [wait for wait in waits if wait is not None]
    return WeekFigures(
        patients=len(lengths),
        patient_days=sum(lengths),
        doses=adherence(doses),
        alerts=alerts,
        per_hundred=per_hundred_weeks(alerts, sum(lengths)),
        calls=len(calls),
        in_time=sum(wait is not None and wait <= IN_TIME[call.level] for call, wait in judged),
        measured=len(judged),
        waits=_median(known),
        closed=len(closed),
        ends=_median(closed),
    )


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None


def days_within(span: Span, first: date, last: date) -> int:
    """Return how many days of a course lie in [`first`, `last`]."""
    begins, ends = max(span.begins, first), min(span.ends or last, last)
    return max(0, (ends - begins).days + 1)


def per_hundred_weeks(alerts: int, patient_days: int) -> Decimal | None:
    """Return alerts per 100 patient-weeks with one decimal; None without a patient."""
    if not patient_days:
        return None
    return (Decimal(alerts * 700) / patient_days).quantize(Decimal("0.1"))


def wait_of(call: Call, calls: Sequence[Call], taken: Sequence[Taken]) -> timedelta | None:
    """Return how long a call waited for a person; None while it does, or when a later call took its place."""
    later = [other.at for other in calls if other.case == call.case and other.at > call.at]
    over = min(later, default=None)
    heard = [one.at for one in taken if one.case == call.case and one.at >= call.at and (over is None or one.at < over)]
    return min(heard) - call.at if heard else None


def _is_judged(call: Call, wait: timedelta | None, until: datetime) -> bool:
    """Whether it can be said of a call that it was in time or not: one that is still within its time is left out."""
    limit = IN_TIME.get(call.level)
    return limit is not None and (wait is not None or until - call.at > limit)
