"""When the daily question comes next, as things stand: what we promise must be the hour we keep."""

from __future__ import annotations

from datetime import datetime

from care.calendar import course_day, instant_of, plus_days
from care.courses import Status
from care.doses import DoseState
from clinic.ward import Ward, zone_of
from storage.doses import newest_dose
from storage.tables import Course


def next_question_at(ward: Ward, course: Course) -> datetime | None:
    """Return when a day is asked about for the first time again, `now` for in a moment; None if that is not known.

    A day that was asked about is over in this sense, answered or not.
    """
    patient = course.patient
    if course.start_on is None or patient.reminder_at is None:
        return None
    zone, today = zone_of(patient), ward.today(patient)
    if course.status is Status.PLANNED:
        return max(ward.now, instant_of(course.start_on, patient.reminder_at, zone))
    if course.status is not Status.ACTIVE or course_day(course.start_on, today) >= ward.regimen(course).days:
        return None
    newest = newest_dose(ward.work.session, course.id)
    is_unasked = newest is not None and newest.state is DoseState.OPEN and newest.prompts_sent == 0
    if newest is not None and is_unasked and newest.day_on == today and newest.prompt_at is not None:
        return max(ward.now, newest.prompt_at)
    return instant_of(plus_days(today, 1), patient.reminder_at, zone)
