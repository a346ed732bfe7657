"""The trail of events: whatever is done to it afterwards is found."""

import random

import pytest
from sqlalchemy import text

from storage import notary
from storage.chain import FIRST, sign_cut
from storage.forgetting import erase
from storage.keyring import AUDIT
from storage.marks import find_mark, set_mark
from storage.notary import LOW, START, Flaw, Head, find_flaws, find_head, holds, link_new, looks_at
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


WHAT_IS_FOUND: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "its name": (CHANGES["its name"], [(10, "changed")]),
    "facts taken out": (
        CHANGES["facts taken out as if erased"], [(10, "its facts are gone, and its patient was not erased")],
    ),
    "salt taken out": (
        "update events set salt = null where id = :id", [(10, "its facts are gone, and its patient was not erased")],
    ),
    "signature taken out": (
        "update events set mac = null where id = :id", [(10, "not signed"), (10, "removed")],
    ),
    "two signatures taken out": (
        "update events set mac = null where id in (:id, 20)",
        [(10, "not signed"), (20, "not signed"), (10, "removed"), (20, "removed")],
    ),
    "two salts taken out": (
        "update events set salt = null where id in (:id, 20)",
        [(number, "its facts are gone, and its patient was not erased") for number in (10, 20)],
    ),
    "a copy": (
        CHANGES["its signature"],
        [(10, "changed"), (20, "a copy of another event"), (10, "does not follow the one before")],
    ),
    "removed": (CHANGES["removed"], [(10, "removed")]),
    "its link removed": (
        CHANGES["removed with its link"],
        [(11, "links 10 to 10 are missing"), (11, "does not follow the one before")],
    ),
    "another link": (
        CHANGES["linked to another"],
        [(10, "does not follow the one before"), (11, "does not follow the one before")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "found"), WHAT_IS_FOUND.values(), ids=WHAT_IS_FOUND)
def test_what_is_found_says_where_and_what(
    fresh_sqlite: str, clock: object, statement: str, found: list[tuple[int, str]]
) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    fill(store, clock, 25)
    change(store, statement, **{"id": 10, **({"other": 20} if ":other" in statement else {})})
    assert done(store.read(lambda session: [(flaw.event_id, flaw.what) for flaw in find_flaws(session)])) == found
    store.close()


def test_a_head_is_the_newest_link_and_holds_until_it_is_cut_off(fresh_sqlite: str, clock: object) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    assert done(store.read(find_head)) == Head(0, FIRST)
    fill(store, clock, 5)
    head = done(store.read(find_head))
    assert (head.seq, len(head.link)) == (5, 32)
    for one, is_held in ((head, True), (Head(0, FIRST), True), (Head(5, FIRST), False), (Head(6, head.link), False)):
        assert done(store.read(lambda session, one=one: holds(session, one))) is is_held  # type: ignore[misc]
    assert done(store.read(lambda session: list(find_flaws(session, since=head)))) == []
    (flaw,) = done(store.read(lambda session: list(find_flaws(session, since=Head(6, head.link)))))
    assert flaw == Flaw(0, "the chain no longer holds link 6, which was written down elsewhere")
    store.close()


def test_what_is_new_is_linked_a_batch_at_a_time(
    fresh_sqlite: str, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notary, "AT_ONCE", 3)
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    write(store, lambda work: [work.record("thing-done", number=n) for n in range(7)] and None)
    assert [write(store, link_new) for _ in range(4)] == [3, 3, 1, 0]
    assert done(store.read(find_head)).seq == 7
    assert flaws(store) == []
    store.close()


def test_below_what_is_settled_nothing_new_may_appear(fresh_sqlite: str, clock: object) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    low = lambda: done(store.read(lambda session: find_mark(session, LOW)))  # noqa: E731
    write(store, lambda work: [work.record("thing-done", number=n) for n in range(3)] and None)
    clock.forward(hours=1)  # type: ignore[attr-defined]
    write(store, link_new)
    assert low() is None, "an hour old is not older than an hour"
    clock.forward(seconds=1)  # type: ignore[attr-defined]
    write(store, lambda work: work.record("thing-done"))
    write(store, link_new)
    assert low() == "3"
    write(store, link_new)
    assert low() == "3"
    change(store, "delete from event_links where event_id = :id", id=3)
    assert "put in later" in flaws(store)
    assert write(store, link_new) == 0, "what was put in below it is not linked"
    store.close()


def test_an_old_beginning_that_we_cut_off_is_no_flaw(fresh_sqlite: str, clock: object) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]
    fill(store, clock)
    link = cut_before(store, 10)
    key = store.keyring.own[AUDIT]
    write(store, lambda work: set_mark(work, START, sign_cut(key, 10, link)))
    assert flaws(store) == []
    store.close()


def test_who_looked_at_a_patient_is_told_in_order(fresh_sqlite: str, clock: object) -> None:
    store = Store(fresh_sqlite, clock)  # type: ignore[arg-type]

    def look(actor: str, patient_id: int) -> None:
        def unit(work: Work) -> None:
            work.actor = actor
            work.record("looked", patient_id=patient_id, by=actor)

        write(store, unit)

    for actor in ("operator", "staff:1", "patient:3", "system"):
        look(actor, 3)
    look("staff:2", 4)
    clock.forward(hours=-1)  # type: ignore[attr-defined]
    look("staff:9", 3)
    found = done(store.read(lambda session: looks_at(session, 3)))
    assert [(one.actor, one.name, one.facts) for one in found] == [
        (actor, "looked", {"by": actor}) for actor in ("staff:9", "operator", "staff:1")
    ]
    assert found[0].at == clock.now  # type: ignore[attr-defined]
    store.close()
