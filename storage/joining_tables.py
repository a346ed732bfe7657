"""Tables of what happens before a course: the invite, the consent, the screening."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base, Id


class Invite(Base):
    """A single-use link to join. Only the hash of its token is kept."""

    __tablename__ = "invites"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Consent(Base):
    """One answer to one version of the consent text."""

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    patient_id: Mapped[int] = mapped_column(Id, ForeignKey("patients.id"), index=True)
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    given: Mapped[bool]
    at: Mapped[datetime]


class ScreeningAnswer(Base):
    """One answer to one screening question."""

    __tablename__ = "screening_answers"
    __table_args__ = (Unique("course_id", "question"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"))
    question: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
