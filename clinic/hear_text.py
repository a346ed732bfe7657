"""A typed message: the answer to an open question, a button of the keyboard below, or words for the clinic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from care.triage import Fact
from clinic.answer_dose import hear_taken_at
from clinic.crisis import call_for_help
from clinic.feelings import open_feelings
from clinic.hear_answer import answers_clinic, is_asked_for, pass_answer_on
from clinic.join import ask_step
from clinic.join_plan import hear_first_day, hear_hour, hear_zone
from clinic.letters import reply, words
from clinic.people import Standing, standings
from clinic.raise_alert import raise_alerts
from clinic.reply_to_case import hear_clinician
from clinic.show import show_today
from clinic.skip_dose import hear_skip_reason
from clinic.ward import Visit
from clinic.write_patient import refuse_draft
from storage.cases import find_open_case
from storage.patients import add_note, ask

LONGEST_NOTE = 4096

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


def hear_text(visit: Visit, *, text: str, replied: int | None = None, is_edit: bool = False) -> None:
    """Do what a typed message asks for. What is no answer is kept word for word and shown to the clinic.

    `replied` is the message of ours that it replies to, if it does.
    """
    held = standings(visit.caller)
    pressed = next((key for key in KEYS if text.strip() in _labels(visit, key)), None)
    if pressed == "key-help-now":
        call_for_help(visit)
    elif Standing.CLINICIAN in held and hear_clinician(visit, text, replied, is_edit=is_edit):
        return
    elif Standing.FORMER in held:
        reply(visit, words("today-closed"))
    elif Standing.PATIENT in held or Standing.JOINING in held:
        _hear_patient(visit, text, replied, pressed if Standing.PATIENT in held else None)
    elif Standing.CLINICIAN in held:
        reply(visit, words("help-clinician"))
    else:
        reply(visit, words("stranger"))


def _hear_patient(visit: Visit, text: str, replied: int | None, pressed: str | None) -> None:
    question, has_joined = visit.patient.awaits, visit.patient.step is None
    if pressed is not None:
        ask(visit.patient, None)
        visit.work.record("key-pressed", patient_id=visit.patient.id)
        KEYS[pressed](visit)
    elif is_asked_for(visit, replied):
        keep_note(visit, text, is_answer=True)
    elif question in ANSWERS and question is not None:
        ANSWERS[question](visit, text, visit.patient.awaits_about or {})
    elif answers_clinic(visit, replied):
        keep_note(visit, text, is_answer=True)
    elif has_joined:
        keep_note(visit, text)
    else:
        reply(visit, words("please-use-buttons"))
        ask_step(visit, visit.patient, visit.course)


def _labels(visit: Visit, key: str) -> set[str]:
    texts = visit.content.texts
    return {texts.plain(key, code) for code in visit.content.languages if texts.has(key, code)}


def keep_note(visit: Visit, text: str, *, is_answer: bool = False) -> None:
    """Keep what the patient wrote, show it to the clinic, and say honestly what happens with it.

    An answer to what the clinic wrote goes into the open case and rings there; without one it opens a case.
    """
    kept = text[:LONGEST_NOTE]
    add_note(visit.work, visit.course, about="answer" if is_answer else "free-text", text=kept)
    if not is_answer or find_open_case(visit.work.session, visit.patient.id) is None:
        raise_alerts(visit, visit.course, [Fact("free-text")], quote=kept)
    if is_answer:
        pass_answer_on(visit, kept)
    emergency = visit.patient.clinic.emergency_number
    reply(visit, words("passed-on", emergency=emergency))


def hear_other(visit: Visit) -> None:
    """A photo, a voice message, a sticker: say plainly that it cannot be read here. It is not kept."""
    if visit.caller.patient is None:
        if visit.caller.posts:
            refuse_draft(visit)
        reply(visit, words("help-clinician" if visit.caller.posts else "stranger"))
        return
    visit.work.record("unreadable-received", patient_id=visit.patient.id)
    reply(visit, words("cannot-read", emergency=visit.patient.clinic.emergency_number))
