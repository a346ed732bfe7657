"""What `steady check` says of the busiest minute: whether one bot can ask everybody who is due in it in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from care.calendar import instant_of, local, local_date, plus_days
from care.courses import Status
from care.regimens import Regimen
from care.rush import worst_rush
from content.loader import Content
from content.places import is_zone
from storage.tables import Clinic, Course

TELEGRAM_TAKES = 30.0
"""Messages a second that Telegram takes from one bot."""


def look_at_rush(
    clinics: Sequence[Clinic], courses: Sequence[Course], content: Content, *, now: datetime, per_second: float
) -> tuple[bool, str]:
    """Return whether the questions of the next day all leave in time, and a sentence about the busiest minute."""
    asked = [course for course in courses if _is_asked(course, content)]
    rate = min(per_second, TELEGRAM_TAKES) if per_second else TELEGRAM_TAKES
    rush = worst_rush(_dues(asked, now), per_second=rate)
    if rush is None or not clinics:
        return True, "No question is due tomorrow."
    allowed = min(_policy(course, content).reminders.spread_over for course in asked)
    zone = clinics[0].time_zone if is_zone(clinics[0].time_zone) else "UTC"
    hour = f"{local(rush.at, zone):%H:%M} ({zone})"
    if rush.late_by <= allowed:
        return True, f"The busiest minute is {hour}: {rush.questions} questions, and the bot asks them all in time."
    late, most = (-(-span // timedelta(minutes=1)) for span in (rush.late_by, allowed))
    return False, (
        f"At {hour}, {rush.questions} questions are due in one minute, and this bot sends {rate:.0f} messages a second:"
        f" the last one leaves {late} min late, and the regimen allows {most}. Agree on other hours with some patients"
        " (/reschedule), or give a clinic an installation with a bot of its own (docs/scaling.md)."
    )


def _is_asked(course: Course, content: Content) -> bool:
    is_on = course.status in (Status.PLANNED, Status.ACTIVE)
    return is_on and course.patient.reminder_at is not None and course.regimen in content.regimens


def _policy(course: Course, content: Content) -> Regimen:
    return content.regimens[course.regimen]


def _dues(courses: Sequence[Course], now: datetime) -> Iterable[datetime]:
    """Yield when each patient is asked on their own date of tomorrow."""
    for course in courses:
        zone, wall = course.patient.time_zone or course.patient.clinic.time_zone, course.patient.reminder_at
        if wall is not None and is_zone(zone):  # a check of its own tells of the zone
            yield instant_of(plus_days(local_date(now, zone), 1), wall, zone)
