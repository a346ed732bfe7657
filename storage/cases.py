"""Cases and the alerts in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from care.escalation import CaseState
from care.triage import Fact, Level, Rule
from storage.columns import Base
from storage.copies import move_copies
from storage.prepared import Prepared
from storage.records import Records
from storage.rows import add_row, read_value, write_row
from storage.tables import Alert, Case, Course, Patient
from storage.work import Work

_CASES: Table = Base.metadata.tables[Case.__tablename__]
_ALERTS: Table = Base.metadata.tables[Alert.__tablename__]
_OPEN = Prepared(
    select(_CASES.c.id)
    .where(_CASES.c.patient_id == bindparam("patient_id"), _CASES.c.state != CaseState.CLOSED)
    .order_by(_CASES.c.id.desc())
    .limit(1)
)
_HELD = Prepared(select(_CASES.c.id).where(_CASES.c.id == bindparam("case_id")).with_for_update(key_share=True))
# Clinic and owner come when they are asked for: whoever works on a case mostly has them already.
_ONE = Records(Case, lambda query: query.where(_CASES.c.id == bindparam("case_id")), brings=("patient",), is_fresh=True)


def find_open_case(session: Session, patient_id: int) -> Case | None:
    """Return the patient's case that is not closed, if there is one."""
    found = _find_open(session, patient_id)
    return None if found is None else session.get(Case, found)


def _find_open(session: Session, patient_id: int) -> int | None:
    found: int | None = read_value(session, _OPEN, {"patient_id": patient_id})
    return found


def lock_open_case(session: Session, patient_id: int) -> Case | None:
    """Return the patient's case that is not closed, as it is now, and held until the unit ends."""
    found = _find_open(session, patient_id)
    held = None if found is None else find_case(session, found)
    return None if held is None or held.state is CaseState.CLOSED else held


def find_case(session: Session, case_id: int) -> Case | None:
    """Return one case, locked until the unit ends, or None."""
    # Held first and read afterwards: who waited for the lock would else see the new row beside the old owner.
    if read_value(session, _HELD, {"case_id": case_id}) is None:
        return None
    return _ONE.first(session, {"case_id": case_id})


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
    add_row(work, case)
    work.record("case-opened", patient_id=patient.id, clinic_id=patient.clinic_id, case=case.id, level=level.word)
    return case


def set_case(work: Work, case: Case, event: str, **values: Any) -> None:
    """Change where a case stands; the event says how."""
    write_row(work, case, **values)
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
    add_row(work, alert)
    work.record(
        "alert-raised", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id, alert=alert.id,
        rule=rule.id, level=level.word, reason=rule.reason, fact=fact.kind, subject=fact.subject, value=fact.value,
    )  # fmt: skip
    return alert


_OF_CASE = Records(Alert, lambda query: query.where(_ALERTS.c.case_id == bindparam("case_id")).order_by(_ALERTS.c.id))
_HAS_SPOKEN = Prepared(
    select(_ALERTS.c.id)
    .where(
        _ALERTS.c.course_id == bindparam("course_id"),
        _ALERTS.c.rule == bindparam("rule"),
        _ALERTS.c.raised_at >= bindparam("since", type_=_ALERTS.c.raised_at.type),
    )
    .limit(1)
)


def alerts_of(session: Session, case_id: int) -> Sequence[Alert]:
    """Return the alerts of a case, the oldest first."""
    return _OF_CASE.all(session, {"case_id": case_id})


def has_alert(session: Session, course_id: int, *, rule: str, since: datetime) -> bool:
    """Return whether this rule has spoken in this course since then."""
    spoken = {"course_id": course_id, "rule": rule, "since": since}
    return read_value(session, _HAS_SPOKEN, spoken) is not None
