"""Who may do what only one process may do: leases that run out, with a number that grows at each change of hands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam, case, delete, or_, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.prepared import Prepared
from storage.queues import CHATS_IN_HAND, LEASES
from storage.upserts import insert_on
from storage.work import Work


class LeaseLost(Exception):
    """Somebody else holds the lease now: whatever was about to be written must not be."""


@dataclass(frozen=True)
class Grip:
    """A lease as its holder knows it. `fence` is greater than that of every holder before."""

    name: str
    fence: int


@cache
def _take(engine: str) -> ReturningInsert[int]:
    insert = insert_on(engine, LEASES)
    given, held = insert.excluded, LEASES.c
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "holder": given.holder,
            "until": given.until,
            "fence": held.fence + case((held.holder == given.holder, 0), else_=1),
        },
        where=or_(held.holder == given.holder, held.until <= bindparam("now", type_=held.until.type),
                  held.holder == bindparam("dead")),
    ).returning(held.fence)  # fmt: skip


_HOLDER = select(LEASES.c.holder).where(LEASES.c.name == bindparam("name"))
_MINE = Prepared(
    select(LEASES.c.name)
    .where(LEASES.c.name == bindparam("name"), LEASES.c.fence == bindparam("fence"))
    .with_for_update(read=True)
)
_LET_GO = (
    update(LEASES)
    .where(LEASES.c.name == bindparam("which"), LEASES.c.holder == bindparam("mine"))
    .values(until=bindparam("at", type_=LEASES.c.until.type))
)


def take_lease(work: Work, name: str, *, holder: str, lasts: timedelta, dead: str | None = None) -> Grip | None:
    """Take the lease or keep it for another `lasts`; return None while somebody else holds it.

    It passes to another holder when it has run out, or when its holder is known to be `dead`.
    """
    values = {
        "name": name, "holder": holder, "fence": 1, "until": work.now + lasts, "now": work.now, "dead": dead or "",
    }  # fmt: skip
    statement = _take(work.connection.dialect.name)
    fence = work.connection.execute(statement, values).scalar_one_or_none()
    return None if fence is None else Grip(name, fence)


FROZEN_AFTER = timedelta(seconds=10)
"""How long a client may be silent in the middle of a transaction before its session is ended."""
_END_FROZEN = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
    " AND usename = current_user AND pid <> pg_backend_pid() AND wait_event = 'ClientRead' AND state <> 'idle'"
    " AND query NOT ILIKE 'copy%' AND state_change < clock_timestamp() - :after"
)
_WAIT_SHORTLY = text("SET LOCAL lock_timeout = '2s'")


def end_frozen(session: Session) -> int:
    """End what a frozen process left open on PostgreSQL, and with it the locks it holds; return how many sessions.

    The server ends an idle transaction by itself (`storage/engines.py`), but not one whose client froze between two
    statements of a pipeline: that one counts as active, and would keep the lease from everybody for good.
    """
    if session.connection().dialect.name != "postgresql":
        return 0
    return session.connection().scalar(_END_FROZEN, {"after": FROZEN_AFTER}) or 0


def wait_shortly(work: Work) -> None:
    """Let this unit fail rather than wait for a lock: who freezes with the lease in hand must not freeze us too."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(_WAIT_SHORTLY)


def find_holder(session: Session, name: str) -> str | None:
    """Return who holds or last held a lease."""
    return session.connection().scalar(_HOLDER, {"name": name})


def check_grip(work: Work, grip: Grip) -> None:
    """Raise LeaseLost unless `grip` is the newest; nobody can take the lease until this unit ends."""
    if _MINE.scalar(work.connection, {"name": grip.name, "fence": grip.fence}) is None:
        raise LeaseLost(grip.name)


def let_go(work: Work, name: str, *, holder: str) -> None:
    """Let the next holder take the lease at once."""
    work.connection.execute(_LET_GO, {"which": name, "mine": holder, "at": work.now})


_CHATS = CHATS_IN_HAND.c


@cache
def _claim(engine: str) -> ReturningInsert[int]:
    insert = insert_on(engine, CHATS_IN_HAND)
    return insert.on_conflict_do_update(
        index_elements=["chat_key"],
        set_={"holder": insert.excluded.holder, "until": insert.excluded.until},
        where=or_(_CHATS.holder == insert.excluded.holder, _CHATS.until <= bindparam("now", type_=_CHATS.until.type)),
    ).returning(_CHATS.chat_key)


_HOLDERS = select(_CHATS.holder).distinct()
_FREE = delete(CHATS_IN_HAND).where(_CHATS.holder.in_(bindparam("holders", expanding=True)))
_LET_CHATS_GO = delete(CHATS_IN_HAND).where(
    _CHATS.chat_key.in_(bindparam("over", expanding=True, type_=_CHATS.chat_key.type)),
    _CHATS.holder == bindparam("mine"),
)
_FORGET = delete(CHATS_IN_HAND).where(_CHATS.until < bindparam("before", type_=_CHATS.until.type))


def take_chats(work: Work, chat_keys: Collection[int], *, holder: str, lasts: timedelta) -> set[int]:
    """Take the updates of these chats in hand; return the chats that no other worker has."""
    # In order, so that two workers that want the same chats do not wait for each other.
    until, statement = work.now + lasts, _claim(work.connection.dialect.name)
    rows = [{"chat_key": key, "holder": holder, "until": until, "now": work.now} for key in sorted(chat_keys)]
    return set(work.connection.execute(statement, rows).scalars()) if rows else set()


def let_chats_go(work: Work, chat_keys: Collection[int], *, holder: str) -> None:
    """Let other workers have these chats of `holder`, who has nothing more to do for them."""
    if chat_keys:
        work.connection.execute(_LET_CHATS_GO, {"over": list(chat_keys), "mine": holder})


def find_chat_holders(session: Session) -> list[str]:
    """Return the workers that have chats in hand, or had them when they died."""
    return list(session.connection().scalars(_HOLDERS))


def free_chats(work: Work, holders: Collection[str]) -> None:
    """Let other workers have the chats of `holders` at once: they are known to be dead."""
    work.session.connection().execute(_FREE, {"holders": list(holders)})


def forget_chats(work: Work, before: datetime) -> None:
    """Delete claims that ran out before `before`."""
    work.connection.execute(_FORGET, {"before": before})
