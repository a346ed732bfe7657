"""Processes of one PostgreSQL tell each other that there is work. Who is not told looks once a second all the same."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from select import select
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as query

from storage.store import Store
from storage.work import Work

UPDATES, LETTERS = "updates", "letters"
AGAIN_AFTER = 2.0
"""Seconds between two attempts to listen while the database is away."""

LOG = logging.getLogger(__name__)
_PREFIX = "steady_"
# Each bot has a schema of its own, and the server carries what is said to all of a database.
_RING = query(func.pg_notify(func.concat(_PREFIX, func.current_schema()), bindparam("what")))
_SCHEMA = query(func.current_schema())


def ring(work: Work, what: str) -> None:
    """Tell the other processes of `what` once this unit is committed; where there are none, nobody."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(_RING, {"what": what})


class Listener:
    """A thread that hears what is rung. `on_ring` is called on it, with what there is."""

    def __init__(self, store: Store, on_ring: Callable[[str], None]) -> None:
        self._engine = store.engine
        self._on_ring = on_ring
        self._ours, self._end = socket.socketpair()
        self._is_closed = threading.Event()
        self.hears = threading.Event()
        """Set once it has listened for the first time."""
        self._thread = threading.Thread(target=self._run, name="steady-listen", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and its connection."""
        self._is_closed.set()
        self._end.send(b"x")
        self._thread.join(timeout=30)
        self._ours.close()
        self._end.close()

    def _run(self) -> None:
        was_away = False
        while not self._is_closed.is_set():
            try:
                self._listen()
            except Exception as error:  # the database is away: everybody looks by themselves, once a second
                if not was_away:
                    LOG.warning("nobody-listens: %s", type(error).__name__)
                was_away = True
                self._is_closed.wait(AGAIN_AFTER)
            else:
                was_away = False

    def _listen(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver: Any = connection.connection.dbapi_connection
            connection.detach()  # never another's: it goes on hearing what it has listened to
            channel = f"{_PREFIX}{connection.scalar(_SCHEMA)}"
            quoted = connection.dialect.identifier_preparer.quote_identifier(channel)
            connection.exec_driver_sql(f"LISTEN {quoted}")
            self.hears.set()
            while not self._is_closed.is_set():
                for told in driver.notifies(timeout=0):
                    self._on_ring(told.payload)
                select([driver, self._ours], [], [])
