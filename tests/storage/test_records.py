"""A record that was read as a row is the session's own, and what it would be had the session loaded it."""

import pytest
from sqlalchemy import bindparam, func, inspect, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.doses import get_dose
from storage.patients import find_person, lock, set_patient
from storage.records import Records
from storage.store import Store
from storage.tables import Course, Dose, Patient
from storage.work import Work
from tests.storage.ward import done, new_course, new_dose, new_patient, write

COURSES = Base.metadata.tables[Course.__tablename__]
THIS = COURSES.c.id == bindparam("course_id")
KEPT = Records(Course, lambda query: query.where(THIS))
FRESH = Records(Course, lambda query: query.where(THIS), is_fresh=True)
WITH_OTHERS = Records(
    Course, lambda query: query.where(THIS), brings=("patient", "clinic"), others=[func.count().over()]
)


def columns_of(record: Base) -> dict[str, object]:
    return {column.key: getattr(record, column.key) for column in inspect(type(record)).column_attrs}


def test_it_holds_what_the_session_would_have_loaded(store: Store) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)
    read = done(store.read(lambda session: _told(get_dose(session, dose_id))))
    loaded = done(store.read(lambda session: _told(session.get_one(Dose, dose_id))))
    assert read == loaded


def _told(dose: Dose) -> list[dict[str, object]]:
    """Return all that a dose says, and what it brings along."""
    return [columns_of(one) for one in (dose, dose.course, dose.course.patient, dose.course.patient.clinic)]


def test_what_it_brings_needs_no_further_question(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def query(session: Session) -> None:
        course, (number,) = _found(WITH_OTHERS.first_with_others(session, {"course_id": course_id}))
        assert number == 1
        assert "patient" not in inspect(course).unloaded
        assert "clinic" not in inspect(course.patient).unloaded
        assert course.patient is session.get_one(Patient, course.patient_id)

    done(store.read(query))


def _found(found: tuple[Course, tuple[object, ...]] | None) -> tuple[Course, tuple[object, ...]]:
    assert found is not None
    return found


def test_it_is_the_one_record_of_its_row_and_its_changes_are_written(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def unit(work: Work) -> None:
        course = KEPT.one(work.session, {"course_id": course_id})
        assert course is KEPT.one(work.session, {"course_id": course_id}) is work.session.get(Course, course_id)
        assert not work.session.dirty
        course.day = 4
        work.record("tested")

    write(store, unit)
    assert done(store.read(lambda session: KEPT.one(session, {"course_id": course_id}).day)) == 4


def test_what_was_changed_and_not_yet_written_is_not_lost_by_reading_anew(store: Store) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)
        course.day = 4
        assert FRESH.one(work.session, {"course_id": course.id}).day == 4

    write(store, unit)


@pytest.mark.parametrize(("question", "day"), [(KEPT, 0), (FRESH, 9)])
def test_only_a_fresh_one_is_read_over_what_the_session_had(store: Store, question: Records[Course], day: int) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)
        work.connection.execute(update(COURSES).where(COURSES.c.id == course.id).values(day=9))
        assert question.one(work.session, {"course_id": course.id}) is course
        assert course.day == day

    write(store, unit)


def test_what_is_sealed_is_open_and_stays_so_when_read_anew(store: Store) -> None:
    def join(work: Work) -> int:
        patient = new_patient(work)
        set_patient(work, patient, "joined", telegram_id=77)
        return patient.id

    def unit(work: Work) -> None:
        patient, _ = find_person(work.session, 77)
        assert patient is not None
        assert patient.telegram_id == 77
        set_patient(work, patient, "moved", telegram_id=78)
        assert lock(work.session, patient.id).telegram_id == 78

    patient_id = write(store, join)
    write(store, unit)
    assert write(store, lambda work: lock(work.session, patient_id).telegram_id) == 78


def test_what_an_attempt_took_back_is_read_again(store: Store) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)

        def fail() -> None:
            with work.attempt():
                KEPT.one(work.session, {"course_id": course.id}).day = 5
                work.session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert KEPT.one(work.session, {"course_id": course.id}).day == 0

    write(store, unit)


def test_without_a_row_there_is_no_record(store: Store) -> None:
    def query(session: Session) -> None:
        nobody = {"course_id": 4711}
        assert KEPT.first(session, nobody) is None
        assert KEPT.all(session, nobody) == []
        assert WITH_OTHERS.first_with_others(session, nobody) is None
        with pytest.raises(NoResultFound):
            KEPT.one(session, nobody)

    done(store.read(query))


def test_rows_come_in_the_order_of_the_question(store: Store) -> None:
    newest_first = Records(Course, lambda query: query.order_by(COURSES.c.id.desc()))
    made = [write(store, lambda work, code=code: new_course(work, code).id) for code in ("AB12", "CD34")]  # type: ignore[misc]
    assert done(store.read(lambda session: [one.id for one in newest_first.all(session, {})])) == made[::-1]
    assert done(store.read(lambda session: session.scalar(select(func.count()).select_from(COURSES)))) == 2
