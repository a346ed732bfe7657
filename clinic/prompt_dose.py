"""A dose is due to be asked about: send the prompt the policy says, or none, and say why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from care.calendar import plus_days
from care.courses import Status
from care.doses import DoseState
from care.reminders import NO_TIME, Prompt, place_in_line, prompt_now, usual_wait, waits
from care.triage import Fact
from clinic.ask_opioids import HELD, OPIOIDS, WITHDRAWAL, days_before, gap_buttons, look_for_gap
from clinic.dose_screens import answer_buttons, prompt_text, yesterday_buttons
from clinic.letters import Button, Rows, tell_patient, words
from clinic.outage import asks_again
from clinic.raise_alert import answer_of, raise_alerts
from clinic.ward import Ward, zone_of
from content.values import Words
from storage.asking import Line, hold_doses, ledgers_of, waits_until_answered
from storage.doses import doses_on, set_dose
from storage.queues import Lane
from storage.tables import Dose


def prompt_doses(ward: Ward, due: Mapping[int, str]) -> None:
    """Ask about these doses, each of which is due for the cause beside its id, unless one is not due any more."""
    doses = hold_doses(ward.work, due)
    open_ones = {id_: dose for id_, dose in doses.items() if dose.prompt_at is not None and dose.prompt_at <= ward.now}
    ledgers = ledgers_of(ward.work, {dose.course_id for dose in open_ones.values()})
    for dose_id, cause in due.items():
        if (dose := open_ones.get(dose_id)) is not None:
            ward.work.is_about(cause)
            _prompt_dose(ward, dose, ledgers[dose.course_id])


def _prompt_dose(ward: Ward, dose: Dose, ledger: Sequence[Line]) -> None:
    """Ask about one dose if it may be asked about now, and set when to ask next."""
    course = dose.course
    if dose.state is not DoseState.OPEN or course.status is not Status.ACTIVE or dose.asks == HELD:
        set_dose(ward.work, dose, "prompt-not-sent", prompt_at=None)
        return
    if dose.asks == WITHDRAWAL:
        _ask_withdrawal(ward, dose)
        return
    before = days_before(dose, [(line.day, line.state) for line in ledger])
    look_for_gap(ward, dose, before)
    if dose.asks == OPIOIDS:
        _ask_opioids(ward, dose, ledger)
        return
    prompt = _prompt_now(ward, dose, before)
    if prompt is None:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    texts, buttons = [prompt_text(ward, dose, prompt)], _buttons(dose, ledger)
    if dose.prompts_sent == 0:
        texts = [*asks_again(ward, course.patient), *texts]
    number, place = dose.prompts_sent + 1, _place(ward, dose, ledger)
    set_dose(ward.work, dose, "prompted", prompts_sent=number, prompt_at=prompt.next_at)
    tell_patient(
        ward,
        course.patient,
        *texts,
        buttons=buttons,
        lane=Lane.REMINDER,
        subject=f"dose:{dose.id}",
        send_at=place,
        expires_at=prompt.expires_at,
        dedupe_key=f"prompt:{dose.id}:{number}",
    )


def _prompt_now(ward: Ward, dose: Dose, before: Sequence[DoseState]) -> Prompt | None:
    policy = ward.regimen(dose.course).reminders
    return prompt_now(
        policy,
        now=ward.now,
        sent=dose.prompts_sent,
        row_from=dose.row_from,
        between=waits(policy, day=dose.day, before=before),
        closes_at=dose.closes_at,
        zone=zone_of(dose.course.patient),
    )


def _ask_opioids(ward: Ward, dose: Dose, ledger: Sequence[Line]) -> None:
    """Ask about opioids in place of the day's first prompt, and only once: the day waits for the answer."""
    if dose.prompts_sent or ward.now >= dose.closes_at:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    place = _place(ward, dose, ledger)
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


def _place(ward: Ward, dose: Dose, ledger: Sequence[Line]) -> datetime:
    """Return where this question stands among all that are due in its minute (`care/reminders.py`)."""
    due_at, patient = dose.prompt_at or ward.now, dose.course.patient
    hour = ward.clock_of(patient, due_at).hour
    answered = waits_until_answered(ledger)
    usual = usual_wait([wait for was_due, wait in answered if ward.clock_of(patient, was_due).hour == hour])
    return place_in_line(ward.regimen(dose.course).reminders.spread_over, due_at=due_at, usual=usual)


def _buttons(dose: Dose, ledger: Sequence[Line]) -> Rows:
    rows = list(answer_buttons(dose))
    if dose.prompts_sent == 0 and dose.part == 1:
        before = plus_days(dose.day_on, -1)
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
