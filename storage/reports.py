"""What patients reported: symptoms with grades, red flags, and being fine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from care.reports import Said
from storage.tables import Course, Report
from storage.work import Work


def add_report(
    work: Work, course: Course, *, kind: str, subject: str, grade: int | None, dose_id: int | None
) -> Report:
    """Keep one report; `kind` is `symptom`, `flag` or `fine`."""
    report = Report(
        course_id=course.id,
        dose_id=dose_id,
        day=course.day,
        kind=kind,
        subject=subject,
        grade=grade,
        at=work.now,
    )
    work.session.add(report)
    work.session.flush()
    work.record("reported", patient_id=course.patient_id, report=report.id, kind=kind, subject=subject, grade=grade)
    return report


def reports_of(session: Session, course_id: int) -> Sequence[Report]:
    """Return everything reported in a course, the oldest first."""
    return session.scalars(select(Report).where(Report.course_id == course_id).order_by(Report.id)).all()


_SAID = (
    select(Report.subject, Report.grade, Report.at)
    .where(Report.course_id == bindparam("course_id"), Report.kind == "symptom")
    .order_by(Report.id)
)
_SAID_SINCE = _SAID.where(Report.at >= bindparam("since"))


def said_since(session: Session, course_id: int, since: datetime | None = None) -> list[Said]:
    """Return the graded symptoms reported since then (None: ever), the oldest first."""
    query = _SAID if since is None else _SAID_SINCE
    values = {"course_id": course_id} if since is None else {"course_id": course_id, "since": since}
    return [Said(subject, grade or 0, at) for subject, grade, at in session.execute(query, values)]
