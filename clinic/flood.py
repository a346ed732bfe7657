"""One person's flood is that person's own: it is kept and answered within a budget, and a danger in it is never lost.

What is over the budget is not stored word for word and not answered one by one. Triage hears of a danger in it all the
same; the patient is told once a minute that not everything is kept.
"""

from __future__ import annotations

from datetime import timedelta

from care.hearing import Plan
from care.triage import Fact
from clinic.crisis import safe_buttons
from clinic.letters import tell_patient, words
from clinic.possible_flags import answers_to
from clinic.raise_alert import raise_alerts
from clinic.ward import Visit
from storage.patients import count_notes

MINUTE, DAY = timedelta(minutes=1), timedelta(hours=24)
A_MINUTE, A_DAY = 20, 250
"""Messages kept word for word: 250 of 4,000 letters are a megabyte."""


def is_over_budget(visit: Visit) -> bool:
    """Return whether this patient has written more than is kept of one person."""
    session, course = visit.work.session, visit.course
    if count_notes(session, course.id, since=visit.now - MINUTE, most=A_MINUTE) >= A_MINUTE:
        return True
    return count_notes(session, course.id, since=visit.now - DAY, most=A_DAY) >= A_DAY


def hear_flood(visit: Visit, text: str, plan: Plan) -> None:
    """Count a message that is over the budget; a danger in it, certain or possible, is raised without its words."""
    patient, clinic = visit.patient, visit.patient.clinic
    visit.work.record("note-over-budget", patient_id=patient.id, characters=len(text))
    minute = f"flood:{patient.id}:{visit.now:%Y-%m-%dT%H:%M}"
    facts = [Fact("red-flag", subject) for subject in (*plan.certain, *plan.possible)]
    facts += [Fact("distress")] if plan.is_distressed and not facts else []
    if not facts:
        tell_patient(visit, patient, words("too-much", emergency=clinic.emergency_number), dedupe_key=minute)
        return
    crisis, others = answers_to(visit, clinic, raise_alerts(visit, visit.course, facts))
    if crisis is not None:
        tell_patient(visit, patient, crisis, buttons=safe_buttons(), dedupe_key=f"{minute}:crisis")
    if others:
        tell_patient(visit, patient, *others, words("not-watched"), dedupe_key=f"{minute}:danger")
