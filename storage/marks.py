"""Small things to remember by name."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Insert, bindparam, select
from sqlalchemy.orm import Session

from storage.chat_ids import unveil, veil
from storage.keyring import CHATS, keyring_of
from storage.prepared import Prepared
from storage.queues import MARKS
from storage.upserts import insert_on
from storage.work import Work

_VALUE = Prepared(select(MARKS.c.value).where(MARKS.c.key == bindparam("which")))
_AT = Prepared(select(MARKS.c.at).where(MARKS.c.key == bindparam("which")))


def find_mark(session: Session, key: str) -> str | None:
    """Return what is remembered under `key`."""
    value: str | None = _VALUE.scalar(session.connection(), {"which": key})
    return value


def find_marked_at(session: Session, key: str) -> datetime | None:
    """Return when `key` was last remembered."""
    at: datetime | None = _AT.scalar(session.connection(), {"which": key})
    return at


@cache
def _set(engine: str) -> Insert:
    insert = insert_on(engine, MARKS)
    return insert.on_conflict_do_update(
        index_elements=["key"], set_={"value": insert.excluded.value, "at": insert.excluded.at}
    )


def set_mark(work: Work, key: str, value: str) -> None:
    """Remember `value` under `key`. In one statement: processes that start together remember the same things."""
    statement = _set(work.connection.dialect.name)
    work.connection.execute(statement, {"key": key, "value": value, "at": work.now})


def set_chat_mark(work: Work, key: str, chat_id: int | None) -> None:
    """Remember the id of a chat under `key`, veiled as in every column; None forgets it."""
    veiled = "" if chat_id is None else veil(keyring_of(work.connection).own[CHATS], chat_id).hex()
    set_mark(work, key, veiled)


def find_chat_mark(session: Session, key: str) -> int | None:
    """Return the chat remembered under `key`, or None; what was not written by `set_chat_mark` is no chat."""
    veiled = find_mark(session, key)
    try:
        return unveil(keyring_of(session.connection()).own[CHATS], bytes.fromhex(veiled)) if veiled else None
    except ValueError:  # of which `Tampered` is one
        return None
