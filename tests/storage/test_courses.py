"""Courses move as the rules allow; staff come and go; what was felt comes back in order."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from care.courses import FollowUpDate, Status
from care.refusals import Refusal
from care.reports import Said
from storage import clinics, courses, reports
from storage.store import Store
from storage.tables import Role
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, new_clinic, new_course, write


def test_who_comes_back_gets_their_row_again(store: Store) -> None:
    def unit(work: Work) -> tuple[int, int]:
        clinic = new_clinic(work)
        first = clinics.add_staff(work, clinic, telegram_id=5, name="Kim", role=Role.CLINICIAN)
        clinics.remove_staff(work, first)
        assert clinics.find_staff(work.session, 5) == []
        again = clinics.add_staff(work, clinic, telegram_id=5, name="Kim B", role=Role.ADMIN)
        return first.id, again.id

    first, again = write(store, unit)
    assert first == again
    (post,) = done(store.read(lambda session: clinics.find_staff(session, 5)))
    assert (post.name, post.role, post.clinic.name) == ("Kim B", Role.ADMIN, "Riverside")


def test_a_clinic_is_found_by_its_chat(store: Store, clock: MovedClock) -> None:
    write(store, lambda work: clinics.set_clinicians_chat(work, new_clinic(work), -100))
    found = done(store.read(lambda session: clinics.find_clinic_of_chat(session, -100)))
    assert found is not None
    assert found.chat_bound_at == clock.now
    assert done(store.read(lambda session: clinics.find_clinic_of_chat(session, -1))) is None


def test_a_course_moves_only_as_the_rules_allow(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def move(work: Work) -> None:
        courses.set_status(work, courses.get_course(work.session, course_id), Status.ACTIVE, "started")

    with pytest.raises(Refusal):
        write(store, move)
    assert done(store.read(lambda session: courses.get_course(session, course_id))).status is Status.INVITED
    with pytest.raises(NoResultFound):
        done(store.read(lambda session: courses.get_course(session, 999)))


def test_hearing_from_a_patient_starts_the_silence_anew(store: Store, clock: MovedClock) -> None:
    until = clock.now + timedelta(hours=48)

    def unit(work: Work) -> int:
        course = new_course(work)
        courses.heard(work, course, silent_at=until)
        return course.id

    course_id = write(store, unit)
    found = done(store.read(lambda session: courses.get_course(session, course_id)))
    assert (found.last_heard_at, found.silent_at) == (clock.now, until)


def test_contacts_after_a_course_come_in_order_of_date(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> int:
        course = new_course(work)
        plan = [("month-1", date(2026, 12, 2)), ("day-1", date(2026, 11, 3)), ("day-3", date(2026, 11, 5))]
        courses.add_follow_ups(work, course, [(FollowUpDate(label, on), work.now) for label, on in plan])
        return course.id

    course_id = write(store, unit)
    found = done(store.read(lambda session: courses.follow_ups_of(session, course_id)))
    assert [one.label for one in found] == ["day-1", "day-3", "month-1"]


def test_graded_symptoms_come_back_in_order(store: Store, clock: MovedClock) -> None:
    start = clock.now

    def add(kind: str, subject: str, grade: int | None) -> None:
        def unit(work: Work) -> None:
            course = courses.get_course(work.session, course_id)
            reports.add_report(work, course, kind=kind, subject=subject, grade=grade, dose_id=None)

        write(store, unit)
        clock.forward(hours=1)

    course_id = write(store, lambda work: new_course(work).id)
    for kind, subject, grade in (
        ("symptom", "nausea", 2),
        ("flag", "breathing", None),
        ("symptom", "nausea", 0),
        ("fine", "fine", None),
    ):
        add(kind, subject, grade)
    said = done(store.read(lambda session: reports.said_since(session, course_id)))
    assert said == [Said("nausea", 2, start), Said("nausea", 0, start + timedelta(hours=2))]
    later = done(store.read(lambda s: reports.said_since(s, course_id, start + timedelta(hours=2))))
    assert later == said[1:]
    assert len(done(store.read(lambda session: reports.reports_of(session, course_id)))) == 4
