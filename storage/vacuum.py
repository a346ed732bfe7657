"""Leave nothing behind: overwrite what the database keeps of deleted and changed rows, in free pages and in its log."""

from __future__ import annotations

from storage.store import Store


def wipe(store: Store) -> None:
    """Rewrite the database without what was deleted from it, and empty its log. Locks it meanwhile."""
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM (FULL)")


def empty_log(store: Store) -> bool:
    """Write the log of an SQLite file back and empty it; return False while somebody still reads from it."""
    with store.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
            return True
        busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy
