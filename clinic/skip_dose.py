"""Not today: the reason is kept, triage hears of it, and each reason has its own next step."""

from __future__ import annotations

from care.adherence import day_states, missed_facts
from care.doses import AnsweredBy, DoseState, SkipReason
from care.triage import Decision, Fact
from clinic.answer_dose import answerable_dose, ask_first, show_record
from clinic.dose_screens import record_buttons, record_text
from clinic.feelings import feelings_buttons
from clinic.heard import LONGEST_QUOTE
from clinic.letters import Button, Rows, reply, rewrite, words
from clinic.raise_alert import answer_of, raise_alerts, raise_once_a_day
from clinic.ward import Visit, Ward
from storage.doses import answer, doses_on, states_of
from storage.outbox import drop_waiting
from storage.patients import add_note, ask
from storage.tables import Course, Dose


def skip_dose(visit: Visit, *, dose_id: int, reason: SkipReason) -> None:
    """Record a dose as not taken and go on with what its reason calls for."""
    dose = answerable_dose(visit, dose_id)
    if dose.state is DoseState.SKIPPED and dose.reason is reason:
        visit.toast = words("toast-recorded-already")
        show_record(visit, dose)
        return
    if ask_first(visit, dose):
        return
    answer(visit.work, dose, DoseState.SKIPPED, by=AnsweredBy.PATIENT, reason=reason)
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    _skip_other_parts(visit, dose, reason)
    said = raise_alerts(visit, dose.course, [Fact("skipped", reason)])
    missed = judge_missed(visit, dose.course)
    is_today = dose.day_on == visit.today(visit.patient)
    rewrite(visit, record_text(visit, dose), buttons=record_buttons(dose, is_today=is_today))
    _next_step(visit, dose, reason, _graver(said, missed))


def _skip_other_parts(visit: Visit, dose: Dose, reason: SkipReason) -> None:
    """A later part of the day that waits for this one will not come today."""
    for other in doses_on(visit.work.session, dose.course_id, dose.day_on):
        if other.part > dose.part and other.state is DoseState.OPEN:
            answer(visit.work, other, DoseState.SKIPPED, by=AnsweredBy.PATIENT, reason=reason)


def _graver(one: Decision | None, other: Decision | None) -> Decision | None:
    both = [decision for decision in (one, other) if decision is not None]
    return max(both, key=lambda decision: decision.level, default=None)


def judge_missed(ward: Ward, course: Course) -> Decision | None:
    """Tell triage what the closed days of the ledger say about missed doses; once a day for each rule."""
    open_or_held = (DoseState.OPEN, DoseState.HELD)
    days = day_states(states_of(ward.work.session, course.id))
    before = [state for _, state in days if state not in open_or_held]
    return raise_once_a_day(ward, course, missed_facts(ward.missed(course), before=before))


def _next_step(visit: Visit, dose: Dose, reason: SkipReason, decision: Decision | None) -> None:
    buttons: Rows = []
    match reason:
        case SkipReason.FORGOT:
            buttons = [[Button("button-change-hour", "setting", ("hour",))]]
        case SkipReason.FELT_BAD:
            buttons = feelings_buttons(visit, dose.id)
        case SkipReason.TRAVELLING:
            buttons = [
                [Button("button-change-zone", "setting", ("zone",))],
                [Button("button-change-hour", "setting", ("hour",))],
            ]
        case SkipReason.OTHER:
            ask(visit.patient, "skip-other", {"dose": dose.id})
        case _:
            buttons = []
    reply(visit, *answer_of(visit, dose.course, decision), words(f"after-skip-{reason}"), buttons=buttons)


def hear_skip_reason(visit: Visit, text: str, dose_id: int) -> None:
    """Keep the patient's own words for why not, and pass them on."""
    ask(visit.patient, None)
    add_note(visit.work, visit.course, about="skip-other", text=text)
    raise_alerts(visit, visit.course, [Fact("free-text")], quote=text[:LONGEST_QUOTE])
    reply(visit, words("passed-on", emergency=visit.patient.clinic.emergency_number))
