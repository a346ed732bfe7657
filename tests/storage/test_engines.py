"""A database that would not keep what it confirms is refused, and says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import engines
from storage.engines import SQLITE_PRAGMAS, UnsafeDatabase, may_lose_commits, open_engine
from storage.store import Store
from storage.troubles import is_away
from tests.conftest import MovedClock

KEEPS_WHAT_IT_CONFIRMS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 8000,
}
"""Written down again: read from the code, it would hold whatever the code says."""


@pytest.fixture
def sqlite(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    yield opened
    opened.close()


def test_every_connection_to_a_file_holds_its_settings(sqlite: Store) -> None:
    held = {}
    with sqlite.engine.connect() as one, sqlite.engine.connect() as other:
        for connection in (one, other):
            for name in SQLITE_PRAGMAS:
                held[name] = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            assert held == KEEPS_WHAT_IT_CONFIRMS
            assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one() == 0


def test_a_setting_that_does_not_hold_is_refused(fresh_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SQLITE_PRAGMAS, "synchronous", ("FULL", 3))
    engine = open_engine(fresh_sqlite)
    with pytest.raises(UnsafeDatabase, match="does not hold synchronous=FULL"):
        engine.connect()
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:steady?mode=memory&cache=shared&uri=true",
    ],
)
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(UnsafeDatabase, match="in-memory"):
        open_engine(url)


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(UnsafeDatabase, match="mysql is not supported"):
        open_engine("mysql://localhost/steady")


def test_a_server_that_confirms_too_early_is_refused(fresh_postgres: str) -> None:
    engine = open_engine(f"{fresh_postgres}?options=-csynchronous_commit%3Doff")
    with pytest.raises(UnsafeDatabase, match="synchronous_commit=off"):
        engine.connect()
    engine.dispose()


def _use_then_cut(engine: Engine, url: str) -> None:
    """Use a connection, give it back to the pool, and let the server close it there."""
    with engine.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    other = open_engine(url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:mine, 2000)"), {"mine": mine})
    other.dispose()


def test_a_connection_that_died_while_it_rested_is_replaced(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "TRUSTED_FOR", 0.0)
    engine = open_engine(fresh_postgres)
    _use_then_cut(engine, fresh_postgres)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_one_that_has_just_worked_is_not_asked_and_its_death_costs_one_unit(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "TRUSTED_FOR", 3600.0)
    engine = open_engine(fresh_postgres)
    _use_then_cut(engine, fresh_postgres)
    with pytest.raises(OperationalError), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_who_freezes_within_a_unit_holds_its_locks_for_seconds_only(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engines.LONGEST_PAUSE_IN_A_UNIT == "10s"
    monkeypatch.setattr(engines, "LONGEST_PAUSE_IN_A_UNIT", "100ms")
    frozen, other = open_engine(fresh_postgres), open_engine(fresh_postgres)
    locks = text("INSERT INTO marks (key, value, at) VALUES ('lease', 'x', now())")
    with frozen.connect() as held, other.begin() as connection:
        held.execute(locks)  # and then nothing more is heard of it
        connection.execute(text("SET lock_timeout = '20s'"))
        connection.execute(locks)
        with pytest.raises(DBAPIError) as lost:
            held.execute(text("SELECT 1"))
    assert is_away(lost.value)
    frozen.dispose()
    other.dispose()


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'steady.db'}")
    engine.connect().close()
    engine.dispose()
    assert (tmp_path / "new" / "folder").is_dir()


VERSIONS = {
    (3, 6, 23): False, (3, 7, 0): True, (3, 40, 1): True, (3, 44, 5): True, (3, 44, 6): False, (3, 45, 0): True,
    (3, 49, 1): True, (3, 50, 6): True, (3, 50, 7): False, (3, 51, 2): True, (3, 51, 3): False, (3, 52, 0): False,
}  # fmt: skip


@pytest.mark.parametrize(("version", "may"), VERSIONS.items())
def test_the_versions_that_may_lose_a_commit_are_known(version: tuple[int, int, int], may: bool) -> None:
    assert may_lose_commits(version) is may
