"""A small world of two clinics for the matrix of who may do what: somebody of every standing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from care.courses import FollowUpDate, Status
from care.hearing import HeardKind, HeardState
from care.triage import Fact, Level
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from content.loader import load_content
from storage.cases import add_alert, add_case
from storage.clinics import add_staff, find_staff, get_clinic, remove_staff
from storage.copies import add_storm, set_copy
from storage.courses import add_course, add_follow_ups, follow_ups_of, set_course, set_follow_up, set_status
from storage.desk import Direction
from storage.doses import add_dose
from storage.forgetting import erase
from storage.hearings import Item, add_hearing
from storage.inbox import add_updates, arrival, find_waiting
from storage.joining_staff import add_staff_invite, claim_staff_invite
from storage.patients import add_consent, add_invited, add_note, lock, set_patient
from storage.tables import Case, Course, Role, Staff
from storage.talk import add_message
from storage.work import Work

CONTENT = load_content()
GROUP, ELSEWHERE = -1001, -1002


@dataclass
class World:
    """Two clinics and the ids of what belongs to whom, by object."""

    doses: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    clinics: dict[str, int] = field(default_factory=dict)
    hearings: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    storms: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    invites: dict[str, int] = field(default_factory=dict)
    row_id: int = 0


def build(work: Work) -> World:
    ward, world = Ward(work, CONTENT), World()
    sites = {}
    for site, admin, chat in (("own", 15, GROUP), ("other site's", 16, ELSEWHERE)):
        sites[site] = found_clinic(
            ward, name=site, time_zone="Europe/Berlin", languages=["en"], emergency_number="112", crisis_line="116",
            admin_id=admin, admin_name="Admin", clinicians_chat=chat,
        ).id  # fmt: skip
    own = get_clinic(work.session, sites["own"])
    lee = add_staff(work, own, telegram_id=14, name="Lee", role=Role.CLINICIAN)
    moss = add_staff(work, own, telegram_id=19, name="Moss", role=Role.ADMIN)
    gone = add_staff(work, own, telegram_id=17, name="Gone", role=Role.ADMIN)
    remove_staff(work, gone)
    theirs = find_staff(work.session, 16)[0]
    world.staff = {"own": lee.id, "other": moss.id, "other site's": theirs.id, "erased": gone.id}
    for name, by in (("own", moss), ("other", moss), ("other site's", theirs)):
        world.invites[name] = _invite(work, by, name)
    world.invites["erased"] = 999
    for name, site, telegram_id in (
        ("own", "own", 12), ("other", "own", 21), ("other site's", "other site's", 22), ("erased", "own", 18),
        ("joining", "own", 11), ("former", "own", 13),
    ):  # fmt: skip
        _patient(work, world, name, sites[site], telegram_id)
    world.clinics = {"own": sites["own"], "other": sites["own"], "other site's": sites["other site's"], "erased": 999}
    add_updates(work, [arrival({"update_id": 1, "message": {"chat": {"id": 5}}})])
    world.row_id = find_waiting(work.session, now=work.now, held=())[0].id
    return world


def _invite(work: Work, by: Staff, name: str) -> int:
    invite = add_staff_invite(
        work, by.clinic, name=name, role=Role.CLINICIAN, token=f"staff {name}", invited_by=by,
        expires_at=work.now + timedelta(hours=72),
    )  # fmt: skip
    claim_staff_invite(work, invite, 900 + invite.id, number="1234")
    return invite.id


def _said(work: Work, world: World, name: str, case: Case, course: Course) -> None:
    """What was written both ways, what was heard in it, and the storm that shows the case."""
    note = add_note(work, course, about="free-text", text="words")
    heard = Item(HeardKind.SYMPTOM, "nausea", HeardState.ASKED)
    hearing = add_hearing(work, course, note, language="en", is_unread=False, items=[heard])
    patient = course.patient
    world.written[name] = add_message(work, patient, direction=Direction.OUT, text="ours", case=case).id
    world.answers[name] = add_message(work, patient, direction=Direction.IN, text="theirs", case=case).id
    world.hearings[name], world.items[name] = hearing.id, hearing.items[0].id
    storm = add_storm(work, patient.clinic, patient.clinic.clinicians_chat or 0)
    set_copy(work, case, storm.chat_id, letter_id=None, storm_id=storm.id)
    world.storms[name] = storm.id


def _patient(work: Work, world: World, name: str, clinic_id: int, telegram_id: int) -> None:
    clinic = get_clinic(work.session, clinic_id)
    code = f"C{telegram_id}"
    patient, _ = add_invited(work, clinic, case_code=code, token=code, expires_at=work.now, invited_by=None)
    course = add_course(work, patient, regimen="alcohol-50", version="1")
    joining = name == "joining"
    set_patient(
        work, patient, "joined", telegram_id=telegram_id, time_zone="Europe/Berlin", reminder_at=time(8),
        step="language" if joining else None,
    )  # fmt: skip
    set_status(work, course, Status.SCREENING, "moved")
    if joining:
        return
    add_consent(work, patient, version=CONTENT.edition.consent, given=True)
    for status in (Status.PLANNED, Status.ACTIVE):
        set_status(work, course, status, "moved")
    set_course(work, course, "turned", start_on=date(2026, 11, 1), day=2, turns_at=work.now + timedelta(hours=20))
    dose = add_dose(
        work, course, day=2, day_on=date(2026, 11, 2), part=1, amount_mg=Decimal(50), asks=None, due_at=work.now,
        closes_at=work.now + timedelta(hours=12),
    )  # fmt: skip
    add_note(work, course, about="free-text", text="words")
    case = add_case(work, patient, Level.URGENT, next_step_at=None)
    rule = next(rule for rule in CONTENT.triage if rule.fact == "grade" and rule.level is Level.URGENT)
    _said(work, world, name, case, course)
    add_alert(
        work, case, course, rule=rule, level=Level.URGENT, fact=Fact("grade", "nausea", 3), quote="words",
        hearing_id=world.hearings[name],
    )  # fmt: skip
    world.doses[name], world.cases[name], world.codes[name] = dose.id, case.id, code
    add_follow_ups(work, course, [(FollowUpDate("day-3", date(2026, 11, 2)), work.now)])
    contact = follow_ups_of(work.session, course.id)[0]
    set_follow_up(work, contact, "asked", asked_at=work.now)
    world.contacts[name] = contact.id
    if name == "former":
        for status in (Status.STOPPED, Status.FOLLOW_UP, Status.CLOSED):
            set_status(work, course, status, "moved", ended_on=date(2026, 11, 1))
    if name == "erased":
        erase(work, lock(work.session, patient.id), keeps_minimum=False)
