"""What is the database's fault is told from what is the row's: only the row's counts against it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engines import open_engine
from storage.troubles import is_away

POSTGRES = {
    psycopg.OperationalError("the server closed the connection unexpectedly"): True,
    errors.AdminShutdown(): True,
    errors.CannotConnectNow(): True,
    errors.IdleInTransactionSessionTimeout(): True,
    errors.DeadlockDetected(): True,
    errors.DiskFull(): True,
    errors.TooManyConnections(): True,
    errors.LockNotAvailable(): True,
    errors.ProgramLimitExceeded(): False,
    errors.UndefinedTable(): False,
    errors.NotNullViolation(): False,
    errors.InvalidTextRepresentation(): False,
}
SQLITE = {
    sqlite3.SQLITE_BUSY: True,
    sqlite3.SQLITE_BUSY_SNAPSHOT: True,
    sqlite3.SQLITE_FULL: True,
    sqlite3.SQLITE_IOERR_FSYNC: True,
    sqlite3.SQLITE_READONLY: True,
    sqlite3.SQLITE_ERROR: False,
    sqlite3.SQLITE_TOOBIG: False,
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: False,
}


@pytest.mark.parametrize(("error", "away"), POSTGRES.items(), ids=lambda one: type(one).__name__)
def test_postgres(error: psycopg.Error, away: bool) -> None:
    assert is_away(OperationalError("insert", {}, error)) is away


@pytest.mark.parametrize(("code", "away"), SQLITE.items())
def test_sqlite(code: int, away: bool) -> None:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    assert is_away(OperationalError("insert", {}, error)) is away


def test_an_error_of_our_own_is_never_the_databases() -> None:
    assert not is_away(ValueError("the connection of thoughts"))


def test_a_locked_file_is_away_and_a_wrong_statement_is_not(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'steady.db'}"
    one, other = open_engine(url), open_engine(url)
    with one.connect() as holder, other.connect() as waiter:
        holder.exec_driver_sql("BEGIN IMMEDIATE")
        waiter.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(DBAPIError) as locked:
            waiter.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(DBAPIError) as wrong:
            waiter.execute(text("SELECT nothing FROM nowhere"))
        holder.exec_driver_sql("ROLLBACK")
    assert (is_away(locked.value), is_away(wrong.value)) == (True, False)
    one.dispose()
    other.dispose()
