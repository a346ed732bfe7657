"""A dose is due to be asked about: send the prompt the policy says, or none, and say why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from care.adherence import gap_days
from care.calendar import hours_of, plus_days
from care.courses import Status
from care.doses import DoseState
from care.regimens import Regimen
from care.reminders import NO_TIME, Prompt, place_in_line, prompt_now, usual_wait, waits
from care.triage import Fact
from clinic.ask_opioids import HELD, OPIOIDS, SETTLED, WITHDRAWAL, days_before, gap_buttons, look_for_gap
from clinic.dose_screens import answer_buttons, prompt_text, yesterday_buttons
from clinic.letters import Button, Rows, body, tell_patient, words
from clinic.outage import asks_again
from clinic.raise_alert import answer_of, raise_alerts
from clinic.ward import Ward
from content.values import Words
from storage.asking import (
    Asked,
    Line,
    Question,
    chats_of,
    hold_questions,
    ledgers_of,
    waits_until_answered,
    write_asked,
)
from storage.doses import doses_on, get_dose, set_dose
from storage.outbox import Letter
from storage.queues import Lane
from storage.tables import Dose


def prompt_doses(ward: Ward, due: Mapping[int, str]) -> None:
    """Ask about these doses, each of which is due for the cause beside its id, unless one is not due any more."""
    questions = {
        id_: question
        for id_, question in hold_questions(ward.work, due).items()
        if question.prompt_at is not None and question.prompt_at <= ward.now
    }
    ledgers = ledgers_of(ward.work, {question.course_id for question in questions.values()})
    chats = chats_of(ward.work, questions.values())
    asked: list[Asked | None] = []
    for dose_id, cause in due.items():
        if (question := questions.get(dose_id)) is not None:
            ward.work.is_about(cause)
            asked.append(_prompt_dose(ward, question, chats[question.patient_id], ledgers[question.course_id]))
    write_asked(ward.work, [one for one in asked if one is not None])


def _prompt_dose(ward: Ward, question: Question, chat: int | None, ledger: Sequence[Line]) -> Asked | None:
    """Return what becomes of the question about one dose; None if something else came in its place, and was done.

    Nothing is owed to a patient who never joined and has no chat.
    """
    regimen = ward.content.regimens[question.regimen]
    before = days_before(question.day, [(line.day, line.state) for line in ledger])
    if not _is_plain(question, before, regimen) and not _clear_the_way(ward, question, ledger, before):
        return None
    policy = regimen.reminders
    prompt = prompt_now(
        policy,
        now=ward.now,
        sent=question.prompts_sent,
        row_from=question.row_from,
        between=waits(policy, day=question.day, before=before),
        closes_at=question.closes_at,
        zone=question.zone,
    )
    if prompt is None:
        return Asked(question, "prompts-over", question.prompts_sent, None)
    letter = _letter(ward, question, chat, ledger, prompt) if chat is not None else None
    return Asked(question, "prompted", question.prompts_sent + 1, prompt.next_at, letter)


def _is_plain(question: Question, before: Sequence[DoseState], regimen: Regimen) -> bool:
    """Return whether nothing can stand between the patient and the daily question."""
    if question.state is not DoseState.OPEN or question.status is not Status.ACTIVE:
        return False
    if question.asks is None:
        return bool(question.prompts_sent) or gap_days(before) < regimen.missed.ask_opioids_after
    return question.asks in SETTLED


def _clear_the_way(ward: Ward, question: Question, ledger: Sequence[Line], before: list[DoseState]) -> bool:
    """Do what comes before the question, or in its place; return whether the question is put all the same."""
    dose = get_dose(ward.work.session, question.id)
    if dose.state is not DoseState.OPEN or dose.course.status is not Status.ACTIVE or dose.asks == HELD:
        set_dose(ward.work, dose, "prompt-not-sent", prompt_at=None)
        return False
    if dose.asks == WITHDRAWAL:
        _ask_withdrawal(ward, dose)
        return False
    look_for_gap(ward, dose, before)
    if dose.asks == OPIOIDS:
        _ask_opioids(ward, dose, _place(ward, question, ledger))
        return False
    return True


def _letter(ward: Ward, question: Question, chat: int, ledger: Sequence[Line], prompt: Prompt) -> Letter:
    """Return the letter that asks."""
    texts = [prompt_text(ward, question, prompt)]
    if question.prompts_sent == 0:
        texts = [*asks_again(ward, question.zone), *texts]
    return Letter(
        chat_id=chat,
        body=body(question.language, texts, buttons=_buttons(question, ledger)),
        lane=Lane.REMINDER,
        patient_id=question.patient_id,
        subject=f"dose:{question.id}",
        send_at=_place(ward, question, ledger),
        expires_at=prompt.expires_at,
        dedupe_key=f"prompt:{question.id}:{question.prompts_sent + 1}",
    )


def _ask_opioids(ward: Ward, dose: Dose, place: datetime) -> None:
    """Ask about opioids in place of the day's first prompt, and only once: the day waits for the answer."""
    if dose.prompts_sent or ward.now >= dose.closes_at:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    set_dose(ward.work, dose, "opioids-asked", prompts_sent=1, prompt_at=None)
    tell_patient(
        ward,
        dose.course.patient,
        words("gap-question"),
        buttons=gap_buttons(dose),
        lane=Lane.REMINDER,
        subject=f"dose:{dose.id}",
        send_at=place,
        expires_at=dose.closes_at,
        dedupe_key=f"prompt:{dose.id}:1",
    )


def _place(ward: Ward, question: Question, ledger: Sequence[Line]) -> datetime:
    """Return where this question stands among all that are due in its minute (`care/reminders.py`)."""
    due_at, answered = question.prompt_at or ward.now, waits_until_answered(ledger)
    hour, *hours = hours_of([due_at, *(was_due for was_due, _ in answered)], question.zone)
    usual = usual_wait([wait for was_at, (_, wait) in zip(hours, answered, strict=True) if was_at == hour])
    policy = ward.content.regimens[question.regimen].reminders
    return place_in_line(policy.spread_over, due_at=due_at, usual=usual)


def _buttons(question: Question, ledger: Sequence[Line]) -> Rows:
    rows = list(answer_buttons(question.id))
    if question.prompts_sent == 0 and question.part == 1:
        before = plus_days(question.day_on, -1)
        yesterday = [line for line in ledger if line.day_on == before]
        if len(yesterday) == 1 and yesterday[0].state is DoseState.UNKNOWN:
            rows += yesterday_buttons(yesterday[0].id)
    return rows


def withdrawal_buttons(dose: Dose) -> Rows:
    """Return the answers to the question between the two parts of an induction day."""
    return [
        [Button("withdrawal-none", "withdrawal", (dose.id, "none"))],
        [Button("withdrawal-mild", "withdrawal", (dose.id, "mild"))],
        [Button("withdrawal-severe", "withdrawal", (dose.id, "severe"), "danger")],
    ]


def withdrawal_question(ward: Ward, dose: Dose) -> Words:
    """Return the question between the two parts: it names the hour of the first, which stays true however late."""
    return words("ask-withdrawal", at=ward.clock_of(dose.course.patient, _began_at(ward, dose)).time())


def _began_at(ward: Ward, dose: Dose) -> datetime:
    """Return when the part before this one was taken, which everything about this one is counted from."""
    first = next(one for one in doses_on(ward.work.session, dose.course_id, dose.day_on) if one.part == dose.part - 1)
    return first.taken_at or (dose.due_at or ward.now) - _wait_before(ward, dose)


def _ask_withdrawal(ward: Ward, dose: Dose) -> None:
    """Ask once, wait as long as the regimen says, then tell triage and ask once more."""
    plan = ward.regimen(dose.course).induction
    first = dose.prompts_sent == 0
    if ward.now >= dose.closes_at:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    texts: list[Words] = []
    if not first and dose.prompts_sent == 1:
        waited = round((ward.now - _began_at(ward, dose)).total_seconds() / 60)
        decision = raise_alerts(ward, dose.course, [Fact("induction-silent", value=waited)])
        texts = answer_of(ward, dose.course, decision)
    due = None
    if first and plan is not None and dose.due_at is not None:
        due = max(ward.now, dose.due_at) + (plan.no_reply_after - _wait_before(ward, dose))
    number, at_once = dose.prompts_sent + 1, place_in_line(NO_TIME, due_at=ward.now, usual=NO_TIME)
    set_dose(ward.work, dose, "withdrawal-asked", prompts_sent=number, prompt_at=due)
    tell_patient(
        ward,
        dose.course.patient,
        withdrawal_question(ward, dose),
        buttons=withdrawal_buttons(dose),
        lane=Lane.REMINDER,
        subject=f"dose:{dose.id}",
        send_at=at_once,
        expires_at=dose.closes_at,
        dedupe_key=f"prompt:{dose.id}:{number}",
    )
    if texts:
        about, until = f"dose:{dose.id}", dose.closes_at
        tell_patient(
            ward, dose.course.patient, *texts, lane=Lane.REMINDER, subject=about, send_at=at_once, expires_at=until
        )


def _wait_before(ward: Ward, dose: Dose) -> timedelta:
    phase = next(p for p in ward.regimen(dose.course).phases if p.from_day <= dose.day <= p.to_day)
    return phase.parts[dose.part - 1].after
