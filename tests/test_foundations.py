"""The ground under the other tests holds: network block, seed, PostgreSQL, browser."""

import asyncio
import os
import random
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.async_api import Page

from tests import browser, postgres
from tests.conftest import NetworkRefusedError, is_here
from tests.postgres import database


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""))


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "api.example", b"api.example"])
def test_the_network_is_refused(host: str) -> None:
    with pytest.raises(NetworkRefusedError):
        socket.create_connection((host, 443), timeout=1)


def test_an_address_needs_no_look_up_to_be_refused() -> None:
    with socket.socket() as client, pytest.raises(NetworkRefusedError):
        client.connect_ex(("192.0.2.1", 443))


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", b"localhost", None, ""])
def test_loopback_is_here(host: object) -> None:
    assert is_here(host)


def test_the_seed_decides_random_choices(rng: random.Random, seed: str) -> None:
    assert rng.random() == random.Random(seed).random() == random.random()


def test_telegram_durations_are_asked_for() -> None:
    assert os.environ["PTB_TIMEDELTA"] == "1"


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_a_database_of_its_own(fresh_postgres: str, turn: int) -> None:
    with connect(fresh_postgres) as connection:
        connection.execute("create table mine (answer int)")  # fails if a table of that name is there


def test_a_database_is_a_copy_of_its_template(postgres_server: str, empty_postgres: str) -> None:
    with connect(empty_postgres) as connection:
        connection.execute("create table filled (answer int)")
    template = urlsplit(empty_postgres).path.lstrip("/")
    with database(postgres_server, f"{template}_copy", template) as copy, connect(copy) as connection:
        assert connection.execute("select count(*) from filled").fetchone() == (0,)


@pytest.mark.parametrize("helper", [browser.go_without, lambda: postgres.go_without("because")])
@pytest.mark.parametrize(("required", "outcome"), [("0", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_what_is_missing_is_skipped_unless_required(monkeypatch, helper, required, outcome) -> None:
    monkeypatch.setenv("REQUIRE_POSTGRES", required)
    monkeypatch.setenv("REQUIRE_BROWSER", required)
    with pytest.raises(outcome, match=r"because|no Chromium found"):
        helper()


def test_a_postgres_that_does_not_start_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("REQUIRE_POSTGRES", "1")
    monkeypatch.setattr(postgres, "places", lambda: [tmp_path])
    with ExitStack() as stack, pytest.raises(pytest.fail.Exception, match=str(tmp_path)):
        postgres.first_that_starts(stack)


def test_a_database_for_migrations_is_empty(empty_postgres: str) -> None:
    with connect(empty_postgres) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert found == (0,)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_browser_shows_a_page(page: Page) -> None:
    await page.set_content("<button onclick=\"this.textContent='pressed'\">press</button>")
    await page.click("button")
    assert await page.text_content("button") == "pressed"


async def test_async_tests_still_run_after_the_browser() -> None:
    assert asyncio.get_running_loop().is_running()
