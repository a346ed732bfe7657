"""What goes out: letters claimed for one sender, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.bodies import envelope_of, open_body
from storage.keyring import KeyGone, Tampered
from storage.prepared import Prepared, PreparedList
from storage.queues import OUTBOX, Lane, OutboxRow, OutboxState, is_owed, waits_for_original
from storage.work import Work


@dataclass(frozen=True)
class Claimed:
    """A letter on its way out; the sender alone holds it."""

    id: int
    chat_id: int
    kind: str
    body: dict[str, Any]
    lane: Lane
    attempts: int
    expires_at: datetime | None
    edits_message: int | None
    patient_id: int | None
    clinic_id: int | None
    subject: str | None = field(default=None)


_ORIGINAL = OUTBOX.alias("original")
_ITS_MESSAGE = select(_ORIGINAL.c.message_id).where(_ORIGINAL.c.id == OUTBOX.c.edits_row).scalar_subquery()
_C = OUTBOX.c
_DUE = PreparedList(
    lambda resting: (
        select(
            *(_C.id, _C.chat_id, _C.kind, _C.body, _C.lane),
            (_C.attempts + 1).label("attempts"),
            _C.expires_at,
            func.coalesce(_ITS_MESSAGE, _C.edits_message).label("edits_message"),
            *(_C.patient_id, _C.clinic_id, _C.subject),
            _C.created_at,
        )
        .where(
            is_owed(),
            _C.lane <= bindparam("lane"),
            _C.send_at <= bindparam("now"),
            or_(_C.expires_at.is_(None), _C.expires_at > bindparam("now")),
            _C.chat_id.not_in(resting),
            ~waits_for_original(),
        )
        .order_by(_C.lane, _C.send_at, _C.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=OUTBOX)
    ),
    _C.chat_id.type,
)


_CLAIM = PreparedList(
    lambda ids: (
        update(OUTBOX)
        .where(OUTBOX.c.id.in_(ids))
        .values(
            state=OutboxState.SENDING,
            attempts=OUTBOX.c.attempts + 1,
            claimed_at=bindparam("at", type_=OUTBOX.c.claimed_at.type),
        )
    ),
    OUTBOX.c.id.type,
)


def claim_due(work: Work, *, resting: Collection[int], most: int, slowest: Lane = Lane.DIGEST) -> list[Claimed]:
    """Take up to `most` due letters, lowest lane first, none for a chat that is `resting`, none beyond `slowest`.

    An edit of a message that has not gone out yet waits for it. Claimed rows are `sending`: if we die, the next
    start finds them and counts their outcome as unknown.
    """
    due, rests = _DUE.about(resting)
    parameters = {"now": work.now, "most": most, "lane": slowest, **rests}
    claimed: list[Claimed] = []
    while not claimed and (rows := due.rows(work.connection, parameters)):  # those that end here make room
        claimed = [letter for row in rows if (letter := _opened(work, row)) is not None]
    if claimed:
        claim, ids = _CLAIM.about([one.id for one in claimed])
        claim.count(work.connection, {"at": work.now, **ids})
    return claimed


def _opened(work: Work, row: Row[*tuple[Any, ...]]) -> Claimed | None:
    """Return a letter to send; one that does not open ends here, and holds nobody up."""
    try:
        body = open_body(work.connection, envelope_of(row), row.body)
    except KeyGone:
        end_letter(work, row.id, OutboxState.DROPPED, "erased")
        return None
    except Tampered:  # nothing can be said of it, and that is what its sender finds and tells
        return Claimed(row.id, row.chat_id, "send", {}, *row[4:-1])
    return Claimed(*(*row[:3], body, *row[4:-1]))


_BY_ID = update(OUTBOX).where(OUTBOX.c.id == bindparam("row_id"))


_ANY_DUE = PreparedList(
    lambda resting: (
        select(_C.id)
        .where(
            is_owed(),
            _C.lane <= bindparam("lane"),
            _C.send_at <= bindparam("now"),
            _C.chat_id.not_in(resting),
            ~waits_for_original(),
        )
        .limit(1)
    ),
    _C.chat_id.type,
)


def is_any_due(session: Session, *, now: datetime, resting: Collection[int], slowest: Lane = Lane.DIGEST) -> bool:
    """Return whether a letter may be due: a glance, so that an idle sender need not write to find out."""
    any_due, rests = _ANY_DUE.about(resting)
    return any_due.scalar(session.connection(), {"now": now, "lane": slowest, **rests}) is not None


@dataclass(frozen=True)
class Sent:
    """A letter that Telegram has, under which message id. `scrub` forgets what it said: it held a secret."""

    row_id: int
    message_id: int | None
    scrub: bool = False


_SENT = Prepared(
    _BY_ID.values(
        state=OutboxState.SENT,
        sent_at=bindparam("at", type_=OUTBOX.c.sent_at.type),
        message_id=bindparam("message", type_=OUTBOX.c.message_id.type),
    )
)
_SCRUB = _BY_ID.values(body=b"")


def mark_all_sent(work: Work, letters: Sequence[Sent]) -> None:
    """Say that Telegram has these letters."""
    _SENT.each(
        work.connection,
        [{"row_id": one.row_id, "message": one.message_id, "at": work.now} for one in letters],
    )
    if secret := [{"row_id": one.row_id} for one in letters if one.scrub]:
        work.connection.execute(_SCRUB, secret)


def mark_sent(work: Work, row_id: int, message_id: int | None, *, scrub: bool = False) -> None:
    """Say that Telegram has one letter."""
    mark_all_sent(work, [Sent(row_id, message_id, scrub)])


def put_back(work: Work, row_id: int, *, send_at: datetime, reason: str, is_unknown: bool) -> None:
    """Let a letter wait until `send_at` after an attempt that failed, or whose outcome is not known."""
    state = OutboxState.UNKNOWN if is_unknown else OutboxState.WAITING
    values = {"state": state, "send_at": send_at, "reason": reason}
    work.connection.execute(_BY_ID.values(**values), {"row_id": row_id})


def end_letter(work: Work, row_id: int, state: OutboxState, reason: str) -> None:
    """Say that a letter will not be sent: DROPPED by decision, FAILED when Telegram refused it for good."""
    work.connection.execute(_BY_ID.values(state=state, reason=reason), {"row_id": row_id})


def release_claims(work: Work, only: Collection[int] | None = None, *, besides: Collection[int] = ()) -> int:
    """Count what was being sent (all of it `besides` these, or `only` these) as unknown, so that it is sent again."""
    which = OutboxRow.id.not_in(besides) if only is None else OutboxRow.id.in_(only)
    freed = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.SENDING, which)
        .values(state=OutboxState.UNKNOWN, reason="restarted")
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(freed.all())
