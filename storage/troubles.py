"""Why a database cannot be used, in one word. The drivers' own words stay here: they may hold a password."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage.engines import UnsafeDatabase
from storage.soundness import DamagedDatabase


class Trouble(StrEnum):
    """What may be wrong with a database, each mended in another way."""

    ADDRESS = "address"
    UNSAFE = "unsafe"
    NEWER = "newer"
    FILE = "file"
    READ_ONLY = "read-only"
    FOREIGN = "foreign"
    DAMAGED = "damaged"
    BUSY = "busy"
    SERVER = "server"
    LOGIN = "login"
    MISSING = "missing"
    OTHER = "other"


_SIGNS: tuple[tuple[str, Trouble], ...] = (
    ("unable to open database file", Trouble.FILE),
    ("readonly database", Trouble.READ_ONLY),
    ("is not a database", Trouble.FOREIGN),
    ("malformed", Trouble.DAMAGED),
    ("database is locked", Trouble.BUSY),
    ("password authentication failed", Trouble.LOGIN),
    ("no password supplied", Trouble.LOGIN),
    ("role ", Trouble.LOGIN),
    ("pg_hba.conf", Trouble.LOGIN),
    ("permission denied", Trouble.LOGIN),
    ("does not exist", Trouble.MISSING),
    ("connection", Trouble.SERVER),
    ("could not translate host", Trouble.SERVER),
    ("failed to resolve host", Trouble.SERVER),
)
"""What the drivers say, and what it means; the first sign that is found counts."""


AWAY_SQLITE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
"""Primary result codes that speak of the file and the machine, not of the statement (sqlite.org/rescode.html)."""
AWAY_POSTGRES = ("08", "25P03", "40", "53", "55P03", "57", "58")
"""How SQLSTATEs begin that speak of the server, its connections, its locks and its disk (PostgreSQL, appendix A)."""


def is_away(error: BaseException) -> bool:
    """Return whether an error is the database's and not that of the row at work: it is away, locked or full."""
    if not isinstance(error, DBAPIError):
        return False
    driver = error.orig
    if isinstance(driver, sqlite3.Error):
        return getattr(driver, "sqlite_errorcode", 0) & 0xFF in AWAY_SQLITE
    import psycopg  # not at the top: whoever has an SQLite file does without it

    if isinstance(driver, psycopg.Error) and driver.sqlstate is not None:
        return driver.sqlstate.startswith(AWAY_POSTGRES)
    return error.connection_invalidated or isinstance(driver, psycopg.OperationalError | psycopg.InterfaceError)


def trouble_of(error: BaseException) -> Trouble:
    """Return what `error`, raised while a database was opened or brought up to this version, says of it."""
    if type(error).__name__ == "CommandError":  # Alembic's; importing it would slow down every command
        return Trouble.NEWER if "locate revision" in str(error) else Trouble.OTHER
    match error:
        case DamagedDatabase():
            return Trouble.DAMAGED
        case UnsafeDatabase():
            return Trouble.UNSAFE
        case ArgumentError() | NoSuchModuleError() | ValueError():
            return Trouble.ADDRESS
        case DBAPIError():
            said = str(error.orig).lower()
            return next((trouble for sign, trouble in _SIGNS if sign in said), Trouble.OTHER)
        case OSError():
            return Trouble.FILE
    return Trouble.OTHER
