"""What came due and was not done in time, by clinic: asked once after an absence, before it is made up for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from care.escalation import CaseState
from storage.queues import OutboxRow, is_owed
from storage.tables import Case, Clinic, Course, Dose, Patient
from storage.work import Work


@dataclass(frozen=True)
class Turn:
    """A patient whose day has not begun yet although it should have, at `at`."""

    clinic_id: int
    patient_id: int
    zone: str
    reminder_at: time | None
    at: datetime


def late_prompts(session: Session, *, before: datetime) -> Iterator[tuple[int, int]]:
    """Yield the clinic and the patient of each question that was due by `before` and has not been asked."""
    query = select(Patient.clinic_id, Patient.id).join(Course, Course.patient_id == Patient.id)
    joined = query.join(Dose, Dose.course_id == Course.id).where(Dose.prompt_at <= before)
    yield from ((row[0], row[1]) for row in session.execute(joined))


def late_turns(session: Session, *, before: datetime) -> Iterator[Turn]:
    """Yield the patients whose day should have begun by `before`."""
    zone = func.coalesce(Patient.time_zone, Clinic.time_zone)
    query = select(Patient.clinic_id, Patient.id, zone, Patient.reminder_at, Course.turns_at)
    joined = query.join(Course, Course.patient_id == Patient.id).join(Clinic, Clinic.id == Patient.clinic_id)
    for clinic_id, patient_id, its_zone, reminder_at, at in session.execute(joined.where(Course.turns_at <= before)):
        assert at is not None
        yield Turn(clinic_id, patient_id, its_zone, reminder_at, at)


def late_cases(session: Session, *, before: datetime) -> Counter[int]:
    """Return how many cases of each clinic wait for a step that was due by `before`."""
    query = select(Case.clinic_id, func.count()).where(Case.next_step_at <= before).group_by(Case.clinic_id)
    return Counter({row[0]: row[1] for row in session.execute(query)})


def hasten(work: Work) -> None:
    """Let what is urgent not wait until a clock that was set back has caught up with what it said before.

    What was to leave at once leaves at once, and a case that nobody has taken speaks again: early rather than late.
    """
    work.session.execute(
        update(Case)
        .where(Case.state == CaseState.OPEN, Case.next_step_at > work.now)
        .values(next_step_at=work.now)
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        update(OutboxRow)
        .where(is_owed(), OutboxRow.send_at > work.now, OutboxRow.send_at <= OutboxRow.created_at)
        .values(send_at=work.now)
        .execution_options(synchronize_session=False)
    )
