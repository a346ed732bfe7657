"""What every test stands on: no network, a printed seed, markers that cannot be forgotten."""

import ipaddress
import os
import random
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

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
