"""On PostgreSQL, units about one patient or one case wait for each other, and no others do."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from care.courses import FollowUpDate
from care.escalation import CaseState
from care.triage import Level
from storage import cases, courses, hearings, patients
from storage.store import Store
from storage.tables import FollowUp, Hearing
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, new_clinic, new_course, new_patient, write


@pytest.fixture
def pooled(fresh_postgres: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_postgres, clock)
    yield opened
    opened.close()


def overlap(store: Store, hold: Any, follow: Any) -> list[str]:
    """Run `follow` while a unit that did `hold` is still open; return in which order they came through."""
    order: list[str] = []
    holds, may_end = threading.Event(), threading.Event()

    def first(work: Work) -> None:
        hold(work)
        holds.set()
        assert may_end.wait(20)
        order.append("first")

    def second(work: Work) -> None:
        follow(work)
        order.append("second")

    one = store.write(first)
    assert holds.wait(20)
    two = store.write(second)
    wait_until_blocked_or_done(store, two)
    may_end.set()
    done(one)
    done(two)
    return order


def wait_until_blocked_or_done(store: Store, future: Any) -> None:
    """Return once the unit has ended, or waits for a lock: asked of the server, not of a clock."""
    query = "select count(*) from pg_locks where not granted"
    for _ in range(20_000):
        waits = done(store.read(lambda session: session.connection().exec_driver_sql(query).scalar_one()))
        if waits or future.done():
            return
    raise AssertionError("neither")


def test_units_of_one_patient_follow_each_other(pooled: Store) -> None:
    def bind(work: Work) -> int:
        patient = new_patient(work)
        patients.set_patient(work, patient, "bound", telegram_id=7)
        return patient.id

    patient_id = write(pooled, bind)
    holds = (
        lambda work: patients.find_person(work.session, 7)[0],
        lambda work: patients.lock(work.session, patient_id),
    )
    for hold in holds:
        assert overlap(pooled, hold, lambda work: patients.lock(work.session, patient_id)) == ["first", "second"]


def test_units_of_two_patients_wait_for_nobody(pooled: Store) -> None:
    def two(work: Work) -> tuple[int, int]:
        clinic = new_clinic(work)
        return new_patient(work, "A", clinic).id, new_patient(work, "B", clinic).id

    one, other = write(pooled, two)
    order = overlap(
        pooled, lambda work: patients.lock(work.session, one), lambda work: patients.lock(work.session, other)
    )
    assert order == ["second", "first"]


def test_two_clinicians_who_press_at_once_see_each_other(pooled: Store) -> None:
    case_id = write(pooled, lambda w: cases.add_case(w, new_patient(w), Level.URGENT, next_step_at=None).id)
    won: list[str] = []

    def press(name: str) -> Any:
        def unit(work: Work) -> None:
            page = cases.open_cases(work.session)  # read before it is held, and still in hand
            assert [one.id for one in page] == [case_id]
            case = cases.find_case(work.session, case_id)
            assert case is page[0]
            if case.state is CaseState.OPEN:
                won.append(name)
                cases.set_case(work, case, "acknowledged", state=CaseState.ACKNOWLEDGED)
                work.session.flush()

        return unit

    assert overlap(pooled, press("first"), press("second")) == ["first", "second"]
    assert won == ["first"]


def test_what_is_held_is_read_anew(pooled: Store) -> None:
    patient_id = write(pooled, lambda work: new_patient(work).id)
    seen: list[str] = []

    def change(work: Work) -> None:
        patients.set_patient(work, patients.lock(work.session, patient_id), "changed", language="ru")
        work.session.flush()

    def look(work: Work) -> None:
        found = patients.find_by_code(work.session, "AB12")
        assert patients.lock(work.session, patient_id) is found
        seen.append(found.language)

    assert overlap(pooled, change, look) == ["first", "second"]
    assert seen == ["ru"]


def test_a_course_is_read_once_its_patient_is_held(pooled: Store) -> None:
    course_id, patient_id = write(pooled, lambda work: ((course := new_course(work)).id, course.patient_id))
    seen: list[int] = []

    def change(work: Work) -> None:
        patients.lock(work.session, patient_id)
        courses.set_course(work, courses.get_course(work.session, course_id), "changed", day=4)

    def look(work: Work) -> None:
        known = courses.get_course(work.session, course_id)
        course = courses.hold_course(work.session, course_id)
        assert course is known
        assert course.patient.id == patient_id
        seen.append(course.day)

    assert overlap(pooled, change, look) == ["first", "second"]
    assert seen == [4]


def heard(work: Work) -> tuple[int, int]:
    """Return a hearing that waits for its patient, and the patient."""
    course = new_course(work)
    note = patients.add_note(work, course, about="message", text="my eyes are yellow")
    hearing = hearings.add_hearing(work, course, note, language="en", is_unread=False, items=())
    hearings.set_due(work, hearing, work.now)
    return hearing.id, course.patient_id


def contact(work: Work) -> tuple[int, int]:
    """Return a contact after a course that is due, and its patient."""
    course = new_course(work)
    courses.add_follow_ups(work, course, [(FollowUpDate("one-week", work.now.date()), work.now)])
    work.session.flush()
    return courses.follow_ups_of(work.session, course.id)[0].id, course.patient_id


def settle(work: Work, hearing_id: int) -> None:
    hearings.set_due(work, work.session.get_one(Hearing, hearing_id), None)


def answer(work: Work, follow_up_id: int) -> None:
    courses.set_follow_up(work, work.session.get_one(FollowUp, follow_up_id), "answered", due_at=None)


@pytest.mark.parametrize(
    ("make", "end", "hold"),
    [
        pytest.param(heard, settle, hearings.hold_hearing, id="hearing"),
        pytest.param(contact, answer, courses.hold_follow_up, id="follow-up"),
    ],
)
def test_what_a_patient_settles_just_then_is_not_judged_as_unanswered(
    pooled: Store, make: Any, end: Any, hold: Any
) -> None:
    row_id, patient_id = write(pooled, make)
    seen: list[Any] = []

    def press(work: Work) -> None:
        patients.lock(work.session, patient_id)
        end(work, row_id)
        work.session.flush()

    assert overlap(pooled, press, lambda work: seen.append(hold(work.session, row_id).due_at)) == ["first", "second"]
    assert seen == [None]
