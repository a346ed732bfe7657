"""One command, two people: a patient asks for a pause, a clinician orders one for a case code."""

from __future__ import annotations

from care.refusals import BadAnswer, NotAllowed
from clinic.hold_course import ask_pause, pause_patient
from clinic.people import Standing, standings
from clinic.ward import Visit


def pause(visit: Visit, *, code: str = "") -> None:
    """Ask for a pause as a patient, or pause the course of `code` as a clinician."""
    held = standings(visit.caller)
    if code.strip() and Standing.CLINICIAN in held:
        pause_patient(visit, code=code)
    elif visit.caller.is_private and Standing.PATIENT in held:
        ask_pause(visit)
    elif Standing.CLINICIAN in held:
        raise BadAnswer("refused-usage-code")
    else:
        raise NotAllowed("refused-role")
