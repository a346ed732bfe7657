"""What a patient may look at: today, progress, the course, settings, help, privacy."""

from __future__ import annotations

from collections.abc import Sequence

from care.calendar import instant_of, plus_days
from care.courses import Status
from care.doses import DoseState
from care.figures import CourseFigures
from clinic.ask_opioids import OPIOIDS, WITHDRAWAL, gap_buttons, stands_before, waits_for_team
from clinic.consent import data_buttons
from clinic.dose_screens import answer_buttons, dose_words, record_buttons, record_text, yesterday_buttons
from clinic.end_course import figures_of
from clinic.letters import Button, reply, words
from clinic.people import Standing, standings
from clinic.prompt_dose import withdrawal_buttons, withdrawal_question
from clinic.raise_alert import numbers_of
from clinic.ward import Visit, zone_of
from content.places import city_of
from content.values import Words
from storage.courses import follow_ups_of
from storage.doses import doses_on, set_dose
from storage.tables import Dose

SIGNS = {
    "taken": "■",
    "skipped": "×",
    "unknown": "?",
    "missed-by-us": "?",
    "held": "–",
    "open": "○",
    "rest": "·",
    "ahead": "·",
}


def show_today(visit: Visit) -> None:
    """Show today's dose, and yesterday's where it can still be answered or corrected."""
    course = visit.course
    visit.work.record("today-shown", patient_id=visit.patient.id)
    if course.status is not Status.ACTIVE:
        reply(visit, *_not_running(visit))
        return
    if waits_for_team(visit, course):
        reply(visit, words("question-waits"), words("not-watched"))
        return
    today = visit.today(visit.patient)
    doses = doses_on(visit.work.session, course.id, today)
    if not doses:
        reply(visit, words("today-none"))
    for dose in doses:
        _show_one(visit, dose)
    if any(dose.state is DoseState.OPEN and stands_before(dose) == OPIOIDS for dose in doses):
        return  # before its answer nothing is asked about any day
    for dose in doses_on(visit.work.session, course.id, plus_days(today, -1)):
        if dose.state is not DoseState.HELD:
            known = dose.state is DoseState.UNKNOWN
            buttons = yesterday_buttons(dose.id) if known else record_buttons(dose, is_today=False)
            reply(visit, words("yesterday", record=record_text(visit, dose)), buttons=buttons)


def _show_one(visit: Visit, dose: Dose) -> None:
    if dose.state is not DoseState.OPEN:
        reply(visit, record_text(visit, dose), buttons=record_buttons(dose, is_today=True))
    elif dose.asks == OPIOIDS:
        _show_question(visit, dose)
    elif dose.due_at is None or (dose.asks == WITHDRAWAL and visit.now < dose.due_at):
        reply(visit, words("dose-waits-for-first"))
    elif dose.asks == WITHDRAWAL:
        reply(visit, withdrawal_question(visit, dose), buttons=withdrawal_buttons(dose))
    else:
        reply(visit, dose_words(visit, dose, "dose-open"), buttons=answer_buttons(dose.id))


def _show_question(visit: Visit, dose: Dose) -> None:
    """Show the question about opioids; the day's own comes only once this one has had its time, if it has to."""
    reply(visit, words("gap-question"), buttons=gap_buttons(dose))
    stale_at = visit.now + visit.regimen(dose.course).reminders.prompt_lives
    if dose.prompt_at is not None and dose.prompt_at < stale_at < dose.closes_at:
        set_dose(visit.work, dose, "opioids-asked", prompt_at=stale_at)


def _not_running(visit: Visit) -> list[Words]:
    course = visit.course
    if course.status is Status.PLANNED and course.start_on is not None and visit.patient.reminder_at is not None:
        if instant_of(course.start_on, visit.patient.reminder_at, zone_of(visit.patient)) <= visit.now:
            return [words("today-planned-now")]
        return [words("today-planned", day=course.start_on, hour=visit.patient.reminder_at)]
    return [words(f"today-{course.status}")]


def show_progress(visit: Visit) -> None:
    """Show the course as a calendar of signs and an honest range. No streaks: a gap is not a failure."""
    visit.work.record("progress-shown", patient_id=visit.patient.id)
    figures = figures_of(visit, visit.course)
    if not figures.day:
        reply(visit, *_not_running(visit))
        return
    share = figures.share
    texts = [
        words("progress-day", day=figures.day, days=figures.days),
        words("progress-calendar", calendar=calendar_of(figures)),
        words("progress-legend"),
    ]
    if not share.expected:
        texts.append(words("progress-begins"))
    else:
        texts.append(words("progress-counts", taken=share.taken, skipped=share.skipped, unknown=share.unknown))
        key = "progress-share" if share.low == share.high else "progress-range"
        texts.append(Words(key, visit.content.texts.fitting(key, {"low": share.low, "high": share.high})))
    reply(visit, *texts)


def calendar_of(figures: CourseFigures) -> str:
    """Return the calendar of a course, a week a line. Signs, not colours: it must read on any screen."""
    signs = [SIGNS[cell] for cell in figures.cells]
    weeks = [signs[i : i + 7] for i in range(0, len(signs), 7)]
    return "\n".join(f"{number:>2}  {' '.join(week)}" for number, week in enumerate(weeks, start=1))


def show_course(visit: Visit) -> None:
    """Show what was agreed: the regimen, its dates, the steps, the contacts afterwards."""
    course = visit.course
    visit.work.record("course-shown", patient_id=visit.patient.id)
    regimen = visit.regimen(course)
    texts = [words("course-regimen", regimen=words(f"regimen-{regimen.name}"))]
    if course.start_on is not None:
        ends = plus_days(course.start_on, regimen.days - 1)
        texts.append(words("course-dates", start=course.start_on, end=ends, weeks=regimen.weeks))
    texts.append(words("course-status", status=words(f"status-{course.status}")))
    for number, step in enumerate(regimen.steps, start=1):
        state = "taken" if number <= course.steps_taken else "ahead"
        day = max(step.day, course.step_from_day or 0) if number == course.steps_taken + 1 else step.day
        texts.append(words(f"course-step-{state}", day=day, amount=step.amount_mg.normalize()))
    if course.step_held_since is not None:
        texts.append(words("course-step-held"))
    ahead = [contact.day_on for contact in follow_ups_of(visit.work.session, course.id) if contact.asked_at is None]
    if ahead:
        texts.append(words("course-follow-ups", dates=list(ahead)))
    reply(visit, *texts)


def show_settings(visit: Visit) -> None:
    """Show the settings and what can be changed."""
    patient = visit.patient
    visit.work.record("settings-shown", patient_id=patient.id)
    rows: list[Sequence[Button]] = [
        [Button("button-change-hour", "setting", ("hour",)), Button("button-change-zone", "setting", ("zone",))],
        [Button("button-change-wording", "setting", ("wording",))],
    ]
    if len(patient.clinic.languages) > 1:
        rows.append([Button("button-change-language", "setting", ("language",))])
    assert patient.reminder_at is not None
    text = words(
        "settings",
        hour=patient.reminder_at,
        city=city_of(zone_of(patient), patient.language),
        now=visit.clock_of(patient).time(),
        wording=words(f"wording-{patient.wording}"),
    )
    reply(visit, text, buttons=rows)


def show_help(visit: Visit) -> None:
    """Show what can be done here, by whoever asks; the numbers for emergencies come first."""
    held = standings(visit.caller)
    visit.work.record("help-shown")
    if visit.caller.is_private and visit.caller.patient is not None:
        numbers = numbers_of(visit.patient.clinic)
        if Standing.FORMER in held:
            reply(visit, words("today-closed"), words("crisis-numbers", **numbers))
            return
        key = "help-patient" if Standing.PATIENT in held else "help-joining"
        reply(visit, Words(key, visit.content.texts.fitting(key, numbers)), keys="home")
    elif Standing.CLINICIAN in held:
        reply(visit, words("help-clinician"))
    elif visit.caller.is_private:
        reply(visit, words("stranger"))


def show_privacy(visit: Visit) -> None:
    """Answer /privacy for everybody, as Telegram's terms ask."""
    visit.work.record("privacy-shown")
    clinic = visit.caller.patient.clinic if visit.caller.patient else None
    if clinic is None and visit.caller.posts:
        clinic = visit.caller.posts[0].clinic
    contact = clinic.name if clinic is not None else words("privacy-contact-unknown")
    buttons = data_buttons() if visit.caller.patient else []
    reply(visit, words("privacy-summary", contact=contact), buttons=buttons)
