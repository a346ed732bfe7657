"""Patients, their invites, their consent and what they answered at joining."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.keyring import keyring_of, patients_key
from storage.records import Records
from storage.tables import Clinic, Consent, Course, Invite, Note, Patient, ScreeningAnswer, Staff, Wording
from storage.work import Work

_PATIENTS, _STAFF, _COURSES = (Base.metadata.tables[one.__tablename__] for one in (Patient, Staff, Course))
_IS_ON_STAFF = select(_STAFF.c.id).where(_STAFF.c.telegram_index == bindparam("staff_index")).correlate(None).exists()


def _held(where: ColumnElement[bool], *others: ColumnElement[Any]) -> Records[Patient]:
    """Return a question for a patient and the clinic, which locks the patient's row until the unit ends.

    The row is read as it is now that we hold it, not as this session may have read it before it waited. FOR NO KEY
    UPDATE: who holds a case and writes a row that points at the patient must not wait for one who holds the patient and
    waits for the case.
    """
    return Records(
        Patient,
        lambda query: query.where(where).with_for_update(of=_PATIENTS, key_share=True),
        brings=("clinic",),
        others=others,
        is_fresh=True,
    )


_PERSON = _held(_PATIENTS.c.telegram_index == bindparam("telegram_index"), _IS_ON_STAFF)
_BY_ID = _held(_PATIENTS.c.id == bindparam("patient_id"))
_OF_COURSE = _held(
    _PATIENTS.c.id == select(_COURSES.c.patient_id).where(_COURSES.c.id == bindparam("course_id")).scalar_subquery()
)


def find_person(session: Session, telegram_id: int) -> tuple[Patient | None, bool]:
    """Return the patient with this Telegram id, locked until the unit ends, and whether they may hold a post as well.

    In one statement, since it is asked for each update: about posts it says nothing of somebody who is no patient.
    """
    ring = keyring_of(session.connection())
    names = {"telegram_index": Patient.telegram_id.domain, "staff_index": Staff.telegram_id.domain}
    asked = {name: ring.index(domain, telegram_id) for name, domain in names.items()}
    found = _PERSON.first_with_others(session, asked)
    return (None, True) if found is None else (found[0], bool(found[1][0]))


def find_by_code(session: Session, code: str) -> Patient | None:
    """Return the patient known by this case code, whatever its letter case."""
    return session.scalar(select(Patient).where(Patient.case_code == code.strip().upper()))


def lock(session: Session, patient_id: int) -> Patient:
    """Return the patient and let nobody else write about them until the unit ends."""
    return _BY_ID.one(session, {"patient_id": patient_id})


def lock_of(session: Session, course_id: int) -> Patient:
    """Return the patient of a course, locked likewise; raise NoResultFound if there is no such course."""
    return _OF_COURSE.one(session, {"course_id": course_id})


def add_invited(
    work: Work, clinic: Clinic, *, case_code: str, token: str, expires_at: datetime, invited_by: int | None
) -> tuple[Patient, Invite]:
    """Keep a patient to come and the hash of the invite's token; the token itself is never kept."""
    patient = Patient(
        clinic_id=clinic.id,
        case_code=case_code,
        language=clinic.languages[0],
        wording=Wording.DISCREET,
        created_at=work.now,
    )
    work.session.add(patient)
    work.session.flush()
    keyring_of(work.connection).make(work.connection, patients_key(patient.id), at=work.now)
    invite = Invite(
        patient_id=patient.id,
        token_hash=hash_token(token),
        invited_by=invited_by,
        created_at=work.now,
        expires_at=expires_at,
    )
    work.session.add(invite)
    work.record("patient-invited", clinic_id=clinic.id, patient_id=patient.id)
    return patient, invite


def hash_token(token: str) -> str:
    """Return what is kept of an invite's token (128 random bits need no salt)."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invite(session: Session, token: str) -> Invite | None:
    """Return the invite of this token, used and expired ones included."""
    return session.scalar(select(Invite).where(Invite.token_hash == hash_token(token)))


def claim_invite(work: Work, invite: Invite, telegram_id: int) -> bool:
    """Bind the invite to one Telegram id; return False if somebody was faster. At most one claim wins."""
    won = work.session.execute(
        update(Invite)
        .where(Invite.id == invite.id, Invite.used_at.is_(None))
        .values(used_at=work.now)
        .returning(Invite.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if won is None:
        return False
    patient = lock(work.session, invite.patient_id)
    patient.telegram_id = telegram_id
    work.record("invite-claimed", patient_id=patient.id)
    return True


def free_account(work: Work, patient: Patient) -> None:
    """Let the person's Telegram id belong to another record of theirs. All else of this one stays."""
    patient.telegram_id = None
    patient.awaits, patient.awaits_about = None, None
    work.session.flush()  # before the id is given again: it is unique
    work.record("account-freed", patient_id=patient.id)


def set_patient(work: Work, patient: Patient, event: str, **values: Any) -> None:
    """Change settings of a patient. The event names the settings, not their values."""
    for name, value in values.items():
        setattr(patient, name, value)
    work.record(event, patient_id=patient.id, changed=sorted(values))


def ask(patient: Patient, question: str | None, about: dict[str, Any] | None = None) -> None:
    """Let the next typed message of the patient answer `question` (None: it answers nothing)."""
    patient.awaits, patient.awaits_about = question, about


def add_consent(work: Work, patient: Patient, *, version: str, given: bool) -> None:
    """Keep the patient's answer to this version of the consent text."""
    patient.agreed = version if given else None
    work.session.add(
        Consent(patient_id=patient.id, version=version, language=patient.language, given=given, at=work.now)
    )
    work.record("consent-given" if given else "consent-refused", patient_id=patient.id, version=version)


def consents_of(session: Session, patient_id: int) -> Sequence[Consent]:
    """Return every answer to a consent text, the oldest first."""
    return session.scalars(select(Consent).where(Consent.patient_id == patient_id).order_by(Consent.id)).all()


def set_screening(work: Work, course: Course, question: str, answer: str) -> None:
    """Keep the answer to a screening question; a second answer replaces the first."""
    query = select(ScreeningAnswer).where(ScreeningAnswer.course_id == course.id, ScreeningAnswer.question == question)
    row = work.session.scalar(query)
    if row is None:
        row = ScreeningAnswer(course_id=course.id, question=question)
        work.session.add(row)
    row.answer, row.at = answer, work.now
    work.record("screening-answered", patient_id=course.patient_id, question=question)


def screening_of(session: Session, course_id: int) -> dict[str, str]:
    """Return the screening answers of a course by question id."""
    rows = session.scalars(select(ScreeningAnswer).where(ScreeningAnswer.course_id == course_id))
    return {row.question: row.answer for row in rows}


def add_note(work: Work, course: Course, *, about: str, text: str) -> Note:
    """Keep something the patient wrote, in their own words."""
    note = Note(course_id=course.id, about=about, text=text, at=work.now)
    work.session.add(note)
    work.session.flush()
    work.record("note-kept", patient_id=course.patient_id, note=note.id, about=about)
    return note


def count_notes(session: Session, course_id: int, *, since: datetime, most: int) -> int:
    """Return how many notes were kept since then, counted up to `most`."""
    notes = select(Note.id).where(Note.course_id == course_id, Note.at > since).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(notes)) or 0


def notes_of(session: Session, course_id: int) -> Sequence[Note]:
    """Return what the patient wrote during a course, the oldest first."""
    return session.scalars(select(Note).where(Note.course_id == course_id).order_by(Note.id)).all()
