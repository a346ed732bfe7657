"""The database's bad days (group C): locks, a full disk, a server that dies, hangs or has no connection to spare."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from sqlalchemy import text

from storage.inbox import Arrival, add_updates, count_waiting
from storage.store import Store, engine_of
from storage.work import Work
from tests.conftest import MovedClock
from tests.faults.integrity import broken_sqlite
from tests.faults.server import PostgresServer
from tests.storage.ward import done

LONG = 60


def keep(number: int) -> Callable[[Work], int]:
    return lambda work: add_updates(work, [Arrival(number, number % 7, "{}")])


def kept(store: Store) -> int:
    return store.read(count_waiting).result(LONG)


def insist(store: Store, number: int) -> None:
    """Keep an update as the intake does: what failed was not confirmed, so it comes again."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            store.write(keep(number)).result(LONG)
        except Exception:  # whatever the driver says: the point is that the next attempt may work
            continue
        return
    raise AssertionError("the database does not come back")


@pytest.fixture
def sqlite_store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    yield opened
    opened.close()


@pytest.mark.parametrize("times", [40, pytest.param(200, marks=pytest.mark.nightly)])
def test_a_writer_lock_held_by_another_process_delays_and_loses_nothing(
    sqlite_store: Store, fresh_sqlite: str, rng: random.Random, times: int
) -> None:
    other = sqlite3.connect(fresh_sqlite.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    waiting: list[Future[int]] = []
    for number in range(times):
        other.execute("BEGIN IMMEDIATE")
        waiting += [sqlite_store.write(keep(number * 4 + one)) for one in range(4)]
        release = threading.Timer(rng.uniform(0.0, 0.05), other.execute, ["COMMIT"])
        release.start()
        release.join()
    assert [done(one) for one in waiting] == [1] * 4 * times
    assert kept(sqlite_store) == 4 * times
    other.close()


def test_every_transaction_that_writes_begins_as_a_writer(sqlite_store: Store) -> None:
    """A deferred one cannot become a writer once another has written: SQLite refuses it whatever the timeout."""
    said: list[str] = []

    def listen(work: Work) -> None:
        driver = work.session.connection().connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(said.append)

    done(sqlite_store.write(listen))
    done(sqlite_store.write(keep(1)))
    assert {line for line in said if line.startswith("BEGIN")} == {"BEGIN IMMEDIATE"}


def test_a_full_disk_confirms_nothing_and_resumes_when_there_is_space(sqlite_store: Store, fresh_sqlite: str) -> None:
    with engine_of(sqlite_store).connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    for cycle in range(10):
        limit_pages(sqlite_store, pages + 4 + cycle)
        confirmed = full = 0
        for number in range(1_000 * cycle, 1_000 * cycle + 400):
            future = sqlite_store.write(lambda work, n=number: fat(work, n))  # type: ignore[misc]
            trouble = future.exception(LONG)
            full += "full" in str(trouble)
            confirmed += trouble is None
        assert full
        assert kept(sqlite_store) == confirmed
        limit_pages(sqlite_store, 1_000_000)
        assert done(sqlite_store.write(keep(1_000 * cycle + 999))) == 1
        done(sqlite_store.write(lambda work: work.session.execute(text("delete from inbox")) and None))
    assert broken_sqlite(fresh_sqlite) == []


def limit_pages(store: Store, pages: int) -> None:
    """Let the file grow no further than this, on the connection that writes."""

    def unit(work: Work) -> None:
        work.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    done(store.write(unit))


def fat(work: Work, number: int) -> int:
    return add_updates(work, [Arrival(number, 1, "x" * 3_000)])


@pytest.fixture
def postgres_store(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    clock: MovedClock,
    request: pytest.FixtureRequest,
) -> Iterator[Store]:
    url = own_postgres.database(f"bad_day_{abs(hash(request.node.name)) % 10**8}")
    fill_postgres_template(url)
    opened = Store(url, clock)
    yield opened
    opened.close()


@pytest.mark.parametrize("crashes", [3, pytest.param(40, marks=pytest.mark.nightly)])
def test_a_server_that_crashes_again_and_again_loses_nothing(
    postgres_store: Store, own_postgres: PostgresServer, crashes: int
) -> None:
    """C3: a commit whose answer was lost is asked for again, and counts once."""
    for crash in range(crashes):
        writers = [
            threading.Thread(target=insist, args=(postgres_store, crash * 100 + number)) for number in range(100)
        ]
        for writer in writers[:50]:
            writer.start()
        own_postgres.restart_after_crash()
        for writer in writers[50:]:
            writer.start()
        for writer in writers:
            writer.join(LONG)
    assert kept(postgres_store) == 100 * crashes


def test_a_server_that_hangs_is_waited_for_and_nothing_is_lost(
    postgres_store: Store, own_postgres: PostgresServer
) -> None:
    """C4, shortened: it stands still without closing a connection."""
    done(postgres_store.write(keep(1)))
    own_postgres.hang()
    try:
        waiting = [postgres_store.write(keep(number)) for number in range(2, 30)]
        assert not any(one.done() for one in waiting)
    finally:
        own_postgres.go_on()
    assert [one.result(LONG) for one in waiting] == [1] * 28


def test_a_pool_without_a_free_connection_delays_and_loses_nothing(postgres_store: Store) -> None:
    """C7: every connection is taken by readers that hang, and a page must be written all the same."""
    free, held = threading.Event(), threading.Semaphore(0)

    def hang(_session: object) -> None:
        held.release()
        free.wait(LONG)

    readers = [postgres_store.read(hang) for _ in range(20)]
    held.acquire()
    try:
        assert done(postgres_store.write(keep(1))) == 1
    finally:
        free.set()
    assert [one.result(LONG) for one in readers] == [None] * 20
    assert kept(postgres_store) == 1
