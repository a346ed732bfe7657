"""A clinic with patients, courses and doses, made with as few words as a test of storage needs."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from storage.clinics import add_clinic
from storage.courses import add_course
from storage.doses import add_dose
from storage.outbox import Letter
from storage.patients import add_invited
from storage.queues import Lane
from storage.store import Store
from storage.tables import Clinic, Course, Dose, Invite, Patient
from storage.work import Work

T = TypeVar("T")
DAY = date(2026, 11, 2)


def done(future: "Future[T]") -> T:
    """Return what a unit returned, or raise what it raised; a unit that never ends fails the test."""
    return future.result(timeout=20)


def write(store: Store, unit: Callable[[Work], T]) -> T:
    return done(store.write(unit))


def new_clinic(work: Work) -> Clinic:
    return add_clinic(
        work,
        Clinic(
            name="Riverside",
            time_zone="Europe/London",
            languages=["en"],
            emergency_number="999",
            crisis_line="116 123",
            shows_quotes=True,
            created_at=work.now,
        ),
    )


def new_invite(work: Work, code: str = "AB12", token: str = "token", clinic: Clinic | None = None) -> Invite:
    clinic = clinic or new_clinic(work)
    expires_at = work.now + timedelta(days=7)
    return add_invited(work, clinic, case_code=code, token=token, expires_at=expires_at, invited_by=None)[1]


def new_patient(work: Work, code: str = "AB12", clinic: Clinic | None = None) -> Patient:
    return work.session.get_one(Patient, new_invite(work, code, f"token-{code}", clinic).patient_id)


def new_course(work: Work, code: str = "AB12", clinic: Clinic | None = None) -> Course:
    return add_course(work, new_patient(work, code, clinic), regimen="alcohol-50", version="1")


def new_dose(work: Work, course: Course, **values: Any) -> Dose:
    given: dict[str, Any] = {
        "day": 1,
        "day_on": DAY,
        "part": 1,
        "amount_mg": Decimal(50),
        "asks": None,
        "due_at": work.now,
        "closes_at": work.now + timedelta(hours=12),
    }
    return add_dose(work, course, **{**given, **values})


def letter(chat: int = 1, lane: Lane = Lane.REPLY, *, send_at: datetime | None = None, **values: Any) -> Letter:
    return Letter(chat_id=chat, body={"text": "hello"}, lane=lane, send_at=send_at, **values)
