"""A dose spoken of in words: answered if it is plain which one, asked about if not. Never a decision, never advice."""

from __future__ import annotations

from collections.abc import Sequence

from care.calendar import plus_days
from care.courses import Status
from care.doses import DoseState, SkipReason
from care.hearing import Plan
from care.reading import DoseSaid
from care.refusals import Refusal
from clinic.answer_dose import ask_first, offer_reasons, offer_snoozes, show_record, take_dose
from clinic.dose_screens import answer_buttons
from clinic.letters import Button, reply, words
from clinic.ward import Visit
from storage.courses import set_course
from storage.doses import doses_on
from storage.tables import Dose

PRESSES = {DoseSaid.TAKEN: "taken", DoseSaid.NOT_TAKEN: "not-today", DoseSaid.LATER: "later"}


def hear_dose(visit: Visit, plan: Plan) -> bool:
    """Do what a message says of today's dose; return False when there is no dose that it could be about."""
    if plan.dose is None or visit.course.status is not Status.ACTIVE:
        return False
    doses = doses_now(visit)
    waiting = [dose for dose in doses if dose.state is not DoseState.TAKEN and dose.state is not DoseState.SKIPPED]
    try:
        with visit.work.attempt():
            if len(waiting) > 1:
                _ask_which(visit, plan.dose, waiting)
            elif doses:
                _hear_one(visit, plan, waiting[0] if waiting else doses[-1])
    except Refusal as no:
        reply(visit, words(no.key))
    return bool(doses)


def doses_now(visit: Visit) -> list[Dose]:
    """Return the doses "it" may mean now: today's; until it is asked about, an unanswered yesterday's too."""
    session, today = visit.work.session, visit.today(visit.patient)
    doses = [dose for dose in doses_on(session, visit.course.id, today) if dose.due_at is not None]
    if any(dose.prompts_sent or dose.state is not DoseState.OPEN for dose in doses):
        return doses
    before = doses_on(session, visit.course.id, plus_days(today, -1))
    return [*(dose for dose in before if dose.state is DoseState.UNKNOWN), *doses]


def dose_just_asked(visit: Visit) -> Dose | None:
    """Return the one dose that was asked about and waits for its answer, if there is exactly one."""
    if visit.course.status is not Status.ACTIVE:
        return None
    asked = [dose for dose in doses_now(visit) if dose.state is DoseState.OPEN and dose.prompts_sent]
    return asked[0] if len(asked) == 1 else None


def _ask_which(visit: Visit, said: DoseSaid, doses: Sequence[Dose]) -> None:
    rows = [
        [Button(words("button-which-dose", day=dose.day_on, part=dose.part), PRESSES[said], (dose.id,))]
        for dose in doses
    ]
    visit.work.record("dose-heard-unclear", patient_id=visit.patient.id)
    reply(visit, words("ask-heard-which"), buttons=rows)


def _hear_one(visit: Visit, plan: Plan, dose: Dose) -> None:
    visit.work.record("dose-heard", patient_id=visit.patient.id, dose=dose.id, said=plan.dose)
    if dose.state is not DoseState.OPEN:
        show_record(visit, dose)
    elif dose.asks is not None:
        ask_first(visit, dose)
    elif plan.dose is DoseSaid.TAKEN:
        _hear_taken(visit, plan, dose)
    elif plan.dose is DoseSaid.LATER:
        offer_snoozes(visit, dose_id=dose.id)
    elif plan.reason in (None, SkipReason.NOT_SAID):
        offer_reasons(visit, dose_id=dose.id)
    else:
        _ask_skip(visit, dose, plan.reason)


def _hear_taken(visit: Visit, plan: Plan, dose: Dose) -> None:
    if not plan.is_plain_dose:
        reply(visit, words("ask-heard-taken"), buttons=answer_buttons(dose.id))
        return
    if plan.symptoms:
        # How it feels was said already: asking in the same breath would be deaf.
        set_course(visit.work, dose.course, "check-in-heard", last_check_in_day=dose.day)
    take_dose(visit, dose_id=dose.id)


def _ask_skip(visit: Visit, dose: Dose, reason: SkipReason | None) -> None:
    buttons = [
        [Button("button-heard-skip", "skip", (dose.id, str(reason)))],
        [Button("button-other-reason", "not-today", (dose.id,)), Button("button-taken", "taken", (dose.id,))],
    ]
    reply(visit, words("ask-heard-skip", reason=words(f"skip-{reason}")), buttons=buttons)
