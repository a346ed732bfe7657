"""Migrations make the tables that the code knows, from anywhere, forth and back, or not at all."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError

from storage.columns import Base
from storage.engines import open_engine
from storage.migrate import SCRIPTS, BrokenMigration, current, downgrade, is_current, newest, revisions, upgrade
from tests.conftest import ENGINES

EMPTY = [
    pytest.param("empty_sqlite", id="sqlite"),
    pytest.param("empty_postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=EMPTY)
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    opened = open_engine(empty_url)
    yield opened
    opened.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_make_the_tables_the_code_knows(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    assert differences(engine) == []
    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}


def test_a_missing_column_would_be_noticed(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table patients drop column wording")
    assert differences(engine) != []


def test_up_and_down_and_up_again(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    downgrade(empty_url, "base")
    assert (tables(engine), current(engine)) == ({"alembic_version"}, None)
    upgrade(empty_url)
    assert differences(engine) == []


def test_an_empty_database_is_not_current(empty_url: str, engine: Engine) -> None:
    assert (current(engine), is_current(engine)) == (None, False)
    upgrade(empty_url)
    assert (current(engine), is_current(engine)) == (newest(), True)


def test_migrating_twice_changes_nothing(empty_url: str, engine: Engine) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    assert is_current(engine)


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("create table reports (mine int)")
    with pytest.raises(DatabaseError, match="already exists"):
        upgrade(empty_url)
    assert tables(engine) == {"reports"}
    assert current(engine) is None


def test_migrations_run_from_any_folder_and_say_nothing(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    elsewhere = tmp_path / "else where %"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with caplog.at_level(logging.INFO, "root"):
        upgrade(empty_url)
    assert (caplog.messages, *capfd.readouterr()) == ([], "", "")


def test_a_migration_that_orphans_rows_is_rolled_back(fresh_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def orphan(config: Config, _to: str) -> None:
        connection = config.attributes["connection"]
        connection.exec_driver_sql("insert into notes values (1, 99, 'dose', 'of no course', '2026-11-02')")

    monkeypatch.setattr("alembic.command.upgrade", orphan)
    monkeypatch.setattr("storage.migrate.newest", lambda: "one that is still to come")
    with pytest.raises(BrokenMigration):
        upgrade(fresh_sqlite)
    engine = open_engine(fresh_sqlite)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from notes").scalar_one() == 0
    engine.dispose()


def test_processes_that_start_at_once_migrate_once(empty_url: str, engine: Engine) -> None:
    with ThreadPoolExecutor(4) as threads:
        for future in [threads.submit(upgrade, empty_url) for _ in range(4)]:
            future.result(timeout=30)
    assert is_current(engine)


@pytest.mark.parametrize("fixture", ENGINES)
def test_tests_stand_on_a_migrated_database(request: pytest.FixtureRequest, fixture: str) -> None:
    engine = open_engine(request.getfixturevalue(fixture))
    try:
        assert is_current(engine)
    finally:
        engine.dispose()


def test_the_revisions_are_those_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert revisions() == [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def test_a_database_of_this_version_needs_no_alembic(fresh_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("alembic.command.upgrade", refuse)
    upgrade(fresh_sqlite)
