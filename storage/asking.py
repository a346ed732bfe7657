"""What is needed to ask patients about a dose: for many of them in as many statements as for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Table, bindparam, select

from care.doses import AnsweredBy, DoseState
from storage.columns import Base
from storage.keyring import keyring_of, patients_key
from storage.patients import lock_many
from storage.tables import Course, Dose
from storage.work import Work

_DOSES: Table = Base.metadata.tables[Dose.__tablename__]
_COURSES: Table = Base.metadata.tables[Course.__tablename__]
_LINES = (  # on the table: read for each question that goes out
    select(
        _DOSES.c.id, _DOSES.c.course_id, _DOSES.c.day, _DOSES.c.day_on, _DOSES.c.part, _DOSES.c.state,
        _DOSES.c.due_at, _DOSES.c.answered_at, _DOSES.c.answered_by,
    )
    .where(_DOSES.c.course_id.in_(bindparam("courses", expanding=True)))
    .order_by(_DOSES.c.id)
)  # fmt: skip
_PATIENTS = (
    select(_COURSES.c.patient_id)
    .join(_DOSES, _DOSES.c.course_id == _COURSES.c.id)
    .where(_DOSES.c.id.in_(bindparam("doses", expanding=True)))
    .distinct()
    .order_by(_COURSES.c.patient_id)
)
_HELD = select(Dose).where(Dose.id.in_(bindparam("doses", expanding=True)))


@dataclass(frozen=True)
class Line:
    """What the ledger says of one dose."""

    id: int
    day: int
    day_on: date
    part: int
    state: DoseState
    due_at: datetime | None
    answered_at: datetime | None
    answered_by: AnsweredBy


def hold_doses(work: Work, dose_ids: Collection[int]) -> Mapping[int, Dose]:
    """Return these doses by id, as they are now that nobody else can write about their patients."""
    doses = {"doses": sorted(dose_ids)}
    patients = list(work.connection.execute(_PATIENTS, doses).scalars())
    keyring_of(work.connection).fetch(work.connection, [patients_key(patient) for patient in patients])
    lock_many(work.session, patients)
    return {dose.id: dose for dose in work.session.scalars(_HELD, doses)}


def ledgers_of(work: Work, course_ids: Collection[int]) -> Mapping[int, Sequence[Line]]:
    """Return the whole ledger of each of these courses, the oldest line first."""
    ledgers: dict[int, list[Line]] = {course_id: [] for course_id in course_ids}
    for row_id, course_id, *rest in work.connection.execute(_LINES, {"courses": sorted(course_ids)}):
        ledgers[course_id].append(Line(row_id, *rest))
    return ledgers


def waits_until_answered(ledger: Sequence[Line], *, newest: int = 14) -> list[tuple[datetime, timedelta]]:
    """Return when the patient's own answers of late were due, and how long after that each came."""
    own = [line for line in ledger if line.part == 1 and line.answered_by is AnsweredBy.PATIENT]
    lately = sorted(own, key=lambda line: line.day_on, reverse=True)[:newest]
    return [(line.due_at, line.answered_at - line.due_at) for line in lately if line.due_at and line.answered_at]
