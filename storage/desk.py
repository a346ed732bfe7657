"""Tables of the clinicians' desk: what clinic and patient write to each other, and who is asked to join the staff."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.chat_ids import ChatId
from storage.columns import NUMBERED_ONCE, Base, Id, Word
from storage.keyring import clinics_key, patients_key
from storage.sealed import Sealed, owned_by
from storage.tables import Clinic, Patient, Role, Staff


class Direction(StrEnum):
    """Who wrote: the clinic to the patient, or the patient to the clinic."""

    OUT = "out"
    IN = "in"


class Message(Base):
    """One message between a clinic and a patient, word for word. `case_id` is the case it belongs to, if any."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_patient", "patient_id", "id"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"))
    case_id: Mapped[int | None] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    direction: Mapped[Direction] = mapped_column(Word(Direction))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    text_sealed: Mapped[bytes] = mapped_column("text", LargeBinary)
    at: Mapped[datetime]
    letter_id: Mapped[int | None] = mapped_column(Id)
    """The outbox row that carries it to the patient (the last one, if it takes several)."""
    staff: Mapped[Staff | None] = relationship(lazy="joined")
    patient: Mapped[Patient] = relationship(lazy="joined")
    text = Sealed("text_sealed", str)
    key_owner = owned_by(patients_key, "patient_id")


class Draft(Base):
    """Somebody of the staff is about to write: the next text in their private chat goes to this patient."""

    __tablename__ = "drafts"
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"))
    begun_at: Mapped[datetime]
    patient: Mapped[Patient] = relationship(lazy="joined")


class Anchor(Base):
    """A letter that is no card, and under which a reply goes to a patient all the same."""

    __tablename__ = "anchors"
    __table_args__ = (Index("ix_anchors_chat", "chat_id"),)
    letter_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(ChatId)
    case_id: Mapped[int] = mapped_column(Id, ForeignKey("cases.id"))


class StaffInvite(Base):
    """A single-use link to join a clinic's staff. Whoever opens it waits until an admin has confirmed who it is."""

    __tablename__ = "staff_invites"
    __table_args__ = NUMBERED_ONCE
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column("name", LargeBinary)
    role: Mapped[Role] = mapped_column(Word(Role))
    tier: Mapped[int | None]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    claimed_by: Mapped[int | None] = mapped_column(ChatId)
    """The numeric Telegram id of whoever opened the link first."""
    claimed_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(String(8))
    """What the person who opened it reads out, so that the admin knows whom they let in."""
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    clinic: Mapped[Clinic] = relationship(lazy="joined")
    name = Sealed("name_sealed", str)
    key_owner = owned_by(clinics_key, "clinic_id")
