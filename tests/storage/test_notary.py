"""The trail of events: whatever is done to it afterwards is found."""

import random

import pytest
from sqlalchemy import text

from storage.forgetting import erase
from storage.marks import set_mark
from storage.notary import START, find_flaws, find_head, link_new
from storage.patients import lock
from storage.store import Store
from storage.work import Work
from tests.storage.ward import done, new_course, write

CHANGES: dict[str, str] = {
    "its name": "update events set name = 'other' where id = :id",
    "who did it": "update events set actor = 'staff:99' where id = :id",
    "when": "update events set at = (select at from events where id = :other) where id = :id",
    "about whom": "update events set patient_id = 99 where id = :id",
    "which clinic": "update events set clinic_id = 99 where id = :id",
    "its facts": "update events set facts = '{{\"number\": -1}}' where id = :id",
    "its salt": "update events set salt = (select salt from events where id = :other) where id = :id",
    "its signature": "update events set mac = (select mac from events where id = :other) where id = :id",
    "facts taken out as if erased": "update events set redacted = mac, salt = null, facts = '{{}}' where id = :id",
    "removed": "delete from events where id = :id",
    "removed with its link": "delete from event_links where event_id = :id",
    "linked to another": (
        "update event_links set link = (select link from event_links where event_id = :other) where event_id = :id"
    ),
}


def fill(store: Store, clock: object, count: int = 40) -> None:
    for number in range(count):
        clock.forward(minutes=1)  # type: ignore[attr-defined]
        write(store, lambda work, n=number: work.record("thing-done", patient_id=3, clinic_id=1, number=n))  # type: ignore[misc]
    while write(store, link_new):
        pass


def flaws(store: Store) -> list[str]:
    return done(store.read(lambda session: [flaw.what for flaw in find_flaws(session)]))


def change(store: Store, statement: str, **values: int) -> None:
    changed = text(statement.replace("{{", "{").replace("}}", "}")).bindparams(**values)
    write(store, lambda work: work.session.execute(changed) and None)


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_a_change_is_found(store: Store, clock: object, rng: random.Random, statement: str) -> None:
    fill(store, clock)
    assert flaws(store) == []
    first, second = rng.sample(range(2, 40), 2)
    values = {"id": first, **({"other": second} if ":other" in statement else {})}
    change(store, statement.replace('"number": -1', '"number"\\: -1'), **values)
    assert flaws(store) != []


def test_any_one_of_a_thousand_rows_changed_is_found(fresh_sqlite: str, clock: object) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    write(store, lambda work: [work.record("thing-done", number=n) for n in range(1000)] and None)
    write(store, link_new)
    write(store, lambda work: work.session.execute(text("update events set name = 'other'")) and None)
    assert done(store.read(lambda session: len({flaw.event_id for flaw in find_flaws(session)}))) == 1000
    store.close()


def test_an_end_that_was_cut_off_is_found_by_the_head_written_down(store: Store, clock: object) -> None:
    fill(store, clock)
    head = done(store.read(find_head))
    change(store, "delete from event_links where event_id > :id", id=30)
    change(store, "delete from events where id > :id", id=30)
    assert flaws(store) == []
    assert done(store.read(lambda session: [f.what for f in find_flaws(session, since=head)])) != []


def test_an_old_event_put_in_later_is_found(store: Store, clock: object) -> None:
    fill(store, clock)
    clock.forward(hours=2)  # type: ignore[attr-defined]
    write(store, link_new)
    change(store, "delete from event_links where event_id = :id", id=40)
    assert "put in later" in flaws(store)


def test_units_of_many_threads_are_chained_once_each(store: Store) -> None:
    futures = [store.write(lambda work, n=n: work.record("thing-done", number=n)) for n in range(200)]  # type: ignore[misc]
    linked = [store.write(link_new) for _ in range(3)] if not store.is_shared else []
    for future in [*futures, *linked]:
        done(future)
    while write(store, link_new):
        pass
    assert flaws(store) == []
    assert done(store.read(find_head)).seq >= 200


def test_the_trail_of_an_erased_patient_holds_and_says_nothing(store: Store) -> None:
    def make(work: Work) -> int:
        course = new_course(work)
        work.record("reported", patient_id=course.patient_id, subject="nausea", grade=3)
        return course.patient_id

    patient_id = write(store, make)
    write(store, link_new)
    write(store, lambda work: erase(work, lock(work.session, patient_id), keeps_minimum=False) and None)
    write(store, link_new)
    assert flaws(store) == []
    query = text("select facts from events where name = 'reported'")
    assert "nausea" not in str(done(store.read(lambda session: session.execute(query).scalar())))


def cut_before(store: Store, seq: int) -> bytes:
    """Remove the beginning of the trail by hand; return the last link that is gone."""
    link = done(store.read(lambda session: session.connection().execute(LINK_AT, {"seq": seq}).scalar_one()))
    change(store, "delete from events where id in (select event_id from event_links where seq <= :seq)", seq=seq)
    change(store, "delete from event_links where seq <= :seq", seq=seq)
    return bytes(link)


LINK_AT = text("select link from event_links where seq = :seq")


def test_a_beginning_that_was_cut_off_by_hand_is_found_whatever_the_mark_says(store: Store, clock: object) -> None:
    fill(store, clock)
    link = cut_before(store, 10)
    assert flaws(store) != []
    for mark in (f"10:{link.hex()}", f"10:{link.hex()}:{link.hex()}", "10", "x:y:z"):
        write(store, lambda work, written=mark: set_mark(work, START, written))  # type: ignore[misc]
        assert "its beginning was cut off by somebody else" in flaws(store)
