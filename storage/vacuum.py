"""Leave nothing behind: overwrite what the database keeps of deleted and changed rows, in free pages and in its log."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from storage.key_table import DATA_KEYS
from storage.store import Store

PATIENCE = 1
"""Seconds to wait for the table of keys, which everybody reads."""


def wipe(store: Store) -> None:
    """Rewrite the database without what was deleted from it, and empty its log. Locks it meanwhile."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM (FULL)")


def empty_log(store: Store) -> bool:
    """Make what was deleted unreadable in the database's files; return False while somebody is in the way.

    SQLite overwrote it already: its log is written back and emptied. PostgreSQL leaves the bytes of dead rows in their
    pages, so the table of keys, without which they are noise, is written anew.
    """
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            return not busy
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
        try:
            connection.exec_driver_sql(f"VACUUM (FULL) {DATA_KEYS.name}")
        except OperationalError:  # whoever wants a key meanwhile would wait as long as we do
            return False
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
        return True
