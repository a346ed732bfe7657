"""What patients reported: symptoms with grades, red flags, and being fine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from care.reports import Said
from storage.columns import Base
from storage.tables import Course, Report
from storage.work import Work

# Statements on the table, built once: reports are among the few things that come by the thousand.
_REPORTS: Table = Base.metadata.tables[Report.__tablename__]
_ADD = insert(_REPORTS).returning(_REPORTS.c.id)


def add_report(work: Work, course: Course, *, kind: str, subject: str, grade: int | None, dose_id: int | None) -> None:
    """Keep one report; `kind` is `symptom`, `flag` or `fine`."""
    values = {
        "course_id": course.id,
        "dose_id": dose_id,
        "day": course.day,
        "kind": kind,
        "subject": subject,
        "grade": grade,
        "at": work.now,
    }
    report = work.connection.execute(_ADD, values).scalar_one()
    work.record("reported", patient_id=course.patient_id, report=report, kind=kind, subject=subject, grade=grade)


def reports_of(session: Session, course_id: int) -> Sequence[Report]:
    """Return everything reported in a course, the oldest first."""
    return session.scalars(select(Report).where(Report.course_id == course_id).order_by(Report.id)).all()


_SAID = (
    select(_REPORTS.c.subject, _REPORTS.c.grade, _REPORTS.c.at)
    .where(_REPORTS.c.course_id == bindparam("course_id"), _REPORTS.c.kind == "symptom")
    .order_by(_REPORTS.c.id)
)
_SAID_SINCE = _SAID.where(_REPORTS.c.at >= bindparam("since"))


def said_since(session: Session, course_id: int, since: datetime | None = None) -> list[Said]:
    """Return the graded symptoms reported since then (None: ever), the oldest first."""
    query = _SAID if since is None else _SAID_SINCE
    values = {"course_id": course_id} if since is None else {"course_id": course_id, "since": since}
    return [Said(subject, grade or 0, at) for subject, grade, at in session.connection().execute(query, values)]
