"""Erase a patient: every row that is theirs, the key that seals them, and what the trail said of them.

Which rows are theirs is read from the tables themselves: a column `patient_id`, or a reference to a row that is theirs.
A table that a colleague adds is covered without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from care.courses import Status
from care.escalation import CaseState
from storage.bodies import envelope_of, open_body
from storage.chain import EVENTS, facts_hash
from storage.columns import Base
from storage.erasures import Erasure
from storage.key_table import DATA_KEYS
from storage.keyring import KeyGone, Tampered, keyring_of, patients_key
from storage.queues import INBOX, OUTBOX, InboxState, OutboxState
from storage.tables import Patient
from storage.work import Work

ERASURES = Base.metadata.tables[Erasure.__tablename__]
NOT_BY_ROW = frozenset({"events", "erasures", "outbox", "inbox", "data_keys"})
"""Tables that hold something of a patient and are dealt with one by one below."""
MINIMUM = frozenset({"patients", "courses", "doses", "consents", "cases", "alerts"})
"""What a clinic that must keep a record keeps, under the case code, without words, numbers or hours."""
ENDED = (OutboxState.SENT, OutboxState.DROPPED, OutboxState.FAILED)
BLANK: dict[str, dict[str, Any]] = {
    "patients": {
        "telegram_id": None, "telegram_index": None, "time_zone": None, "reminder_at": None, "step": None,
        "awaits": None, "awaits_about": None,
    },
    "courses": {"status": Status.CLOSED, "turns_at": None, "silent_at": None},
    "doses": {"prompt_at": None},
    "cases": {"state": CaseState.CLOSED, "next_step_at": None, "card_id": None},
    "alerts": {"quote": None},
}  # fmt: skip


SHOWN = ("send", "photo", "document")


@dataclass(frozen=True)
class Shown:
    """A message at Telegram that was about the patient."""

    chat_id: int
    message_id: int
    sent_at: datetime
    is_clinics: bool


@dataclass(frozen=True)
class Erased:
    """What is left to do at Telegram: the messages in the patient's chat and in the clinic's."""

    chat_id: int | None
    case_code: str
    clinic_id: int
    messages: Sequence[Shown]


def erase(work: Work, patient: Patient, *, keeps_minimum: bool) -> Erased:
    """Erase a patient in this unit of work; with `keeps_minimum` a pseudonymised rest stays. It cannot be undone.

    The record objects of this patient are of no use afterwards.
    """
    work.session.flush()
    chat, patient_id, clinic_id, code = patient.telegram_id, patient.id, patient.clinic_id, patient.case_code
    shown = [*_in_own_chat(work, patient_id, chat), *_scrub_mentions(work, code)]
    _delete_queues(work, patient_id, chat)
    for table in reversed(Base.metadata.sorted_tables):
        if (theirs := theirs_in(table, patient_id)) is None:
            continue
        if not keeps_minimum or table.name not in MINIMUM:
            work.connection.execute(delete(table).where(theirs))
        elif table.name in BLANK:
            work.connection.execute(update(table).where(theirs).values(BLANK[table.name]))
    _redact_events(work, patient_id)
    key_id = keyring_of(work.connection).destroy(work.connection, patients_key(patient_id))
    work.session.expunge_all()
    if key_id is not None:
        row = {
            "key_id": key_id, "patient_id": patient_id, "clinic_id": clinic_id, "is_held": keeps_minimum,
            "at": work.now, "by": work.actor,
        }  # fmt: skip
        work.connection.execute(insert(ERASURES).values(row))
    work.record("patient-erased", patient_id=patient_id, clinic_id=clinic_id, held=keeps_minimum)
    return Erased(chat, code, clinic_id, shown)


def erase_minimum(work: Work, patient_id: int) -> None:
    """Delete what a clinic had to keep of an erased patient."""
    for table in reversed(Base.metadata.sorted_tables):
        if (theirs := theirs_in(table, patient_id)) is not None:
            work.connection.execute(delete(table).where(theirs))
    work.connection.execute(update(ERASURES).where(ERASURES.c.patient_id == patient_id).values(is_held=False))
    work.record("minimum-erased", patient_id=patient_id)


def _of_patients() -> frozenset[str]:
    """Return the names of the tables whose rows belong to patients."""
    names: set[str] = {"patients"}
    for table in Base.metadata.sorted_tables:  # parents come first
        refers = {key.column.table.name for key in table.foreign_keys}
        if table.name not in NOT_BY_ROW and ("patient_id" in table.c or refers & names):
            names.add(table.name)
    return frozenset(names)


def theirs_in(table: Table, patient_id: int) -> ColumnElement[bool] | None:
    """Return the condition of the rows that belong to a patient, or None for a table without any."""
    names = _of_patients()
    if table.name not in names:
        return None
    if table.name == "patients":
        return table.c.id == patient_id
    if "patient_id" in table.c:
        return table.c.patient_id == patient_id
    ways = []
    for key in table.foreign_keys:
        if key.column.table.name in names and (theirs := theirs_in(key.column.table, patient_id)) is not None:
            ways.append(key.parent.in_(select(key.column).where(theirs)))
    return or_(*ways)


def _in_own_chat(work: Work, patient_id: int, chat: int | None) -> list[Shown]:
    if chat is None:
        return []
    own = or_(OUTBOX.c.patient_id == patient_id, OUTBOX.c.clinic_id.is_(None))
    query = select(OUTBOX.c.message_id, OUTBOX.c.sent_at).where(
        OUTBOX.c.chat_id == chat,
        own,
        OUTBOX.c.message_id.is_not(None),
        OUTBOX.c.kind.in_(SHOWN),
    )
    return [Shown(chat, row.message_id, row.sent_at, False) for row in work.connection.execute(query)]


def _scrub_mentions(work: Work, code: str) -> list[Shown]:
    """Empty every letter to clinicians that names the case; return those that Telegram still shows."""
    query = select(OUTBOX).where(OUTBOX.c.patient_id.is_(None), OUTBOX.c.body != b"")
    shown, emptied = [], []
    for row in list(work.connection.execute(query)):
        try:
            body = open_body(work.connection, envelope_of(row), row.body)
        except (KeyGone, Tampered):
            continue
        codes = set(_codes_in(body))
        if code not in codes:
            continue
        emptied.append(row.id)
        # A list of many cases stays: it says a code only, and others need the rest of it.
        if codes == {code} and row.state == OutboxState.SENT and row.message_id is not None and row.kind in SHOWN:
            shown.append(Shown(row.chat_id, row.message_id, row.sent_at, True))
    for row_id in emptied:
        work.connection.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(body=b""))
        waiting = OUTBOX.c.state.in_((OutboxState.WAITING, OutboxState.UNKNOWN))
        dropped = {"state": OutboxState.DROPPED, "reason": "erased"}
        work.connection.execute(update(OUTBOX).where(OUTBOX.c.id == row_id, waiting).values(dropped))
    return shown


def _codes_in(written: Any) -> Iterator[str]:
    """Yield every case code that the words of a letter name."""
    if isinstance(written, dict):
        for name, value in written.items():
            if name == "code" and isinstance(value, str):
                yield value
            else:
                yield from _codes_in(value)
    elif isinstance(written, list):
        for value in written:
            yield from _codes_in(value)


def _delete_queues(work: Work, patient_id: int, chat: int | None) -> None:
    """Delete what was sent and is owed, and what has come and not been handled. A handled update keeps its number."""
    own: list[ColumnElement[bool]] = [OUTBOX.c.patient_id == patient_id]
    if chat is not None:
        own.append((OUTBOX.c.chat_id == chat) & OUTBOX.c.clinic_id.is_(None))
        mine = INBOX.c.chat_key == chat
        work.connection.execute(delete(INBOX).where(mine, INBOX.c.state != InboxState.DONE))
        work.connection.execute(update(INBOX).where(mine).values(chat_key=0))
    work.connection.execute(delete(OUTBOX).where(or_(*own)))


def drop_owed(work: Work, patient_id: int, reason: str) -> None:
    """Drop whatever is owed to a patient, with the reason why it will never be sent."""
    owed = OUTBOX.c.state.in_((OutboxState.WAITING, OutboxState.UNKNOWN))
    values = {"state": OutboxState.DROPPED, "reason": reason}
    work.connection.execute(update(OUTBOX).where(OUTBOX.c.patient_id == patient_id, owed).values(values))


def _redact_events(work: Work, patient_id: int) -> None:
    """Take the facts out of what the trail says of a patient. Their salted hash stays, so the trail still holds."""
    query = select(EVENTS.c.id, EVENTS.c.salt, EVENTS.c.facts).where(
        EVENTS.c.patient_id == patient_id, EVENTS.c.salt.is_not(None)
    )
    rows: list[dict[str, Any]] = [
        {"row_id": row.id, "hash": facts_hash(row.salt, row.facts)} for row in work.connection.execute(query)
    ]
    if rows:
        values: dict[str, Any] = {"redacted": bindparam("hash"), "salt": None, "facts": {}}
        work.connection.execute(update(EVENTS).where(EVENTS.c.id == bindparam("row_id")).values(values), rows)


def erased_keys(session: Session) -> dict[int, datetime]:
    """Return which keys were destroyed by erasing their patients, and when."""
    return {row.key_id: row.at for row in session.connection().execute(select(ERASURES))}


def revived(session: Session, ledger: Sequence[int]) -> list[int]:
    """Return the patients that are there although the ledger says they were erased: a backup brought them back."""
    query = select(DATA_KEYS.c.id, DATA_KEYS.c.owner_id).where(DATA_KEYS.c.owner_kind == "patient")
    known = set(ledger)
    return [row.owner_id for row in session.connection().execute(query) if row.id in known]


def count_errands(session: Session, subject: str) -> int:
    """Return how many letters about `subject` have ended."""
    query = select(func.count()).where(OUTBOX.c.subject == subject, OUTBOX.c.state.in_(ENDED))
    return session.connection().execute(query).scalar_one()


def forget_errands(work: Work, subject: str) -> None:
    """Delete the letters about `subject` that have ended: nothing is to be known of them afterwards."""
    work.connection.execute(delete(OUTBOX).where(OUTBOX.c.subject == subject, OUTBOX.c.state.in_(ENDED)))
