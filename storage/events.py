"""The record of events, read back: what happened to a patient, and to the cases of a clinic."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.queues import Event


def events_of(session: Session, patient_id: int, names: Collection[str]) -> Sequence[Event]:
    """Return the events of these names about a patient, the oldest first."""
    query = select(Event).where(Event.patient_id == patient_id, Event.name.in_(names))
    return session.scalars(query.order_by(Event.id)).all()


def events_in(
    session: Session, clinic_id: int, names: Collection[str], *, since: datetime, until: datetime
) -> Sequence[Event]:
    """Return the events of these names about a clinic's cases in [`since`, `until`), the oldest first."""
    query = select(Event).where(Event.clinic_id == clinic_id, Event.at >= since, Event.at < until)
    return session.scalars(query.where(Event.name.in_(names)).order_by(Event.at, Event.id)).all()
