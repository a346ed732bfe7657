"""Courses and the contacts after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from care.courses import FollowUpDate, Status, check_move
from storage.columns import Base
from storage.patients import lock_of
from storage.records import Records
from storage.rows import write_row
from storage.tables import Course, FollowUp, Patient
from storage.work import Work


def add_course(work: Work, patient: Patient, *, regimen: str, version: str) -> Course:
    """Keep a course that the patient is invited to."""
    course = Course(
        patient_id=patient.id,
        regimen=regimen,
        regimen_version=version,
        status=Status.INVITED,
        day=0,
        steps_taken=0,
        created_at=work.now,
    )
    work.session.add(course)
    work.session.flush()
    work.record("course-added", patient_id=patient.id, course=course.id, regimen=regimen)
    return course


_COURSES = Base.metadata.tables[Course.__tablename__]  # without the patient: whoever asks has, or holds them next
_THIS = _COURSES.c.id == bindparam("course_id")
_BY_ID = Records(Course, lambda query: query.where(_THIS))
_AS_IT_IS = Records(Course, lambda query: query.where(_THIS), is_fresh=True)
_LATEST = Records(
    Course,
    lambda query: query.where(_COURSES.c.patient_id == bindparam("patient_id")).order_by(_COURSES.c.id.desc()).limit(1),
)


def find_course(session: Session, patient_id: int) -> Course | None:
    """Return the patient's latest course."""
    return _LATEST.first(session, {"patient_id": patient_id})


def get_course(session: Session, course_id: int) -> Course:
    """Return the course; raise NoResultFound if there is none."""
    return _BY_ID.one(session, {"course_id": course_id})


def hold_course(session: Session, course_id: int) -> Course:
    """Return the course as it is now that nobody else writes about its patient until the unit ends.

    Raises NoResultFound if there is none.
    """
    patient = lock_of(session, course_id)  # first: who waited here would else go on with what stood there before
    course = _AS_IT_IS.one(session, {"course_id": course_id})
    set_committed_value(course, "patient", patient)
    return course


def all_courses(session: Session) -> Sequence[Course]:
    """Return every course, the oldest first."""
    return session.scalars(select(Course).order_by(Course.id)).all()


def set_status(work: Work, course: Course, status: Status, event: str, **values: Any) -> None:
    """Move a course on; raise Refusal when it cannot go there from where it is."""
    check_move(course.status, status)
    before = course.status
    write_row(work, course, status=status, **values)
    work.record(event, patient_id=course.patient_id, course=course.id, before=before.value, after=status.value)


def set_course(work: Work, course: Course, event: str, **values: Any) -> None:
    """Change what we know of a course without moving its status."""
    write_row(work, course, **values)
    work.record(event, patient_id=course.patient_id, course=course.id, changed=sorted(values))


def heard(work: Work, course: Course, *, silent_at: datetime | None) -> None:
    """Say that the patient has spoken: the silence clock starts anew."""
    write_row(work, course, last_heard_at=work.now, silent_at=silent_at)
    work.record("heard", patient_id=course.patient_id, course=course.id)


def add_follow_ups(work: Work, course: Course, contacts: Sequence[tuple[FollowUpDate, datetime]]) -> None:
    """Plan the contacts after a course, each with the instant at which it is due."""
    for contact, due_at in contacts:
        work.session.add(FollowUp(course_id=course.id, label=contact.label, day_on=contact.on, due_at=due_at))
    work.record("follow-up-planned", patient_id=course.patient_id, course=course.id, contacts=len(contacts))


def follow_ups_of(session: Session, course_id: int) -> Sequence[FollowUp]:
    """Return the contacts after a course, the earliest first."""
    return session.scalars(
        select(FollowUp).where(FollowUp.course_id == course_id).order_by(FollowUp.day_on, FollowUp.id)
    ).all()


def find_follow_up(session: Session, follow_up_id: int) -> FollowUp | None:
    """Return one contact, or None."""
    return session.get(FollowUp, follow_up_id)


def hold_follow_up(session: Session, follow_up_id: int) -> FollowUp | None:
    """Return one contact as it is now that nobody else writes about its patient until the unit ends, or None."""
    course_id = session.scalar(select(FollowUp.course_id).where(FollowUp.id == follow_up_id))
    if course_id is None:
        return None
    hold_course(session, course_id)
    return session.get_one(FollowUp, follow_up_id, populate_existing=True)


def set_follow_up(work: Work, contact: FollowUp, event: str, **values: Any) -> None:
    """Change a contact: sent, answered, or put on another date."""
    for name, value in values.items():
        setattr(contact, name, value)
    work.record(event, patient_id=contact.course.patient_id, follow_up=contact.id)


def first_day_of(course: Course) -> date:
    """Return the first day of a course that has one; a course without is a bug of the caller."""
    if course.start_on is None:
        raise ValueError(f"course {course.id} has no first day")
    return course.start_on
