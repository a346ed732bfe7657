"""Join with an invite: language, what Steady is, consent, screening. One question at a time, each answer kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from care.courses import Status
from care.joining import ABOUT, APPROVAL, CONSENT, LANGUAGE, SCREENING, ZONE, after_question, question_of
from care.refusals import NotFound, Stale
from care.screening import Answer, concerns
from care.triage import Fact
from clinic.invite_staff import PREFIX, open_staff_invite
from clinic.join_plan import ask_plan_step
from clinic.letters import Button, reply, rewrite, tell_clinic, tell_patient, words
from clinic.people import Sender, Standing, course_for, find_caller, standings
from clinic.raise_alert import is_over, numbers_of, raise_alerts
from clinic.show import show_help
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from content.values import Words
from storage.cases import lock_open_case
from storage.courses import set_status
from storage.patients import (
    add_consent,
    claim_invite,
    find_invite,
    free_account,
    screening_of,
    set_patient,
    set_screening,
)
from storage.queues import Lane
from storage.tables import Course, Invite, Patient


def start(visit: Visit, *, said: str = "") -> None:
    """Begin or go on: with an invite's token, at the question where the patient left off, or with a hint of help."""
    held = standings(visit.caller)
    if said.strip().startswith(PREFIX):
        open_staff_invite(visit, said.strip())
    elif visit.caller.patient is not None and _is_new_to(visit, said.strip()):
        _begin_again(visit, said.strip())
    elif Standing.FORMER in held:
        reply(visit, words("today-closed"))
    elif Standing.JOINING in held:
        ask_step(visit, visit.patient, visit.course)
    elif Standing.PATIENT in held:
        show_help(visit)
    elif said.strip():
        _claim(visit, said.strip())
    elif Standing.CLINICIAN in held:
        show_help(visit)
    else:
        reply(visit, words("stranger"))


def _is_new_to(visit: Visit, token: str) -> bool:
    """Return whether this is an invite, and not the one that the caller joined with."""
    invite = find_invite(visit.work.session, token) if token else None
    return invite is not None and invite.patient_id != visit.patient.id


def _begin_again(visit: Visit, token: str) -> None:
    """A patient brings an invite for a further course. While the one they have is not over, it stays unused."""
    invite = find_invite(visit.work.session, token)
    if invite is not None:
        _check_open(visit, invite)
    if not is_over(visit.course):
        raise Stale("refused-course-running")
    _claim(visit, token)


def _check_open(visit: Visit, invite: Invite) -> None:
    if invite.used_at is not None:
        raise Stale("refused-invite-used")
    if invite.expires_at <= visit.now:
        raise Stale("refused-invite-expired")


def _leave_earlier(visit: Visit) -> None:
    """Close what is left of the caller's earlier course. Its record stays as it is, under its own case code."""
    if visit.course.status is Status.FOLLOW_UP:
        set_status(visit.work, visit.course, Status.CLOSED, "follow-up-ended", turns_at=None)
    free_account(visit.work, visit.patient)


def _link(visit: Visit, earlier: Patient) -> None:
    """Keep which two records are one person's, and tell the clinic if both are its own."""
    visit.work.record("joined-again", patient_id=visit.patient.id, earlier=earlier.id)
    if earlier.clinic_id == visit.patient.clinic_id:
        text = words("joined-again", code=visit.patient.case_code, earlier=earlier.case_code)
        tell_clinic(visit, earlier.clinic, text, lane=Lane.DIGEST)


def _claim(visit: Visit, token: str) -> None:
    invite = find_invite(visit.work.session, token)
    if invite is None:
        visit.work.record("invite-unknown")
        reply(visit, words("stranger"))
        return
    _check_open(visit, invite)
    earlier = visit.caller.patient
    if earlier is not None:
        _leave_earlier(visit)
    if not claim_invite(visit.work, invite, visit.caller.telegram_id):
        raise Stale("refused-invite-used")
    hint = visit.caller.language  # as Telegram says; the new patient's is still the clinic's first
    sender = Sender(visit.caller.telegram_id, visit.caller.chat_id, True, hint)
    visit.caller = find_caller(visit.work, visit.content, sender)
    if earlier is not None:
        _link(visit, earlier)
    course = visit.course
    set_status(visit.work, course, Status.SCREENING, "joining-begun")
    spoken = course.patient.clinic.languages
    _speak(visit, "joining-step", hint if hint in spoken else spoken[0], step=LANGUAGE)
    ask_step(visit, visit.patient, course)


def ask_step(ward: Ward, patient: Patient, course: Course) -> None:
    """Ask the question that joining is at."""
    step, numbers = patient.step, numbers_of(patient.clinic)
    if (question := question_of(step)) is not None:
        rows = [[Button(f"screening-{answer}", "screening", (question, answer)) for answer in Answer]]
        tell_patient(ward, patient, words(f"screening-{question}"), buttons=rows)
    elif step == LANGUAGE:
        spoken = [code for code in patient.clinic.languages if code in ward.content.languages]
        rows = [
            [Button(words("language-name", name=ward.content.languages[code].name), "language", (code,))]
            for code in spoken
        ]
        tell_patient(ward, patient, words("welcome"), buttons=rows)
    elif step == ABOUT:
        rows = [[Button("button-read-on", "about", (1,))]]
        tell_patient(ward, patient, words("about-steady"), buttons=rows)
    elif step == CONSENT:
        rows = [
            [Button("consent-accept", "consent", ("yes",), "success")],
            [Button("consent-decline", "consent", ("no",))],
        ]
        key = ward.content.edition.consent_key
        values = ward.content.texts.fitting(key, {"clinic": patient.clinic.name, **numbers})
        tell_patient(ward, patient, Words(key, values), buttons=rows)
    elif step == APPROVAL:
        tell_patient(ward, patient, words("approval-waits"), keys="home")
    else:
        ask_plan_step(ward, patient)


def _speak(visit: Visit, event: str, language: str, **more: Any) -> None:
    """Keep the patient's language, and answer in it from here on."""
    set_patient(visit.work, visit.patient, event, language=language, **more)
    visit.caller = replace(visit.caller, language=language)


def _check_step(visit: Visit, step: str) -> None:
    if visit.patient.step != step:
        raise Stale("refused-answered-already")


def _go(visit: Visit, step: str) -> None:
    set_patient(visit.work, visit.patient, "joining-step", step=step)
    ask_step(visit, visit.patient, visit.course)


def choose_language(visit: Visit, *, language: str) -> None:
    """Speak this language from now on: at joining the first step, later a setting."""
    if language not in visit.patient.clinic.languages or language not in visit.content.languages:
        raise NotFound("refused-unknown-button")
    is_joining = visit.patient.step is not None
    if is_joining:
        _check_step(visit, LANGUAGE)
    _speak(visit, "language-set", language)
    kept = words("language-set", name=visit.content.languages[language].name)
    if is_joining:
        rewrite(visit, kept)
        _go(visit, ABOUT)
        return
    rewrite(visit, words("ask-language"))
    reply(visit, kept, keys="home")  # the buttons below the chat speak it too


PAGES = ("about-steady", "about-not", "about-who-sees", "about-telegram")


def read_on(visit: Visit, *, page: int) -> None:
    """Show the next page of what Steady is and is not; after the last one comes the consent."""
    _check_step(visit, ABOUT)
    if not 0 < page <= len(PAGES):
        raise NotFound("refused-unknown-button")
    visit.work.record("about-read", patient_id=visit.patient.id, page=page)
    rewrite(visit, _page(visit, PAGES[page - 1]))
    if page == len(PAGES):
        _go(visit, CONSENT)
    else:
        reply(visit, _page(visit, PAGES[page]), buttons=[[Button("button-read-on", "about", (page + 1,))]])


def _page(visit: Visit, key: str) -> Words:
    return Words(key, visit.content.texts.fitting(key, numbers_of(visit.patient.clinic)))


def answer_consent(visit: Visit, *, answer: str) -> None:
    """Record the answer to the consent text. A "no" is an answer too, and can be changed by coming back."""
    _check_step(visit, CONSENT)
    add_consent(visit.work, visit.patient, version=visit.content.edition.consent, given=answer == "yes")
    if answer != "yes":
        rewrite(visit, words("consent-declined"), buttons=[[Button("button-think-again", "restart")]])
        return
    rewrite(visit, words("consent-kept"))
    reply(visit, words("help-is-here", **numbers_of(visit.patient.clinic)), keys="home")
    _go(visit, SCREENING + visit.content.screening[0].id)


def answer_screening(visit: Visit, *, question: str, answer: Answer) -> None:
    """Keep a screening answer. Anything but "no" is the clinician's to decide, never ours."""
    _check_step(visit, SCREENING + question)
    set_screening(visit.work, visit.course, question, answer)
    rewrite(
        visit, words("asked-and-answered", question=words(f"screening-{question}"), answer=words(f"screening-{answer}"))
    )
    asked = [known.id for known in visit.content.screening]
    worrying = _concerns(visit, visit.course)
    step = after_question(question, asked, needs_clinician=bool(worrying))
    if step == APPROVAL:
        set_status(visit.work, visit.course, Status.AWAITING_APPROVAL, "approval-asked")
        raise_alerts(visit, visit.course, [Fact("screening", concern) for concern in worrying])
    _go(visit, step)


def _concerns(visit: Visit, course: Course) -> list[str]:
    known = screening_of(visit.work.session, course.id)
    answers = {question: Answer(answer) for question, answer in known.items()}
    asked = {question.id for question in visit.content.screening}
    unasked = asked - answers.keys()
    return [concern for concern in concerns(answers, visit.content.screening) if concern not in unasked]


def decide_screening(visit: Visit, *, code: str, answer: str) -> None:
    """A clinician decides whether the course starts; the patient is told at once, and kindly either way."""
    course, post = course_for(visit, code)
    if course.status is not Status.AWAITING_APPROVAL:
        raise Stale("refused-decided-already")
    patient = course.patient
    if answer == "yes":
        set_status(visit.work, course, Status.SCREENING, "start-approved")
        set_patient(visit.work, patient, "joining-step", step=ZONE)
        tell_patient(visit, patient, words("approval-given"))
        ask_step(visit, patient, course)
    else:
        set_status(visit.work, course, Status.CLOSED, "start-refused")
        tell_patient(visit, patient, words("approval-refused", **numbers_of(patient.clinic)))
    reply(visit, words(f"decided-{answer}", code=patient.case_code, name=post.name))
    _refresh_case(visit, course)


def _refresh_case(visit: Visit, course: Course) -> None:
    case = lock_open_case(visit.work.session, course.patient_id)
    if case is not None:
        show_case(visit, case, anew=False)
