"""A server of their own for tests that crash it, and the house of the stories for everything that Telegram does."""

from collections.abc import Iterator

import pytest

from tests.faults.server import PostgresServer, own_server
from tests.stories.conftest import content, everything_logged, house, logs_as_they_were, tls

__all__ = ["content", "everything_logged", "house", "logs_as_they_were", "tls"]


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that may be crashed: nobody else is on it."""
    with own_server() as server:
        yield server


@pytest.fixture
def story_database(fresh_sqlite: str) -> str:
    """What Telegram does is the same to both engines: here one is enough, and the stories run on both."""
    return fresh_sqlite
