"""What every action is handed: its unit of work, the content, and, if a person asked, who and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from care.calendar import instant_of, local, local_date
from care.regimens import MissedPolicy, Regimen
from care.triage import Rule
from care.tuning import changes_in, stricter_missed, tuned
from content.loader import Content
from content.values import Words
from storage.marks import find_mark, find_marked_at
from storage.tables import Clinic, Course, Patient, Staff
from storage.work import Work

AWAY = "away"
"""The mark of the newest absence in which messages may have been lost; it was set when we were back."""


class Ward:
    """One unit of work among the patients, moved by the clock or by a person."""

    def __init__(self, work: Work, content: Content) -> None:
        self.work = work
        self.content = content

    @property
    def now(self) -> datetime:
        """Return the instant at which everything in this unit happens (UTC)."""
        return self.work.now

    @cached_property
    def absence(self) -> tuple[datetime, datetime] | None:
        """Return the newest absence in which messages may have been lost, if any: since when, and when we were back."""
        since = find_mark(self.work.session, AWAY)
        back_at = find_marked_at(self.work.session, AWAY) if since is not None else None
        return None if since is None or back_at is None else (datetime.fromisoformat(since), back_at)

    def regimen(self, course: Course) -> Regimen:
        """Return the regimen that a course follows."""
        return self.content.regimens[course.regimen]

    def triage(self, course: Course) -> Sequence[Rule]:
        """Return the triage table as the patient's clinic has set it."""
        return tuned(self.content.triage, changes_in(course.patient.clinic.options))

    def missed(self, course: Course) -> MissedPolicy:
        """Return the numbers at which missed doses and silence become facts, as the patient's clinic has set them."""
        regimen = self.regimen(course)
        if not course.patient.clinic.options:
            return regimen.missed
        return stricter_missed(regimen.missed, self.triage(course), regimen.kind)

    def today(self, patient: Patient) -> date:
        """Return the patient's local date."""
        return local_date(self.now, zone_of(patient))

    def clock_of(self, patient: Patient, at: datetime | None = None) -> datetime:
        """Return `at` (None: now) as the patient's clock shows it."""
        return local(at or self.now, zone_of(patient))

    def clock_of_clinic(self, clinic: Clinic, at: datetime | None = None) -> datetime:
        """Return `at` (None: now) as the clock on the clinic's wall shows it."""
        return local(at or self.now, clinic.time_zone)

    def usual_hour(self, patient: Patient) -> datetime:
        """Return today's hour of the daily question, or now once it has passed: then a patient expects us."""
        if patient.reminder_at is None:
            return self.now
        return max(self.now, instant_of(self.today(patient), patient.reminder_at, zone_of(patient)))

    def silence_from(self, course: Course, since: datetime | None = None) -> datetime:
        """Return when silence that begins at `since` (None: now) becomes a fact for triage."""
        wait: timedelta = self.missed(course).silent_after
        return (since or self.now) + wait


def zone_of(patient: Patient) -> str:
    """Return the patient's time zone; the clinic's until they have said theirs."""
    return patient.time_zone or patient.clinic.time_zone


@dataclass(frozen=True)
class Caller:
    """Who sent the update, as the database knows them, and the chat it came from.

    `telegram_id` is the only identity; `patient`, `course` and `posts` are what it stands for.
    """

    telegram_id: int
    chat_id: int
    is_private: bool
    language: str
    patient: Patient | None
    course: Course | None
    posts: tuple[Staff, ...]


class Visit(Ward):
    """One unit of work that a person asked for. `message_id` is the message whose button was pressed."""

    def __init__(self, work: Work, content: Content, caller: Caller, message_id: int | None) -> None:
        super().__init__(work, content)
        self.caller = caller
        self.message_id = message_id
        self.toast: Words | None = None
        """What the press is answered with, in passing."""

    @property
    def patient(self) -> Patient:
        """Return the calling patient; who may call an action was checked before."""
        assert self.caller.patient is not None
        return self.caller.patient

    @property
    def course(self) -> Course:
        """Return the calling patient's course."""
        assert self.caller.course is not None
        return self.caller.course
