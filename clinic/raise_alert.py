"""Raise alerts: facts go through the triage table into the patient's case, and the clinic is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from care.calendar import start_of
from care.courses import Status
from care.escalation import CaseState, breaks_grouping, next_step
from care.triage import Decision, Fact, Level, Match, triage
from clinic.ladder import policy
from clinic.show_case import show_case
from clinic.ward import Ward, zone_of
from content.values import Value, Words
from storage.cases import add_alert, add_case, alerts_of, has_alert, lock_open_case, set_case
from storage.tables import Case, Clinic, Course


def raise_alerts(
    ward: Ward, course: Course, facts: Iterable[Fact], *, quote: str | None = None, hearing_id: int | None = None
) -> Decision | None:
    """Let triage judge `facts`; anything above self-care goes into the patient's case. Return what triage said.

    `quote` is what the patient wrote, `hearing_id` how it was read.

    The case opens or grows in the same unit of work as what was reported, so neither can exist without the other.
    """
    decision = triage(facts, kind=ward.regimen(course).kind, table=ward.triage(course))
    if decision is None or decision.level is Level.SELF_CARE:
        return decision
    _put_into_case(ward, course, decision, quote, hearing_id)
    return decision


def raise_once_a_day(ward: Ward, course: Course, facts: Iterable[Fact]) -> Decision | None:
    """As `raise_alerts`, for what the clock finds: a rule that spoke today is not heard again today."""
    since = start_of(ward.today(course.patient), zone_of(course.patient))
    kind = ward.regimen(course).kind
    fresh: list[Fact] = []
    for fact in facts:
        decision = triage([fact], kind=kind, table=ward.triage(course))
        if decision and not has_alert(ward.work.session, course.id, rule=decision.rules[0].id, since=since):
            fresh.append(fact)
    return raise_alerts(ward, course, fresh)


def _put_into_case(ward: Ward, course: Course, decision: Decision, quote: str | None, hearing_id: int | None) -> None:
    case = lock_open_case(ward.work.session, course.patient_id)
    is_new = case is None
    if case is None:
        due = _first_step(ward, course.patient.clinic, decision.level)
        case = add_case(ward.work, course.patient, decision.level, next_step_at=due)
    anew = is_new or _breaks(ward, case, decision)
    for match in decision.matches:
        if match.rule.level > Level.SELF_CARE:
            level, fact = match.rule.level, match.fact
            add_alert(
                ward.work, case, course, rule=match.rule, level=level, fact=fact, quote=quote, hearing_id=hearing_id
            )
    if anew and not is_new and (decision.level >= Level.URGENT or decision.level > case.level):
        # A routine sign is shown anew too, but takes nobody's case away from them.
        _raise_again(ward, case, max(case.level, decision.level))
    show_case(ward, case, anew=anew)


def _breaks(ward: Ward, case: Case, decision: Decision) -> bool:
    known = {alert.subject for alert in alerts_of(ward.work.session, case.id) if alert.fact == "red-flag"}
    return breaks_grouping(
        open_level=case.level,
        new_level=decision.level,
        is_new_flag=any(_is_flag(match) and match.fact.subject not in known for match in decision.matches),
        says_worse=any(match.fact.kind in ("worse", "help-now") for match in decision.matches),
    )


def _is_flag(match: Match) -> bool:
    return match.fact.kind == "red-flag"


def _raise_again(ward: Ward, case: Case, level: Level) -> None:
    """A case that got worse speaks anew, whoever owns it: what was acknowledged was something smaller."""
    set_case(
        ward.work,
        case,
        "case-raised",
        level=level,
        state=CaseState.OPEN,
        raised_at=ward.now,
        step=0,
        next_step_at=_first_step(ward, case.patient.clinic, level),
        snoozed_by=None,
        snoozed_until=None,
    )


def _first_step(ward: Ward, clinic: Clinic, level: Level) -> datetime | None:
    return next_step(policy(clinic), level, now=ward.now, step=0, zone=clinic.time_zone)


def answer_of(ward: Ward, course: Course, decision: Decision | None) -> list[Words]:
    """Return what triage has for the patient: nothing, or one text with the clinic's numbers filled in."""
    if decision is None or decision.answer is None:
        return []
    numbers = numbers_of(course.patient.clinic)
    return [Words(decision.answer, ward.content.texts.fitting(decision.answer, numbers))]


def numbers_of(clinic: Clinic) -> dict[str, Value]:
    """Return the numbers that every danger text shows."""
    return {"emergency": clinic.emergency_number, "crisis": clinic.crisis_line}


def is_over(course: Course) -> bool:
    """Return whether the course takes no more reports into its ledger (its patient is still heard)."""
    return course.status in (Status.FOLLOW_UP, Status.CLOSED, Status.COMPLETED, Status.STOPPED)
