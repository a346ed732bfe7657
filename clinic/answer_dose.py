"""The patient answers about a dose: taken, later, not today, or takes an answer back."""

from __future__ import annotations

from datetime import datetime, timedelta

from care.answers import read_time
from care.calendar import instant_of, plus_days
from care.doses import AnsweredBy, DoseState, SkipReason, check_answerable, check_taken_at
from care.refusals import Stale
from care.reminders import snoozed_until
from clinic.ask_opioids import HELD, OPIOIDS, WITHDRAWAL, gap_buttons, stands_before
from clinic.dose_screens import answer_buttons, dose_words, record_buttons, record_text
from clinic.feelings import check_in_after
from clinic.letters import Button, reply, rewrite, words
from clinic.people import own_dose
from clinic.prompt_dose import withdrawal_buttons, withdrawal_question
from clinic.ward import Visit, zone_of
from storage.doses import answer, find_dose, find_part, reopen, set_dose
from storage.outbox import drop_waiting
from storage.patients import ask
from storage.tables import Dose

EARLIER = (30, 60, 120, 180)
"""Minutes offered for "taken earlier"."""


def answerable_dose(visit: Visit, dose_id: int) -> Dose:
    """Return the patient's own dose if it may be answered now; raise Stale or Refusal otherwise."""
    dose = own_dose(visit, dose_id)
    check_answerable(dose.state, day_on=dose.day_on, now=visit.now, zone=zone_of(visit.patient))
    return dose


def ask_first(visit: Visit, dose: Dose) -> bool:
    """Put the question that comes before this dose, if there is one; return whether there was."""
    if dose.asks == OPIOIDS:
        rewrite(visit, words("gap-question"), buttons=gap_buttons(dose))
    elif dose.asks == WITHDRAWAL:
        check_observed(visit, dose)
        rewrite(visit, withdrawal_question(visit, dose), buttons=withdrawal_buttons(dose))
    elif dose.asks == HELD:
        raise Stale("refused-dose-waits")
    return stands_before(dose) is not None


def check_observed(visit: Visit, dose: Dose) -> None:
    """Raise Stale while the time between the two parts is not over: until then no "none of these" counts."""
    if dose.due_at is None or visit.now < dose.due_at:
        raise Stale("refused-part-ahead")


def take_dose(visit: Visit, *, dose_id: int) -> None:
    """Record today's dose as taken now, or yesterday's as taken at an hour we do not know.

    Pressing again, on this or an older message, changes nothing and shows what is recorded.
    """
    dose = answerable_dose(visit, dose_id)
    if dose.state is DoseState.TAKEN:
        visit.toast = words("toast-recorded-already")
        show_record(visit, dose)
        return
    if ask_first(visit, dose):
        return
    is_today = dose.day_on == visit.today(visit.patient)
    record_taken(visit, dose, visit.now if is_today else None)


def record_taken(visit: Visit, dose: Dose, taken_at: datetime | None) -> None:
    """Write that a dose was taken, open the next part of the day, and ask how the patient feels if it is time."""
    answer(visit.work, dose, DoseState.TAKEN, by=AnsweredBy.PATIENT, taken_at=taken_at)
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    show_record(visit, dose)
    if waits_for_more(visit, dose, taken_at):
        return
    if dose.day_on == visit.today(visit.patient):
        check_in_after(visit, dose)


def waits_for_more(visit: Visit, dose: Dose, taken_at: datetime | None) -> bool:
    """Start the clock of the day's next part; return whether there is one."""
    later = find_part(visit.work.session, dose.course_id, dose.day_on, dose.part + 1)
    if later is None or later.state is not DoseState.OPEN or later.due_at is not None:
        return False
    phase = next(p for p in visit.regimen(dose.course).phases if p.from_day <= dose.day <= p.to_day)
    wait = phase.parts[later.part - 1].after
    due = (taken_at or visit.now) + wait
    closes = max(later.closes_at, due + timedelta(hours=3))
    set_dose(visit.work, later, "part-due", due_at=due, prompt_at=due, closes_at=closes)
    minutes = max(0, round((due - visit.now).total_seconds() / 60))
    reply(visit, words("induction-wait", minutes=minutes, emergency=visit.patient.clinic.emergency_number))
    return True


def show_record(visit: Visit, dose: Dose) -> None:
    """Show what the ledger says of a dose, in place of the message that was pressed."""
    is_today = dose.day_on == visit.today(visit.patient)
    rewrite(visit, record_text(visit, dose), buttons=record_buttons(dose, is_today=is_today))


def offer_times(visit: Visit, *, dose_id: int) -> None:
    """Offer earlier hours for a dose that was taken before it was told."""
    dose = answerable_dose(visit, dose_id)
    rows = [[Button(words("minutes-ago", minutes=n), "earlier", (dose.id, n)) for n in EARLIER[:2]]]
    rows.append([Button(words("minutes-ago", minutes=n), "earlier", (dose.id, n)) for n in EARLIER[2:]])
    rows.append([Button("button-back", "dose", (dose.id,))])
    ask(visit.patient, "taken-at", {"dose": dose.id})
    visit.work.record("times-offered", patient_id=visit.patient.id, dose=dose.id)
    rewrite(visit, words("ask-taken-at"), buttons=rows)


def take_dose_earlier(visit: Visit, *, dose_id: int, minutes: int) -> None:
    """Record a dose as taken some minutes ago."""
    dose = answerable_dose(visit, dose_id)
    _take_at(visit, dose, visit.now - timedelta(minutes=minutes))


def hear_taken_at(visit: Visit, text: str, dose_id: int) -> None:
    """Read a typed hour as when the dose was taken; an hour ahead of now means the evening before."""
    dose = answerable_dose(visit, dose_id)
    wall, zone = read_time(text, visit.content.hours), zone_of(visit.patient)
    at = instant_of(dose.day_on, wall, zone)
    if at > visit.now and dose.day_on != visit.today(visit.patient):
        at = instant_of(plus_days(dose.day_on, -1), wall, zone)
    _take_at(visit, dose, at)


def _take_at(visit: Visit, dose: Dose, at: datetime) -> None:
    check_taken_at(at, day_on=dose.day_on, now=visit.now, zone=zone_of(visit.patient))
    ask(visit.patient, None)
    if dose.state is DoseState.TAKEN:
        answer(visit.work, dose, DoseState.TAKEN, by=AnsweredBy.PATIENT, taken_at=at)
        show_record(visit, dose)
    elif not ask_first(visit, dose):
        record_taken(visit, dose, at)


def undo_answer(visit: Visit, *, dose_id: int) -> None:
    """Take an answer back and ask again. What was answered stays in the history."""
    dose = answerable_dose(visit, dose_id)
    if dose.state is not DoseState.OPEN:
        is_ahead = dose.prompts_sent == 0 and dose.due_at is not None and dose.due_at > visit.now
        reopen(visit.work, dose, prompt_at=dose.due_at if is_ahead else None)
    show_dose(visit, dose_id=dose.id)


def show_dose(visit: Visit, *, dose_id: int) -> None:
    """Show a dose as it stands, with what can be answered."""
    dose = answerable_dose(visit, dose_id)
    ask(visit.patient, None)
    visit.work.record("dose-shown", patient_id=visit.patient.id, dose=dose.id)
    if dose.state is not DoseState.OPEN:
        show_record(visit, dose)
    elif not ask_first(visit, dose):
        is_today = dose.day_on == visit.today(visit.patient)
        key = "dose-open" if is_today else "dose-open-yesterday"
        rewrite(visit, dose_words(visit, dose, key), buttons=answer_buttons(dose.id, may_put_off=is_today))


def offer_snoozes(visit: Visit, *, dose_id: int) -> None:
    """Offer how long to wait before asking again, as the regimen allows."""
    dose = answerable_dose(visit, dose_id)
    if dose.state is not DoseState.OPEN:
        show_record(visit, dose)
        return
    if ask_first(visit, dose):
        return
    policy = visit.regimen(dose.course).reminders
    waits = [round(wait.total_seconds() / 60) for wait in policy.snoozes]
    buttons = [Button(words("in-minutes", minutes=n), "snooze", (dose.id, n)) for n in waits]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    rewrite(visit, words("ask-snooze"), buttons=[*rows, [Button("button-back", "dose", (dose.id,))]])


def put_off_dose(visit: Visit, *, dose_id: int, minutes: int) -> None:
    """Ask again later, as often and as late as the regimen allows."""
    dose = answerable_dose(visit, dose_id)
    if dose.state is not DoseState.OPEN:
        show_record(visit, dose)
        return
    if ask_first(visit, dose):
        return
    policy = visit.regimen(dose.course).reminders
    at = snoozed_until(policy, now=visit.now, minutes=minutes, snoozes=dose.snoozes, closes_at=dose.closes_at)
    set_dose(visit.work, dose, "dose-put-off", prompt_at=at, snoozes=dose.snoozes + 1, row_from=dose.prompts_sent)
    drop_waiting(visit.work, f"dose:{dose.id}", "put off")
    buttons = answer_buttons(dose.id, may_put_off=False)
    rewrite(visit, words("put-off", at=visit.clock_of(visit.patient, at).time()), buttons=buttons)


def offer_reasons(visit: Visit, *, dose_id: int) -> None:
    """Ask why not today, without blame."""
    dose = answerable_dose(visit, dose_id)
    if dose.state in (DoseState.TAKEN, DoseState.SKIPPED):
        show_record(visit, dose)
        return
    if dose.state is DoseState.OPEN and ask_first(visit, dose):
        return
    known = [SkipReason(reason) for reason in visit.content.answers.skipped]
    rows = [[Button(f"skip-{reason}", "skip", (dose.id, reason))] for reason in known]
    rewrite(visit, words("ask-why-not"), buttons=[*rows, [Button("button-back", "dose", (dose.id,))]])


def dose_of_press(visit: Visit, dose_id: int) -> Dose | None:
    """Return the dose a check-in began with, if it is this patient's; 0 means that it began without one."""
    dose = find_dose(visit.work.session, dose_id) if dose_id else None
    return dose if dose is not None and dose.course_id == visit.course.id else None
