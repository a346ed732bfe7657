"""The inbox: every update as it came (sealed), before Telegram is told that we have it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.bell import UPDATES, ring
from storage.keyring import HOUSE, KeyGone, Tampered, bound_to, keyring_of
from storage.leases import let_chats_go, take_chats
from storage.prepared import Prepared
from storage.queues import CHATS_IN_HAND, INBOX, InboxRow, InboxState, is_waiting
from storage.upserts import insert_on
from storage.work import Work

MOST_ATTEMPTS = 5
BIGGEST = 2**63
WAITS = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))


@dataclass(frozen=True)
class Arrival:
    """One update to store: Telegram's id, the key of its lane, and its text."""

    update_id: int
    chat_key: int
    raw: str


@dataclass(frozen=True)
class Waiting:
    """One stored update that has not been handled."""

    id: int
    chat_key: int
    raw: str
    attempts: int


class Unusable(ValueError):
    """What came is no update: it has no id to keep it under."""


def arrival(update: dict[str, Any]) -> Arrival:
    """Return what to store of a raw update; raise Unusable when it has no usable id."""
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < BIGGEST:
        raise Unusable("an update without update_id")
    return Arrival(update_id, _chat_key(update), json.dumps(update, ensure_ascii=False))


def _chat_key(update: dict[str, Any]) -> int:
    for part in update.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message") if isinstance(part.get("message"), dict) else part
        for holder in (message, part):
            for name in ("chat", "from"):
                found = holder.get(name) if isinstance(holder, dict) else None
                number = found.get("id") if isinstance(found, dict) else None
                if isinstance(number, int) and -BIGGEST < number < BIGGEST:
                    return int(number)
    return 0


@cache
def _add(engine: str) -> ReturningInsert[int]:
    return insert_on(engine, INBOX).on_conflict_do_nothing(index_elements=["update_id"]).returning(INBOX.c.id)


def add_updates(work: Work, arrivals: Sequence[Arrival]) -> int:
    """Store updates that are not there yet, in order of `update_id`; return how many were new."""
    if not arrivals:
        return 0
    connection = work.connection
    keys = keyring_of(connection)
    rows = [
        {
            "update_id": one.update_id,
            "chat_key": one.chat_key,
            "raw": keys.seal(connection, HOUSE, one.raw.encode("utf-8", "surrogatepass"), _place(one.update_id)),
            "state": InboxState.WAITING,
            "attempts": 0,
            "received_at": work.now,
        }
        for one in sorted(arrivals, key=lambda one: one.update_id)
    ]
    statement = _add(work.connection.dialect.name)
    new = len(work.connection.execute(statement, rows).all())
    if new:
        ring(work, UPDATES)
    return new


_WAITING = (
    select(INBOX.c.id, INBOX.c.update_id, INBOX.c.chat_key, INBOX.c.raw, INBOX.c.attempts)
    .where(
        is_waiting(),
        or_(INBOX.c.retry_at.is_(None), INBOX.c.retry_at <= bindparam("now")),
        INBOX.c.id.not_in(bindparam("held", expanding=True)),
        INBOX.c.chat_key.not_in(bindparam("full", expanding=True)),
    )
    .order_by(INBOX.c.id)
    .limit(bindparam("most"))
)


def find_waiting(
    session: Session, *, now: datetime, held: Collection[int], full: Collection[int] = (), most: int = 200
) -> list[Waiting]:
    """Return the oldest updates to handle, leaving out those whose ids are `held` already, and chats that are `full`.

    A chat is full while enough of it is in hand: what else it sent waits, and hides nobody else's behind it.
    """
    asked = {"now": now, "held": list(held), "full": list(full), "most": most}
    rows = session.connection().execute(_WAITING, asked)
    return _opened(session.connection(), rows)


def _place(update_id: int) -> bytes:
    return bound_to("inbox", "raw", update_id)


def _opened(connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Waiting]:
    """Return what waits, opened. What does not open is nobody's words: it is empty, and parked like any nonsense."""
    ring, found = keyring_of(connection), []
    for row in list(rows):
        try:
            raw = ring.open(connection, row.raw, _place(row.update_id)).decode("utf-8", "surrogatepass")
        except (KeyGone, Tampered):
            raw = ""
        found.append(Waiting(row.id, row.chat_key, raw, row.attempts))
    return found


_DONE = Prepared(
    update(INBOX)
    .where(INBOX.c.id == bindparam("row_id"), INBOX.c.state == InboxState.WAITING)
    .values(state=InboxState.DONE, raw=b"", done_at=bindparam("at", type_=INBOX.c.done_at.type))
)


_IN_OTHER_HANDS = (
    select(CHATS_IN_HAND.c.chat_key)
    .where(
        CHATS_IN_HAND.c.chat_key == INBOX.c.chat_key,
        CHATS_IN_HAND.c.holder != bindparam("holder"),
        CHATS_IN_HAND.c.until > bindparam("now"),
    )
    .exists()
)
# Not past rows that others have locked: the later update of a chat would overtake its earlier one.
_FREE = _WAITING.where(~_IN_OTHER_HANDS)


def claim_waiting(
    work: Work,
    *,
    held: Collection[int],
    holder: str,
    mine: Collection[int],
    lasts: timedelta,
    full: Collection[int] = (),
    over: Collection[int] = (),
    most: int = 200,
) -> list[Waiting]:
    """Return the oldest updates of chats that no other worker has in hand, and take those chats for `lasts`.

    `mine` are the chats this worker has anyway, `over` those it had and has nothing more of. A worker that dies lets go
    of its chats by the clock.
    """
    let_chats_go(work, over, holder=holder)
    asked = {"now": work.now, "held": list(held), "full": list(full), "most": most, "holder": holder}
    while found := list(work.connection.execute(_FREE, asked)):
        fresh = {row.chat_key for row in found} - set(mine)
        taken = take_chats(work, fresh, holder=holder, lasts=lasts) | set(mine)
        if ours := [row for row in found if row.chat_key in taken]:
            return _opened(work.connection, ours)
    return []  # what went to others while we waited for them is not found again


class AlreadyHandled(Exception):
    """Another worker has handled this update meanwhile: this unit of work must not happen as well."""


def mark_done(work: Work, row_id: int) -> None:
    """Say that an update has been handled. In the same unit of work as what it changed.

    Raises AlreadyHandled when somebody has said so before: of two workers with the same update, one counts.
    """
    if not _DONE.count(work.connection, {"row_id": row_id, "at": work.now}):
        raise AlreadyHandled(row_id)


def set_back(work: Work, row_id: int, trouble: str, *, counts: bool = True) -> bool:
    """Let a failed update wait before it is tried again; return False once it is parked instead.

    A parked update is kept for the operator and stops nobody. `trouble` is the error's type, never its text. A failure
    that was the database's own, no fault of the update's, does not count: however often a server dies, none is parked.
    """
    row = work.session.get_one(InboxRow, row_id)
    row.trouble = trouble[:200]
    if not counts:
        row.retry_at = work.now + WAITS[0]
        return True
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.state = InboxState.PARKED
        work.record("update-parked", row=row_id, trouble=row.trouble)
        return False
    row.retry_at = work.now + WAITS[min(row.attempts, len(WAITS)) - 1]
    return True


def count_waiting(session: Session, *, now: datetime | None = None) -> int:
    """Return how many updates have not been handled, parked ones left out (with `now`: those to be tried by then)."""
    query = select(func.count()).where(is_waiting())
    if now is not None:
        query = query.where(or_(InboxRow.retry_at.is_(None), InboxRow.retry_at <= now))
    return session.scalar(query) or 0


def count_parked(session: Session) -> int:
    """Return how many updates were given up on and wait for the operator."""
    return session.scalar(select(func.count()).where(InboxRow.state == InboxState.PARKED)) or 0
