"""Cases come gravest first, close for good, and keep what triage named."""

from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from care.escalation import CaseState, Outcome
from care.triage import Fact, Level, Rule
from storage import cases, clinics
from storage.queues import Event
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, new_clinic, new_course, new_patient, write

RULE = Rule("nausea-severe", "grade", Level.URGENT, "reason-grade", None, "leaflet")


def test_open_cases_come_gravest_first_then_oldest(store: Store, clock: MovedClock) -> None:
    opened = []
    clinic_id = write(store, lambda work: new_clinic(work).id)

    def unit(work: Work, code: str, level: Level) -> int:
        patient = new_patient(work, code, clinics.get_clinic(work.session, clinic_id))
        return cases.add_case(work, patient, level, next_step_at=None).id

    for code, level in (("A", Level.ROUTINE), ("B", Level.URGENT), ("C", Level.EMERGENCY), ("D", Level.URGENT)):
        opened.append(write(store, lambda w, c=code, lv=level: unit(w, c, lv)))  # type: ignore[misc]
        clock.forward(minutes=1)
    a, b, c, d = opened
    assert [one.id for one in done(store.read(cases.open_cases))] == [c, b, d, a]
    assert done(store.read(lambda session: cases.open_cases(session, clinic_id + 1))) == []


@pytest.mark.postgres
def test_cases_opened_side_by_side_do_not_wait_for_one_another_in_a_ring(
    fresh_postgres: str, clock: MovedClock
) -> None:
    """A row that names a clinic holds the clinic's key; whoever then wants the clinic itself must not wait for that."""
    store, both_opened = Store(fresh_postgres, clock), Barrier(2)
    clinic_id = write(store, lambda work: new_clinic(work).id)

    def unit(work: Work, code: str) -> int:
        patient = new_patient(work, code, clinics.get_clinic(work.session, clinic_id))
        cases.add_case(work, patient, Level.URGENT, next_step_at=None)
        both_opened.wait(10)
        return clinics.lock_clinic(work.session, clinic_id).id

    futures = [store.write(lambda work, code=code: unit(work, code)) for code in ("A", "B")]
    assert [done(one) for one in futures] == [clinic_id, clinic_id]
    store.close()


def test_a_closed_case_is_not_the_patients_open_one(store: Store) -> None:
    def unit(work: Work) -> tuple[int, int]:
        patient = new_patient(work)
        first = cases.add_case(work, patient, Level.URGENT, next_step_at=None)
        cases.set_case(
            work, first, "case-closed", state=CaseState.CLOSED, outcome=Outcome.ADVICE_GIVEN, closed_at=work.now
        )
        assert cases.find_open_case(work.session, patient.id) is None
        second = cases.add_case(work, patient, Level.ROUTINE, next_step_at=None)
        found = cases.find_open_case(work.session, patient.id)
        assert found is not None
        assert found.id == second.id
        return patient.id, first.id

    patient_id, first_id = write(store, unit)
    history = done(store.read(lambda session: cases.cases_of(session, patient_id)))
    assert [one.state for one in history] == [CaseState.CLOSED, CaseState.OPEN]
    assert history[0].outcome is Outcome.ADVICE_GIVEN
    assert done(store.read(lambda session: cases.find_case(session, first_id + 99))) is None


def test_an_alert_keeps_what_triage_named(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> tuple[int, int]:
        course = new_course(work)
        case = cases.add_case(work, course.patient, Level.URGENT, next_step_at=None)
        fact = Fact("grade", "nausea", 3)
        cases.add_alert(work, case, course, rule=RULE, level=RULE.level, fact=fact, quote="awful")
        return course.id, case.id

    course_id, case_id = write(store, unit)
    (alert,) = done(store.read(lambda session: cases.alerts_of(session, case_id)))
    assert (alert.rule, alert.level, alert.fact, alert.subject, alert.value, alert.quote) == (
        "nausea-severe",
        Level.URGENT,
        "grade",
        "nausea",
        3,
        "awful",
    )
    facts = done(store.read(lambda session: session.scalars(select(Event.facts)).all()))
    assert "awful" not in repr(facts)

    def spoke(since: datetime, rule: str = RULE.id) -> bool:
        return done(store.read(lambda s: cases.has_alert(s, course_id, rule=rule, since=since)))

    assert spoke(clock.now)
    assert not spoke(clock.now + timedelta(seconds=1))
    assert not spoke(clock.now, "another")
