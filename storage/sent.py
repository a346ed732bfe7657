"""What has become of one letter, or of all about one subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.bodies import Envelope, open_body
from storage.prepared import Prepared
from storage.queues import OUTBOX, Lane, OutboxRow, OutboxState, is_owed
from storage.rows import read_value


def find_sent(session: Session, row_id: int) -> int | None:
    """Return the Telegram message id of a letter, or None if it has not gone."""
    return session.scalar(select(OutboxRow.message_id).where(OutboxRow.id == row_id))


def find_owed_at(session: Session, dedupe_key: str) -> datetime | None:
    """Return when the letter with this key was written, or None if there is none."""
    return session.scalar(select(OutboxRow.created_at).where(OutboxRow.dedupe_key == dedupe_key))


def find_pages_owed(session: Session, clinic_id: int) -> list[dict[str, Any]]:
    """Return what the pages say that are owed to a clinic's own people, the oldest first."""
    query = select(OutboxRow).where(
        is_owed(), OutboxRow.clinic_id == clinic_id, OutboxRow.lane == Lane.PAGE, OutboxRow.patient_id.is_(None)
    )
    rows = session.scalars(query.order_by(OutboxRow.id))
    bound = [(Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at), row.body) for row in rows]
    return [open_body(session.connection(), envelope, body) for envelope, body in bound]


_REACHED = Prepared(
    select(OUTBOX.c.id)
    .where(
        OUTBOX.c.subject == bindparam("subject"),
        OUTBOX.c.state.in_((OutboxState.SENT, OutboxState.SENDING, OutboxState.UNKNOWN)),
    )
    .limit(1)
)


def was_sent(session: Session, subject: str) -> bool:
    """Return whether any letter about `subject` has reached Telegram, as far as we know."""
    return read_value(session, _REACHED, {"subject": subject}) is not None


def find_edited(session: Session, row_id: int) -> int | None:
    """Return the row of the letter that this letter edits, or None."""
    return session.scalar(select(OutboxRow.edits_row).where(OutboxRow.id == row_id))
