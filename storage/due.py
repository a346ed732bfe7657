"""What is due. The ticks ask this and nothing else; its cost follows what is due, not how many patients exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CompoundSelect, Select, and_, bindparam, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.outbox import waits_for_original
from storage.queues import InboxRow, OutboxRow, is_owed, is_waiting
from storage.tables import Case, Clinic, Course, Dose, FollowUp


class Visit(StrEnum):
    """What a round may be due for."""

    PROMPT = "prompt"
    TURN = "turn"
    SILENCE = "silence"
    CASE = "case"
    FOLLOW_UP = "follow-up"
    DIGEST = "digest"


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
    Visit.DIGEST: (Clinic.id, Clinic.digest_at),
}


def _due_of(visit: Visit) -> Select[str, int, datetime | None]:
    row_id, column = _COLUMNS[visit]
    rows = select(literal(visit.value).label("visit"), row_id.label("id"), column.label("at"))
    return rows.where(column <= bindparam("now")).order_by(column).limit(bindparam("most"))


_DUE = union_all(*(select(_due_of(visit).subquery()) for visit in _COLUMNS))
_NEXT: CompoundSelect[datetime | None] = union_all(
    *(select(func.min(column).label("at")) for _, column in _COLUMNS.values()),
    select(func.min(OutboxRow.send_at).label("at")).where(and_(is_owed(), ~waits_for_original())),
    select(func.min(InboxRow.retry_at).label("at")).where(is_waiting()),
)


def find_due(session: Session, *, now: datetime, most: int = 200) -> list[Due]:
    """Return up to `most` rows of each kind that are due at `now`, in order of time."""
    rows = session.execute(_DUE, {"now": now, "most": most})
    return sorted((Due(Visit(visit), row_id, at) for visit, row_id, at in rows), key=lambda one: one.at)


def next_due_at(session: Session) -> datetime | None:
    """Return when the next row of any kind is due, letters and set-back updates included."""
    return min((at for at in session.scalars(_NEXT) if at is not None), default=None)
