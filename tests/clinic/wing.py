"""A founded clinic with staff and patients who have cases, for tests of actions without Telegram."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from care.refusals import Refusal
from care.triage import Fact
from clinic.found_clinic import found_clinic
from clinic.invite_patient import issue_invite
from clinic.people import Sender, find_caller
from clinic.raise_alert import raise_alerts
from clinic.ward import Visit, Ward
from content.loader import Content
from storage.cases import find_open_case
from storage.clinics import add_staff, get_clinic, set_clinicians_chat
from storage.courses import find_course
from storage.patients import find_by_code
from storage.store import Store
from storage.tables import Case, Course, Role
from storage.work import Work

T = TypeVar("T")
GREY, LEE, MOSS, CHAT = 11, 12, 13, -100


class Wing:
    """One clinic on a store of its own."""

    def __init__(self, store: Store, content: Content) -> None:
        self.store = store
        self.content = content
        self.clinic_id = self.do(self._found)

    def do(self, unit: Callable[[Ward], T]) -> T:
        """Run one unit of work."""
        return self.store.write(lambda work: unit(Ward(work, self.content))).result(timeout=600)

    def _found(self, ward: Ward) -> int:
        clinic = found_clinic(
            ward,
            name="Harbour Clinic",
            time_zone="Europe/Berlin",
            languages=["en"],
            emergency_number="112",
            crisis_line="116 123",
            admin_id=GREY,
            admin_name="Dr Grey",
        )
        for telegram_id, name in ((LEE, "Nurse Lee"), (MOSS, "Dr Moss")):
            add_staff(ward.work, clinic, telegram_id=telegram_id, name=name, role=Role.CLINICIAN)
        set_clinicians_chat(ward.work, clinic, CHAT)
        return clinic.id

    def open_case(self, *facts: Fact, regimen: str = "opioid-50") -> int:
        """Let somebody report these facts; return the id of their case."""
        return self.do(lambda ward: self.raise_in(ward, *facts, regimen=regimen))

    def raise_in(self, ward: Ward, *facts: Fact, regimen: str = "opioid-50") -> int:
        """As `open_case`, in a unit that is open already."""
        issued = issue_invite(ward, get_clinic(ward.work.session, self.clinic_id), regimen=regimen)
        patient = find_by_code(ward.work.session, issued.code)
        assert patient is not None
        course = find_course(ward.work.session, patient.id)
        assert course is not None
        raise_alerts(ward, course, facts or (Fact("help-now"),))
        case = find_open_case(ward.work.session, patient.id)
        assert case is not None
        return case.id

    def course_of(self, ward: Ward, case_id: int) -> Course:
        """Return the course of a case's patient."""
        course = find_course(ward.work.session, ward.work.session.get_one(Case, case_id).patient_id)
        assert course is not None
        return course

    def case(self, case_id: int) -> Case:
        """Return a case as it is now."""
        return self.store.read(lambda session: session.get_one(Case, case_id)).result(timeout=600)


def visit(work: Work, content: Content, telegram_id: int) -> Visit:
    """Return a visit of this clinician in the clinicians' chat, whose button they pressed."""
    sender = Sender(telegram_id, CHAT, is_private=False)
    return Visit(work, content, find_caller(work, content, sender), message_id=1)


def press(work: Work, content: Content, telegram_id: int, action: Callable[..., None], **values: object) -> str | None:
    """Let a clinician press a button; return the key of the refusal, or None when it was done."""
    try:
        action(visit(work, content, telegram_id), **values)
    except Refusal as refusal:
        return refusal.key
    return None
