"""Bring a database to the tables of this version, and say whether it is there.

The scripts are in `storage/migrations/`, named for their revisions. They need no settings file, no network, and run
from any folder. Alembic is imported when there is something to change: it costs each start time and ten MiB for good.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from storage.engines import open_engine, schema_of

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_836_473
"""PostgreSQL's advisory lock: of several processes that start at once, one migrates, the others wait."""


class BrokenMigration(RuntimeError):
    """A migration left rows that point at nothing; it was rolled back."""


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at `url` up to this version; all of it happens, or nothing."""
    if to != "head" or not _is_current_at(url):
        from alembic import command

        _change(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """Take the database at `url` back to revision `to` (`base`: no tables at all)."""
    from alembic import command

    _change(url, lambda config: command.downgrade(config, to))


def current(engine: Engine) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def is_current(engine: Engine) -> bool:
    """Return whether the database has the tables of this version."""
    return current(engine) == newest()


def is_newer(engine: Engine) -> bool:
    """Return whether the database was brought up by a later version, whose scripts this one does not have."""
    at = current(engine)
    return at is not None and at not in revisions()


def newest() -> str:
    """Return the revision that this version of Steady needs."""
    return revisions()[-1]


def revisions() -> list[str]:
    """Return every revision that this version knows, the oldest first."""
    return sorted(path.name.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def _is_current_at(url: str) -> bool:
    engine = open_engine(url)
    try:
        return is_current(engine)
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

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
