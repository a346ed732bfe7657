"""Open a database, with the durability the ledger needs, read back and refused if it is not there."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

SQLITE_PRAGMAS: dict[str, tuple[str, int | str]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": ("8000", 8000),
}
"""What each connection is told, and what it must answer when asked."""


LONGEST_PAUSE_IN_A_UNIT = "10s"
"""How long a transaction on PostgreSQL may wait for its own client. A process that froze in the middle of one would
keep its locks, the one on the lease too, and nobody could take over."""
TRIES = 80
TRUSTED_FOR = 2.0
"""Seconds for which a connection that has just worked is taken to work still: asking costs a fifth of a press."""


LOSES_NO_COMMIT_SINCE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The releases in which SQLite mended the race of two processes that both reset the log, the newest branch first."""


def may_lose_commits(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite can lose commits when several processes write to one file through its log."""
    mended, *backports = LOSES_NO_COMMIT_SINCE
    if version >= mended or version < (3, 7, 0):  # before 3.7.0 there was no such log
        return False
    return not any(version[:2] == branch[:2] and version >= branch for branch in backports)


def risky_sqlite() -> str | None:
    """Return the release of this machine's SQLite if it can lose commits of several processes, else None."""
    return sqlite3.sqlite_version if may_lose_commits(sqlite3.sqlite_version_info) else None


class UnsafeDatabase(Exception):
    """The database would not keep what it confirms; the sentence says what to change."""


def open_engine(url: str) -> Engine:
    """Return an engine for `url` (SQLite or PostgreSQL) with safe settings on every connection.

    Connections begin transactions by hand: SQLite's driver would begin them late, as readers. Raises
    UnsafeDatabase for another kind of database, and on connecting when a setting does not hold.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=8, max_overflow=4)
        event.listen(engine, "connect", _check_postgres)
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _ping_rested(engine.dialect.loaded_dbapi.Error))
        return engine
    raise UnsafeDatabase(f"{parsed.get_backend_name()} is not supported: use SQLite or PostgreSQL")


def in_schema(url: str, schema: str) -> str:
    """Return the address of one schema of a PostgreSQL database: whoever connects there sees nothing else of it."""
    parsed = make_url(url)
    options = f"{parsed.query.get('options', '')} -csearch_path={schema}".strip()
    return parsed.update_query_dict({"options": options}).render_as_string(hide_password=False)


def schema_of(url: str) -> str | None:
    """Return the schema that an address is in, or None for a database that is one bot's alone."""
    options = make_url(url).query.get("options", "")
    found = re.search(r"-csearch_path=(\w+)", options if isinstance(options, str) else "")
    return found.group(1) if found else None


def _open_sqlite(url: URL) -> Engine:
    file = url.database
    if not file or ":memory:" in file or url.query.get("mode") == "memory":
        raise UnsafeDatabase("an in-memory database forgets everything: give a file")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 8})
    event.listen(engine, "connect", _configure_sqlite)
    _make_savepoints_cheap(engine)
    return engine


def _make_savepoints_cheap(engine: Engine) -> None:
    """Hand savepoints to the driver as they are: each has a name of its own, and would be compiled anew each time."""

    def say(words: str) -> Callable[[Connection, str], None]:
        def hand_over(connection: Connection, name: str) -> None:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute(f"{words} {name}")

        return hand_over

    for method, words in (
        ("do_savepoint", "SAVEPOINT"),
        ("do_rollback_to_savepoint", "ROLLBACK TO"),
        ("do_release_savepoint", "RELEASE"),
    ):
        setattr(engine.dialect, method, say(words))


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for name, (value, expected) in SQLITE_PRAGMAS.items():
        _set_pragma(connection, name, value)
        (held,) = connection.execute(f"PRAGMA {name}").fetchone()
        if held != expected:
            raise UnsafeDatabase(f"SQLite does not hold {name}={value} (it says {held}): is the disk a network share?")
    connection.execute("PRAGMA wal_autocheckpoint = 0")


def _set_pragma(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set a pragma. Two processes that open a new file at once both turn on its log, and SQLite lets neither wait."""
    for _ in range(TRIES):
        try:
            connection.execute(f"PRAGMA {name} = {value}")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.1)
        else:
            return
    connection.execute(f"PRAGMA {name} = {value}")


def _check_postgres(connection: Any, _record: Any) -> None:
    from storage.postgres import BriefCursor  # not at the top: it brings the driver

    connection.cursor_factory = BriefCursor
    held = connection.execute("SHOW synchronous_commit").fetchone()[0]
    connection.execute(f"SET idle_in_transaction_session_timeout = '{LONGEST_PAUSE_IN_A_UNIT}'")
    connection.commit()
    if held == "off":
        raise UnsafeDatabase("PostgreSQL runs with synchronous_commit=off: it would lose what it confirmed")


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


def _ping_rested(trouble: type[Exception]) -> Callable[[Any, Any, Any], None]:
    """Ask a connection that has rested whether it still lives; the pool then replaces a dead one.

    `trouble` is the driver's, which nobody imports who has an SQLite file.
    """

    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("rests_since", time.monotonic()) < TRUSTED_FOR:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except trouble as error:
            raise DisconnectionError("the server has closed this connection") from error

    return ping
