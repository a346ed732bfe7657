"""By which time zones the clinics and patients live, and whose hours lie ahead in one of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.courses import JOINED
from storage.tables import Clinic, Course, Patient

_ZONE = func.coalesce(Patient.time_zone, Clinic.time_zone)


def zones_in_use(session: Session) -> list[str]:
    """Return every time zone that a clinic or one of its patients lives by, in order of name."""
    own = session.scalars(select(Clinic.time_zone).distinct())
    theirs = session.scalars(select(Patient.time_zone).where(Patient.time_zone.is_not(None)).distinct())
    return sorted({*own, *(zone for zone in theirs if zone is not None)})


def courses_in(session: Session, zone: str) -> Sequence[int]:
    """Return the courses whose patients live by `zone` and still expect something of us."""
    query = select(Course.id).join(Patient, Patient.id == Course.patient_id)
    query = query.join(Clinic, Clinic.id == Patient.clinic_id).where(
        _ZONE.is_not_distinct_from(zone), Course.status.in_(JOINED)
    )
    return session.scalars(query.order_by(Course.id)).all()


def clinics_in(session: Session, zone: str) -> Sequence[int]:
    """Return the clinics on whose wall the clock shows `zone`."""
    return session.scalars(select(Clinic.id).where(Clinic.time_zone == zone).order_by(Clinic.id)).all()
