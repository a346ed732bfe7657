"""What was heard is due when it says so, and corrections are counted by clinic and time."""

from datetime import timedelta

from care.hearing import HeardKind, HeardState
from storage.clinics import add_staff
from storage.due import Visit, find_due
from storage.hearings import Item, add_correction, add_hearing, corrections_since, set_due
from storage.patients import add_note
from storage.store import Store
from storage.tables import Course, Hearing, Role
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import new_course, write

ITEMS = (
    Item(HeardKind.FLAG, "liver", HeardState.ACTED, is_certain=True),
    Item(HeardKind.SYMPTOM, "nausea", HeardState.ASKED, grade=2),
)


def hear(work: Work, course: Course, *, is_unread: bool = False) -> Hearing:
    note = add_note(work, course, about="free-text", text="words")
    return add_hearing(work, course, note, language="en", is_unread=is_unread, items=ITEMS)


def test_what_waits_for_an_answer_is_due_in_time(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> int:
        hearing = hear(work, new_course(work))
        set_due(work, hearing, work.now + timedelta(minutes=10))
        return hearing.id

    hearing_id = write(store, unit)
    before = write(store, lambda work: find_due(work.session, now=work.now))
    clock.now += timedelta(minutes=10)
    due = write(store, lambda work: find_due(work.session, now=work.now))
    assert [one for one in before if one.visit is Visit.HEARING] == []
    assert [(one.visit, one.id) for one in due if one.visit is Visit.HEARING] == [(Visit.HEARING, hearing_id)]


def test_corrections_are_counted_once_each_by_clinic_and_time(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> tuple[int, int]:
        course, other = new_course(work), new_course(work, "CD34")
        hearing = hear(work, course)
        hear(work, course, is_unread=True)
        hear(work, other)
        clinic = course.patient.clinic
        lee = add_staff(work, clinic, telegram_id=7, name="Lee", role=Role.CLINICIAN)
        work.session.flush()
        wrong = hearing.items[1]
        assert add_correction(work, hearing, lee, item=wrong, kind="wrong", subject="symptom:nausea") is not None
        assert add_correction(work, hearing, lee, item=wrong, kind="wrong", subject="symptom:nausea") is None
        assert add_correction(work, hearing, lee, item=None, kind="missed", subject="flag") is not None
        return clinic.id, other.patient.clinic_id

    mine, other = write(store, unit)
    start = clock.now
    found = write(store, lambda work: corrections_since(work.session, mine, start))
    assert (found.messages, found.unread) == (2, 1)
    assert (dict(found.wrong), dict(found.missed)) == ({"symptom:nausea": 1}, {"flag": 1})
    elsewhere = write(store, lambda work: corrections_since(work.session, other, start))
    assert (elsewhere.messages, dict(elsewhere.wrong)) == (1, {})
    later = write(store, lambda work: corrections_since(work.session, mine, start + timedelta(hours=1)))
    assert (later.messages, dict(later.missed)) == (0, {})
