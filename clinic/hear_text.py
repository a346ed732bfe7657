"""A typed message: the answer to an open question, a button of the keyboard below, or words for the clinic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from care.triage import Fact
from clinic.answer_dose import hear_taken_at
from clinic.crisis import call_for_help
from clinic.feelings import open_feelings
from clinic.flood import is_over_budget
from clinic.join import ask_step
from clinic.join_plan import hear_first_day, hear_hour, hear_zone
from clinic.letters import reply, words
from clinic.people import Standing, standings
from clinic.raise_alert import raise_alerts
from clinic.show import show_today
from clinic.skip_dose import hear_skip_reason
from clinic.ward import Visit
from storage.patients import add_note, ask

LONGEST_NOTE = 4000

ANSWERS: dict[str, Callable[[Visit, str, dict[str, Any]], None]] = {
    "zone": lambda visit, text, _about: hear_zone(visit, text),
    "hour": lambda visit, text, _about: hear_hour(visit, text),
    "first-day": lambda visit, text, _about: hear_first_day(visit, text),
    "taken-at": lambda visit, text, about: hear_taken_at(visit, text, int(about["dose"])),
    "skip-other": lambda visit, text, about: hear_skip_reason(visit, text, int(about["dose"])),
}
KEYS: dict[str, Callable[[Visit], None]] = {
    "key-help-now": call_for_help,
    "key-feelings": open_feelings,
    "key-today": show_today,
}


def hear_text(visit: Visit, *, text: str) -> None:
    """Do what a typed message asks for. What is no answer is kept word for word and shown to the clinic."""
    held = standings(visit.caller)
    pressed = next((key for key in KEYS if text.strip() in _labels(visit, key)), None)
    if pressed == "key-help-now":
        call_for_help(visit)
    elif Standing.FORMER in held:
        reply(visit, words("today-closed"))
    elif Standing.PATIENT not in held and Standing.JOINING not in held:
        if Standing.CLINICIAN not in held:
            reply(visit, words("stranger"))
        else:
            reply(visit, words("help-clinician"))
    elif pressed is not None and Standing.PATIENT in held:
        ask(visit.patient, None)
        visit.work.record("key-pressed", patient_id=visit.patient.id)
        KEYS[pressed](visit)
    elif (question := visit.patient.awaits) in ANSWERS and question is not None:
        ANSWERS[question](visit, text, visit.patient.awaits_about or {})
    elif Standing.PATIENT in held:
        keep_note(visit, text)
    else:
        reply(visit, words("please-use-buttons"))
        ask_step(visit, visit.patient, visit.course)


def _labels(visit: Visit, key: str) -> set[str]:
    texts = visit.content.texts
    return {texts.plain(key, code) for code in visit.content.languages if texts.has(key, code)}


def keep_note(visit: Visit, text: str) -> None:
    """Keep what the patient wrote, show it to the clinic, and say honestly what happens with it."""
    if is_over_budget(visit):
        visit.work.record("note-over-budget", patient_id=visit.patient.id, characters=len(text))
        return
    add_note(visit.work, visit.course, about="free-text", text=text[:LONGEST_NOTE])
    raise_alerts(visit, visit.course, [Fact("free-text")], quote=text[:LONGEST_NOTE])
    emergency = visit.patient.clinic.emergency_number
    reply(visit, words("passed-on", emergency=emergency))


def hear_other(visit: Visit) -> None:
    """A photo, a voice message, a sticker: say plainly that it cannot be read here. It is not kept."""
    if visit.caller.patient is None:
        reply(visit, words("stranger"))
        return
    visit.work.record("unreadable-received", patient_id=visit.patient.id)
    reply(visit, words("cannot-read", emergency=visit.patient.clinic.emergency_number))
