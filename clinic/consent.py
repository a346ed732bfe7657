"""Consent: shown, taken back at any moment, and asked for again when its words change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from care.hearing import plan_for
from care.refusals import NotAllowed
from clinic.letters import Button, reply, rewrite, tell_clinic, words
from clinic.people import Standing, standings
from clinic.raise_alert import numbers_of
from clinic.ward import Visit, Ward
from content.values import Words
from storage.courses import follow_ups_of, set_course, set_follow_up, set_status
from storage.doses import answer, open_doses
from storage.forgetting import drop_owed
from storage.patients import add_consent, consents_of, set_patient
from storage.tables import Course, Patient

ALWAYS = frozenset({
    "start", "show_consent", "renew_consent", "withdraw_consent", "ask_forget", "forget", "export", "show_privacy",
    "show_help", "call_for_help", "explain_help", "answer_safe", "answer_possible", "ask_stop", "stop_course",
    "keep_going", "choose_language", "patient_blocked", "patient_returned", "ignore", "reject_press",
})  # fmt: skip
"""What a patient may do without a consent in force: get help, leave, and everything about their data."""


def is_lapsed(ward: Ward, patient: Patient) -> bool:
    """Return whether the words have changed since the patient agreed to them."""
    return patient.agreed is not None and patient.agreed != ward.content.edition.consent


def must_ask_again(visit: Visit, action: Callable[..., None], values: Mapping[str, Any]) -> bool:
    """Return whether this must wait until the patient has agreed to the words that are valid now."""
    patient = visit.caller.patient
    if patient is None or not visit.caller.is_private or not is_lapsed(visit, patient) or action.__name__ in ALWAYS:
        return False
    return Standing.PATIENT in standings(visit.caller) and not _asks_for_help(visit, values.get("text"))


def _asks_for_help(visit: Visit, text: object) -> bool:
    """Return whether a typed text is the key below the chat that calls for help, or speaks of danger."""
    texts = visit.content.texts
    labels = {texts.plain("key-help-now", code) for code in visit.content.languages if texts.has("key-help-now", code)}
    if not isinstance(text, str) or text.strip() in labels:
        return isinstance(text, str)
    reading = visit.content.reader.read(text, language=visit.patient.language)
    return plan_for(reading, text, visit.content.hearing).is_danger


def show_consent(visit: Visit) -> None:
    """Show what was agreed to and when, with the way out of it; or the new words, if they have changed."""
    patient = visit.patient
    visit.work.record("consent-shown", patient_id=patient.id)
    given = consents_of(visit.work.session, patient.id)
    if patient.withdrawn_at is not None:
        day = visit.clock_of(patient, patient.withdrawn_at).date()
        reply(visit, words("consent-screen-withdrawn", day=day), buttons=data_buttons())
    elif is_lapsed(visit, patient) or not given:
        ask_again(visit)
    else:
        day = visit.clock_of(patient, given[-1].at).date()
        rows = [[Button("privacy-withdraw", "withdraw", (), "danger")], *data_buttons()]
        reply(visit, words("consent-screen-given", day=day, version=given[-1].version), buttons=rows)


def data_buttons() -> list[list[Button]]:
    """Return the buttons for a copy and for deletion."""
    return [[Button("privacy-copy", "export"), Button("privacy-delete", "ask-forget")]]


def ask_again(visit: Visit) -> None:
    """Ask for consent to the words that are valid now."""
    patient = visit.patient
    visit.toast = words("consent-needed")
    visit.work.record("consent-asked", patient_id=patient.id)
    key = visit.content.edition.consent_key
    values = visit.content.texts.fitting(key, {"clinic": patient.clinic.name, **numbers_of(patient.clinic)})
    rows = [[Button("consent-accept", "renew", (), "success")], [Button("privacy-withdraw", "withdraw")]]
    reply(visit, words("consent-changed"), Words(key, values), buttons=rows)


def renew_consent(visit: Visit) -> None:
    """Keep the patient's agreement to the words that are valid now; it does not undo a withdrawal."""
    if visit.patient.withdrawn_at is not None:
        raise NotAllowed("today-closed")
    add_consent(visit.work, visit.patient, version=visit.content.edition.consent, given=True)
    rewrite(visit, words("consent-renewed"))


def withdraw_consent(visit: Visit) -> None:
    """Stop everything at once: nothing more is asked, sent or kept, and the clinic is told."""
    patient, course = visit.patient, visit.course
    if patient.withdrawn_at is not None:
        show_consent(visit)
        return
    given = consents_of(visit.work.session, patient.id)
    version = given[-1].version if given else visit.content.edition.consent
    add_consent(visit.work, patient, version=version, given=False)
    set_patient(visit.work, patient, "consent-withdrawn", withdrawn_at=visit.now, awaits=None, awaits_about=None)
    drop_owed(visit.work, patient.id, "consent withdrawn")
    _end(visit, course)
    rewrite(visit, words("consent-withdrawn"), buttons=data_buttons())
    tell_clinic(visit, patient.clinic, words("consent-gone-clinic", code=patient.case_code))


def _end(visit: Visit, course: Course) -> None:
    """Let nothing be due any more. An open case stays open: somebody may be waiting for help, and a person decides."""
    for dose in open_doses(visit.work.session, course.id):
        answer(visit.work, dose, DoseState.HELD, by=AnsweredBy.NOBODY)
    for contact in follow_ups_of(visit.work.session, course.id):
        if contact.due_at is not None:
            set_follow_up(visit.work, contact, "follow-up-cancelled", due_at=None)
    today = visit.today(visit.patient)
    for status in _way_out(course.status):
        set_status(visit.work, course, status, "consent-withdrawn-course", ended_on=course.ended_on or today)
    set_course(visit.work, course, "course-closed", turns_at=None, silent_at=None)


def _way_out(status: Status) -> tuple[Status, ...]:
    """Return the statuses through which a course goes to its close."""
    if status in (Status.ACTIVE, Status.PAUSED):
        return (Status.STOPPED, Status.FOLLOW_UP, Status.CLOSED)
    if status in (Status.COMPLETED, Status.STOPPED):
        return (Status.FOLLOW_UP, Status.CLOSED)
    return () if status is Status.CLOSED else (Status.CLOSED,)
