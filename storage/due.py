"""What is due. The ticks ask this and nothing else; its cost follows what is due, not how many patients exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.prepared import Prepared
from storage.queues import INBOX, OUTBOX, is_owed, is_waiting, waits_for_original
from storage.tables import Case, Clinic, Course, Dose, FollowUp, Hearing


class Visit(StrEnum):
    """What a round may be due for."""

    PROMPT = "prompt"
    TURN = "turn"
    SILENCE = "silence"
    CASE = "case"
    FOLLOW_UP = "follow-up"
    DIGEST = "digest"
    HEARING = "hearing"


class Due(NamedTuple):
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
    Visit.HEARING: (Hearing.id, Hearing.due_at),
}


_VISITS = {visit.value: visit for visit in Visit}


def _due_of(visit: Visit) -> Select[str, int, datetime | None]:
    row_id, column = _COLUMNS[visit]
    rows = select(literal(visit.value).label("visit"), row_id.label("id"), column.label("at"))
    return (
        rows.where(column <= bindparam("now", type_=column.type))
        .order_by(column)
        .limit(bindparam("asked" if visit is Visit.PROMPT else "most"))
    )


_DUE = Prepared(union_all(*(select(_due_of(visit).subquery()) for visit in _COLUMNS)))
_NEXT = Prepared(
    union_all(
        *(select(literal("visit").label("what"), func.min(column).label("at")) for _, column in _COLUMNS.values()),
        select(literal("letter"), func.min(OUTBOX.c.send_at)).where(and_(is_owed(), ~waits_for_original())),
        select(literal("update"), func.min(INBOX.c.retry_at)).where(is_waiting()),
        select(literal("fresh"), func.min(INBOX.c.received_at)).where(is_waiting(), INBOX.c.retry_at.is_(None)),
    )
)


@dataclass(frozen=True)
class Ahead:
    """What is to be done at an instant, and when the next thing of any kind is due (None: nothing is)."""

    is_update_waiting: bool
    is_letter_due: bool
    is_visit_due: bool
    next_at: datetime | None


def look_ahead(session: Session, *, now: datetime) -> Ahead:
    """Return what can be done now, letters and set-back updates included, in one glance."""
    rows = [(what, at) for what, at in _NEXT.rows(session.connection(), {}) if at is not None]
    due = {what for what, at in rows if at <= now}
    return Ahead(
        is_update_waiting=bool(due & {"update", "fresh"}),
        is_letter_due="letter" in due,
        is_visit_due="visit" in due,
        next_at=min((at for what, at in rows if what != "fresh"), default=None),
    )


def find_due(session: Session, *, now: datetime, most: int = 200, asked: int | None = None) -> list[Due]:
    """Return up to `most` rows of each kind that are due at `now` (doses to ask about: `asked`), in order of time."""
    rows = _DUE.rows(session.connection(), {"now": now, "most": most, "asked": asked or most})
    return sorted((Due(_VISITS[visit], row_id, at) for visit, row_id, at in rows), key=lambda one: one.at)
