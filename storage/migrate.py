"""Bring a database to the tables of this version, and say whether it is there.

The scripts are in `storage/migrations/`. They need no settings file and no network, and run from any folder.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage.engines import open_engine, schema_of

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_836_473
"""PostgreSQL's advisory lock: of several processes that start at once, one migrates, the others wait."""


class BrokenMigration(RuntimeError):
    """A migration left rows that point at nothing; it was rolled back."""


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at `url` up to this version; all of it happens, or nothing."""
    _change(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """Take the database at `url` back to revision `to` (`base`: no tables at all)."""
    _change(url, lambda config: command.downgrade(config, to))


def current(engine: Engine) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Return whether the database has the tables of this version."""
    return current(engine) == newest()


def is_newer(engine: Engine) -> bool:
    """Return whether the database was brought up by a later version, whose scripts this one does not have."""
    at = current(engine)
    return at is not None and at not in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def newest() -> str | None:
    """Return the revision that this version of Steady needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config(connection: Connection | None = None) -> Config:
    # It tells every step at INFO; what matters, that it worked, is what `is_current` says.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    # A percent sign in a path would be read as a setting's name.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _change(url: str, change: Callable[[Config], None]) -> None:
    engine = open_engine(url)
    try:
        with engine.connect() as connection, _alone(connection):
            if (schema := schema_of(url)) is not None:
                connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
            change(_config(connection))
    finally:
        engine.dispose()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Hold the whole database for one transaction; tables are made in it like rows."""
    if connection.dialect.name == "postgresql":
        with connection.begin():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            yield
        return
    # SQLite changes a table by making it anew; dropping the old one would empty its children.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise BrokenMigration("a migration left rows that point at nothing")
        connection.exec_driver_sql("COMMIT")
    finally:
        if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("ROLLBACK")
