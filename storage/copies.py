"""What each chat shows of each case, and the storms that stand for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from care.escalation import CaseState
from care.triage import Level
from storage.bodies import envelope_of, seal_body
from storage.columns import Base
from storage.duty import Copy, Storm
from storage.prepared import Prepared
from storage.queues import OUTBOX, Lane, OutboxState, is_owed
from storage.records import Records
from storage.rows import add_row, read_value, write_row
from storage.tables import Case, Clinic, Patient
from storage.work import Work

_COPIES, _STORMS = Base.metadata.tables[Copy.__tablename__], Base.metadata.tables[Storm.__tablename__]
_ABOUT = _COPIES.c.case_id == bindparam("case_id")
_OF_CASE = Records(Copy, lambda query: query.where(_ABOUT).order_by(_COPIES.c.id))
_IN_CHAT = Records(Copy, lambda query: query.where(_ABOUT, _COPIES.c.chat_id == bindparam("chat_id")))


def copies_of(session: Session, case_id: int) -> Sequence[Copy]:
    """Return every chat's copy of a case, the oldest first."""
    return _OF_CASE.all(session, {"case_id": case_id})


def set_copy(work: Work, case: Case, chat_id: int, *, letter_id: int | None, storm_id: int | None = None) -> None:
    """Say what a chat shows of a case now: a card of its own, or a storm."""
    copy = _IN_CHAT.first(work.session, {"case_id": case.id, "chat_id": chat_id})
    if copy is None:
        add_row(
            work,
            Copy(case_id=case.id, chat_id=chat_id, letter_id=letter_id, storm_id=storm_id, placed_at=work.now),
        )
    else:
        write_row(work, copy, letter_id=letter_id, storm_id=storm_id, placed_at=work.now)
    work.record("copy-placed", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id, letter=letter_id)


def move_copies(work: Work, old: int, new: int) -> None:
    """Let what letter `old` showed be shown by letter `new`, cases and storms alike."""
    for table in (Copy, Storm):
        work.session.execute(
            update(table)
            .where(table.letter_id == old)
            .values(letter_id=new)
            .execution_options(synchronize_session=False)
        )


def move_copies_of_chat(work: Work, old: int, new: int) -> None:
    """Follow a chat that Telegram has given a new id to. What it shows there already is shown once."""
    there = select(Copy.case_id).where(Copy.chat_id == new)
    work.session.execute(
        delete(Copy).where(Copy.chat_id == old, Copy.case_id.in_(there)).execution_options(synchronize_session=False)
    )
    for table in (Copy, Storm):
        work.session.execute(
            update(table).where(table.chat_id == old).values(chat_id=new).execution_options(synchronize_session=False)
        )


def drop_copies_in(work: Work, chat_id: int) -> None:
    """Forget what a chat shows: it is no place of the clinic's any more, and nothing is edited there."""
    for table in (Copy, Storm):
        work.session.execute(delete(table).where(table.chat_id == chat_id).execution_options(synchronize_session=False))
    work.session.expire_all()


def case_of_letter(session: Session, letter_id: int) -> Case | None:
    """Return the case that a letter shows, as a card of its own."""
    query = select(Case).join(Copy, Copy.case_id == Case.id).where(Copy.letter_id == letter_id)
    return session.scalar(query.where(Copy.storm_id.is_(None)).limit(1))


_COPIES, _CASES = Base.metadata.tables[Copy.__tablename__], Base.metadata.tables[Case.__tablename__]
_FRESH = Prepared(
    select(func.count())
    .select_from(_COPIES.join(_CASES, _CASES.c.id == _COPIES.c.case_id))
    .where(
        _COPIES.c.chat_id == bindparam("chat_id", type_=_COPIES.c.chat_id.type),
        _COPIES.c.placed_at > bindparam("since", type_=_COPIES.c.placed_at.type),
        _COPIES.c.storm_id.is_(None),
        _CASES.c.state != CaseState.CLOSED,
    )
)


def count_fresh(session: Session, chat_id: int, *, since: datetime) -> int:
    """Return how many cases that are not closed have got a card of their own in this chat since then."""
    fresh: int = read_value(session, _FRESH, {"chat_id": chat_id, "since": since})
    return fresh


_OPEN_HERE = (_STORMS.c.chat_id == bindparam("chat_id"), _STORMS.c.closed_at.is_(None))
_STORM = Records(  # as it is now: who waited for the clinic's lock may have read it before
    Storm, lambda query: query.where(*_OPEN_HERE).order_by(_STORMS.c.id.desc()).limit(1), is_fresh=True
)


def find_storm(session: Session, chat_id: int) -> Storm | None:
    """Return the storm that this chat is in, or None."""
    return _STORM.first(session, {"chat_id": chat_id})


def get_storm(session: Session, storm_id: int) -> Storm | None:
    """Return one storm as it is now, closed or not."""
    return session.get(Storm, storm_id, populate_existing=True)


def add_storm(work: Work, clinic: Clinic, chat_id: int) -> Storm:
    """Let one message stand for many cases in a chat from now on."""
    storm = Storm(
        clinic_id=clinic.id, chat_id=chat_id, opened_at=work.now, joined_at=work.now, spoke_at=work.now,
        shown_at=work.now,
    )  # fmt: skip
    work.session.add(storm)
    work.session.flush()
    work.record("storm-begun", clinic_id=clinic.id, storm=storm.id)
    return storm


def set_storm(work: Work, storm: Storm, **values: Any) -> None:
    """Change what we know of a storm."""
    for name, value in values.items():
        setattr(storm, name, value)
    work.session.flush()
    work.record("storm-changed", clinic_id=storm.clinic_id, storm=storm.id, changed=sorted(values))


@dataclass(frozen=True)
class Stormed:
    """One case that a storm stands for."""

    case_id: int
    level: Level
    state: CaseState
    is_owned: bool
    code: str


def cases_in(session: Session, storm_id: int) -> list[Stormed]:
    """Return the cases that a storm stands for and that are not closed, the gravest and oldest first."""
    query = (
        select(Case.id, Case.level, Case.state, Case.owner_id, Patient.case_code)
        .join(Copy, Copy.case_id == Case.id)
        .join(Patient, Patient.id == Case.patient_id)
        .where(Copy.storm_id == storm_id, Case.state != CaseState.CLOSED)
        .order_by(Case.level.desc(), Case.id)
    )
    rows = session.execute(query)
    return [Stormed(row, level, state, owner is not None, code) for row, level, state, owner, code in rows]


_WAITS = select(OUTBOX).where(OUTBOX.c.state == OutboxState.WAITING).with_for_update()
_WAITING = Prepared(_WAITS.where(OUTBOX.c.id == bindparam("row_id")))
_WAITING_EDIT = Prepared(_WAITS.where(is_owed(), OUTBOX.c.edits_row == bindparam("row_id"), OUTBOX.c.kind == "edit"))
_REWRITE = Prepared(
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row_id"))
    .values(body=bindparam("body", type_=OUTBOX.c.body.type), lane=bindparam("lane", type_=OUTBOX.c.lane.type))
)


def rewrite_waiting(work: Work, letter_id: int, body: dict[str, Any], lane: Lane) -> bool:
    """Put `body` into a letter that has not gone yet, and send it no later than `lane`; return whether it had not.

    What nobody has read needs no second message: it says the newest at once.
    """
    return _rewrite(work, _WAITING, letter_id, body, lane)


def hasten_waiting(work: Work, letter_id: int, lane: Lane) -> None:
    """Send a letter that has not gone yet no later than `lane`, whatever it says."""
    slow = and_(OUTBOX.c.id == letter_id, OUTBOX.c.state == OutboxState.WAITING, OUTBOX.c.lane > lane)
    if work.connection.execute(update(OUTBOX).where(slow).values(lane=lane)).rowcount:
        work.owes_letters = True


def rewrite_waiting_edit(work: Work, edited: int, body: dict[str, Any]) -> bool:
    """Put `body` into the edit of letter `edited` that still waits, if one does; return whether one did."""
    return _rewrite(work, _WAITING_EDIT, edited, body, None)


def _rewrite(work: Work, which: Prepared, row_id: int, body: dict[str, Any], lane: Lane | None) -> bool:
    rows = which.rows(work.connection, {"row_id": row_id})
    for row in rows:
        values = {
            "body": seal_body(work.connection, envelope_of(row), body),
            "lane": row.lane if lane is None else min(row.lane, lane),
        }
        _REWRITE.count(work.connection, {"row_id": row.id, **values})
    work.owes_letters = work.owes_letters or bool(rows)
    return bool(rows)
