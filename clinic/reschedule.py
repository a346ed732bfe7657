"""Move what a regimen lets a clinic move: the first day, the hour of the daily question, the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from care.answers import read_first_day, read_time
from care.calendar import course_day, date_of, plus_days, start_of
from care.courses import RUNNING, Status
from care.joining import LATEST_START_DAYS
from care.refusals import BadAnswer, Refusal
from care.regimens import Regimen, Step
from clinic.join_plan import move_course
from clinic.letters import reply, tell_patient, words
from clinic.people import check_here, course_for
from clinic.show_case import show_case
from clinic.ward import Visit, zone_of
from content.values import Words
from storage.cases import lock_open_case
from storage.courses import first_day_of, set_course
from storage.patients import lock, set_patient
from storage.tables import Course, Staff


def reschedule(visit: Visit, *, said: str = "") -> None:
    """Move one thing of a course, as the command says; without saying what, show what can be moved and how."""
    parts = said.split(maxsplit=2)
    if not parts:
        raise BadAnswer("refused-usage-reschedule")
    course, post = course_for(visit, parts[0])
    check_here(visit, post.clinic)
    if len(parts) == 1:
        visit.work.record("moves-shown", patient_id=course.patient_id)
        reply(visit, *_what_can_be_moved(visit, course), tight=True)
        return
    move = MOVES.get(parts[1].lower())
    if move is None or len(parts) < 3:
        raise BadAnswer("refused-usage-reschedule")
    lock(visit.work.session, course.patient_id)
    move(visit, course, post, parts[2])
    case = lock_open_case(visit.work.session, course.patient_id)
    if case is not None:
        show_case(visit, case, anew=False)


def _what_can_be_moved(visit: Visit, course: Course) -> list[Words]:
    code = course.patient.case_code
    texts = [words("moves-head", code=code)]
    if course.status is Status.PLANNED and course.start_on is not None:
        texts.append(words("moves-first", code=code, day=course.start_on))
    if course.status in (Status.PLANNED, *RUNNING) and course.patient.reminder_at is not None:
        texts.append(words("moves-hour", code=code, hour=course.patient.reminder_at))
    step = next_step(visit.regimen(course), course)
    if step is not None and course.status in RUNNING:
        key = "moves-step" if course.step_held_since is None else "moves-step-held"
        texts.append(words(key, code=code, day=max(step.day, course.step_from_day or 0)))
    return texts if len(texts) > 1 else [words("moves-none", code=code)]


def next_step(regimen: Regimen, course: Course) -> Step | None:
    """Return the step that the course has not taken yet, or None when it has taken all, or has none."""
    return regimen.steps[course.steps_taken] if course.steps_taken < len(regimen.steps) else None


def _move_first_day(visit: Visit, course: Course, post: Staff, written: str) -> None:
    """Put the first day on another date, as long as it has not begun."""
    patient = course.patient
    if course.status in RUNNING:
        raise Refusal("refused-first-day-begun", day=_shown(first_day_of(course)))
    if course.status is not Status.PLANNED or course.start_on is None:
        raise Refusal("refused-no-first-day")
    today = visit.today(patient)
    first = read_first_day(written, today=today, latest=plus_days(today, LATEST_START_DAYS))
    begins = max(visit.now, start_of(first, zone_of(patient)))
    set_course(visit.work, course, "first-day-moved", start_on=first, turns_at=begins)
    assert patient.reminder_at is not None
    tell_patient(visit, patient, words("first-day-moved", day=first, hour=patient.reminder_at))
    reply(visit, words("moved-first", code=patient.case_code, name=post.name, day=first))


def _move_hour(visit: Visit, course: Course, post: Staff, written: str) -> None:
    """Put the daily question on another hour of the patient's clock; what was asked already stays asked."""
    patient = course.patient
    if course.status not in (Status.PLANNED, *RUNNING) or patient.reminder_at is None:
        raise Refusal("refused-no-hour")
    hour = read_time(written, visit.content.hours)
    set_patient(visit.work, patient, "hour-moved", reminder_at=hour)
    move_course(visit, course)
    tell_patient(visit, patient, words("hour-moved", hour=hour))
    reply(visit, words("moved-hour", code=patient.case_code, name=post.name, hour=hour))


def _move_step(visit: Visit, course: Course, post: Staff, written: str) -> None:
    """Let the next step wait until a later day. Then the plan's own rule looks again: a bad week still holds it."""
    regimen, patient = visit.regimen(course), course.patient
    step = next_step(regimen, course)
    if not regimen.steps:
        raise Refusal("refused-no-steps")
    if step is None or course.status not in RUNNING:
        raise Refusal("refused-steps-over")
    first, last = first_day_of(course), date_of(first_day_of(course), regimen.days)
    day = course_day(first, _read_step_day(visit, course, written, last))
    earliest = max(course.day + 1, step.day)
    if day < earliest:
        raise Refusal("refused-step-too-early", day=_shown(date_of(first, earliest)), number=earliest)
    set_course(visit.work, course, "step-moved", step_held_since=None, step_from_day=day)
    tell_patient(visit, patient, words("step-moved", day=date_of(first, day)))
    reply(visit, words("moved-step", code=patient.case_code, name=post.name, day=date_of(first, day), number=day))


def _read_step_day(visit: Visit, course: Course, written: str, last: date) -> date:
    """Read a date, or a number of days from today (`+7`)."""
    today = visit.today(course.patient)
    days = written.strip().removeprefix("+")
    if written.strip().startswith("+") and days.isascii() and days.isdecimal() and len(days) <= 3:
        wanted = plus_days(today, int(days))
    else:
        wanted = read_first_day(written, today=today, latest=plus_days(today, 400))
    if wanted > last:
        raise Refusal("refused-step-too-late", day=_shown(last))
    return wanted


def _shown(day: date) -> Words:
    return words("day-shown", day=day)


MOVES: Mapping[str, Callable[[Visit, Course, Staff, str], None]] = {
    "first": _move_first_day,
    "hour": _move_hour,
    "step": _move_step,
}
