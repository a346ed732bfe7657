"""Every answer in the ledger keeps what was there before."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from care.doses import AnsweredBy, DoseState, SkipReason
from storage import doses
from storage.store import Store
from storage.tables import Dose
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import DAY, done, new_course, new_dose, write


def answered(work: Work, dose_id: int, state: DoseState, **how: Any) -> None:
    dose = doses.find_dose(work.session, dose_id)
    assert dose is not None
    doses.answer(work, dose, state, **{"by": AnsweredBy.PATIENT, **how})


def test_a_correction_keeps_what_was_there_before(store: Store, clock: MovedClock) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)
    steps: list[tuple[DoseState, dict[str, Any]]] = [
        (DoseState.UNKNOWN, {"by": AnsweredBy.NOBODY}),
        (DoseState.SKIPPED, {"reason": SkipReason.FORGOT}),
        (DoseState.TAKEN, {"taken_at": clock.now}),
        (DoseState.TAKEN, {"by": AnsweredBy.STAFF, "taken_at": clock.now}),
    ]
    for state, how in steps:
        clock.forward(hours=1)
        write(store, lambda work, state=state, how=how: answered(work, dose_id, state, **how))  # type: ignore[misc]
    history = done(store.read(lambda session: doses.changes_of(session, dose_id)))
    assert [(one.before, one.after, one.by, one.reason) for one in history] == [
        (DoseState.OPEN, DoseState.UNKNOWN, AnsweredBy.NOBODY, None),
        (DoseState.UNKNOWN, DoseState.SKIPPED, AnsweredBy.PATIENT, SkipReason.FORGOT),
        (DoseState.SKIPPED, DoseState.TAKEN, AnsweredBy.PATIENT, None),
        (DoseState.TAKEN, DoseState.TAKEN, AnsweredBy.STAFF, None),
    ]
    dose = done(store.read(lambda session: doses.find_dose(session, dose_id)))
    assert dose is not None
    assert (dose.state, dose.answered_by, dose.answered_at, dose.reason, dose.prompt_at) == (
        DoseState.TAKEN,
        AnsweredBy.STAFF,
        clock.now,
        None,
        None,
    )


def test_an_answer_taken_back_is_history_too(store: Store, clock: MovedClock) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)
    later = clock.now + timedelta(hours=1)

    def unit(work: Work) -> None:
        answered(work, dose_id, DoseState.TAKEN, taken_at=work.now)
        doses.reopen(work, work.session.get_one(Dose, dose_id), prompt_at=later)

    write(store, unit)
    dose = done(store.read(lambda session: session.get_one(Dose, dose_id)))
    assert (dose.state, dose.taken_at, dose.prompt_at) == (DoseState.OPEN, None, later)
    history = done(store.read(lambda session: doses.changes_of(session, dose_id)))
    assert [one.after for one in history] == [DoseState.TAKEN, DoseState.OPEN]


def test_nobodys_answer_has_no_hour(store: Store) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)
    write(store, lambda work: answered(work, dose_id, DoseState.UNKNOWN, by=AnsweredBy.NOBODY))
    assert done(store.read(lambda session: session.get_one(Dose, dose_id))).answered_at is None


def test_one_part_of_one_day_is_one_dose(store: Store) -> None:
    def unit(work: Work) -> None:
        course = new_course(work)
        new_dose(work, course)
        new_dose(work, course)

    with pytest.raises(IntegrityError):
        write(store, unit)


def test_the_ledger_comes_by_day_and_part(store: Store) -> None:
    def unit(work: Work) -> int:
        course = new_course(work)
        for day, part in ((2, 1), (1, 2), (1, 1)):
            on = date(2026, 11, 1 + day)
            new_dose(work, course, day=day, day_on=on, part=part, state=DoseState.HELD if part == 2 else DoseState.OPEN)
        return course.id

    course_id = write(store, unit)
    read = store.read
    assert [(one.day, one.part) for one in done(read(lambda s: doses.doses_of(s, course_id)))] == [
        (1, 1),
        (1, 2),
        (2, 1),
    ]
    assert [(one.day, one.part) for one in done(read(lambda s: doses.open_doses(s, course_id)))] == [(1, 1), (2, 1)]
    assert [one.part for one in done(read(lambda s: doses.doses_on(s, course_id, DAY)))] == [1, 2]
    assert sorted(done(read(lambda s: doses.states_of(s, course_id)))) == [
        (1, DoseState.HELD),
        (1, DoseState.OPEN),
        (2, DoseState.OPEN),
    ]


def test_a_dose_that_is_held_is_asked_about_never(store: Store) -> None:
    assert write(store, lambda w: new_dose(w, new_course(w), state=DoseState.HELD).prompt_at) is None
