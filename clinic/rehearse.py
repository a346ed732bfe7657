"""A rehearsal: somebody who does not exist calls for help in a clinic that does not exist, and nothing of it is kept.

It shows in the very database where a patient's call would go that a warning sign still becomes a case, that its card is
owed to the clinicians' chat, and that a clinician can take it. All in one unit of work, which is undone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, NoReturn

from care.escalation import CaseState
from care.triage import Fact, Level
from clinic.found_clinic import found_clinic
from clinic.invite_patient import issue_invite
from clinic.people import Sender, find_caller
from clinic.raise_alert import raise_alerts
from clinic.ward import Visit, Ward
from clinic.work_case import acknowledge
from storage.cases import find_open_case
from storage.courses import find_course
from storage.patients import find_by_code
from storage.sent import find_pages_owed
from storage.tables import Case, Clinic, Course

NOBODY = 2**52 - 1
"""The last id that Telegram could give to a person, and with a minus to a chat: nobody has it."""


class Rehearsed(Exception):
    """It went well. `pages` is what the clinicians' chat would have been shown."""

    def __init__(self, pages: Sequence[dict[str, Any]]) -> None:
        super().__init__("rehearsed")
        self.pages = pages


class WentWrong(Exception):
    """A call for help would not have ended with a clinician; says what was missing."""


def rehearse(ward: Ward) -> NoReturn:
    """Let nobody call for help; raise Rehearsed when it went well, else WentWrong, or whatever broke."""
    clinic, course = _set_the_stage(ward)
    raise_alerts(ward, course, [Fact("help-now")])
    case = find_open_case(ward.work.session, course.patient_id)
    if case is None or case.level is not Level.EMERGENCY or case.next_step_at is None:
        raise WentWrong("no case")
    pages = find_pages_owed(ward.work.session, clinic.id)
    if not pages:
        raise WentWrong("no page")
    _take(ward, case)
    if case.state is not CaseState.ACKNOWLEDGED or case.owner is None or case.next_step_at is None:
        raise WentWrong("no owner")
    raise Rehearsed(pages)


def _set_the_stage(ward: Ward) -> tuple[Clinic, Course]:
    """Found a clinic and invite a patient; each hour in another language and with another regimen."""
    languages, regimens = sorted(ward.content.languages), sorted(ward.content.regimens)
    name = secrets.token_hex(8)
    clinic = found_clinic(
        ward, name=name, time_zone="UTC", languages=[languages[ward.now.hour % len(languages)]],
        emergency_number="112", crisis_line="112", admin_id=NOBODY, admin_name=name, clinicians_chat=-NOBODY,
    )  # fmt: skip
    issued = issue_invite(ward, clinic, regimen=regimens[ward.now.hour // len(languages) % len(regimens)])
    patient = find_by_code(ward.work.session, issued.code)
    course = find_course(ward.work.session, patient.id) if patient is not None else None
    if course is None:
        raise WentWrong("no course")
    return clinic, course


def _take(ward: Ward, case: Case) -> None:
    sender = Sender(NOBODY, -NOBODY, is_private=False)
    caller = find_caller(ward.work, ward.content, sender)
    acknowledge(Visit(ward.work, ward.content, caller, message_id=None), case_id=case.id)
