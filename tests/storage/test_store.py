"""The store keeps units whole, apart from each other, and tells the truth about what is durable."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from storage.engines import open_engine
from storage.marks import find_mark, find_marked_at, set_mark
from storage.outbox import add_letter
from storage.queues import Event, Mark
from storage.store import MOST_IN_ONE_COMMIT, Store
from storage.tables import Clinic, Patient
from storage.work import UnnamedWrite, Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_clinic, new_patient, write


class Trouble(Exception):
    pass


@pytest.fixture
def sqlite(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    yield opened
    opened.close()


def mark(key: str) -> Any:
    return lambda work: set_mark(work, key, "here")


def marks(store: Store) -> set[str]:
    return set(done(store.read(lambda session: session.scalars(select(Mark.key)).all())))


def trip(work: Work) -> None:
    set_mark(work, "tripped", "here")
    work.session.flush()
    raise Trouble


class Held:
    """The writing thread stands still inside a unit, so that what is put meanwhile waits for it together."""

    def __init__(self, store: Store) -> None:
        self.go = threading.Event()
        inside = threading.Event()

        def stand(_work: Work) -> None:
            inside.set()
            assert self.go.wait(20)

        self.future = store.write(stand)
        assert inside.wait(20)


def count_commits(store: Store) -> list[str]:
    seen: list[str] = []

    def look(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == "COMMIT":
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", look)
    return seen


def test_a_unit_is_durable_when_its_future_ends(store: Store, database_url: str) -> None:
    def unit(work: Work) -> int:
        set_mark(work, "a", "b")
        return 7

    assert write(store, unit) == 7
    other = create_engine(open_engine(database_url).url)  # another connection, as after a crash
    with other.connect() as connection:
        assert connection.execute(text("select value from marks")).scalar_one() == "b"
    other.dispose()


def test_a_future_is_open_until_the_commit(sqlite: Store) -> None:
    held = Held(sqlite)
    future = sqlite.write(mark("later"))
    assert not future.done()
    assert not held.future.done()
    assert marks(sqlite) == set()
    held.go.set()
    done(future)
    assert marks(sqlite) == {"later"}


def test_no_future_ends_before_the_commit(sqlite: Store) -> None:
    futures: list[Any] = []
    open_at_commit: list[bool] = []

    def look(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == "COMMIT":
            open_at_commit.extend(not one.done() for one in futures)

    held = Held(sqlite)
    futures += [sqlite.write(mark(str(n))) for n in range(5)]
    event.listen(sqlite.engine, "before_cursor_execute", look)
    held.go.set()
    for one in futures:
        done(one)
    assert open_at_commit[-5:] == [True] * 5


def test_waiting_units_share_one_commit(sqlite: Store) -> None:
    held = Held(sqlite)
    futures = [sqlite.write(mark(str(n))) for n in range(MOST_IN_ONE_COMMIT)]
    commits = count_commits(sqlite)
    held.go.set()
    for one in futures:
        done(one)
    assert len(commits) == 2  # that of the held unit, and that of all the others
    assert len(marks(sqlite)) == MOST_IN_ONE_COMMIT


def test_a_failing_unit_is_undone_alone(store: Store) -> None:
    futures = [store.write(mark("before")), store.write(trip), store.write(mark("after"))]
    with pytest.raises(Trouble):
        done(futures[1])
    done(futures[0])
    done(futures[2])
    assert marks(store) == {"before", "after"}


def test_a_failing_unit_in_a_shared_commit_is_undone_alone(sqlite: Store) -> None:
    held = Held(sqlite)
    futures = [sqlite.write(unit) for unit in (mark("before"), trip, mark("after"))]
    held.go.set()
    assert isinstance(futures[1].exception(timeout=20), Trouble)
    done(futures[2])
    assert marks(sqlite) == {"before", "after"}


def test_a_unit_that_breaks_a_constraint_is_undone_alone(store: Store) -> None:
    def twice(work: Work) -> None:
        clinic = new_clinic(work)
        new_patient(work, "SAME", clinic)
        new_patient(work, "SAME", clinic)

    futures = [store.write(twice), store.write(mark("after"))]
    with pytest.raises(IntegrityError):
        done(futures[0])
    done(futures[1])
    assert marks(store) == {"after"}
    assert done(store.read(lambda session: session.scalars(select(Patient)).all())) == []


def test_when_a_unit_ends_the_whole_transaction_no_unit_of_it_happened(sqlite: Store) -> None:
    def end_all(work: Work) -> None:  # as a full disk does
        work.session.connection().exec_driver_sql("ROLLBACK")
        raise Trouble

    held = Held(sqlite)
    futures = [sqlite.write(unit) for unit in (mark("before"), end_all, mark("after"))]
    held.go.set()
    assert all(one.exception(timeout=20) is not None for one in futures)
    assert marks(sqlite) == set()
    write(sqlite, mark("next"))
    assert marks(sqlite) == {"next"}


def test_a_cancelled_unit_never_happens_and_stops_nobody(sqlite: Store) -> None:
    held = Held(sqlite)
    futures = [sqlite.write(mark(name)) for name in ("first", "cancelled", "last")]
    assert futures[1].cancel()
    held.go.set()
    done(futures[2])
    assert marks(sqlite) == {"first", "last"}
    assert not held.future.cancel()


def test_a_sender_that_cannot_be_woken_stops_nobody(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def break_down() -> None:
        raise RuntimeError("the loop is closed")

    store.on_letters = break_down
    assert write(store, lambda work: add_letter(work, letter())) is not None
    write(store, mark("after"))
    assert marks(store) == {"after"}
    store.close()  # all threads have ended: what they logged is there
    assert caplog.messages == ["sender-not-woken"]


def test_the_sender_is_woken_after_a_commit_with_letters_only(store: Store) -> None:
    woken: list[int] = []
    store.on_letters = lambda: woken.append(1)
    write(store, mark("nothing owed"))
    write(store, lambda work: add_letter(work, letter()))
    store.close()
    assert woken == [1]


def test_a_closed_store_refuses_units(store: Store) -> None:
    future = store.write(mark("queued"))
    store.close()
    done(future)
    with pytest.raises(RuntimeError):
        store.write(mark("late"))


def test_a_write_without_an_event_is_refused(store: Store) -> None:
    write(store, new_patient)

    def rename(work: Work) -> None:
        work.session.scalars(select(Patient)).one().language = "ru"

    with pytest.raises(UnnamedWrite, match="Patient"):
        write(store, rename)
    assert done(store.read(lambda session: session.scalars(select(Patient.language)).one())) == "en"


def test_a_deletion_without_an_event_is_refused(store: Store) -> None:
    write(store, lambda work: new_clinic(work).id)

    def delete(work: Work) -> None:
        work.session.delete(work.session.scalars(select(Clinic)).one())

    with pytest.raises(UnnamedWrite, match="Clinic"):
        write(store, delete)


def test_events_keep_their_order_instant_and_actor(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> None:
        work.actor = "patient:3"
        work.record("first", patient_id=3, dose=1)
        work.record("second", clinic_id=2)

    write(store, unit)
    events = done(store.read(lambda session: session.scalars(select(Event).order_by(Event.id)).all()))
    assert [(one.name, one.actor, one.at, one.patient_id, one.clinic_id, one.facts) for one in events] == [
        ("first", "patient:3", clock.now, 3, None, {"dose": 1}),
        ("second", "patient:3", clock.now, None, 2, {}),
    ]


def test_a_unit_happens_at_one_instant(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> bool:
        before = work.now
        clock.forward(minutes=5)
        return work.now == before

    assert write(store, unit)


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    def unit(work: Work) -> None:
        work.session.add(Mark(key="naive", value="x", at=datetime(2026, 11, 2, 9, 0)))  # noqa: DTZ001

    with pytest.raises(StatementError, match="an instant needs a time zone"):
        write(store, unit)


def test_instants_come_back_in_utc(store: Store) -> None:
    at = datetime.fromisoformat("2026-11-02T23:30:00.000001+05:30")

    def unit(work: Work) -> None:
        work.session.add(Mark(key="east", value="x", at=at))

    write(store, unit)
    found = done(store.read(lambda session: find_marked_at(session, "east")))
    assert found == at
    assert found is not None
    assert found.tzinfo is UTC


def test_what_a_reader_writes_is_never_kept(store: Store) -> None:
    def write_by_mistake(session: Any) -> None:
        session.execute(text("delete from marks"))

    write(store, mark("kept"))
    done(store.read(write_by_mistake))
    assert marks(store) == {"kept"}


def test_a_reader_sees_one_state_of_the_file(sqlite: Store) -> None:
    def look_twice(session: Any) -> tuple[str | None, str | None]:
        before = find_mark(session, "m")
        write(sqlite, mark("m"))
        return before, session.scalar(select(Mark.value))

    assert done(sqlite.read(look_twice)) == (None, None)


def test_marks_are_replaced(store: Store, clock: MovedClock) -> None:
    write(store, mark("m"))
    clock.forward(hours=1)
    write(store, lambda work: set_mark(work, "m", "there"))
    assert done(store.read(lambda s: (find_mark(s, "m"), find_marked_at(s, "m")))) == ("there", clock.now)
    assert done(store.read(lambda s: (find_mark(s, "n"), find_marked_at(s, "n")))) == (None, None)
