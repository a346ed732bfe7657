"""The threads that own the database: units of work go in, futures come out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from storage.engines import open_engine
from storage.work import Work

T = TypeVar("T")
Unit = Callable[[Work], T]
Job = tuple[Unit[Any], "Future[Any]"]

MOST_IN_ONE_COMMIT = 128
CHECKPOINT_EVERY = 400
"""Commits between two checkpoints of the write-ahead log; only the writer makes them."""


class Writer(Protocol):
    """Runs units of work, each whole or not at all."""

    def put(self, unit: Unit[T]) -> Future[T]:
        """Queue `unit`; its future ends only after the commit."""

    def close(self) -> None:
        """Finish what is queued and stop."""


class Store:
    """A database and its threads. `clock` gives the instant at which each unit happens."""

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.engine = open_engine(url)
        self.clock = clock
        self.on_letters: Callable[[], None] = lambda: None
        """Called on a storage thread after a commit that wrote to the outbox."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer: Writer = SqliteWriter(self) if is_sqlite else PooledWriter(self)
        self._readers = ThreadPoolExecutor(2, "steady-read")

    def write(self, unit: Unit[T]) -> Future[T]:
        """Run `unit` in a transaction of its own; the future holds its result once it is durable."""
        return self._writer.put(unit)

    def read(self, query: Callable[[Session], T]) -> Future[T]:
        """Run `query` on a reading thread; it must not write."""
        return self._readers.submit(self._read, query)

    def _read(self, query: Callable[[Session], T]) -> T:
        with Session(self.engine, expire_on_commit=False) as session:
            return query(session)

    def begin(self, connection: Connection, unit: Unit[T]) -> tuple[T, bool]:
        """Run `unit` on an open transaction; return its result and whether it wrote to the outbox."""
        with Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False, autoflush=True
        ) as session:
            work = Work(session, self.clock())
            result = unit(work)
            work.finish()
            session.commit()
            return result, work.owes_letters

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
        self._thread = threading.Thread(target=self._run, name="steady-write", daemon=True)
        self._thread.start()

    def put(self, unit: Unit[T]) -> Future[T]:
        """Queue `unit` behind those already waiting."""
        future: Future[T] = Future()
        self._jobs.put((unit, future))
        return future

    def close(self) -> None:
        """Let the thread finish its queue, then end it."""
        self._jobs.put(None)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._next_batch()
            if batch:
                self._commit(batch)

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
        done: list[tuple[Future[Any], Any]] = []
        letters = False
        try:
            with self._store.engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    for unit, future in batch:
                        try:
                            result, owes = self._store.begin(connection, unit)
                        except Exception as error:  # the unit's own failure: it is rolled back alone
                            future.set_exception(error)
                        else:
                            done.append((future, result))
                            letters = letters or owes
                    connection.exec_driver_sql("COMMIT")
                except BaseException:  # whatever it was, nothing half done stays open
                    connection.exec_driver_sql("ROLLBACK")
                    raise
                self._checkpoint(connection)
        except Exception as error:  # the commit failed: none of its units happened
            for future in (job[1] for job in batch):
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)
        if letters:
            self._store.on_letters()

    def _checkpoint(self, connection: Connection) -> None:
        self._commits += 1
        if self._commits % CHECKPOINT_EVERY == 0:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


class PooledWriter:
    """A few threads that write to PostgreSQL, one transaction a unit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(4, "steady-write")

    def put(self, unit: Unit[T]) -> Future[T]:
        """Run `unit` on the next free thread."""
        return self._threads.submit(self._run, unit)

    def _run(self, unit: Unit[T]) -> T:
        with self._store.engine.begin() as connection:
            result, letters = self._store.begin(connection, unit)
        if letters:
            self._store.on_letters()
        return result

    def close(self) -> None:
        """Wait for the running units and end the threads."""
        self._threads.shutdown(wait=True)


def engine_of(store: Store) -> Engine:
    """Return the engine, for migrations and checks."""
    return store.engine
