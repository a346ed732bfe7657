"""Tables of the alerts' machinery: the rota, every copy of a card, storms, and the health of each route."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from storage.chat_ids import ChatId
from storage.columns import NUMBERED_ONCE, Base, Id


class ShiftRow(Base):
    """A weekly duty of one person, in the clinic's own hours."""

    __tablename__ = "shifts"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"), index=True)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    tier: Mapped[int]
    weekdays: Mapped[list[int]] = mapped_column(JSON)
    starts: Mapped[time]
    ends: Mapped[time]


class CoverRow(Base):
    """Somebody stands in for a tier from one instant to another."""

    __tablename__ = "covers"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"), index=True)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    tier: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class HolidayRow(Base):
    """A day on which the duties of a Sunday hold."""

    __tablename__ = "holidays"
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"), primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)


class Storm(Base):
    """One message that stands for many cases, because a chat would otherwise get more cards than anybody can read."""

    __tablename__ = "storms"
    __table_args__ = (Index("ix_storms_chat", "chat_id", "closed_at"), NUMBERED_ONCE)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"))
    chat_id: Mapped[int] = mapped_column(ChatId)
    letter_id: Mapped[int | None] = mapped_column(Id)
    opened_at: Mapped[datetime]
    joined_at: Mapped[datetime]
    """When a case last joined; some quiet time later new cases get cards of their own again."""
    spoke_at: Mapped[datetime]
    shown_at: Mapped[datetime]
    """When its newest text goes out: the next edit waits its turn after that."""
    closed_at: Mapped[datetime | None]


class Copy(Base):
    """What one chat shows of a case: the outbox row of its card, or of the storm that stands for it."""

    __tablename__ = "copies"
    __table_args__ = (
        Unique("case_id", "chat_id"),
        Index("ix_copies_chat", "chat_id", "placed_at"),
        Index("ix_copies_letter", "letter_id"),
        Index("ix_copies_storm", "storm_id"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(Id, ForeignKey("cases.id"))
    chat_id: Mapped[int] = mapped_column(ChatId)
    letter_id: Mapped[int | None] = mapped_column(Id)
    storm_id: Mapped[int | None] = mapped_column(Id, ForeignKey("storms.id"))
    placed_at: Mapped[datetime]


class Route(Base):
    """Whether a clinic's chat, or one of its people, can be written to, as far as we know."""

    __tablename__ = "routes"
    chat_id: Mapped[int] = mapped_column(ChatId, primary_key=True, autoincrement=False)
    clinic_id: Mapped[int] = mapped_column(Id, ForeignKey("clinics.id"), primary_key=True)
    checked_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(60))
