"""What is due. The ticks ask this and nothing else; its cost follows what is due, not how many patients exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.outbox import waits_for_original
from storage.queues import InboxRow, OutboxRow, is_owed, is_waiting
from storage.tables import Case, Course, Dose, FollowUp


class Visit(StrEnum):
    """What a round may be due for."""

    PROMPT = "prompt"
    TURN = "turn"
    SILENCE = "silence"
    CASE = "case"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True)
class Due:
    """One row to visit, and when it was due."""

    visit: Visit
    id: int
    at: datetime


_COLUMNS: dict[Visit, tuple[InstrumentedAttribute[int], InstrumentedAttribute[datetime | None]]] = {
    Visit.CASE: (Case.id, Case.next_step_at),
    Visit.PROMPT: (Dose.id, Dose.prompt_at),
    Visit.TURN: (Course.id, Course.turns_at),
    Visit.SILENCE: (Course.id, Course.silent_at),
    Visit.FOLLOW_UP: (FollowUp.id, FollowUp.due_at),
}


def find_due(session: Session, *, now: datetime, most: int = 200) -> list[Due]:
    """Return up to `most` rows of each kind that are due at `now`, in order of time."""
    due: list[Due] = []
    for visit, (row_id, column) in _COLUMNS.items():
        rows = session.execute(select(row_id, column).where(column <= now).order_by(column).limit(most))
        due.extend(Due(visit, found, at) for found, at in rows if at is not None)
    return sorted(due, key=lambda one: one.at)


def next_due_at(session: Session) -> datetime | None:
    """Return when the next row of any kind is due, letters and set-back updates included."""
    instants = [
        session.scalar(select(column).where(column.is_not(None)).order_by(column).limit(1))
        for _, column in _COLUMNS.values()
    ]
    instants.append(_earliest(session, OutboxRow.send_at, and_(is_owed(), ~waits_for_original())))
    instants.append(_earliest(session, InboxRow.retry_at, is_waiting()))
    return min((at for at in instants if at is not None), default=None)


def _earliest(
    session: Session,
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    where: ColumnElement[bool],
) -> datetime | None:
    return session.scalar(select(func.min(column)).where(where))
