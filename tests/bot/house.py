"""A small clinic on a real database, for tests of the command line and the checks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from bot.clock import MovableClock
from care.courses import Status
from care.doses import AnsweredBy, DoseState, SkipReason
from care.triage import Fact, Level
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from content.loader import load_content
from storage.cases import add_alert, add_case
from storage.clinics import all_clinics
from storage.courses import add_course, set_course, set_status
from storage.doses import add_dose, answer
from storage.patients import add_consent, add_invited, add_note, find_by_code, set_patient, set_screening
from storage.reports import add_report
from storage.store import Store

T = TypeVar("T")
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CONTENT = load_content()
FOUNDING: dict[str, Any] = {
    "name": "Harbour Clinic",
    "time_zone": "Europe/London",
    "languages": ["en"],
    "emergency_number": "999",
    "crisis_line": "116 123",
    "admin_id": 4242,
    "admin_name": "Dr Grey",
}


def write(url: str, unit: Callable[[Ward], T]) -> T:
    """Run one unit of work on the database, at nine in the morning."""
    store = Store(url, MovableClock(NOW).now)
    try:
        return store.write(lambda work: unit(Ward(work, CONTENT))).result()
    finally:
        store.close()


def found(url: str, **changed: Any) -> None:
    """Found the clinic of these tests."""
    write(url, lambda ward: found_clinic(ward, **{**FOUNDING, **changed}) and None)


def enrol(url: str, code: str = "KT4RM", *, regimen: str = "alcohol-50", zone: str = "Europe/Paris") -> None:
    """Put a patient on day 3 of a course, with three days of answers, a report, a note and an open case."""
    write(url, lambda ward: _enrol(ward, code, regimen, zone))


def _enrol(ward: Ward, code: str, regimen: str, zone: str) -> None:
    work, clinic = ward.work, all_clinics(ward.work.session)[0]
    patient, _ = add_invited(
        work, clinic, case_code=code, token=f"token-{code}", expires_at=NOW + timedelta(hours=1), invited_by=None
    )
    course = add_course(work, patient, regimen=regimen, version="1")
    for status in (Status.SCREENING, Status.PLANNED, Status.ACTIVE):
        set_status(work, course, status, "moved")
    set_patient(work, patient, "joined", telegram_id=hash(code) % 10**9, time_zone=zone, reminder_at=time(8, 30))
    set_course(work, course, "turned", start_on=date(2026, 11, 28), day=3)
    add_consent(work, patient, version="2026-11", given=True)
    set_screening(work, course, "adult", "yes")
    states = [(DoseState.TAKEN, None), (DoseState.SKIPPED, SkipReason.FELT_BAD), (DoseState.UNKNOWN, None)]
    for day, (state, reason) in enumerate(states, 1):
        due_at = NOW - timedelta(hours=24 * (3 - day))
        dose = add_dose(
            work, course, day=day, day_on=date(2026, 11, 27 + day), part=1, amount_mg=Decimal("50.000"), asks=None,
            due_at=due_at, closes_at=due_at + timedelta(hours=20),
        )  # fmt: skip
        by = AnsweredBy.NOBODY if state is DoseState.UNKNOWN else AnsweredBy.PATIENT
        answer(work, dose, state, by=by, taken_at=due_at if state is DoseState.TAKEN else None, reason=reason)
    add_report(work, course, kind="symptom", subject="nausea", grade=3, dose_id=dose.id)
    add_note(work, course, about="symptom", text="secret words of mine")
    case = add_case(work, patient, Level.URGENT, next_step_at=NOW + timedelta(hours=2))
    rule = next(rule for rule in CONTENT.triage if rule.fact == "grade" and rule.level is Level.URGENT)
    add_alert(
        work, case, course, rule=rule, level=Level.URGENT, fact=Fact("grade", "nausea", 3), quote="secret words of mine"
    )
    assert find_by_code(work.session, code) is patient
