"""The life of a course: its statuses and which may follow which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from care.calendar import plus_days, plus_months
from care.refusals import Refusal
from care.regimens import FollowUpPlan, Regimen


class Status(StrEnum):
    """Where a course stands."""

    INVITED = "invited"
    SCREENING = "screening"
    AWAITING_APPROVAL = "awaiting-approval"
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"


RUNNING = frozenset({Status.ACTIVE, Status.PAUSED})
JOINED = frozenset({Status.PLANNED, *RUNNING, Status.FOLLOW_UP})

NEXT: dict[Status, frozenset[Status]] = {
    Status.INVITED: frozenset({Status.SCREENING, Status.CLOSED}),
    Status.SCREENING: frozenset({Status.AWAITING_APPROVAL, Status.PLANNED, Status.CLOSED}),
    Status.AWAITING_APPROVAL: frozenset({Status.SCREENING, Status.CLOSED}),
    Status.PLANNED: frozenset({Status.ACTIVE, Status.STOPPED, Status.CLOSED}),
    Status.ACTIVE: frozenset({Status.PAUSED, Status.COMPLETED, Status.STOPPED}),
    Status.PAUSED: frozenset({Status.ACTIVE, Status.COMPLETED, Status.STOPPED}),
    Status.COMPLETED: frozenset({Status.FOLLOW_UP}),
    Status.STOPPED: frozenset({Status.FOLLOW_UP}),
    Status.FOLLOW_UP: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


def check_move(now: Status, to: Status) -> None:
    """Raise Refusal unless a course may go from `now` to `to`."""
    if to not in NEXT[now]:
        raise Refusal("refused-course-state")


@dataclass(frozen=True)
class FollowUpDate:
    """One contact after the course: `label` is `day-3` or `month-2`."""

    label: str
    on: date


def follow_up_dates(plan: FollowUpPlan, *, ended_on: date) -> Sequence[FollowUpDate]:
    """Return the contacts after a course that ended on `ended_on`, in order of date."""
    days = [FollowUpDate(f"day-{n}", plus_days(ended_on, n)) for n in plan.days]
    months = [FollowUpDate(f"month-{n}", plus_months(ended_on, n)) for n in plan.months]
    return sorted([*days, *months], key=lambda contact: contact.on)


def follow_up_closes_on(plan: FollowUpPlan, *, ended_on: date) -> date:
    """Return the date on which the follow-up ends and the course is closed."""
    return plus_months(ended_on, plan.months_open)


def last_day(regimen: Regimen, *, start_on: date) -> date:
    """Return the date of the last course day."""
    return plus_days(start_on, regimen.days - 1)
