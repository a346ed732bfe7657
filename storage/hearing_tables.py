"""Tables of what was heard in patients' messages, and of what clinicians say was heard wrongly."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from care.hearing import HeardKind, HeardState
from storage.columns import NUMBERED_ONCE, Base, Id, Word

if TYPE_CHECKING:
    from storage.tables import Course


class Hearing(Base):
    """One message as it was read; its words are the note. `due_at` is a due column: what waits ends then."""

    __tablename__ = "hearings"
    __table_args__ = (Index("ix_hearings_due_at", "due_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("courses.id"), index=True)
    note_id: Mapped[int] = mapped_column(Id, ForeignKey("notes.id"))
    language: Mapped[str] = mapped_column(String(12))
    is_unread: Mapped[bool]
    """Not understood, or not all of it: shown to the clinic as unread words."""
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    items: Mapped[list[HeardItem]] = relationship(order_by="HeardItem.id", lazy="selectin", back_populates="hearing")
    course: Mapped[Course] = relationship("Course", lazy="joined")


class HeardItem(Base):
    """One thing heard in a message, and what became of it. `is_wrong` is a clinician's word."""

    __tablename__ = "heard_items"
    __table_args__ = NUMBERED_ONCE
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    hearing_id: Mapped[int] = mapped_column(Id, ForeignKey("hearings.id"), index=True)
    kind: Mapped[HeardKind] = mapped_column(Word(HeardKind))
    subject: Mapped[str] = mapped_column(String(40))
    is_certain: Mapped[bool]
    grade: Mapped[int | None]
    state: Mapped[HeardState] = mapped_column(Word(HeardState))
    answered_at: Mapped[datetime | None]
    hearing: Mapped[Hearing] = relationship(back_populates="items")


class Correction(Base):
    """A clinician says what was heard wrongly, or missed (`subject` is then its kind). Counted, never undone."""

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_clinic", "clinic_id", "at"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"))
    hearing_id: Mapped[int] = mapped_column(Id, ForeignKey("hearings.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(Id, ForeignKey("heard_items.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """`wrong` or `missed`."""
    subject: Mapped[str] = mapped_column(String(60))
    by_staff: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    at: Mapped[datetime]
