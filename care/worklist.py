"""Which patient needs a person next: the order of the clinicians' worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from care.adherence import Adherence
from care.courses import Status
from care.triage import Level


class Need(IntEnum):
    """What a patient waits for, the most pressing first."""

    CALL = 1
    DECISION = 2
    UNREACHABLE = 3
    SILENT = 4
    HELD = 5
    LOOK = 6
    NOTHING = 7


@dataclass(frozen=True)
class Standing:
    """One patient as the worklist sees them. `heard_at` is when they last said anything; None if they never did.

    `level` is that of their open case, if they have one; `wants_call` that they asked for one, or were not reached.
    """

    code: str
    status: Status
    day: int
    days: int
    share: Adherence
    heard_at: datetime | None
    silent_after: timedelta
    is_unreachable: bool = False
    is_held: bool = False
    level: Level | None = None
    wants_call: bool = False
    patient_id: int = 0


def is_silent(one: Standing, *, now: datetime) -> bool:
    """Return whether an active patient has said nothing for as long as their regimen allows."""
    if one.status is not Status.ACTIVE or one.heard_at is None:
        return False
    return now - one.heard_at >= one.silent_after


def need_of(one: Standing, *, now: datetime) -> Need:
    """Return the most pressing thing that a patient waits for."""
    if one.wants_call or (one.level is not None and one.level >= Level.URGENT):
        return Need.CALL
    if one.status is Status.AWAITING_APPROVAL:
        return Need.DECISION
    if one.is_unreachable:
        return Need.UNREACHABLE
    if is_silent(one, now=now):
        return Need.SILENT
    if one.is_held or one.status is Status.PAUSED:
        return Need.HELD
    return Need.LOOK if one.level is not None else Need.NOTHING


def in_order(patients: Iterable[Standing], *, now: datetime) -> list[Standing]:
    """Return the worklist: the most pressing need first, then the gravest case, the longest silence, the code."""

    def key(one: Standing) -> tuple[int, int, float, str]:
        quiet = 0.0 if one.heard_at is None else (now - one.heard_at).total_seconds()
        return (need_of(one, now=now), -(one.level or 0), -quiet, one.code)

    return sorted(patients, key=key)
