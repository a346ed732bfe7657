"""Who is it? The numeric Telegram id, looked up every time; never a name, never "is in the chat"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from care.courses import Status
from care.refusals import BadAnswer, NotAllowed, NotFound
from clinic.ward import Caller, Visit
from content.loader import Content
from storage.cases import find_case
from storage.clinics import find_clinic_of_chat, find_staff
from storage.courses import find_course
from storage.doses import find_dose
from storage.patients import find_by_code, find_person
from storage.tables import Case, Clinic, Course, Dose, Patient, Role, Staff
from storage.work import Work


class Standing(StrEnum):
    """What a person may be to us; one person may be several."""

    STRANGER = "stranger"
    JOINING = "joining"
    PATIENT = "patient"
    FORMER = "former"
    CLINICIAN = "clinician"
    ADMIN = "admin"


@dataclass(frozen=True)
class Sender:
    """What an update says about where it came from. Nothing in it is believed but the numbers."""

    telegram_id: int
    chat_id: int
    is_private: bool
    language: str | None = None


def find_caller(work: Work, content: Content, sender: Sender) -> Caller:
    """Return who the sender is to us, and let nobody else write about them until the unit ends."""
    patient, may_have_post = find_person(work.session, sender.telegram_id)
    posts = tuple(find_staff(work.session, sender.telegram_id)) if may_have_post else ()
    course = find_course(work.session, patient.id) if patient else None
    work.actor = _actor(sender, patient, posts)
    return Caller(
        telegram_id=sender.telegram_id,
        chat_id=sender.chat_id,
        is_private=sender.is_private,
        language=_language(work, content, sender, patient, posts),
        patient=patient,
        course=course,
        posts=posts,
    )


def _actor(sender: Sender, patient: Patient | None, posts: tuple[Staff, ...]) -> str:
    if patient is not None and sender.is_private:
        return f"patient:{patient.id}"
    return f"staff:{posts[0].id}" if posts else "stranger"


def _language(work: Work, content: Content, sender: Sender, patient: Patient | None, posts: tuple[Staff, ...]) -> str:
    if patient is not None and sender.is_private:
        return patient.language
    if posts:
        return posts[0].clinic.languages[0]
    if not sender.is_private and (clinic := find_clinic_of_chat(work.session, sender.chat_id)):
        return clinic.languages[0]
    hint = (sender.language or "en").split("-")[0]
    return hint if hint in content.languages else "en"


def standings(caller: Caller) -> frozenset[Standing]:
    """Return everything this person is to us; a stranger is nothing else."""
    held: set[Standing] = set()
    if caller.patient is not None and caller.course is not None:
        joined = caller.patient.step is None and caller.course.status is not Status.INVITED
        is_over = caller.course.status is Status.CLOSED
        held.add(Standing.FORMER if is_over else Standing.PATIENT if joined else Standing.JOINING)
    for post in caller.posts:
        held.add(Standing.CLINICIAN)
        if post.role is Role.ADMIN:
            held.add(Standing.ADMIN)
    return frozenset(held) or frozenset({Standing.STRANGER})


def post_in(visit: Visit, clinic_id: int) -> Staff:
    """Return the caller's post in this clinic; raise NotFound for people of other clinics."""
    for post in visit.caller.posts:
        if post.clinic_id == clinic_id:
            return post
    raise NotFound("refused-not-found")


def own_clinic(visit: Visit) -> Clinic:
    """Return the clinic a clinician speaks for: the one of this chat, else the only or first one they work for."""
    for post in visit.caller.posts:
        if visit.caller.chat_id in (post.clinic.clinicians_chat, post.clinic.second_chat):
            return post.clinic
    return visit.caller.posts[0].clinic


def clinic_here(visit: Visit) -> Clinic:
    """Return the clinic a clinician speaks for in this chat; raise NotAllowed where others would read along."""
    clinic = own_clinic(visit)
    check_here(visit, clinic)
    return clinic


def check_here(visit: Visit, clinic: Clinic) -> None:
    """Raise NotAllowed unless a clinic's patients may be shown in this chat: its own, or one's private chat."""
    if not visit.caller.is_private and visit.caller.chat_id not in (clinic.clinicians_chat, clinic.second_chat):
        raise NotAllowed("refused-not-here")


def own_dose(visit: Visit, dose_id: int) -> Dose:
    """Return a dose of the calling patient; raise NotFound for anybody else's, told apart from none by nobody."""
    dose = find_dose(visit.work.session, dose_id)
    if dose is None or dose.course_id != visit.course.id:
        raise NotFound("refused-not-found")
    return dose


def case_for(visit: Visit, case_id: int) -> tuple[Case, Staff]:
    """Return a case and the caller's post in its clinic; raise NotFound for cases of other clinics."""
    case = find_case(visit.work.session, case_id)
    if case is None:
        raise NotFound("refused-not-found")
    post = post_in(visit, case.clinic_id)
    visit.work.record("case-opened-by-staff", patient_id=case.patient_id, clinic_id=case.clinic_id, staff=post.id)
    return case, post


def course_for(visit: Visit, code: str) -> tuple[Course, Staff]:
    """Return the course of the patient with this case code, and the caller's post in their clinic."""
    if not code.strip():
        raise BadAnswer("refused-usage-code")
    patient = find_by_code(visit.work.session, code)
    if patient is None:
        raise NotFound("refused-no-such-code", code=code.strip().upper()[:12])
    post = post_in(visit, patient.clinic_id)
    course = find_course(visit.work.session, patient.id)
    if course is None:
        raise NotFound("refused-not-found")
    visit.work.record("record-opened-by-staff", patient_id=patient.id, clinic_id=patient.clinic_id, staff=post.id)
    return course, post
