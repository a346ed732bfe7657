"""Tables of the machinery: inbox, outbox, marks and the record of events."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, LargeBinary, String, Table, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.chat_ids import ChatId
from storage.columns import Base, Id, LevelWord, Word


class InboxState(StrEnum):
    """Where a received update stands."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class OutboxState(StrEnum):
    """Where an owed message stands. UNKNOWN: Telegram may or may not have it; it is sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Lane(IntEnum):
    """The order in which owed messages leave. The lower lane always goes first."""

    PAGE = 1
    REPLY = 2
    TASK = 3
    REMINDER = 4
    DIGEST = 5


def _partial_index(name: str, *columns: str, where: str) -> Index:
    """Return an index of some rows. The migrations tell PostgreSQL the same: said here, its dialect would be loaded."""
    return Index(name, *columns, sqlite_where=text(where))


class InboxRow(Base):
    """One update exactly as Telegram sent it. Unique by `update_id` within the window we keep."""

    __tablename__ = "inbox"
    __table_args__ = (_partial_index("ix_inbox_waiting", "id", where="state = 'waiting'"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    chat_key: Mapped[int] = mapped_column(ChatId)
    """Updates with the same key are handled one after the other."""
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with the installation's key, and emptied as soon as the update has been handled."""
    state: Mapped[InboxState] = mapped_column(Word(InboxState))
    attempts: Mapped[int]
    retry_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(200))


class OutboxRow(Base):
    """One message owed: text key and values, rendered when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        _partial_index("ix_outbox_waiting", "lane", "send_at", where="state in ('waiting', 'unknown')"),
        Index("ix_outbox_subject", "subject"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(ChatId)
    patient_id: Mapped[int | None] = mapped_column(Id)
    clinic_id: Mapped[int | None] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    """`send`, `edit`, `photo`, `document`, `delete`, `clear`, `leave`, `menu`."""
    body: Mapped[bytes]
    """Language, text key, values, buttons: what `clinic/post.py` writes and `bot/rendering.py` reads; sealed."""
    lane: Mapped[Lane] = mapped_column(LevelWord(Lane))
    send_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    subject: Mapped[str | None] = mapped_column(String(60))
    """What the message is about (`dose:17`); a subject that is over drops what still waits."""
    edits_message: Mapped[int | None] = mapped_column(BigInteger)
    edits_row: Mapped[int | None] = mapped_column(Id)
    state: Mapped[OutboxState] = mapped_column(Word(OutboxState))
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(120))


class Event(Base):
    """One thing that happened, and who did it. Every write names one."""

    __tablename__ = "events"
    __table_args__ = (_partial_index("ix_events_clinic", "clinic_id", "at", where="clinic_id is not null"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    """`patient:3`, `staff:2`, `clock`, `operator` or `telegram`."""
    name: Mapped[str] = mapped_column(String(60))
    clinic_id: Mapped[int | None] = mapped_column(Id)
    patient_id: Mapped[int | None] = mapped_column(Id, index=True)
    facts: Mapped[dict[str, Any]]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    mac: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Made with the installation's key over everything in this row: see `storage/chain.py`."""
    redacted: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """What the facts were, as a hash without its salt, once the patient they speak of was erased."""


class Mark(Base):
    """A small thing to remember by name: the polling offset, the last tick."""

    __tablename__ = "marks"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Lease(Base):
    """What only one process may do at a time, who does it, and until when they may without saying so again."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    fence: Mapped[int] = mapped_column(BigInteger)
    """Grows by one at each change of hands: what an earlier holder still means to write is refused by it."""
    until: Mapped[datetime]


class ChatInHand(Base):
    """A chat whose updates one worker handles now, so that they stay in order among many workers."""

    __tablename__ = "chats_in_hand"
    chat_key: Mapped[int] = mapped_column(ChatId, primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(String(120))
    until: Mapped[datetime]


OWED = (OutboxState.WAITING, OutboxState.UNKNOWN)


def _literal(name: str, states: tuple[StrEnum, ...]) -> Any:
    # Written into the statement: SQLite uses an index of some rows only where it reads the same words.
    return bindparam(name, states, expanding=True, literal_execute=True)


def is_owed() -> ColumnElement[bool]:
    """Return the condition of an outbox row that is still to be sent, as its index says it."""
    return OUTBOX.c.state.in_(_literal("owed", OWED))


def is_waiting() -> ColumnElement[bool]:
    """Return the condition of an inbox row that is still to be handled, as its index says it."""
    return INBOX.c.state == bindparam("waiting", InboxState.WAITING, literal_execute=True)


INBOX: Table = Base.metadata.tables[InboxRow.__tablename__]
OUTBOX: Table = Base.metadata.tables[OutboxRow.__tablename__]
MARKS: Table = Base.metadata.tables[Mark.__tablename__]
LEASES: Table = Base.metadata.tables[Lease.__tablename__]
CHATS_IN_HAND: Table = Base.metadata.tables[ChatInHand.__tablename__]
"""The tables themselves, for the hot paths: a statement on a class is compiled anew each time."""

_ORIGINAL = OUTBOX.alias("original")


def waits_for_original() -> ColumnElement[bool]:
    """Return the condition of an edit whose message has not gone out yet: it is not due before that."""
    still_to_go = _ORIGINAL.c.state.in_([*OWED, OutboxState.SENDING])
    return select(_ORIGINAL.c.id).where(_ORIGINAL.c.id == OUTBOX.c.edits_row, still_to_go).exists()
