"""Everything is kept for its period and no longer."""

from datetime import timedelta

import pytest

from care.courses import Status
from storage.clinics import get_clinic
from storage.columns import Base
from storage.courses import add_course, set_course, set_status
from storage.forgetting import erase
from storage.inbox import add_updates, arrival, find_waiting, mark_done
from storage.notary import find_flaws, link_new
from storage.outbox import add_letter, claim_due, mark_sent
from storage.patients import add_invited, claim_invite, lock
from storage.retention import KEPT, count_overdue, due_patients, keep_periods
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_clinic, write


def test_every_table_has_a_period_and_a_reason() -> None:
    assert set(KEPT) == set(Base.metadata.tables)
    assert [name for name, kept in KEPT.items() if len(kept.why) < 10] == []


def live_a_day(work: Work, number: int) -> None:
    """Let an update come and be handled, a letter go, and on some days a patient come or a course end."""
    add_updates(work, [arrival({"update_id": number, "message": {"chat": {"id": 5}}})])
    for row in find_waiting(work.session, now=work.now, held=()):
        mark_done(work, row.id)
    add_letter(work, letter(number))
    for claimed in claim_due(work, resting=(), most=100):
        mark_sent(work, claimed.id, number)
    work.record("day-lived", number=number)
    if number % 10 == 0:
        clinic = get_clinic(work.session, 1)
        patient, invite = add_invited(
            work, clinic, case_code=f"P{number}", token=f"t{number}", expires_at=work.now, invited_by=None
        )
        course = add_course(work, patient, regimen="alcohol-50", version="1")
        if number % 20 == 0:
            claim_invite(work, invite, number + 1000)
            set_status(work, course, Status.SCREENING, "moved")
            set_status(work, course, Status.CLOSED, "moved")
            set_course(work, course, "ended", ended_on=work.now.date())


def keep(work: Work, *, is_kept: bool) -> None:
    if not is_kept:
        return
    keep_periods(work)
    for patient_id in due_patients(work.session, work.now):
        erase(work, lock(work.session, patient_id), keeps_minimum=False)


@pytest.mark.parametrize(("is_kept", "left"), [(True, set()), (False, {"inbox", "outbox", "patients"})])
def test_after_400_days_nothing_is_overdue(fresh_sqlite: str, clock: MovedClock, is_kept: bool, left: set[str]) -> None:
    store = Store(fresh_sqlite, clock)
    write(store, lambda work: new_clinic(work).id)
    for number in range(400):
        clock.now += timedelta(hours=24)
        write(store, lambda work, n=number: live_a_day(work, n))  # type: ignore[misc]
        write(store, lambda work: keep(work, is_kept=is_kept))
        if number % 50 == 0:
            write(store, link_new)
    overdue = done(store.read(lambda session: count_overdue(session, clock.now)))
    assert set(overdue) == left
    store.close()


def test_the_old_beginning_of_the_trail_goes_and_the_rest_still_holds(store: Store, clock: MovedClock) -> None:
    for number in range(30):
        clock.now += timedelta(hours=24 * 100)
        write(store, lambda work, n=number: work.record("day-lived", number=n))  # type: ignore[misc]
        write(store, link_new)
        write(store, keep_periods)
    assert done(store.read(lambda session: count_overdue(session, clock.now))) == {}
    assert done(store.read(lambda session: list(find_flaws(session)))) == []
