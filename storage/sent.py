"""What has become of one letter, or of all about one subject."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.queues import OUTBOX, OutboxRow, OutboxState
from storage.rows import read_value


def find_sent(session: Session, row_id: int) -> int | None:
    """Return the Telegram message id of a letter, or None if it has not gone."""
    return session.scalar(select(OutboxRow.message_id).where(OutboxRow.id == row_id))


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
