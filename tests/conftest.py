"""What every test stands on: no network, a printed seed, markers that cannot be forgotten."""

import ipaddress
import os
import random
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from storage import masters
from storage.migrate import upgrade
from storage.store import Store

THROWAWAY = masters.MasterKey(b"a key of the tests, for no one .")
"""The master key of every test that brings none of its own, also in processes that a test starts."""
os.environ["STEADY_MASTER_KEY"] = THROWAWAY.written()
masters.UNLESS_GIVEN.know(THROWAWAY)

# Before telegram is imported: its durations are timedelta then, as everywhere in the house.
os.environ["PTB_TIMEDELTA"] = "1"

pytest_plugins = ["tests.postgres", "tests.browser"]

# No deadline: a slow machine is not a bug, and speed lives in bench/.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.register_profile("nightly", deadline=None, print_blob=True, max_examples=5_000)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="repeat a run's random choices")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(1_000_000)


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (repeat with --seed {config.option.seed})"


@pytest.hookimpl(tryfirst=True)  # before pytest picks by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for fixture, marker in (("postgres_server", "postgres"), ("browser", "browser")):
            if fixture in fixtures:
                item.add_marker(marker)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> str:
    """The run's seed, told apart by test, so that one test alone makes the same choices as in a whole run."""
    return f"{request.config.option.seed}:{request.node.nodeid}"


@pytest.fixture
def rng(seed: str) -> random.Random:
    """A source of random choices that `--seed` repeats."""
    return random.Random(seed)


@pytest.fixture(autouse=True)
def seeded(seed: str) -> None:
    random.seed(seed)


@pytest.fixture(scope="session")
def fill_postgres_template() -> Callable[[str], None]:
    """What fills the database that each test's own is copied from."""
    return upgrade


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from."""
    file = tmp_path_factory.mktemp("template") / "steady.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a migrated database file that only this test has."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'steady.db')}"


ENGINES = [
    pytest.param("fresh_sqlite", id="sqlite"),
    pytest.param("fresh_postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database that only this test has, on each engine in turn."""
    return str(request.getfixturevalue(request.param))


class MovedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **lengths: float) -> None:
        """Move the clock by a timedelta given in its own words: `forward(minutes=30)`."""
        self.now += timedelta(**lengths)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(database_url: str, clock: MovedClock) -> Iterator[Store]:
    """A store on a database of its own, on each engine in turn; its clock is the fixture `clock`."""
    opened = Store(database_url, clock)
    yield opened
    opened.close()


class NetworkRefusedError(BaseException):
    """A test tried to leave this machine. Not an Exception: nothing that retries may swallow it."""


def is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection and every name look-up that leaves this machine."""
    plain = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guard(name: str) -> Any:
        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
                raise NetworkRefusedError(address)
            return plain[name](self, address)

        return guarded

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_here(host):
            raise NetworkRefusedError(host)
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for name in plain:
            patch.setattr(socket.socket, name, guard(name))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield
