"""Each story has a house of its own."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from content.loader import Content, load_content
from tests.stories.house import House


@pytest.fixture(scope="session")
def content() -> Content:
    """Everything Steady can say, read once."""
    return load_content()


@pytest.fixture
async def house(sqlite_template: Path, tmp_path: Path, content: Content) -> AsyncIterator[House]:
    """A founded clinic on a fresh database, at eight in the morning; what went wrong fails the story in the end."""
    file = Path(shutil.copy(sqlite_template, tmp_path / "steady.db"))
    async with AsyncExitStack() as rooms:
        house = House(file, content, rooms)
        await house.open()
        try:
            yield house
            await house.settle()
            await house.check()
        finally:
            await house.stop_steady()
