"""A clinic whose patients are asked about today's dose in the next seconds, put straight into a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from care.calendar import end_of, local, local_date, plus_days
from care.courses import Status
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from content.loader import Content
from storage.clinics import add_staff, all_clinics
from storage.courses import add_course, set_course, set_status
from storage.doses import add_dose
from storage.patients import add_invited, set_patient
from storage.store import Store
from storage.tables import Role
from storage.work import Work

DAY = 10


@dataclass(frozen=True)
class Enrolled:
    """A patient and today's dose."""

    telegram_id: int
    code: str
    dose: int


@dataclass(frozen=True)
class Cast:
    """Who is there: a clinician, the chat of the clinic, and the patients."""

    clinician: int
    chat: int
    patients: Sequence[int]


def zone_where_it_is_morning(now: datetime) -> str:
    """Return a zone in which it is between nine and ten now: no run comes near a midnight."""
    ahead = (9 - now.astimezone(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def found(store: Store, content: Content, cast: Cast, due: Sequence[datetime]) -> list[Enrolled]:
    """Found the clinic; each patient is on day 10 and asked about the dose at the instant given for them."""

    def unit(work: Work) -> list[Enrolled]:
        ward = Ward(work, content)
        zone = zone_where_it_is_morning(work.now)
        clinic = found_clinic(
            ward, name="Harbour", time_zone=zone, languages=["en"], emergency_number="112", crisis_line="116 123",
            admin_id=cast.clinician, admin_name="Grey", clinicians_chat=cast.chat,
        )  # fmt: skip
        add_staff(work, clinic, telegram_id=cast.clinician + 1_000_000, name="Lee", role=Role.CLINICIAN)
        pairs = zip(cast.patients, due, strict=True)
        return [_enrol(ward, number, who, at, zone) for number, (who, at) in enumerate(pairs)]

    return store.write(unit).result()


def _enrol(ward: Ward, number: int, telegram_id: int, due: datetime, zone: str) -> Enrolled:
    work, clinic = ward.work, all_clinics(ward.work.session)[0]
    code, today = f"K{number:05d}", local_date(ward.now, zone)
    patient, _ = add_invited(work, clinic, case_code=code, token=code, expires_at=ward.now, invited_by=None)
    course = add_course(work, patient, regimen="alcohol-50", version="1")
    for status in (Status.SCREENING, Status.PLANNED, Status.ACTIVE):
        set_status(work, course, status, "moved")
    set_patient(
        work, patient, "joined", telegram_id=telegram_id, time_zone=zone, step=None,
        reminder_at=time(local(ward.now, zone).hour),
    )  # fmt: skip
    ends = end_of(today, zone)
    silent_at = ward.now + timedelta(hours=48)
    set_course(work, course, "turned", start_on=plus_days(today, 1 - DAY), day=DAY, turns_at=ends, silent_at=silent_at)
    dose = add_dose(
        work, course, day=DAY, day_on=today, part=1, amount_mg=Decimal(50), asks=None, due_at=due, closes_at=ends
    )
    return Enrolled(telegram_id, code, dose.id)
