"""Small things to remember by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from storage.chat_ids import unveil, veil
from storage.keyring import CHATS, keyring_of
from storage.queues import Mark
from storage.work import Work


def find_mark(session: Session, key: str) -> str | None:
    """Return what is remembered under `key`."""
    mark = session.get(Mark, key)
    return None if mark is None else mark.value


def find_marked_at(session: Session, key: str) -> datetime | None:
    """Return when `key` was last remembered."""
    mark = session.get(Mark, key)
    return None if mark is None else mark.at


def set_mark(work: Work, key: str, value: str) -> None:
    """Remember `value` under `key`."""
    mark = work.session.get(Mark, key)
    if mark is None:
        work.session.add(Mark(key=key, value=value, at=work.now))
    else:
        mark.value, mark.at = value, work.now


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
