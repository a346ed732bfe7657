"""Each story has a house of its own."""

import io
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from zlib import crc32

import pytest
from pydantic import SecretStr

from bot.logs import set_up_logs
from bot.settings import Settings
from content.loader import Content, load_content
from sandbox.world import DEFAULT_TOKEN
from tests.bot.conftest import logs_as_they_were as logs_as_they_were
from tests.conftest import THROWAWAY
from tests.stories.house import House


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything Steady can say, read once."""
    return load_content()


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """Reading the system's certificates takes longer than many a story, and nothing here speaks TLS."""
    return ssl.create_default_context()


# Each story on SQLite with every commit. On PostgreSQL a story costs more, and all would take CI near its end: there,
# one in three with every commit (always the same), and all of them by `make nightly`.
STORY_ENGINES = [
    pytest.param("fresh_sqlite", id="sqlite"),
    pytest.param("fresh_postgres", id="postgres", marks=pytest.mark.postgres),
]
ONE_IN = 3


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
def everything_logged(logs_as_they_were: None) -> io.StringIO:
    """All that libraries and we would log at DEBUG."""
    stream = io.StringIO()
    set_up_logs(Settings(bot_token=SecretStr(DEFAULT_TOKEN), log_level="DEBUG"), stream=stream)
    return stream


@pytest.fixture
async def house(
    story_database: str,
    tmp_path: Path,
    content: Content,
    tls: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    everything_logged: io.StringIO,
) -> AsyncIterator[House]:
    """A founded clinic on a fresh database, at eight in the morning; what went wrong fails the story in the end.

    So does a secret, or who somebody is, in anything that was logged.
    """
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", lambda *_, **__: tls)
    async with opened(story_database, tmp_path, content) as house:
        yield house
    assert leaks(house, everything_logged.getvalue()) == []


KEYS = (DEFAULT_TOKEN.partition(":")[2], THROWAWAY.written(), THROWAWAY.secret.hex())


def leaks(house: House, logged: str) -> list[str]:
    """Return what a log of this story must never hold, and does."""
    said = f"{logged} {house.logs!r} {house.errors.said!r}"
    names = (person.first_name for person in house.world.people.values() if len(person.first_name) > 4)
    words = (message.text for chat in house.world.chats.values() for message in chat.messages.values() if message.text)
    numbers = "|".join(str(person.id) for person in house.world.people.values())
    found = [one for one in (*KEYS, *names, *(one for one in words if len(one) > 15)) if one in said]
    return found + re.findall(rf"\b(?:{numbers})\b", said)


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
