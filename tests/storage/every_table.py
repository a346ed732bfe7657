"""A row in every table, made from the tables themselves: one that a colleague adds is filled without a word here."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, LargeBinary, Numeric, String, Table, Time, insert

from care.courses import Status
from care.escalation import CaseState
from storage.chat_ids import ChatId
from storage.clinics import get_clinic
from storage.columns import Base, LevelWord, UtcDateTime, Word
from storage.inbox import add_updates, arrival, mark_done
from storage.outbox import add_letter
from storage.patients import add_invited
from storage.sending import mark_sent
from storage.work import Work
from tests.storage.ward import letter

MADE_BY_HAND = frozenset({
    "clinics", "patients", "invites", "data_keys", "inbox", "outbox", "events", "event_links", "marks", "leases",
    "erasures",
})  # fmt: skip
"""What has functions that do more than insert a row, and is made by them."""
ONCE = frozenset({"holidays", "routes", "shifts"})
"""What belongs to a clinic and not to a day."""
OVER: dict[str, dict[str, Any]] = {
    "courses": {"status": Status.CLOSED},
    "cases": {"state": CaseState.CLOSED, "card_id": None},
}


def live_a_day(work: Work, number: int) -> None:
    """Let a patient come and their course be over, with a row of everything, on one day."""
    clinic = get_clinic(work.session, 1)
    patient, invite = add_invited(
        work, clinic, case_code=f"P{number}", token=f"t{number}", expires_at=work.now, invited_by=None
    )
    invite.used_at = work.now
    add_updates(work, [arrival({"update_id": number, "message": {"chat": {"id": 1000 + number}}})])
    mark_done(work, number + 1)
    row = add_letter(work, letter(1000 + number, patient_id=patient.id))
    assert row is not None
    mark_sent(work, row, number)
    work.session.flush()
    made: dict[str, Any] = {"clinics": 1, "patients": patient.id}
    for table in Base.metadata.sorted_tables:
        if table.name in MADE_BY_HAND or (table.name in ONCE and number):
            made.setdefault(table.name, 1)
            continue
        values = {column.name: _invented(column, work, made, number) for column in table.c if not _by_itself(column)}
        values |= OVER.get(table.name, {})
        made[table.name] = work.connection.execute(insert(table).values(values)).inserted_primary_key[0]
    work.record("day-lived", patient_id=patient.id, number=number)


def _by_itself(column: Column[Any]) -> bool:
    """Return whether the database numbers the row by itself."""
    table: Table = column.table  # type: ignore[assignment]  # a table of ours
    return column.primary_key and column.name == "id" and column is table.autoincrement_column


def _invented(column: Column[Any], work: Work, made: dict[str, Any], number: int) -> Any:
    """Return something that fits a column; of the day, wherever it is about a time."""
    for key in column.foreign_keys:
        return made.get(key.column.table.name)
    match column.type:
        case UtcDateTime():
            return work.now
        case Date():
            return work.now.date()
        case Time():
            return time(8)
        case Word() | LevelWord():
            return next(iter(column.type.kind))
        case ChatId():
            return 1000 + number
        case Boolean():
            return False
        case JSON():
            return []
        case LargeBinary():
            return number.to_bytes(column.type.length or 8)
        case Numeric(scale=3):
            return Decimal(1)
        case String():
            return f"x{number}"
        case _:
            return number + 1
