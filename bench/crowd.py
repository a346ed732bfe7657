"""Rows by the hundred thousand, put straight into a database.

The one place outside storage/ that speaks to a database: what writes past the writer, unnamed and unaudited, is nothing
that the house should have. It knows tables and statements, no SQL of its own but where a transaction begins and ends.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from storage.bodies import Envelope, seal_body
from storage.columns import Base
from storage.key_table import DATA_KEYS
from storage.keyring import Owner, bound_to, keyring_of, patients_key, wrap
from storage.masters import MasterKey, fixed, read_masters
from storage.queues import OUTBOX, Lane, OutboxState
from storage.store import Store
from storage.tables import Patient, Wording

CHUNK = 20_000
FIRST_CHAT = 8_000_000
BODY = {"language": "en", "texts": [["anything-else", {}]], "buttons": []}


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """Write to a database past the house's own writer; nobody else does meanwhile."""
    store = open_store(url, lambda: datetime.now(UTC))
    store.get_keys()
    engine = store.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size = -800000")
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself begins nothing
        yield connection
        connection.exec_driver_sql("COMMIT")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    store.close()


def open_store(url: str, clock: Callable[[], datetime]) -> Store:
    """Open the database of a measurement."""
    return Store(url, clock, fixed(master()))


def master() -> MasterKey:
    """Return the master key of the measurements."""
    return read_masters(os.environ["STEADY_MASTER_KEY"])[0]


def put(connection: Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows in large pieces."""
    statement, piece = insert(table_of(table)), []
    for row in rows:
        piece.append(row)
        if len(piece) == CHUNK:
            connection.execute(statement, piece)
            piece = []
    if piece:
        connection.execute(statement, piece)


def table_of(name: str) -> Table:
    """Return a table by its name."""
    return Base.metadata.tables[name]


def owe_reminders(url: str, number: int) -> None:
    """Owe a reminder that is due now to each of so many chats."""
    now = datetime.now(UTC)
    with transaction(url) as connection:
        put(connection, OUTBOX.name, (_reminder(connection, number, now) for number in range(number)))


def _reminder(connection: Connection, number: int, now: datetime) -> dict[str, Any]:
    body = seal_body(connection, Envelope(FIRST_CHAT + number, None, None, now), BODY)
    return {
        "chat_id": FIRST_CHAT + number, "kind": "send", "body": body, "lane": Lane.REMINDER, "send_at": now,
        "expires_at": now + timedelta(hours=3), "state": OutboxState.WAITING, "attempts": 0, "created_at": now,
        "dedupe_key": f"bench:{number}",
    }  # fmt: skip


def add_patients(url: str, number: int, *, due_at: datetime, now: datetime, lived: bool = False) -> None:
    """Put so many patients on day 8 of a course into the clinic, each with a dose to be asked about at `due_at`.

    With `lived`, the seven days before are in their ledgers, each answered within half an hour.
    """
    today = now.date()
    days = 7 if lived else 0
    with transaction(url) as connection:
        first = 1 + _last_id(connection, "patients")
        course = 1 + _last_id(connection, "courses")
        dose = 1 + _last_id(connection, "doses")
        put(connection, DATA_KEYS.name, (_key(patients_key(first + n), now) for n in range(number)))
        put(connection, "patients", (_patient(connection, first + n, now) for n in range(number)))
        put(connection, "courses", (_course(course + n, first + n, now) for n in range(number)))
        put(connection, "doses", (_dose(dose + n, course + n, today, due_at) for n in range(number)))
        past = (_taken(course + n, today, due_at, ago) for n in range(number) for ago in range(1, days + 1))
        put(connection, "doses", past)


def _last_id(connection: Connection, table: str) -> int:
    return connection.execute(select(func.max(table_of(table).c.id))).scalar_one() or 0


def _key(owner: Owner, now: datetime) -> dict[str, Any]:
    key_id, key = secrets.randbits(63), master()
    return {
        "id": key_id, "owner_kind": owner.kind, "owner_id": owner.id, "master_id": key.id,
        "wrapped": wrap(key, owner, key_id, secrets.token_bytes(32)), "made_at": now,
    }  # fmt: skip


def _patient(connection: Connection, row: int, now: datetime) -> dict[str, Any]:
    ring, person = keyring_of(connection), str(FIRST_CHAT + row)
    place = bound_to("patients", "telegram_id", row)
    return {
        "id": row, "clinic_id": 1, "case_code": f"C{row}", "language": "en",
        "telegram_id": ring.seal(connection, patients_key(row), person.encode(), place),
        "telegram_index": ring.index(Patient.telegram_id.domain, person), "time_zone": "UTC",
        "reminder_at": now.time().replace(tzinfo=None), "wording": Wording.DISCREET, "created_at": now,
    }  # fmt: skip


def _course(row: int, patient: int, now: datetime) -> dict[str, Any]:
    return {
        "id": row, "patient_id": patient, "regimen": "alcohol-50", "regimen_version": "1", "status": Status.ACTIVE,
        "start_on": now.date() - timedelta(weeks=1), "day": 8, "steps_taken": 0, "last_heard_at": now,
        "turns_at": now + timedelta(hours=15), "silent_at": now + timedelta(hours=48), "created_at": now,
    }  # fmt: skip


def _dose(row: int, course: int, today: date, due_at: datetime) -> dict[str, Any]:
    return {
        "id": row, "course_id": course, "day": 8, "day_on": today, "part": 1, "amount_mg": Decimal(50),
        "due_at": due_at, "closes_at": due_at + timedelta(hours=12), "prompt_at": due_at, "prompts_sent": 0,
        "snoozes": 0, "row_from": 0, "state": DoseState.OPEN, "answered_by": AnsweredBy.NOBODY,
    }  # fmt: skip


def _taken(course: int, today: date, due_at: datetime, ago: int) -> dict[str, Any]:
    was_due = due_at - timedelta(days=ago)
    taken_at = was_due + timedelta(minutes=1 + course % 29)
    return {
        "course_id": course, "day": 8 - ago, "day_on": today - timedelta(days=ago), "part": 1,
        "amount_mg": Decimal(50), "due_at": was_due, "closes_at": was_due + timedelta(hours=12), "prompts_sent": 1,
        "snoozes": 0, "row_from": 0, "state": DoseState.TAKEN, "answered_by": AnsweredBy.PATIENT,
        "answered_at": taken_at, "taken_at": taken_at,
    }  # fmt: skip
