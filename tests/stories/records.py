"""What stories read and write in the database without going through Telegram."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from care.calendar import local_date, plus_days
from care.courses import Status
from care.doses import AnsweredBy, DoseState
from clinic.ask_opioids import OPIOIDS
from clinic.letters import tell_patient, words
from clinic.ward import Ward
from storage.bodies import Envelope, open_body
from storage.courses import find_course, set_status
from storage.doses import answer, doses_of, open_doses, set_dose
from storage.keyring import KeyGone, Tampered
from storage.patients import add_consent, claim_invite, find_by_code, find_invite, lock, set_patient
from storage.queues import InboxRow, InboxState, OutboxRow, OutboxState
from storage.reading import Session
from storage.tables import Clinic, Course, Patient, Staff, Wording


@dataclass(frozen=True)
class Plan:
    """What a patient chose at joining; `begins` is whether their first day comes, `day` which course day today is."""

    zone: str
    hour: time
    wording: Wording = Wording.DISCREET
    begins: bool = True
    day: int = 1


def join(ward: Ward, token: str, telegram_id: int, plan: Plan) -> None:
    """Leave everything as joining leaves it, the first day being today."""
    work, session = ward.work, ward.work.session
    invite = find_invite(session, token)
    assert invite is not None
    assert claim_invite(work, invite, telegram_id)
    patient = lock(session, invite.patient_id)
    course = course_of(session, patient.case_code)
    set_patient(work, patient, "joined", time_zone=plan.zone, reminder_at=plan.hour, wording=plan.wording)
    add_consent(work, patient, version=ward.content.edition.consent, given=True)
    set_status(work, course, Status.SCREENING, "joining-begun")
    first = plus_days(local_date(ward.now, plan.zone), 1 - plan.day)
    turns_at = ward.now if plan.begins else None
    set_status(work, course, Status.PLANNED, "course-planned", start_on=first, turns_at=turns_at)
    tell_patient(ward, patient, words("kept-going"), keys="home")


def take_all_until_today(ward: Ward, code: str) -> None:
    """Fill the days of a course before today: every dose was taken."""
    course = course_of(ward.work.session, code)
    for dose in doses_of(ward.work.session, course.id):
        if dose.day < course.day:
            answer(ward.work, dose, DoseState.TAKEN, by=AnsweredBy.PATIENT, taken_at=dose.due_at)
        elif dose.asks == OPIOIDS:
            dose.asks = None


def course_of(session: Session, code: str) -> Course:
    """Return the course of the patient with this case code."""
    patient = find_by_code(session, code)
    assert patient is not None
    course = find_course(session, patient.id)
    assert course is not None
    assert course.patient is patient  # loaded here, for whoever looks at it when the session is over
    return course


def hide_quotes(ward: Ward, clinic_id: int) -> None:
    """Let a clinic keep patients' words out of its chat."""
    ward.work.session.get_one(Clinic, clinic_id).shows_quotes = False
    ward.work.record("clinic-set", clinic_id=clinic_id)


def hold_doses(ward: Ward, code: str) -> None:
    """Let open doses wait for a clinician."""
    for dose in open_doses(ward.work.session, course_of(ward.work.session, code).id):
        set_dose(ward.work, dose, "dose-held", asks="held")


def _strays(session: Session, theirs: Collection[str]) -> list[str]:
    """Return the texts that a patient was sent though only clinicians read them: `theirs`, by key."""
    staff = {post.telegram_id for post in session.query(Staff)}
    patients = {one.telegram_id for one in session.query(Patient)} - staff
    rows = session.query(OutboxRow).filter(OutboxRow.kind != "menu")
    to_patients = [row for row in rows if row.chat_id in patients]
    sent = {key for row in to_patients for key in _keys_in(_body(session, row))}
    return sorted(sent & set(theirs))


def _body(session: Session, row: OutboxRow) -> Any:
    envelope = Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at)
    try:
        return open_body(session.connection(), envelope, row.body)
    except (KeyGone, Tampered):  # an erased patient's, or one that a story spoilt
        return {}


def _keys_in(body: Any) -> Iterator[str]:
    """Yield every string of a body, the keys of its texts among them."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        yield from (key for value in body.values() for key in _keys_in(value))
    elif isinstance(body, list):
        yield from (key for value in body for key in _keys_in(value))


def wrecks(session: Session, theirs: Collection[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the updates that were parked, the letters that Telegram refused for good, and what went astray."""
    parked = [row.trouble or "?" for row in session.query(InboxRow).filter(InboxRow.state == InboxState.PARKED)]
    failed = session.query(OutboxRow).filter(OutboxRow.state == OutboxState.FAILED)
    return parked, [f"{row.reason}: letter {row.id}, {row.kind}" for row in failed], _strays(session, theirs)
