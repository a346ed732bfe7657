"""Cases and the alerts in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.escalation import CaseState
from care.triage import Fact, Level, Rule
from storage.copies import move_copies
from storage.tables import Alert, Case, Course, Patient
from storage.work import Work


def find_open_case(session: Session, patient_id: int) -> Case | None:
    """Return the patient's case that is not closed, if there is one."""
    query = select(Case).where(Case.patient_id == patient_id, Case.state != CaseState.CLOSED)
    return session.scalar(query.order_by(Case.id.desc()).limit(1))


def lock_open_case(session: Session, patient_id: int) -> Case | None:
    """Return the patient's case that is not closed, as it is now, and held until the unit ends."""
    found = find_open_case(session, patient_id)
    held = None if found is None else find_case(session, found.id)
    return None if held is None or held.state is CaseState.CLOSED else held


def find_case(session: Session, case_id: int) -> Case | None:
    """Return one case, locked until the unit ends, or None."""
    # Held first and read afterwards: who waited for the lock would else see the new row beside the old owner.
    if session.scalar(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True)) is None:
        return None
    query = select(Case).where(Case.id == case_id)
    return session.scalar(query.execution_options(populate_existing=True))


def open_cases(session: Session, clinic_id: int | None = None) -> Sequence[Case]:
    """Return the cases that are not closed, the gravest and oldest first."""
    query = select(Case).where(Case.state != CaseState.CLOSED)
    if clinic_id is not None:
        query = query.where(Case.clinic_id == clinic_id)
    return session.scalars(query.order_by(Case.level.desc(), Case.opened_at, Case.id)).all()


def cases_of(session: Session, patient_id: int) -> Sequence[Case]:
    """Return all cases of a patient, the oldest first."""
    return session.scalars(select(Case).where(Case.patient_id == patient_id).order_by(Case.id)).all()


def add_case(work: Work, patient: Patient, level: Level, *, next_step_at: datetime | None) -> Case:
    """Open a case for a patient."""
    case = Case(
        clinic_id=patient.clinic_id, patient_id=patient.id, level=level, state=CaseState.OPEN,
        opened_at=work.now, raised_at=work.now, spoke_at=work.now, step=0,
        next_step_at=next_step_at,
    )  # fmt: skip
    work.session.add(case)
    work.session.flush()
    work.record("case-opened", patient_id=patient.id, clinic_id=patient.clinic_id, case=case.id, level=level.word)
    return case


def set_case(work: Work, case: Case, event: str, **values: Any) -> None:
    """Change where a case stands; the event says how."""
    for name, value in values.items():
        setattr(case, name, value)
    work.record(event, patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id)


def move_card(work: Work, old: int, new: int) -> None:
    """Let the case that letter `old` showed be shown by letter `new`; a letter that shows none changes nothing."""
    move_copies(work, old, new)
    case = work.session.scalar(select(Case).where(Case.card_id == old))
    if case is not None:
        set_case(work, case, "card-moved", card_id=new)


def add_alert(
    work: Work,
    case: Case,
    course: Course,
    *,
    rule: Rule,
    level: Level,
    fact: Fact,
    quote: str | None,
    hearing_id: int | None = None,
) -> Alert:
    """Put one concerning thing into a case; `hearing_id` is the message that it was heard in."""
    alert = Alert(
        case_id=case.id, course_id=course.id, rule=rule.id, level=level, reason=rule.reason, fact=fact.kind,
        subject=fact.subject, value=fact.value, quote=quote, hearing_id=hearing_id, day=course.day, raised_at=work.now,
    )  # fmt: skip
    work.session.add(alert)
    work.session.flush()
    work.record(
        "alert-raised", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id, alert=alert.id,
        rule=rule.id, level=level.word, reason=rule.reason, fact=fact.kind, subject=fact.subject, value=fact.value,
    )  # fmt: skip
    return alert


def alerts_of(session: Session, case_id: int) -> Sequence[Alert]:
    """Return the alerts of a case, the oldest first."""
    return session.scalars(select(Alert).where(Alert.case_id == case_id).order_by(Alert.id)).all()


def has_alert(session: Session, course_id: int, *, rule: str, since: datetime) -> bool:
    """Return whether this rule has spoken in this course since then."""
    query = select(Alert.id).where(Alert.course_id == course_id, Alert.rule == rule, Alert.raised_at >= since)
    return session.scalar(query.limit(1)) is not None
