"""What patients reported: symptoms with grades, red flags, and being fine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from care.reports import Said
from storage.columns import Base
from storage.prepared import Prepared
from storage.tables import Course, Report
from storage.work import Work

# Prepared: reports are among the few things that come by the thousand.
_REPORTS: Table = Base.metadata.tables[Report.__tablename__]
_ADD = Prepared(
    insert(_REPORTS).returning(_REPORTS.c.id),
    keys=("course_id", "dose_id", "day", "kind", "subject", "grade", "at"),
)


def add_report(work: Work, course: Course, *, kind: str, subject: str, grade: int | None, dose_id: int | None) -> None:
    """Keep one report; `kind` is `symptom`, `flag` or `fine`."""
    values: dict[str, Any] = {
        "course_id": course.id,
        "dose_id": dose_id,
        "day": course.day,
        "kind": kind,
        "subject": subject,
        "grade": grade,
        "at": work.now,
    }
    report = _ADD.scalar(work.connection, values)
    facts = {name: values[name] for name in ("kind", "subject", "grade", "day")}
    work.record("reported", patient_id=course.patient_id, report=report, **facts)


def reports_of(session: Session, course_id: int) -> Sequence[Report]:
    """Return everything reported in a course, the oldest first."""
    return session.scalars(select(Report).where(Report.course_id == course_id).order_by(Report.id)).all()


_SAID_EVER = (
    select(_REPORTS.c.subject, _REPORTS.c.grade, _REPORTS.c.at)
    .where(_REPORTS.c.course_id == bindparam("course_id"), _REPORTS.c.kind == "symptom")
    .order_by(_REPORTS.c.id)
)
_SAID = Prepared(_SAID_EVER)
_SAID_SINCE = Prepared(_SAID_EVER.where(_REPORTS.c.at >= bindparam("since")))


def said_since(session: Session, course_id: int, since: datetime | None = None) -> list[Said]:
    """Return the graded symptoms reported since then (None: ever), the oldest first."""
    if since is None:
        rows = _SAID.rows(session.connection(), {"course_id": course_id})
    else:
        rows = _SAID_SINCE.rows(session.connection(), {"course_id": course_id, "since": since})
    return [Said(subject, grade or 0, at) for subject, grade, at in rows]
