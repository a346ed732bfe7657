"""What is due is found, in order of time; and what is next is what will be found first."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.courses import FollowUpDate
from care.triage import Level
from storage.cases import add_case
from storage.courses import add_follow_ups, follow_ups_of, set_course
from storage.doses import set_dose
from storage.due import Due, Visit, find_due, look_ahead
from storage.inbox import Arrival, add_updates, find_waiting, mark_done, set_back
from storage.outbox import add_letter
from storage.sending import claim_due, mark_sent
from storage.store import Store
from storage.tables import Case, Course, Dose, FollowUp
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import DAY, done, letter, new_clinic, new_course, new_dose, write

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def due(store: Store, now: datetime, most: int = 200) -> list[Due]:
    return done(store.read(lambda session: find_due(session, now=now, most=most)))


def next_at(store: Store) -> datetime | None:
    return done(store.read(lambda session: look_ahead(session, now=START))).next_at


def scatter(work: Work, rng: random.Random, patients: int = 12) -> None:
    """Give patients every kind of due column, some of them empty, at minutes of two days."""

    def moment() -> datetime | None:
        return START + timedelta(minutes=rng.randrange(2880)) if rng.random() < 0.8 else None

    clinic = new_clinic(work)
    for n in range(patients):
        course = new_course(work, f"P{n}", clinic)
        set_course(work, course, "course-changed", turns_at=moment(), silent_at=moment())
        for part in (1, 2):
            set_dose(work, new_dose(work, course, part=part), "dose-changed", prompt_at=moment())
        add_case(work, course.patient, Level.URGENT, next_step_at=moment())
        add_follow_ups(work, course, [(FollowUpDate("day-1", DAY), START)])
        follow_ups_of(work.session, course.id)[0].due_at = moment()


def columns(store: Store) -> list[Due]:
    """Read every due column of every row, the slow and obvious way."""

    def read(session: Session) -> list[Due]:
        found = [Due(Visit.PROMPT, one.id, one.prompt_at) for one in session.scalars(select(Dose)) if one.prompt_at]
        found += [
            Due(Visit.CASE, one.id, one.next_step_at) for one in session.scalars(select(Case)) if one.next_step_at
        ]
        for one in session.scalars(select(Course)):
            found += [Due(Visit.TURN, one.id, one.turns_at)] if one.turns_at else []
            found += [Due(Visit.SILENCE, one.id, one.silent_at)] if one.silent_at else []
        found += [Due(Visit.FOLLOW_UP, one.id, one.due_at) for one in session.scalars(select(FollowUp)) if one.due_at]
        return found

    return done(store.read(read))


def test_what_is_found_is_what_is_due(store: Store, rng: random.Random) -> None:
    write(store, lambda work: scatter(work, rng))
    everything = columns(store)
    for _ in range(20):
        now = START + timedelta(minutes=rng.randrange(-10, 2900))
        found = due(store, now)
        assert set(found) == {one for one in everything if one.at <= now}
        assert [one.at for one in found] == sorted(one.at for one in found)


def test_the_next_is_the_first_that_will_be_found(store: Store, rng: random.Random) -> None:
    write(store, lambda work: scatter(work, rng))
    while (at := next_at(store)) is not None:
        assert due(store, at - timedelta(microseconds=1)) == []
        found = due(store, at)
        assert {one.at for one in found} == {at}
        write(store, lambda work, found=found: visit(work, found))  # type: ignore[misc]
    assert columns(store) == []


def visit(work: Work, found: list[Due]) -> None:
    """Clear the columns that were due, as a round does."""
    kinds = {
        Visit.PROMPT: (Dose, "prompt_at"),
        Visit.TURN: (Course, "turns_at"),
        Visit.SILENCE: (Course, "silent_at"),
        Visit.CASE: (Case, "next_step_at"),
        Visit.FOLLOW_UP: (FollowUp, "due_at"),
    }
    for one in found:
        kind, column = kinds[one.visit]
        setattr(work.session.get_one(kind, one.id), column, None)
    work.record("visited")


def test_of_much_that_is_due_the_oldest_of_each_kind_is_found(store: Store, rng: random.Random) -> None:
    write(store, lambda work: scatter(work, rng))
    now = START + timedelta(hours=48)
    everything = sorted(columns(store), key=lambda one: one.at)
    found = due(store, now, most=3)
    for kind in Visit:
        oldest = [one.at for one in everything if one.visit is kind][:3]
        assert [one.at for one in found if one.visit is kind] == oldest


def test_an_empty_database_has_nothing_due(store: Store) -> None:
    assert (due(store, START), next_at(store)) == ([], None)


def test_a_letter_is_due_until_it_is_claimed(store: Store, clock: MovedClock) -> None:
    at = clock.now + timedelta(hours=3)
    row_id = write(store, lambda work: add_letter(work, letter(send_at=at)))
    assert row_id is not None
    assert next_at(store) == at
    clock.now = at
    write(store, lambda work: claim_due(work, resting=(), most=9))
    assert next_at(store) is None
    write(store, lambda work: mark_sent(work, row_id, 1))
    assert next_at(store) is None


def test_an_update_is_due_again_when_its_wait_is_over(store: Store, clock: MovedClock) -> None:
    write(store, lambda work: add_updates(work, [Arrival(1, 1, "{}")]))
    assert next_at(store) is None  # what has just come is handled at once, not by a tick
    (row,) = done(store.read(lambda session: find_waiting(session, now=clock.now, held=())))
    write(store, lambda work: set_back(work, row.id, "ValueError"))
    assert next_at(store) == clock.now + timedelta(seconds=1)
    write(store, lambda work: mark_done(work, row.id))
    assert next_at(store) is None
