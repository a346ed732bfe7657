"""Every row that belongs to a patient, opened, for their own copy of it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.chain import EVENTS
from storage.columns import Base
from storage.forgetting import theirs_in
from storage.sealed import sealed_in

LEFT_OUT = frozenset({"token_hash", "telegram_index", "salt", "mac", "redacted"})
"""What is made of data to find or to check it, and is none itself."""
OTHERS = frozenset({
    "staff_id", "owner_id", "closed_by", "invited_by", "by_staff", "offered_to", "snoozed_by", "letter_id", "card_id",
})  # fmt: skip
"""Who of the staff did something: theirs, not the patient's."""

CLINICS_OWN = frozenset({"anchors", "copies", "drafts"})
"""In which of the clinic's chats something is shown, and who is about to write: the clinic's business."""


def personal_rows(session: Session, patient_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table that are a patient's, by table, and what was done about them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for mapper in sorted(Base.registry.mappers, key=lambda each: each.class_.__name__):
        table = mapper.local_table
        theirs = theirs_in(table, patient_id)  # type: ignore[arg-type]  # a table, for records of ours
        if theirs is None or table.name in CLINICS_OWN:  # type: ignore[attr-defined]  # as above
            continue
        records = session.scalars(select(mapper.class_).where(theirs).order_by(*table.primary_key)).all()
        if records:
            found[mapper.class_.__tablename__] = [_plain(mapper, record) for record in records]
    query = select(EVENTS.c.at, EVENTS.c.actor, EVENTS.c.name).where(EVENTS.c.patient_id == patient_id)
    rows = session.connection().execute(query.order_by(EVENTS.c.id))
    found["events"] = [{"at": row.at.isoformat(), "by": row.actor.partition(":")[0], "what": row.name} for row in rows]
    return found


def _plain(mapper: Any, record: Any) -> dict[str, Any]:
    sealed = {attribute.column: attribute.name.removeprefix("_plain_") for attribute in sealed_in(record)}
    values: dict[str, Any] = {}
    for column in mapper.column_attrs:
        name = sealed.get(column.key, column.key)
        if column.key not in LEFT_OUT | OTHERS:
            values[name] = _said(getattr(record, name))
    return values


def _said(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
