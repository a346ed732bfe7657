"""What a report of a symptom means next to the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from care.regimens import CheckInPlan, Step
from care.triage import Fact

RISE_WITHIN = timedelta(hours=7 * 24)
STILL_THERE = timedelta(hours=7 * 24)
"""Two reports of one symptom no further apart than this belong to one spell of it."""

DAY = timedelta(hours=24)
REPEATS_FROM, REPEATS_WITHIN = 2, 7 * DAY
"""What is moderate or worse counts towards a repetition, within seven spans of 24 hours."""


@dataclass(frozen=True)
class Said:
    """One earlier report: what, how bad, and when."""

    symptom: str
    grade: int
    at: datetime


def report_facts(symptom: str, grade: int, *, now: datetime, earlier: Sequence[Said]) -> list[Fact]:
    """Return what reporting `symptom` at `grade` says to triage, given `earlier` reports of any symptom.

    A rise is measured against the last report of the same symptom within seven days. A symptom lasts
    since the first report of a row in which no two are more than seven days apart.
    """
    same = sorted((said for said in earlier if said.symptom == symptom), key=lambda said: said.at)
    facts = [Fact("grade", symptom, grade)]
    if same and now - same[-1].at <= RISE_WITHIN and grade > same[-1].grade:
        facts.append(Fact("rise", symptom, grade - same[-1].grade))
    if grade and (since := _began(same, now)) is not None:
        facts.append(Fact("lasting", symptom, (now - since).days))
    if grade >= REPEATS_FROM and (days := _bad_days(same, now)) > 1:
        facts.append(Fact("repeated", symptom, days))
    return facts


def _bad_days(same: Sequence[Said], now: datetime) -> int:
    """Count the spans of 24 hours, back from now, in which the symptom was bad; the one that ends now is the first."""
    bad = {int((now - said.at) / DAY) for said in same if said.grade >= REPEATS_FROM and now - said.at < REPEATS_WITHIN}
    return len(bad | {0})


def _began(same: Sequence[Said], now: datetime) -> datetime | None:
    began, later = None, now
    for said in reversed(same):
        if not said.grade or later - said.at > STILL_THERE:
            break
        began = later = said.at
    return began


def is_check_in_due(plan: CheckInPlan, *, day: int, last_asked_day: int | None, worst_lately: int) -> bool:
    """Return whether "How are you feeling?" follows the dose of course day `day`.

    `worst_lately` is the worst grade reported in the plan's `stay_close_days`.
    """
    if last_asked_day == day:
        return False
    if worst_lately >= plan.stay_close_at_grade:
        return True
    for stage in plan.stages:
        if stage.from_day <= day <= stage.to_day:
            return last_asked_day is None or day - last_asked_day >= stage.every_days
    return False


def holds_step(step: Step, *, now: datetime, earlier: Sequence[Said]) -> Said | None:
    """Return the report that holds a titration step, the worst first, or None when the step may go."""
    since = now - timedelta(hours=24 * step.look_back_days)
    bad = [said for said in earlier if said.at >= since and said.grade >= step.hold_at_grade]
    return max(bad, key=lambda said: (said.grade, said.at), default=None)
