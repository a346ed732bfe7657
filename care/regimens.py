"""A course as data: what a regimen file may say, and what it means for a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """Why the medicine is taken. Triage and the words for danger depend on it."""

    ALCOHOL = "alcohol"
    OPIOID = "opioid"
    LOW_DOSE = "low-dose"


@dataclass(frozen=True)
class Part:
    """One intake of a day. A later part waits `after` the earlier one was taken.

    `ask` names the question (content/regimens: `withdrawal`) that must be answered with "none"
    before this part is offered at all.
    """

    amount_mg: Decimal
    after: timedelta = timedelta()
    ask: str | None = None


@dataclass(frozen=True)
class Phase:
    """What is taken on the course days `from_day` to `to_day` (1-based, inclusive).

    `weekdays` (0 = Monday) limits the days on which a dose is expected; None means every day.
    The label knows schedules that are not daily, and a day without a dose is not a missed one.
    """

    from_day: int
    to_day: int
    parts: tuple[Part, ...]
    weekdays: frozenset[int] | None = None


@dataclass(frozen=True)
class Step:
    """A rise in the daily amount that waits for a clinician when the patient is not well.

    From `day` on the amount is `amount_mg`, unless a symptom of `hold_at_grade` or worse was reported
    in the `look_back_days` before, or more than `most_unknown_days` of the days on the present amount went by
    without a dose we know of: then the step is held, the amount stays, and a clinician releases it.
    """

    day: int
    amount_mg: Decimal
    hold_at_grade: int
    look_back_days: int
    most_unknown_days: int


@dataclass(frozen=True)
class ReminderPolicy:
    """How often one dose is asked about, and when we stop.

    `dense`, `usual` and `light` are the waits between one prompt and the next. Dense until
    `dense_until_day` and after `dense_after_unknown` days in a row without an answer; light after
    `light_after_answered` days in a row with one. Repeats stay inside the waking hours. When many are due in one
    minute, a prompt may leave up to `spread_over` after its hour.
    """

    dense: tuple[timedelta, ...]
    usual: tuple[timedelta, ...]
    light: tuple[timedelta, ...]
    dense_until_day: int
    dense_after_unknown: int
    light_after_answered: int
    snoozes: tuple[timedelta, ...]
    most_snoozes: int
    waking_from: time
    waking_to: time
    prompt_lives: timedelta
    spread_over: timedelta


@dataclass(frozen=True)
class CheckInStage:
    """On course days `from_day` to `to_day`, ask how the patient feels every `every_days`."""

    from_day: int
    to_day: int
    every_days: int


@dataclass(frozen=True)
class CheckInPlan:
    """When "How are you feeling?" follows a dose.

    After a report of `stay_close_at_grade` or worse it follows every dose for `stay_close_days`.
    """

    stages: tuple[CheckInStage, ...]
    stay_close_at_grade: int
    stay_close_days: int


@dataclass(frozen=True)
class MissedPolicy:
    """The numbers at which missed doses and silence become a fact for triage.

    Levels are not said here: `content/triage.toml` turns these facts into levels, by regimen kind.
    `unknown_counts` says whether a day without an answer counts as missed in `run` and `week`. After
    `ask_opioids_after` days without a known dose the next prompt asks about opioids before anything else.
    """

    run: int
    long_run: int
    in_seven_days: int
    share_below: Decimal
    share_over_days: int
    silent_after: timedelta
    unknown_counts: bool
    ask_opioids_after: int


@dataclass(frozen=True)
class FollowUpPlan:
    """Days after the last course day on which we ask, and months on which we ask again."""

    days: tuple[int, ...]
    months: tuple[int, ...]
    months_open: int


@dataclass(frozen=True)
class InductionPlan:
    """The observed first day: `day` has two parts with `ask` between them.

    `no_reply_after` is how long we wait for the answer about withdrawal signs before triage hears of it.
    """

    day: int
    no_reply_after: timedelta


@dataclass(frozen=True)
class Regimen:
    """A whole course as a clinic signed it off. Never changed by the bot; versioned by `version`."""

    name: str
    kind: Kind
    version: str
    weeks: int
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    induction: InductionPlan | None
    reminders: ReminderPolicy
    check_ins: CheckInPlan
    missed: MissedPolicy
    follow_up: FollowUpPlan
    ends_with_tolerance_warning: bool
    sources: tuple[str, ...]

    @property
    def days(self) -> int:
        """Return the length of the course in days."""
        return self.weeks * 7


def parts_on(regimen: Regimen, *, day: int, on: date, steps_taken: int = 0) -> tuple[Part, ...]:
    """Return what is expected on course day `day`, which is the local date `on`.

    Empty when no dose is expected that day. `steps_taken` is the number of titration steps reached so
    far: the amount of the latest one replaces the phase's, so a held step keeps the earlier amount.
    """
    for phase in regimen.phases:
        if not phase.from_day <= day <= phase.to_day:
            continue
        if phase.weekdays is not None and on.weekday() not in phase.weekdays:
            continue
        if not steps_taken:
            return phase.parts
        amount = regimen.steps[min(steps_taken, len(regimen.steps)) - 1].amount_mg
        return tuple(Part(amount, part.after, part.ask) for part in phase.parts)
    return ()


def next_step_from(regimen: Regimen, *, steps_taken: int, begun_on: int) -> int | None:
    """Return the course day before which the next step is not taken, when the latest of `steps_taken` began on day
    `begun_on`: as long after it as the regimen plans, so that a step which came late brings the next one no sooner.

    None when there is no next step.
    """
    if not 0 < steps_taken < len(regimen.steps):
        return None
    return begun_on + regimen.steps[steps_taken].day - regimen.steps[steps_taken - 1].day
