"""A course ends, by its last day or by the patient: a summary for both sides, the warning, the contacts after."""

from __future__ import annotations

from datetime import date, datetime

from care.calendar import date_of, instant_of, start_of
from care.courses import Status, check_move, follow_up_closes_on, follow_up_dates
from care.doses import AnsweredBy, DoseState
from care.figures import CourseFigures, course_figures
from care.triage import Fact
from clinic.letters import Button, reply, rewrite, tell_clinic, tell_patient, words
from clinic.raise_alert import answer_of, numbers_of, raise_alerts
from clinic.ward import Visit, Ward, zone_of
from content.values import Words
from storage.courses import add_follow_ups, first_day_of, set_status
from storage.doses import answer, open_doses, states_of
from storage.outbox import drop_waiting
from storage.patients import ask
from storage.reports import said_since
from storage.tables import Course


def figures_of(ward: Ward, course: Course) -> CourseFigures:
    """Return the figures of a course as it stands."""
    return course_figures(
        day=course.day,
        days=ward.regimen(course).days,
        doses=states_of(ward.work.session, course.id),
        said=said_since(ward.work.session, course.id),
    )


def complete_course(ward: Ward, course: Course) -> None:
    """The last day is over: thank, sum up, warn where tolerance is gone, and plan the contacts of six months."""
    regimen = ward.regimen(course)
    last = date_of(first_day_of(course), regimen.days)
    set_status(ward.work, course, Status.COMPLETED, "course-completed", ended_on=last, silent_at=None)
    _end(ward, course, last)
    raise_alerts(ward, course, [Fact("course-end")])
    tell_patient(
        ward,
        course.patient,
        words("course-end-thanks", weeks=regimen.weeks),
        summary_for_patient(ward, course),
        words("course-end-not-over"),
        words("course-end-next"),
        send_at=ward.usual_hour(course.patient),
    )
    _warn(ward, course, send_at=ward.usual_hour(course.patient))


def stop_course(visit: Visit) -> None:
    """The patient stops. No blame, the warning, and a person is told at once."""
    course = visit.course
    today = visit.today(visit.patient)
    set_status(visit.work, course, Status.STOPPED, "course-stopped", ended_on=today, silent_at=None)
    _end(visit, course, today)
    decision = raise_alerts(visit, course, [Fact("stopped")])
    rewrite(visit, words("course-stopped"))
    reply(visit, *answer_of(visit, course, decision), summary_for_patient(visit, course))
    _warn(visit, course)


def ask_stop(visit: Visit) -> None:
    """Ask once whether the patient means it; a tablet forgotten is no reason to lose a course to a wrong tap."""
    _check_running(visit.course)
    rows = [[Button("button-stop", "stop", (), "danger")], [Button("button-ask-pause", "ask-pause")]]
    reply(visit, words("ask-stop"), buttons=[*rows, [Button("button-keep-going", "keep-going")]])


def keep_going(visit: Visit) -> None:
    """Nothing changes."""
    visit.work.record("kept-going", patient_id=visit.patient.id)
    rewrite(visit, words("kept-going"))


def _check_running(course: Course) -> None:
    check_move(course.status, Status.STOPPED)


def _end(ward: Ward, course: Course, ended_on: date) -> None:
    """Let nothing more be asked of the ledger, sum up for the clinic, and plan the contacts."""
    for dose in open_doses(ward.work.session, course.id):
        answer(ward.work, dose, DoseState.HELD, by=AnsweredBy.NOBODY)
        drop_waiting(ward.work, f"dose:{dose.id}", "course over")
    ask(course.patient, None)
    plan, zone = ward.regimen(course).follow_up, zone_of(course.patient)
    assert course.patient.reminder_at is not None
    hour = course.patient.reminder_at
    contacts = [(contact, instant_of(contact.on, hour, zone)) for contact in follow_up_dates(plan, ended_on=ended_on)]
    add_follow_ups(ward.work, course, contacts)
    closes = start_of(follow_up_closes_on(plan, ended_on=ended_on), zone)
    ended = course.status
    set_status(ward.work, course, Status.FOLLOW_UP, "follow-up-begun", turns_at=max(closes, ward.now))
    tell_clinic(ward, course.patient.clinic, *summary_for_clinic(ward, course, ended))


def _warn(ward: Ward, course: Course, *, send_at: datetime | None = None) -> None:
    if ward.regimen(course).ends_with_tolerance_warning:
        key = "tolerance-warning"
        values = ward.content.texts.fitting(key, numbers_of(course.patient.clinic))
        tell_patient(ward, course.patient, Words(key, values), send_at=send_at)


def summary_for_patient(ward: Ward, course: Course) -> Words:
    """Return the course in one sentence for the one who did it. A range, because silence is not an answer."""
    figures = figures_of(ward, course)
    share = figures.share
    key = "summary-patient" if share.unknown else "summary-patient-exact"
    values = {"taken": share.taken, "expected": share.expected, "unknown": share.unknown, "reports": figures.reports}
    return Words(key, ward.content.texts.fitting(key, values))


def summary_for_clinic(ward: Ward, course: Course, ended: Status) -> list[Words]:
    """Return the course in a few lines for the clinicians."""
    figures = figures_of(ward, course)
    share = figures.share
    contacts = words("status-completed" if ended is Status.COMPLETED else "status-stopped")
    lines = [
        words("summary-head", code=course.patient.case_code, status=contacts, day=figures.day, days=figures.days),
        words(
            "summary-share",
            taken=share.taken,
            skipped=share.skipped,
            unknown=share.unknown,
            expected=share.expected,
            low=share.low,
            high=share.high,
        ),
    ]
    worst = sorted(figures.worst.items(), key=lambda item: -item[1])[:6]
    if worst:
        named = [words("summary-symptom", symptom=words(f"symptom-{name}"), grade=grade) for name, grade in worst]
        lines.append(words("summary-symptoms", list=list(named)))
    return lines
