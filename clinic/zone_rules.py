"""The rules of a time zone were replaced: what lies ahead moves to the hour that was promised. What happened stays."""

from __future__ import annotations

from datetime import datetime

from care.calendar import date_of, end_of, instant_of, local, offsets_of, start_of
from care.courses import RUNNING, Status, follow_up_closes_on
from care.doses import DoseState
from care.escalation import next_digest
from clinic.ladder import policy
from clinic.ward import Ward, zone_of
from storage.cases import open_cases, set_case
from storage.clinics import lock_clinic, set_clinic
from storage.courses import first_day_of, follow_ups_of, hold_course, set_course, set_follow_up
from storage.doses import open_doses, set_dose
from storage.marks import find_mark, set_mark
from storage.reading import Session
from storage.tables import Course, Dose
from storage.work import Work

MOVED = "zone-rules-replaced"


def rules_of(zone: str, now: datetime) -> str:
    """Return what the rules of a zone come to in this year and the next two, the way a mark keeps it."""
    year = local(now, zone).year
    return f"{year}:{offsets_of(zone, years=range(year, year + 3))}"


def have_changed(session: Session, zone: str, rules: str) -> bool:
    """Return whether the rules of a zone are others than when what lies ahead was planned.

    In a new year they are asked about anew: nobody knows any more whether the last year's would have said the same.
    """
    return find_mark(session, _mark(zone)) not in (rules, None)


def remember(work: Work, zone: str, rules: str) -> None:
    """Note that everything ahead is planned by these rules."""
    if find_mark(work.session, _mark(zone)) != rules:
        set_mark(work, _mark(zone), rules)


def _mark(zone: str) -> str:
    return f"zone:{zone}"


def replan_course(ward: Ward, course_id: int) -> None:
    """Move what is still to come of a course to where its hours lie by the present rules; write only what moves."""
    course = hold_course(ward.work.session, course_id)
    zone, hour = zone_of(course.patient), course.patient.reminder_at
    turns_at = _turn_of(ward, course, zone)
    if turns_at is not None and course.turns_at is not None and turns_at != course.turns_at:
        set_course(ward.work, course, MOVED, turns_at=turns_at)
    if hour is None:
        return
    for dose in open_doses(ward.work.session, course.id):
        _replan_dose(ward, dose, instant_of(dose.day_on, hour, zone), end_of(dose.day_on, zone))
    for contact in follow_ups_of(ward.work.session, course.id):
        due = instant_of(contact.day_on, hour, zone)
        if contact.asked_at is None and contact.due_at is not None and contact.due_at != due:
            set_follow_up(ward.work, contact, MOVED, due_at=due)


def _turn_of(ward: Ward, course: Course, zone: str) -> datetime | None:
    """Return when the course turns next, or None when nothing turns it any more."""
    if course.status is Status.PLANNED:
        return start_of(first_day_of(course), zone)
    if course.status in RUNNING:
        return end_of(date_of(first_day_of(course), course.day), zone)
    if course.status is Status.FOLLOW_UP and course.ended_on is not None:
        return start_of(follow_up_closes_on(ward.regimen(course).follow_up, ended_on=course.ended_on), zone)
    return None


def _replan_dose(ward: Ward, dose: Dose, due: datetime, closes_at: datetime) -> None:
    """Move a dose's hours. What was asked stays asked, what was put off stays put off, what came late on the first
    day was never at the hour."""
    moves = {} if dose.closes_at == closes_at else {"closes_at": closes_at}
    is_at_the_hour = dose.due_at is not None and not (dose.day == 1 and dose.due_at <= ward.now)
    if dose.part == 1 and dose.prompts_sent == 0 and is_at_the_hour and dose.due_at != due:
        moves["due_at"] = due
        if dose.prompt_at == dose.due_at and dose.state is DoseState.OPEN:
            moves["prompt_at"] = max(due, ward.now)
    if moves:
        set_dose(ward.work, dose, MOVED, **moves)


def replan_clinic(ward: Ward, clinic_id: int) -> None:
    """Move a clinic's digest, and the routine cases that wait for it, to its hour by the present rules.

    A day whose digest has gone out gets no second one: each day's has one key.
    """
    clinic = lock_clinic(ward.work.session, clinic_id)
    was, digest_at = clinic.digest_at, next_digest(policy(clinic), now=ward.now, zone=clinic.time_zone)
    if was is None or was <= ward.now or was == digest_at:
        return
    set_clinic(ward.work, clinic, MOVED, {}, digest_at=digest_at)
    for case in open_cases(ward.work.session, clinic.id):
        if case.next_step_at == was:
            set_case(ward.work, case, MOVED, next_step_at=digest_at)
