"""Small things to remember by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

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
