"""What is rung is heard by the other processes of one bot, after its commit, and by nobody else."""

import queue
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from storage.bell import LETTERS, UPDATES, Listener, ring
from storage.engines import in_schema
from storage.inbox import Arrival, add_updates
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, write


@pytest.fixture
def pooled(fresh_postgres: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_postgres, clock)
    yield opened
    opened.close()


@pytest.fixture
def heard(pooled: Store) -> Iterator["queue.Queue[str]"]:
    told: queue.Queue[str] = queue.Queue()
    listener = Listener(pooled, told.put)
    assert listener.hears.wait(20)
    yield told
    listener.close()


def test_updates_ring_once_for_all_that_came_together(pooled: Store, heard: "queue.Queue[str]") -> None:
    write(pooled, lambda work: add_updates(work, [Arrival(n, n, "{}") for n in range(5)]))
    assert heard.get(timeout=20) == UPDATES
    write(pooled, lambda work: add_updates(work, [Arrival(3, 3, "{}")]))  # known already
    write(pooled, lambda work: ring(work, LETTERS))
    assert heard.get(timeout=20) == LETTERS


def test_what_was_not_committed_is_not_heard(pooled: Store, heard: "queue.Queue[str]") -> None:
    def fails(work: Work) -> None:
        add_updates(work, [Arrival(1, 1, "{}")])
        raise LookupError

    with pytest.raises(LookupError):
        write(pooled, fails)
    write(pooled, lambda work: ring(work, LETTERS))
    assert heard.get(timeout=20) == LETTERS


def test_another_bot_of_the_database_does_not_hear(
    pooled: Store, heard: "queue.Queue[str]", fresh_postgres: str
) -> None:
    write(pooled, lambda work: work.connection.exec_driver_sql("create schema south"))
    south = Store(in_schema(fresh_postgres, "south"), pooled.clock)
    with south.engine.begin() as connection:
        ring(Work(connection, pooled.clock()), UPDATES)
    south.close()
    write(pooled, lambda work: ring(work, LETTERS))
    assert heard.get(timeout=20) == LETTERS


def test_a_listener_that_was_cut_off_listens_again(
    pooled: Store, heard: "queue.Queue[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.bell.AGAIN_AFTER", 0.01)
    end = text("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'")
    assert done(pooled.read(lambda session: session.connection().execute(end).all()))
    for _ in range(2000):
        write(pooled, lambda work: ring(work, LETTERS))
        try:
            assert heard.get(timeout=0.01) == LETTERS
        except queue.Empty:
            continue
        return
    raise AssertionError("it never listened again")


def test_a_lone_process_on_sqlite_rings_for_nobody(fresh_sqlite: str, clock: MovedClock) -> None:
    store = Store(fresh_sqlite, clock)
    write(store, lambda work: ring(work, LETTERS))
    store.close()
