"""A typed message: a button of the keyboard below, the answer to an open question, or words to be heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from care.hearing import Plan, writable, yes_or_no
from care.reading import Reading
from care.refusals import Refusal
from care.triage import Fact
from clinic.answer_dose import hear_taken_at
from clinic.crisis import answer_safe, call_for_help, page_for
from clinic.feelings import open_feelings
from clinic.flood import hear_flood, is_over_budget
from clinic.hear_answer import answers_clinic, is_asked_for, pass_answer_on
from clinic.hear_words import hear_danger, hear_words, read
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
HEARD = frozenset({Standing.PATIENT, Standing.JOINING, Standing.FORMER})

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
    """Do what a typed message asks for. Every one of a patient is read for danger, whatever else it is for.

    `replied` is the message of ours that it replies to, if it does.
    """
    held, text = standings(visit.caller), writable(text)
    pressed = next((key for key in KEYS if text.strip() in _labels(visit, key)), None)
    if pressed == "key-help-now":
        call_for_help(visit)
    elif Standing.CLINICIAN in held and hear_clinician(visit, text, replied, is_edit=is_edit):
        return
    elif held.isdisjoint(HEARD):
        reply(visit, words("help-clinician" if Standing.CLINICIAN in held else "stranger"))
    elif pressed is not None and Standing.PATIENT in held:
        ask(visit.patient, None)
        visit.work.record("key-pressed", patient_id=visit.patient.id)
        KEYS[pressed](visit)
    else:
        _hear(visit, text, held, replied)


def _hear(visit: Visit, text: str, held: frozenset[Standing], replied: int | None) -> None:
    reading, plan = read(visit, text)
    is_over = Standing.FORMER in held
    if is_over_budget(visit):
        hear_flood(visit, text, plan)
        return
    if not is_over and is_asked_for(visit, replied):
        _hear_for_clinic(visit, text, reading, plan)
    elif not is_over and visit.patient.awaits in ANSWERS:
        _hear_answer(visit, text, reading, plan, held)
    elif Standing.PATIENT in held:
        _hear_patient(visit, text, reading, plan, replied)
    else:
        _hear_outsider(visit, text, reading, plan, held, replied)


def _hear_patient(visit: Visit, text: str, reading: Reading, plan: Plan, replied: int | None) -> None:
    if visit.patient.awaits == "safe":
        ask(visit.patient, None)
        said = yes_or_no(text, visit.content.hearing)
        if said is not None:
            add_note(visit.work, visit.course, about="answer", text=text)
            answer_safe(visit, answer="yes" if said else "no")
            return
    if answers_clinic(visit, replied):
        _hear_for_clinic(visit, text, reading, plan)
    else:
        hear_words(visit, text, reading, plan)


def _hear_for_clinic(visit: Visit, text: str, reading: Reading, plan: Plan) -> None:
    """An answer to what the clinic wrote goes into the open case and rings there; without one it opens a case."""
    kept = text[:LONGEST_NOTE]
    add_note(visit.work, visit.course, about="answer", text=kept)
    if find_open_case(visit.work.session, visit.patient.id) is None:
        raise_alerts(visit, visit.course, [Fact("free-text")], quote=kept)
    pass_answer_on(visit, kept)
    if plan.is_danger:
        hear_danger(visit, text, reading, plan)
        return
    reply(visit, words("passed-on", emergency=visit.patient.clinic.emergency_number))


def _hear_answer(visit: Visit, text: str, reading: Reading, plan: Plan, held: frozenset[Standing]) -> None:
    """The open question goes first. What is no answer to it is heard as what it is; the question stays open."""
    try:
        with visit.work.attempt():
            ANSWERS[str(visit.patient.awaits)](visit, text, visit.patient.awaits_about or {})
    except Refusal as no:
        if not plan.says_something:
            raise
        if Standing.PATIENT in held:
            hear_words(visit, text, reading, plan)
        elif plan.is_danger:
            hear_danger(visit, text, reading, plan)
        if not plan.is_danger:
            reply(visit, words(no.key))
        return
    if plan.is_danger:
        hear_danger(visit, text, reading, plan)


def _hear_outsider(
    visit: Visit, text: str, reading: Reading, plan: Plan, held: frozenset[Standing], replied: int | None
) -> None:
    """Who has not joined yet, or is long done: danger is acted on, the rest is asked for in its place.

    Without an agreement no word is kept: a danger to life then is a call for help, and no more.
    """
    has_agreed = visit.patient.agreed is not None
    if not has_agreed and (plan.is_alone or plan.is_distressed):
        page_for(visit, "crisis-intent")
    elif has_agreed and Standing.JOINING in held and answers_clinic(visit, replied):
        _hear_for_clinic(visit, text, reading, plan)
    elif has_agreed and plan.is_danger:
        hear_danger(visit, text, reading, plan)
    elif Standing.FORMER in held:
        reply(visit, words("today-closed"))
    else:
        reply(visit, words("please-use-buttons"))
        ask_step(visit, visit.patient, visit.course)


def _labels(visit: Visit, key: str) -> set[str]:
    texts = visit.content.texts
    return {texts.plain(key, code) for code in visit.content.languages if texts.has(key, code)}


def hear_other(visit: Visit, *, caption: str = "") -> None:
    """A photo, a voice message, a sticker: say plainly that it cannot be read here. Only its caption is."""
    if visit.caller.patient is None:
        if visit.caller.posts:
            refuse_draft(visit)
        reply(visit, words("help-clinician" if visit.caller.posts else "stranger"))
        return
    visit.work.record("unreadable-received", patient_id=visit.patient.id)
    if caption.strip():
        hear_text(visit, text=caption)
    reply(visit, words("cannot-read", emergency=visit.patient.clinic.emergency_number))
