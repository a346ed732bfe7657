"""What was heard in messages, what became of it, and what clinicians corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.hearing import HeardKind, HeardState
from storage.courses import hold_course
from storage.tables import Alert, Correction, Course, HeardItem, Hearing, Note, Patient, Staff
from storage.work import Work


@dataclass(frozen=True)
class Item:
    """One thing to be kept of a message."""

    kind: HeardKind
    subject: str
    state: HeardState
    grade: int | None = None
    is_certain: bool = False


def add_hearing(
    work: Work, course: Course, note: Note, *, language: str, is_unread: bool, items: Iterable[Item]
) -> Hearing:
    """Keep what was heard in a message, the gravest first."""
    hearing = Hearing(course_id=course.id, note_id=note.id, language=language, is_unread=is_unread, at=work.now)
    hearing.course = course
    hearing.items = [
        HeardItem(kind=one.kind, subject=one.subject, state=one.state, grade=one.grade, is_certain=one.is_certain)
        for one in items
    ]
    work.session.add(hearing)
    work.session.flush()
    work.record("message-heard", patient_id=course.patient_id, hearing=hearing.id, heard=len(hearing.items))
    return hearing


def find_hearing(session: Session, hearing_id: int) -> Hearing | None:
    """Return one hearing, or None."""
    return session.get(Hearing, hearing_id)


def hold_hearing(session: Session, hearing_id: int) -> Hearing | None:
    """Return one hearing as it is now that nobody else writes about its patient until the unit ends, or None."""
    course_id = session.scalar(select(Hearing.course_id).where(Hearing.id == hearing_id))
    if course_id is None:
        return None
    hold_course(session, course_id)
    return session.get_one(Hearing, hearing_id, populate_existing=True)


def words_of(session: Session, hearing: Hearing) -> str:
    """Return the message itself."""
    return session.get_one(Note, hearing.note_id).text


def set_items(work: Work, hearing: Hearing, items: Iterable[HeardItem], state: HeardState) -> None:
    """Say what became of some items."""
    changed = list(items)
    for item in changed:
        item.state, item.answered_at = state, work.now
    work.record(
        f"heard-{state}", patient_id=hearing.course.patient_id, hearing=hearing.id, items=[one.id for one in changed]
    )


def set_grade(work: Work, hearing: Hearing, item: HeardItem, grade: int) -> None:
    """Keep the grade the patient gives a symptom that was heard."""
    item.grade = grade
    work.record("heard-graded", patient_id=hearing.course.patient_id, hearing=hearing.id, item=item.id, grade=grade)


def set_due(work: Work, hearing: Hearing, due_at: datetime | None) -> None:
    """Set when what still waits for the patient ends."""
    hearing.due_at = due_at
    work.record("hearing-due", patient_id=hearing.course.patient_id, hearing=hearing.id)


def waiting_hearings(session: Session, course_id: int) -> Sequence[Hearing]:
    """Return the hearings of a course that wait for an answer, the newest first."""
    query = select(Hearing).where(Hearing.course_id == course_id, Hearing.due_at.is_not(None))
    return session.scalars(query.order_by(Hearing.id.desc())).all()


def hearings_of_case(session: Session, case_id: int) -> Sequence[Hearing]:
    """Return the messages behind a case's alerts, the oldest first."""
    behind = select(Alert.hearing_id).where(Alert.case_id == case_id, Alert.hearing_id.is_not(None))
    return session.scalars(select(Hearing).where(Hearing.id.in_(behind)).order_by(Hearing.id)).all()


def add_correction(
    work: Work, hearing: Hearing, by: Staff, *, item: HeardItem | None, kind: str, subject: str
) -> Correction | None:
    """Keep what a clinician says was heard wrongly (`item`) or missed; None if it is kept already."""
    query = select(Correction.id).where(Correction.hearing_id == hearing.id, Correction.subject == subject)
    if work.session.scalar(query.where(Correction.kind == kind).limit(1)) is not None:
        return None
    correction = Correction(
        clinic_id=by.clinic_id, hearing_id=hearing.id, item_id=item.id if item else None, kind=kind, subject=subject,
        by_staff=by.id, at=work.now,
    )  # fmt: skip
    work.session.add(correction)
    work.session.flush()
    work.record(
        "reading-corrected", patient_id=hearing.course.patient_id, clinic_id=by.clinic_id, hearing=hearing.id,
        kind=kind, subject=subject,
    )  # fmt: skip
    return correction


@dataclass(frozen=True)
class Corrections:
    """How often clinicians said that a message was read wrongly, in some time.

    `messages` is how many were read in it, `unread` how many of those were not understood, or not all of them.
    `wrong` counts by what was heard ("symptom:nausea", "flag:liver"), `missed` by kind ("flag", "symptom", "dose",
    "else").
    """

    messages: int
    unread: int
    wrong: Counter[str]
    missed: Counter[str]


def corrections_since(session: Session, clinic_id: int, since: datetime) -> Corrections:
    """Return what a clinic's people corrected since then, beside how many messages were read."""
    given = select(Correction.kind, Correction.subject).where(Correction.clinic_id == clinic_id, Correction.at >= since)
    counts: dict[str, Counter[str]] = {"wrong": Counter(), "missed": Counter()}
    for kind, subject in session.execute(given):
        counts[kind][subject] += 1
    read = (
        select(Hearing.is_unread)
        .join(Course, Course.id == Hearing.course_id)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Patient.clinic_id == clinic_id, Hearing.at >= since)
    )
    unread = session.scalars(read).all()
    return Corrections(len(unread), sum(unread), counts["wrong"], counts["missed"])
