"""The life of a case: whom it speaks to, and when it speaks again, until a person has dealt with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from care.calendar import instant_of, local_date, plus_days
from care.policy import MOST_SNOOZE, Policy
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
    ERASED = "erased"
    """The patient was erased: nobody records it, erasing does."""


CLOSES = frozenset(Outcome) - {Outcome.COULD_NOT_REACH}
"""Not reaching a patient is an attempt, not an end: the case comes back."""


class Way(StrEnum):
    """A way by which a case reaches people."""

    CHAT = "chat"
    OWNER = "owner"
    TIER_ONE = "tier-one"
    TIER_TWO = "tier-two"
    SECOND = "second"
    ADMINS = "admins"


STEPS: tuple[frozenset[Way], ...] = (
    frozenset({Way.CHAT, Way.OWNER}),
    frozenset({Way.CHAT, Way.OWNER, Way.TIER_ONE}),
    frozenset({Way.CHAT, Way.OWNER, Way.TIER_ONE, Way.TIER_TWO, Way.SECOND}),
    frozenset(Way),
)
"""Whom each step of the ladder tells; the last one goes on. Each step tells everybody the one before told."""


def ways(level: Level, step: int) -> frozenset[Way]:
    """Return by which ways a case of `level` speaks at its `step` (0: when it is raised)."""
    if level in (Level.SELF_CARE, Level.ROUTINE):
        return frozenset({Way.CHAT})
    return STEPS[min(step, len(STEPS) - 1)]


def rings(level: Level, step: int) -> bool:
    """Return whether a case pages: an emergency always, an urgent one once it is out of time."""
    return level is Level.EMERGENCY or (level is Level.URGENT and step >= 1)


def next_step(policy: Policy, level: Level, *, now: datetime, step: int, zone: str) -> datetime | None:
    """Return when a case that nobody owns takes the step after its `step` (0-based), or None below routine.

    A routine case speaks in the digest: its next step is the next digest on the clinic's wall (`zone`).
    """
    ladder = policy.ladder(level)
    if ladder is None:
        return None
    if not ladder.waits:
        return next_digest(policy, now=now, zone=zone)
    return now + ladder.waits[min(step, len(ladder.waits) - 1)]


def next_digest(policy: Policy, *, now: datetime, zone: str) -> datetime:
    """Return the next instant (UTC) at which the clinic's wall shows its digest hour; always after `now`."""
    today = local_date(now, zone)
    days = (plus_days(today, number) for number in (0, 1, 2))
    return next(at for at in (instant_of(day, policy.digest_at, zone) for day in days) if at > now)


def comes_back(policy: Policy, level: Level, *, now: datetime) -> datetime | None:
    """Return when a case acknowledged now comes back if nobody records an outcome."""
    ladder = policy.ladder(level)
    return None if ladder is None else now + ladder.reopens_after


def tries_again(policy: Policy, level: Level, *, now: datetime) -> datetime | None:
    """Return when to remind the owner after an attempt that did not reach the patient."""
    ladder = policy.ladder(level)
    return None if ladder is None else now + ladder.retry_after


SNOOZES = {Level.EMERGENCY: (5, 15), Level.URGENT: (60, 240, 480), Level.ROUTINE: (60, 240, 480)}
"""The minutes offered; all within `MOST_SNOOZE`."""


def may_snooze(level: Level, minutes: int) -> bool:
    """Return whether a case of `level` may be put off by so many minutes."""
    most = MOST_SNOOZE.get(level)
    return most is not None and timedelta() < timedelta(minutes=minutes) <= most


def breaks_grouping(*, open_level: Level, new_level: Level, is_new_flag: bool, says_worse: bool) -> bool:
    """Return whether a further report on an open case is sent anew instead of edited in quietly."""
    return new_level > open_level or is_new_flag or says_worse
