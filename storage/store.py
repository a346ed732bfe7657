"""The threads that own the database: units of work go in, futures come out."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from storage.crash_points import passes
from storage.engines import open_engine
from storage.keyring import Keyring
from storage.masters import UNLESS_GIVEN, Masters
from storage.work import Work

T = TypeVar("T")
Unit = Callable[[Work], T]
Query = Callable[[Session], T]
Job = tuple[Unit[Any], "Future[Any]"]

LOG = logging.getLogger(__name__)

MOST_IN_ONE_COMMIT = 128
WRITERS = 2
"""Threads that write to PostgreSQL. They share one interpreter: with four, a press took a sixth more processor time."""
CHECKPOINT_EVERY = 100
"""Commits between two checkpoints of the write-ahead log; only the writer makes them. Each page is looked for in the
whole log first: at four times as many, asking 100,000 people took a tenth longer, and presses went no faster."""


class Writer(Protocol):
    """Runs units of work, each whole or not at all."""

    def put(self, unit: Unit[T]) -> Future[T]:
        """Queue `unit`; its future ends only after the commit."""

    def close(self) -> None:
        """Finish what is queued and stop."""


class Store:
    """A database and its threads. `clock` gives the instant at which each unit happens."""

    def __init__(self, url: str, clock: Callable[[], datetime], masters: Masters | None = None) -> None:
        """Open the database; what is sealed in it opens with the keys that `masters` knows."""
        self.engine = open_engine(url)
        self.clock = clock
        self.keyring = Keyring(masters or UNLESS_GIVEN)
        self.engine.dialect.keyring = self.keyring  # type: ignore[attr-defined]  # where columns and queries find it
        self._key_door = threading.Lock()
        self.on_letters: Callable[[], None] = lambda: None
        """Called on a storage thread after a commit that wrote to the outbox."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer: Writer = SqliteWriter(self) if is_sqlite else PooledWriter(self)
        self._readers = ThreadPoolExecutor(2, "steady-read")

    @property
    def is_shared(self) -> bool:
        """Return whether many processes may work on the database at once; an SQLite file belongs to one."""
        return self.engine.dialect.name == "postgresql"

    def write(self, unit: Unit[T]) -> Future[T]:
        """Run `unit` in a transaction of its own; the future holds its result once it is durable."""
        return self._writer.put(unit)

    def read(self, query: Query[T]) -> Future[T]:
        """Run `query` on a reading thread; it sees one state of the database, and must not write."""
        return self._readers.submit(self._read, query)

    def get_keys(self) -> None:
        """Have the installation's own keys at hand; raise NoMasterKey or Tampered when they cannot be opened."""
        if self.keyring.own:
            return
        with self._key_door:
            if self.keyring.own:
                return
            with self.engine.connect() as connection:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                own = self.keyring.prepare(connection, at=self.clock())
                passes("commit")
                # SQLite's driver is told by hand, as in `open_engine`.
                connection.exec_driver_sql("COMMIT")
            passes("committed")
            self.keyring.settle(is_kept=True)
            self.keyring.own = own

    def _read(self, query: Query[T]) -> T:
        self.get_keys()
        with self.engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            return query(session)  # whatever it wrote is rolled back with the connection

    def begin(self, connection: Connection, unit: Unit[T], *, shares_transaction: bool) -> tuple[T, bool]:
        """Run `unit` on an open transaction; return its result and whether it wrote to the outbox."""
        work, fresh = Work(connection, self.clock(), shares_transaction=shares_transaction), self.keyring.fresh
        try:
            result = unit(work)
            work.finish()
        except BaseException:  # whatever it was, the keys made in this unit are undone with it
            self.keyring.settle(is_kept=False, since=fresh)
            raise
        finally:
            work.close()
        return result, work.owes_letters

    def wake_sender(self) -> None:
        """Tell the sender that there are letters. What is committed stays so, whatever becomes of the call."""
        try:
            self.on_letters()
        except Exception:  # the edge's own failure (its loop is closed, say) must not end a storage thread
            LOG.exception("sender-not-woken")

    def close(self) -> None:
        """Finish what is queued, stop the threads and close the connections."""
        self._writer.close()
        self._readers.shutdown(wait=True)
        self.engine.dispose()


class SqliteWriter:
    """The one thread that writes to SQLite: waiting units share a commit, each in its own savepoint."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._commits = 0
        self._is_closed = False
        self._door = threading.Lock()
        """Nobody queues behind the end of the queue."""
        self._thread = threading.Thread(target=self._run, name="steady-write", daemon=True)
        self._thread.start()

    def put(self, unit: Unit[T]) -> Future[T]:
        """Queue `unit` behind those already waiting; raise RuntimeError once the store is closed."""
        future: Future[T] = Future()
        with self._door:
            if self._is_closed:
                raise RuntimeError("the store is closed")
            self._jobs.put((unit, future))
        return future

    def close(self) -> None:
        """Let the thread finish its queue, then end it."""
        with self._door:
            self._is_closed = True
            self._jobs.put(None)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._next_batch()
            # From here on a future cannot be cancelled; one that was is a unit that never happens.
            self._commit([job for job in batch if job[1].set_running_or_notify_cancel()])

    def _next_batch(self) -> tuple[list[Job], bool]:
        first = self._jobs.get()
        if first is None:
            return [], False
        batch = [first]
        while len(batch) < MOST_IN_ONE_COMMIT:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, False
            batch.append(job)
        return batch, True

    def _commit(self, batch: list[Job]) -> None:
        if not batch:
            return
        try:
            done, owes_letters = self._write(batch)
        except BaseException as error:  # the commit failed: none of its units happened, and each is told
            self._store.keyring.settle(is_kept=False)
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        self._store.keyring.settle(is_kept=True)
        for future, result in done:
            future.set_result(result)
        if owes_letters:
            self._store.wake_sender()
        self._checkpoint()

    def _write(self, batch: list[Job]) -> tuple[list[tuple[Future[Any], Any]], bool]:
        done: list[tuple[Future[Any], Any]] = []
        owes_letters = False
        self._store.get_keys()
        with self._store.engine.connect() as connection:  # closing it rolls back what is not committed
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            shares = len(batch) > 1
            for unit, future in batch:
                try:
                    result, owes = self._store.begin(connection, unit, shares_transaction=shares)
                except Exception as error:  # the unit's own failure: it is rolled back alone
                    if not shares:
                        raise
                    _check_open(connection, error)
                    future.set_exception(error)
                else:
                    done.append((future, result))
                    owes_letters = owes_letters or owes
            passes("commit")
            connection.exec_driver_sql("COMMIT")
        passes("committed")
        return done, owes_letters

    def _checkpoint(self) -> None:
        self._commits += 1
        if self._commits % CHECKPOINT_EVERY:
            return
        try:
            with self._store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        except DatabaseError:  # what is committed is in the log; the next checkpoint takes it along
            LOG.exception("checkpoint-failed")


def _check_open(connection: Connection, error: Exception) -> None:
    """Raise `error` if it ended the whole transaction: a full disk does, and then no unit of the batch happened."""
    driver = connection.connection.dbapi_connection
    if driver is None or not driver.in_transaction:
        raise error


class PooledWriter:
    """A few threads that write to PostgreSQL, one transaction a unit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(WRITERS, "steady-write")

    def put(self, unit: Unit[T]) -> Future[T]:
        """Run `unit` on the next free thread."""
        return self._threads.submit(self._run, unit)

    def _run(self, unit: Unit[T]) -> T:
        self._store.get_keys()
        try:
            with self._store.engine.begin() as connection:
                result, letters = self._store.begin(connection, unit, shares_transaction=False)
                passes("commit")
        except BaseException:  # whatever it was, the keys made in this unit are undone with it
            self._store.keyring.settle(is_kept=False)
            raise
        self._store.keyring.settle(is_kept=True)
        passes("committed")
        if letters:
            self._store.wake_sender()
        return result

    def close(self) -> None:
        """Wait for the running units and end the threads."""
        self._threads.shutdown(wait=True)


def engine_of(store: Store) -> Engine:
    """Return the engine, for migrations and checks."""
    return store.engine
