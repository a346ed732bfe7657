"""A clinic with patients on day 10, put straight into a database."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from care.courses import Status
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from content.loader import load_content
from storage.clinics import all_clinics
from storage.courses import add_course, set_course, set_status
from storage.masters import fixed, read_masters
from storage.migrate import upgrade
from storage.patients import add_invited, set_patient
from storage.store import Store
from storage.work import Work

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADMIN = 4_999_999


def found(home: Path, patients: list[int], url: str = "", *, now: datetime = NOW) -> str:
    """Make a clinic with these patients (Telegram ids) on day 10 of a course; return the database's address.

    Without a `url`, the database is an SQLite file in `home`. `now` is when they are on that day: with a clock that is
    ahead of it, the first round has to make up for all the days between.
    """
    url = url or f"sqlite:///{home.as_posix()}/steady.db"
    upgrade(url)
    store, content = Store(url, lambda: now, fixed(*read_masters(os.environ["STEADY_MASTER_KEY"]))), load_content()

    def unit(work: Work) -> None:
        ward = Ward(work, content)
        found_clinic(
            ward, name="Bench", time_zone="UTC", languages=["en"], emergency_number="112", crisis_line="116 123",
            admin_id=ADMIN, admin_name="Nora", clinicians_chat=None,
        )  # fmt: skip
        for telegram_id in patients:
            _enrol(ward, telegram_id, now)

    store.write(unit).result()
    store.close()
    return url


def _enrol(ward: Ward, telegram_id: int, now: datetime) -> None:
    work, clinic = ward.work, all_clinics(ward.work.session)[0]
    patient, _ = add_invited(
        work, clinic, case_code=f"B{telegram_id}", token=f"t{telegram_id}", expires_at=now, invited_by=None
    )
    course = add_course(work, patient, regimen="alcohol-50", version="1")
    for status in (Status.SCREENING, Status.PLANNED, Status.ACTIVE):
        set_status(work, course, status, "moved")
    set_patient(work, patient, "joined", telegram_id=telegram_id, time_zone="UTC", reminder_at=time(8), step=None)
    start_on = now.date() - timedelta(days=9)
    turns_at = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    set_course(work, course, "turned", start_on=start_on, day=10, turns_at=turns_at)
