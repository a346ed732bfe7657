"""The life of a case: when it speaks again until a person has dealt with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from care.triage import Level


class CaseState(StrEnum):
    """Where a case stands. Acknowledged means owned, never closed."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case may end; anything else leaves it open."""

    REACHED_SAFE = "reached-safe"
    ADVICE_GIVEN = "advice-given"
    APPOINTMENT = "appointment"
    EMERGENCY_CARE = "emergency-care"
    COULD_NOT_REACH = "could-not-reach"
    NOT_CLINICAL = "not-clinical"


CLOSES = frozenset(Outcome) - {Outcome.COULD_NOT_REACH}
"""Not reaching a patient is an attempt, not an end: the case comes back."""


@dataclass(frozen=True)
class Pace:
    """How one level repeats: the waits before each repeat (the last one goes on), and when an
    acknowledged case without an outcome comes back. Proposal of `reliability.md` 6.2, to be signed off locally.
    """

    repeats: tuple[timedelta, ...]
    reopens_after: timedelta
    retry_after: timedelta


PACES: Mapping[Level, Pace] = {
    Level.EMERGENCY: Pace(
        (timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=30)),
        timedelta(minutes=60),
        timedelta(minutes=30),
    ),
    Level.URGENT: Pace((timedelta(hours=2), timedelta(hours=4)), timedelta(hours=24), timedelta(hours=4)),
    Level.ROUTINE: Pace((timedelta(hours=24),), timedelta(hours=72), timedelta(hours=24)),
}


def next_repeat(level: Level, *, now: datetime, step: int) -> datetime | None:
    """Return when an unacknowledged case of `level` speaks again after its `step`th message (0-based)."""
    pace = PACES.get(level)
    if pace is None:
        return None
    return now + pace.repeats[min(step, len(pace.repeats) - 1)]


def comes_back(level: Level, *, now: datetime) -> datetime | None:
    """Return when a case acknowledged now comes back if nobody records an outcome."""
    pace = PACES.get(level)
    return None if pace is None else now + pace.reopens_after


def tries_again(level: Level, *, now: datetime) -> datetime | None:
    """Return when to remind the owner after an attempt that did not reach the patient."""
    pace = PACES.get(level)
    return None if pace is None else now + pace.retry_after


def breaks_grouping(*, open_level: Level, new_level: Level, is_new_flag: bool, says_worse: bool) -> bool:
    """Return whether a further report on an open case is sent anew instead of edited in quietly."""
    return new_level > open_level or is_new_flag or says_worse
