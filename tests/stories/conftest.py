"""Each story has a house of its own."""

import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from zlib import crc32

import pytest

from content.loader import Content, load_content
from tests.stories.house import House


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything Steady can say, read once."""
    return load_content()


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """Reading the system's certificates takes longer than many a story, and nothing here speaks TLS."""
    return ssl.create_default_context()


# Each story on SQLite with every commit. On PostgreSQL a story costs three times as much: there, one in five with every
# commit (always the same), and all of them by `make nightly`.
STORY_ENGINES = [
    pytest.param("fresh_sqlite", id="sqlite"),
    pytest.param("fresh_postgres", id="postgres", marks=pytest.mark.postgres),
]
ONE_IN = 5


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most stories on PostgreSQL to the night, before anything is chosen by mark."""
    for item in items:
        is_rare = "[postgres" in item.name and crc32(item.nodeid.encode()) % ONE_IN != 0
        if is_rare and "stories" in item.path.parts:
            item.add_marker(pytest.mark.nightly)


@pytest.fixture(params=STORY_ENGINES)
def story_database(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database that only this story has."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def house(
    story_database: str, tmp_path: Path, content: Content, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """A founded clinic on a fresh database, at eight in the morning; what went wrong fails the story in the end."""
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", lambda *_, **__: tls)
    async with opened(story_database, tmp_path, content) as house:
        yield house


@pytest.fixture
async def shared_house(fresh_postgres: str, tmp_path: Path, content: Content) -> AsyncIterator[House]:
    """A house on the engine that many processes may share."""
    async with opened(fresh_postgres, tmp_path, content) as house:
        yield house


@asynccontextmanager
async def opened(url: str, home: Path, content: Content) -> AsyncIterator[House]:
    async with AsyncExitStack() as rooms:
        house = House(home, url, content, rooms)
        await house.open()
        try:
            yield house
            await house.settle()
            await house.check()
        finally:
            await house.stop_steady()
