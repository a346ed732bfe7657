"""The outbox: what we owe, until it goes out (`storage/sending.py`) or goes stale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.bodies import Envelope, seal_body
from storage.prepared import Prepared, PreparedRows
from storage.queues import OUTBOX, OWED, Lane, OutboxRow, OutboxState, is_owed, waits_for_original
from storage.work import Work


class Letter(NamedTuple):
    """A message to owe. `body` is rendered when it is sent; see OutboxRow for the rest."""

    chat_id: int
    body: dict[str, Any]
    lane: Lane
    kind: str = "send"
    patient_id: int | None = None
    clinic_id: int | None = None
    send_at: datetime | None = None
    expires_at: datetime | None = None
    dedupe_key: str | None = None
    subject: str | None = None
    edits_message: int | None = None
    edits_row: int | None = None


def _once(_engine: str, insert: Any) -> Any:
    return insert.on_conflict_do_nothing(index_elements=["dedupe_key"])


_ADD_MANY = PreparedRows(OUTBOX, _once)
_ADD = PreparedRows(OUTBOX, lambda engine, insert: _once(engine, insert).returning(OUTBOX.c.id))


def add_letter(work: Work, letter: Letter) -> int | None:
    """Owe `letter`; return its row id, or None when its dedupe key is owed already."""
    work.owes_letters = True
    added = _ADD.add(work.connection, [_row_of(work, letter)])
    return added[0].id if added else None


def add_letters(work: Work, letters: Sequence[Letter]) -> None:
    """Owe all of these in one statement, but those whose dedupe key is owed already."""
    if letters:
        work.owes_letters = True
        _ADD_MANY.put(work.connection, [_row_of(work, letter) for letter in letters])


def _row_of(work: Work, letter: Letter) -> dict[str, Any]:
    envelope = Envelope(letter.chat_id, letter.patient_id, letter.clinic_id, work.now)
    return {
        "chat_id": letter.chat_id,
        "patient_id": letter.patient_id,
        "clinic_id": letter.clinic_id,
        "kind": letter.kind,
        "body": seal_body(work.connection, envelope, letter.body),
        "lane": letter.lane,
        "send_at": letter.send_at or work.now,
        "expires_at": letter.expires_at,
        "dedupe_key": letter.dedupe_key or work.next_letter_key(),
        "subject": letter.subject,
        "edits_message": letter.edits_message,
        "edits_row": letter.edits_row,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "created_at": work.now,
    }


_DROP = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.subject == bindparam("about"), OUTBOX.c.state.in_(OWED))
    .values(state=OutboxState.DROPPED, reason=bindparam("why"))
)


def drop_waiting(work: Work, subject: str, reason: str) -> None:
    """Drop what still waits about `subject`, with the reason why it will never be sent."""
    _DROP.count(work.connection, {"about": subject, "why": reason})


def drop_expired(work: Work) -> int:
    """Drop what went stale before it could be sent; return how many."""
    gone = work.session.execute(
        update(OutboxRow)
        .where(is_owed(), OutboxRow.expires_at <= work.now)
        .values(state=OutboxState.DROPPED, reason="expired")
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def count_owed(session: Session, *, now: datetime | None = None) -> int:
    """Return how many letters are owed (with `now`: can go by then), those on their way included."""
    query = select(func.count()).where(OutboxRow.state.in_((*OWED, OutboxState.SENDING)))
    if now is not None:
        may_go = and_(OutboxRow.send_at <= now, ~waits_for_original())
        query = query.where(or_(OutboxRow.state == OutboxState.SENDING, may_go))
    return session.scalar(query) or 0


def count_failed(session: Session) -> int:
    """Return how many letters Telegram refused for good; somebody should look at them."""
    return session.scalar(select(func.count()).where(OutboxRow.state == OutboxState.FAILED)) or 0
