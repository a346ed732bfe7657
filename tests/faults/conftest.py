"""A server of their own for tests that crash it."""

from collections.abc import Iterator

import pytest

from tests.faults.server import PostgresServer, own_server


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that may be crashed: nobody else is on it."""
    with own_server() as server:
        yield server
