"""Tables of people and their courses. Those of the machinery are in `storage/queues.py`."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from care.courses import Status
from care.doses import AnsweredBy, DoseState, SkipReason
from care.escalation import CaseState, Outcome
from care.triage import Level
from storage.chat_ids import ChatId
from storage.columns import NUMBERED_ONCE, Base, Id, Word
from storage.hearing_tables import Correction as Correction
from storage.hearing_tables import HeardItem as HeardItem
from storage.hearing_tables import Hearing as Hearing
from storage.joining_tables import Consent as Consent
from storage.joining_tables import Invite as Invite
from storage.joining_tables import ScreeningAnswer as ScreeningAnswer
from storage.keyring import clinics_key, patients_key
from storage.sealed import Sealed, owned_by, patient_through


class Role(StrEnum):
    """What a member of staff may be."""

    CLINICIAN = "clinician"
    ADMIN = "admin"


class Wording(StrEnum):
    """How openly messages speak on a lock screen."""

    DISCREET = "discreet"
    PLAIN = "plain"


class Clinic(Base):
    """One clinic: its numbers for emergencies and the chat its alerts go to."""

    __tablename__ = "clinics"
    __table_args__ = (Index("ix_clinics_digest_at", "digest_at"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(64))
    languages: Mapped[list[str]]
    emergency_number: Mapped[str] = mapped_column(String(40))
    crisis_line: Mapped[str] = mapped_column(String(80))
    clinicians_chat: Mapped[int | None] = mapped_column(ChatId)
    chat_bound_at: Mapped[datetime | None]
    second_chat: Mapped[int | None] = mapped_column(ChatId)
    options: Mapped[dict[str, Any] | None]
    """What the clinic chose about its alerts: `waits` (care/policy.py) and `triage` (care/triage.py)."""
    digest_at: Mapped[datetime | None]
    """When the next daily digest is due."""
    shows_quotes: Mapped[bool]
    record_years: Mapped[int] = mapped_column(default=0, server_default="0")
    """How long the law asks the clinic to keep a pseudonymised minimum of a patient who was erased; 0: not at all."""
    created_at: Mapped[datetime]


class Staff(Base):
    """A person who works for a clinic, known by their numeric Telegram id and nothing else."""

    __tablename__ = "staff"
    __table_args__ = (Unique("clinic_id", "telegram_index"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"))
    telegram_sealed: Mapped[bytes] = mapped_column("telegram_id", LargeBinary)
    telegram_index: Mapped[bytes | None] = mapped_column(LargeBinary(16), index=True)
    name_sealed: Mapped[bytes] = mapped_column("name", LargeBinary)
    role: Mapped[Role] = mapped_column(Word(Role))
    tier: Mapped[int | None]
    """The tier of somebody whom no rota names; None for none in particular."""
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    clinic: Mapped[Clinic] = relationship(lazy="joined")
    telegram_id = Sealed("telegram_sealed", int, indexed_by="telegram_index", domain="staff")
    name = Sealed("name_sealed", str)
    key_owner = owned_by(clinics_key, "clinic_id")


class Patient(Base):
    """A patient, known to the clinicians' chat by `case_code` only. No name is kept."""

    __tablename__ = "patients"
    __table_args__ = NUMBERED_ONCE
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"))
    case_code: Mapped[str] = mapped_column(String(12), unique=True)
    telegram_sealed: Mapped[bytes | None] = mapped_column("telegram_id", LargeBinary)
    telegram_index: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    language: Mapped[str] = mapped_column(String(12))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    reminder_at: Mapped[time | None]
    wording: Mapped[Wording] = mapped_column(Word(Wording))
    step: Mapped[str | None] = mapped_column(String(40))
    """The step of joining the patient is at, as in `care/joining.py`; None once joined."""
    awaits: Mapped[str | None] = mapped_column(String(40))
    """The question the next typed message answers, or None."""
    awaits_about: Mapped[dict[str, Any] | None]
    unreachable_since: Mapped[datetime | None]
    agreed: Mapped[str | None] = mapped_column(String(40))
    """The version of the consent text that the patient agreed to last; None without a consent in force."""
    withdrawn_at: Mapped[datetime | None]
    """When the patient took their agreement back: from then on nothing about them is asked or kept."""
    created_at: Mapped[datetime]
    clinic: Mapped[Clinic] = relationship(lazy="joined")
    telegram_id = Sealed[int | None]("telegram_sealed", int, indexed_by="telegram_index", domain="patient")
    key_owner = owned_by(patients_key, "id")


class Course(Base):
    """One course of a patient. `turns_at` and `silent_at` are due columns: the ticks ask them."""

    __tablename__ = "courses"
    __table_args__ = (
        Index("ix_courses_turns_at", "turns_at"),
        Index("ix_courses_silent_at", "silent_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"), index=True)
    regimen: Mapped[str] = mapped_column(String(40))
    regimen_version: Mapped[str] = mapped_column(String(40))
    status: Mapped[Status]
    start_on: Mapped[date | None]
    day: Mapped[int]
    """The course day last turned to: 0 before the first day."""
    steps_taken: Mapped[int]
    step_held_since: Mapped[datetime | None]
    step_from_day: Mapped[int | None]
    """The course day before which the next step is not taken, when that is later than the regimen's own."""
    paused_since: Mapped[datetime | None]
    last_heard_at: Mapped[datetime | None]
    last_check_in_day: Mapped[int | None]
    turns_at: Mapped[datetime | None]
    silent_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]
    patient: Mapped[Patient] = relationship(lazy="joined")


class Dose(Base):
    """One expected intake. `prompt_at` is its due column; NULL means that nothing is to be asked."""

    __tablename__ = "doses"
    __table_args__ = (Unique("course_id", "day_on", "part"), Index("ix_doses_prompt_at", "prompt_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"))
    day: Mapped[int]
    day_on: Mapped[date]
    part: Mapped[int]
    amount_mg: Mapped[Decimal]
    asks: Mapped[str | None] = mapped_column(String(40))
    """The question or hold before this part, or how it was settled (`clinic/ask_opioids.py`); None without one."""
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    prompt_at: Mapped[datetime | None]
    prompts_sent: Mapped[int]
    snoozes: Mapped[int]
    row_from: Mapped[int]
    """How many prompts had gone out when the patient last put the dose off: the row begins anew there."""
    state: Mapped[DoseState]
    answered_by: Mapped[AnsweredBy]
    answered_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    reason: Mapped[SkipReason | None]
    course: Mapped[Course] = relationship(lazy="joined")


class DoseChange(Base):
    """What a dose was before and after each answer: corrections keep their history."""

    __tablename__ = "dose_changes"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    dose_id: Mapped[int] = mapped_column(Id, ForeignKey("doses.id"), index=True)
    at: Mapped[datetime]
    before: Mapped[DoseState]
    after: Mapped[DoseState]
    by: Mapped[AnsweredBy]
    taken_at: Mapped[datetime | None]
    reason: Mapped[SkipReason | None]


class Report(Base):
    """A symptom with a grade (0-4), or `fine`; a red flag has no grade."""

    __tablename__ = "reports"
    __table_args__ = (Index("ix_reports_course", "course_id", "at"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"))
    dose_id: Mapped[int | None] = mapped_column(Id, ForeignKey("doses.id"))
    day: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    """`symptom`, `flag` or `fine`."""
    subject: Mapped[str] = mapped_column(String(40))
    grade: Mapped[int | None]
    at: Mapped[datetime]


class Note(Base):
    """Something a patient wrote in their own words."""

    __tablename__ = "notes"
    __table_args__ = NUMBERED_ONCE
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"), index=True)
    about: Mapped[str] = mapped_column(String(40))
    text_sealed: Mapped[bytes] = mapped_column("text", LargeBinary)
    at: Mapped[datetime]
    text = Sealed("text_sealed", str)
    key_owner = patient_through("courses", "course_id")


class Case(Base):
    """A patient's open alerts: one message in the clinicians' chat, one owner, one outcome."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_patient", "patient_id", "state"),
        Index("ix_cases_next_step_at", "next_step_at"),
        NUMBERED_ONCE,
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"))
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"))
    level: Mapped[Level]
    state: Mapped[CaseState]
    opened_at: Mapped[datetime]
    raised_at: Mapped[datetime]
    step: Mapped[int]
    next_step_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    acknowledged_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    offered_to: Mapped[int | None] = mapped_column(Id)
    offered_at: Mapped[datetime | None]
    snoozed_by: Mapped[int | None] = mapped_column(Id)
    snoozed_until: Mapped[datetime | None]
    spoke_at: Mapped[datetime | None]
    """When the case was last sent anew, rather than edited."""
    card_id: Mapped[int | None] = mapped_column(Id)
    """The outbox row of the message that shows this case now."""
    patient: Mapped[Patient] = relationship(lazy="joined")
    owner: Mapped[Staff | None] = relationship(lazy="joined", foreign_keys=[owner_id])


class Alert(Base):
    """One concerning thing, as triage named it. Belongs to exactly one case."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_raised_at", "raised_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"))
    rule: Mapped[str] = mapped_column(String(60))
    level: Mapped[Level]
    reason: Mapped[str] = mapped_column(String(60))
    fact: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(40))
    value: Mapped[int]
    quote_sealed: Mapped[bytes | None] = mapped_column("quote", LargeBinary)
    hearing_id: Mapped[int | None] = mapped_column(Id)
    """The message that raised it (`storage/hearing_tables.py`), or None."""
    day: Mapped[int]
    raised_at: Mapped[datetime]
    quote = Sealed[str | None]("quote_sealed", str)
    key_owner = patient_through("cases", "case_id")


class FollowUp(Base):
    """One contact after the course. `due_at` is a due column until it is sent."""

    __tablename__ = "follow_ups"
    __table_args__ = (Unique("course_id", "label"), Index("ix_follow_ups_due_at", "due_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"))
    label: Mapped[str] = mapped_column(String(20))
    day_on: Mapped[date]
    due_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    course: Mapped[Course] = relationship(lazy="joined")
