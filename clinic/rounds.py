"""Rounds: visit everybody who is due, each in a unit of work of their own, but many to ask about a dose in one."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.digest import visit_digest
from clinic.follow_up import note_silence, visit_follow_up
from clinic.possible_flags import visit_hearing
from clinic.prompt_dose import prompt_doses
from clinic.turn_day import turn_day
from clinic.ward import Ward
from clinic.work_case import visit_case
from content.loader import Content
from storage.cases import find_case
from storage.clinics import lock_clinic
from storage.courses import hold_course, hold_follow_up
from storage.due import Due, Visit
from storage.hearings import hold_hearing
from storage.work import Work


def ask_many(work: Work, content: Content, due: Sequence[Due]) -> None:
    """Visit many who are due to be asked about a dose, in one unit: all of them are asked, or none."""
    prompt_doses(Ward(work, content), {one.id: _cause(one) for one in due})


def _cause(due: Due) -> str:
    return f"{due.visit}:{due.id}:{due.at.isoformat()}"


def make_visit(work: Work, content: Content, due: Due) -> None:
    """Visit one row that was due. If somebody was faster and it is not due any more, do nothing."""
    ward = Ward(work, content)
    work.is_about(_cause(due))
    session = work.session
    match due.visit:
        case Visit.PROMPT:
            prompt_doses(ward, {due.id: _cause(due)})
        case Visit.TURN:
            course = hold_course(session, due.id)
            if course.turns_at is not None and course.turns_at <= work.now:
                turn_day(ward, course)
        case Visit.SILENCE:
            course = hold_course(session, due.id)
            if course.silent_at is not None and course.silent_at <= work.now:
                note_silence(ward, course)
        case Visit.CASE:
            found = find_case(session, due.id)
            if found is not None and found.next_step_at is not None and found.next_step_at <= work.now:
                visit_case(ward, found)
        case Visit.FOLLOW_UP:
            contact = hold_follow_up(session, due.id)
            if contact is not None and contact.due_at is not None and contact.due_at <= work.now:
                visit_follow_up(ward, contact)
        case Visit.DIGEST:
            clinic = lock_clinic(session, due.id)
            if clinic.digest_at is not None and clinic.digest_at <= work.now:
                visit_digest(ward, clinic)
        case Visit.HEARING:
            hearing = hold_hearing(session, due.id)
            if hearing is not None and hearing.due_at is not None and hearing.due_at <= work.now:
                visit_hearing(ward, hearing)
