"""What is read and written past the session and what it holds agree, whichever came first."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, func, inspect, select

from care.triage import Level
from storage.cases import add_case
from storage.columns import Base
from storage.copies import copies_of
from storage.courses import get_course
from storage.duty import Copy
from storage.prepared import Prepared
from storage.rows import RowGone, add_row, read_rows, read_value, write_row
from storage.store import Store
from storage.tables import Alert, Case, Course
from storage.work import UnnamedWrite, Work
from tests.storage.ward import done, new_course, new_patient, write

COURSES = Base.metadata.tables[Course.__tablename__]
DAYS = Prepared(select(COURSES.c.day, COURSES.c.steps_taken).where(COURSES.c.id == bindparam("course_id")))

ALERTS = Base.metadata.tables[Alert.__tablename__]
ALERT = Prepared(select(ALERTS.c.day).where(ALERTS.c.id == bindparam("alert_id")))


def in_row(work: Work, course: Course) -> tuple[int, int]:
    """Return what stands in the row of a course: its day, and its steps."""
    (row,) = read_rows(work.session, DAYS, {"course_id": course.id})
    return tuple(row)


def test_what_the_session_has_changed_is_read(store: Store) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)
        course.day = 3
        assert in_row(work, course) == (3, 0)
        assert read_value(work.session, DAYS, {"course_id": course.id}) == 3
        assert read_value(work.session, DAYS, {"course_id": course.id + 1}) is None

    write(store, unit)


def test_what_is_written_stands_in_the_row_and_in_the_record(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def unit(work: Work) -> None:
        course = get_course(work.session, course_id)
        course.steps_taken = 2  # waits in the session, and stays beside what is written past it
        write_row(work, course, day=5, silent_at=work.now + timedelta(days=1))
        assert (course.day, course.steps_taken) == (5, 2)
        assert in_row(work, course) == (5, 2)
        work.record("tested")

    write(store, unit)
    kept = done(store.read(lambda session: get_course(session, course_id)))
    assert (kept.day, kept.steps_taken) == (5, 2)


def test_the_newest_of_two_values_is_kept_whichever_way_it_came(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def unit(work: Work) -> None:
        course = get_course(work.session, course_id)
        course.day = 1
        write_row(work, course, day=2)
        course.steps_taken = 1
        write_row(work, course, steps_taken=2)
        course.steps_taken = 3
        work.record("tested")

    write(store, unit)
    kept = done(store.read(lambda session: get_course(session, course_id)))
    assert (kept.day, kept.steps_taken) == (2, 3)


def test_a_write_without_an_event_is_refused(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)
    with pytest.raises(UnnamedWrite, match="Course"):
        write(store, lambda work: write_row(work, get_course(work.session, course_id), day=5))
    assert done(store.read(lambda session: get_course(session, course_id))).day == 0


def new_alert(work: Work, case: Case, quote: str | None) -> Alert:
    return Alert(
        case_id=case.id, course_id=new_course(work, "CD34", case.patient.clinic).id, rule="r", level=Level.URGENT,
        reason="r", fact="f", value=0, quote=quote, day=1, raised_at=work.now,
    )  # fmt: skip


def test_a_new_record_has_its_row_at_once(store: Store) -> None:
    def unit(work: Work) -> int:
        alert = new_alert(work, add_case(work, new_patient(work), Level.URGENT, next_step_at=None), quote=None)
        add_row(work, alert)
        assert alert in work.session
        assert (alert.quote, alert.subject) == (None, None)
        assert read_value(work.session, ALERT, {"alert_id": alert.id}) == 1
        alert.day = 2  # as of any record, the session sees what changes from here on
        return alert.id

    alert_id = write(store, unit)
    kept = done(store.read(lambda session: session.get_one(Alert, alert_id)))
    assert (kept.day, kept.fact) == (2, "f")


def test_what_is_sealed_in_a_new_record_opens_again(store: Store) -> None:
    def unit(work: Work) -> int:
        alert = new_alert(work, add_case(work, new_patient(work), Level.URGENT, next_step_at=None), "my own words")
        add_row(work, alert)
        return alert.id

    alert_id = write(store, unit)
    assert done(store.read(lambda session: session.get_one(Alert, alert_id))).quote == "my own words"


def test_of_a_new_record_nothing_is_asked_that_is_known(store: Store) -> None:
    def unit(work: Work) -> None:
        case = add_case(work, new_patient(work), Level.URGENT, next_step_at=None)
        assert inspect(case).unloaded == {"patient", "owner"}

    write(store, unit)


def test_a_new_record_without_an_event_is_refused(store: Store) -> None:
    case_id = write(store, lambda work: add_case(work, new_patient(work), Level.URGENT, next_step_at=None).id)
    copies = Prepared(select(func.count()).select_from(Copy.__table__))
    with pytest.raises(UnnamedWrite, match="Copy"):
        write(store, lambda work: add_row(work, Copy(case_id=case_id, chat_id=7, placed_at=work.now)))
    assert done(store.read(lambda session: read_value(session, copies, {}))) == 0


def test_an_attempt_takes_back_what_it_added(store: Store) -> None:
    def unit(work: Work) -> None:
        case = add_case(work, new_patient(work), Level.URGENT, next_step_at=None)
        copy = Copy(case_id=case.id, chat_id=7, placed_at=work.now)
        with pytest.raises(RuntimeError, match="changed my mind"):
            add_and_regret(work, copy)
        assert copy not in work.session
        assert copies_of(work.session, case.id) == []

    write(store, unit)


def add_and_regret(work: Work, copy: Copy) -> None:
    with work.attempt():
        add_row(work, copy)
        raise RuntimeError("changed my mind")


def change_and_regret(work: Work, course: Course) -> None:
    with work.attempt():
        write_row(work, course, day=5)
        raise RuntimeError("changed my mind")


def test_an_attempt_takes_back_what_it_wrote_in_the_record_too(store: Store) -> None:
    course_id = write(store, lambda work: new_course(work).id)

    def unit(work: Work) -> None:
        course = get_course(work.session, course_id)
        with pytest.raises(RuntimeError, match="changed my mind"):
            change_and_regret(work, course)
        assert course.day == 0
        assert in_row(work, course) == (0, 0)

    write(store, unit)


def test_a_record_without_a_row_is_not_written_in_silence(store: Store) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)
        work.session.connection().execute(COURSES.delete().where(COURSES.c.id == course.id))
        write_row(work, course, day=5)

    with pytest.raises(RowGone):
        write(store, unit)
