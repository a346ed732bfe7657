"""A dose is due to be asked about: send the prompt the policy says, or none, and say why not."""

from __future__ import annotations

from datetime import timedelta

from care.adherence import day_states, gap_days
from care.calendar import plus_days
from care.courses import Status
from care.doses import DoseState
from care.reminders import prompt_now, waits
from care.triage import Fact
from clinic.dose_screens import answer_buttons, prompt_text, yesterday_buttons
from clinic.letters import Button, Rows, tell_patient, words
from clinic.raise_alert import answer_of, raise_alerts
from clinic.ward import Ward, zone_of
from content.values import Words
from storage.doses import doses_on, set_dose, states_of
from storage.queues import Lane
from storage.tables import Dose

OPIOIDS, WITHDRAWAL, HELD = "opioids", "withdrawal", "held"
"""What may stand before a dose: a question about opioids after a gap, one about withdrawal, or a clinician."""


def prompt_dose(ward: Ward, dose: Dose) -> None:
    """Ask about one dose if it may be asked about now, and set when to ask next."""
    course = dose.course
    if dose.state is not DoseState.OPEN or course.status is not Status.ACTIVE or dose.asks == HELD:
        set_dose(ward.work, dose, "prompt-not-sent", prompt_at=None)
        return
    if dose.asks == WITHDRAWAL:
        _ask_withdrawal(ward, dose)
        return
    before = states_before(ward, dose)
    policy = ward.regimen(course).reminders
    prompt = prompt_now(
        policy,
        now=ward.now,
        sent=dose.prompts_sent,
        row_from=dose.row_from,
        between=waits(policy, day=dose.day, before=before),
        closes_at=dose.closes_at,
        zone=zone_of(course.patient),
    )
    if prompt is None:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    if dose.asks is None and is_gap(ward, dose, before):
        dose.asks = OPIOIDS
    text, buttons = prompt_text(ward, dose, prompt), _buttons(ward, dose)
    if dose.asks == OPIOIDS:
        text, buttons = words("gap-question"), gap_buttons(dose)
    number = dose.prompts_sent + 1
    set_dose(ward.work, dose, "prompted", prompts_sent=number, prompt_at=prompt.next_at)
    tell_patient(
        ward,
        course.patient,
        text,
        buttons=buttons,
        lane=Lane.REMINDER,
        subject=f"dose:{dose.id}",
        expires_at=prompt.expires_at,
        dedupe_key=f"prompt:{dose.id}:{number}",
    )


def states_before(ward: Ward, dose: Dose) -> list[DoseState]:
    """Return the states of the dose days before this one, newest first."""
    states = [(day, state) for day, state in states_of(ward.work.session, dose.course_id) if day < dose.day]
    return [state for _, state in day_states(states)]


def is_gap(ward: Ward, dose: Dose, before: list[DoseState]) -> bool:
    """Return whether days without a dose call for the question about opioids: once, before the day's first prompt."""
    limit = ward.regimen(dose.course).missed.ask_opioids_after
    return dose.prompts_sent == 0 and gap_days(before) >= limit


def gap_buttons(dose: Dose) -> Rows:
    """Return the answers to "have you used any opioid?"."""
    return [
        [Button("gap-no", "opioids", (dose.id, "no"))],
        [Button("gap-yes", "opioids", (dose.id, "yes"))],
        [Button("gap-not-said", "opioids", (dose.id, "not-said"))],
    ]


def _buttons(ward: Ward, dose: Dose) -> Rows:
    rows = list(answer_buttons(dose))
    if dose.prompts_sent == 0 and dose.part == 1:
        yesterday = doses_on(ward.work.session, dose.course_id, plus_days(dose.day_on, -1))
        if len(yesterday) == 1 and yesterday[0].state is DoseState.UNKNOWN:
            rows += yesterday_buttons(yesterday[0])
    return rows


def withdrawal_buttons(dose: Dose) -> Rows:
    """Return the answers to the question between the two parts of an induction day."""
    return [
        [Button("withdrawal-none", "withdrawal", (dose.id, "none"))],
        [Button("withdrawal-mild", "withdrawal", (dose.id, "mild"))],
        [Button("withdrawal-severe", "withdrawal", (dose.id, "severe"), "danger")],
    ]


def _ask_withdrawal(ward: Ward, dose: Dose) -> None:
    """Ask once, wait as long as the regimen says, then tell triage and ask once more."""
    plan = ward.regimen(dose.course).induction
    first = dose.prompts_sent == 0
    if ward.now >= dose.closes_at:
        set_dose(ward.work, dose, "prompts-over", prompt_at=None)
        return
    texts: list[Words] = []
    if not first and dose.prompts_sent == 1:
        waited = round((ward.now - (dose.due_at or ward.now)).total_seconds() / 60)
        decision = raise_alerts(ward, dose.course, [Fact("induction-silent", value=waited)])
        texts = answer_of(ward, dose.course, decision)
    due = None
    if first and plan is not None and dose.due_at is not None:
        due = max(ward.now, dose.due_at) + (plan.no_reply_after - _wait_before(ward, dose))
    number = dose.prompts_sent + 1
    set_dose(ward.work, dose, "withdrawal-asked", prompts_sent=number, prompt_at=due)
    tell_patient(
        ward,
        dose.course.patient,
        words("ask-withdrawal"),
        buttons=withdrawal_buttons(dose),
        lane=Lane.REMINDER,
        subject=f"dose:{dose.id}",
        expires_at=dose.closes_at,
        dedupe_key=f"prompt:{dose.id}:{number}",
    )
    if texts:
        tell_patient(
            ward, dose.course.patient, *texts, lane=Lane.REMINDER, subject=f"dose:{dose.id}", expires_at=dose.closes_at
        )


def _wait_before(ward: Ward, dose: Dose) -> timedelta:
    phase = next(p for p in ward.regimen(dose.course).phases if p.from_day <= dose.day <= p.to_day)
    return phase.parts[dose.part - 1].after
