"""Small things to remember by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Insert, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.chat_ids import unveil, veil
from storage.keyring import CHATS, keyring_of
from storage.queues import MARKS
from storage.work import Work

_VALUE = select(MARKS.c.value).where(MARKS.c.key == bindparam("which"))
_AT = select(MARKS.c.at).where(MARKS.c.key == bindparam("which"))


def find_mark(session: Session, key: str) -> str | None:
    """Return what is remembered under `key`."""
    return session.connection().scalar(_VALUE, {"which": key})


def find_marked_at(session: Session, key: str) -> datetime | None:
    """Return when `key` was last remembered."""
    return session.connection().scalar(_AT, {"which": key})


def _set(engine: str) -> Insert:
    insert = postgresql.insert(MARKS) if engine == "postgresql" else sqlite.insert(MARKS)
    return insert.on_conflict_do_update(
        index_elements=["key"], set_={"value": insert.excluded.value, "at": insert.excluded.at}
    )


_SET = {engine: _set(engine) for engine in ("sqlite", "postgresql")}


def set_mark(work: Work, key: str, value: str) -> None:
    """Remember `value` under `key`. In one statement: processes that start together remember the same things."""
    statement = _SET[work.connection.dialect.name]
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
