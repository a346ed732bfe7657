"""Two bots in one installation: one database, a schema each. Everybody and everything has the same number in both.

Each has a Telegram of its own here, which counts people, chats, messages and updates from the same beginning: whatever
one bot did to the other's clinic would be seen at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from content.loader import Content
from storage.engines import in_schema
from storage.inbox import count_waiting
from storage.migrate import upgrade
from storage.queues import OutboxRow
from storage.reading import Session
from storage.store import engine_of
from tests.stories.conftest import opened
from tests.stories.house import House


@pytest.fixture
async def houses(fresh_postgres: str, tmp_path: Path, content: Content) -> AsyncIterator[tuple[House, House]]:
    """Two bots at work in one process, over one database."""
    async with AsyncExitStack() as both:
        made = []
        for name in ("north", "south"):
            url = in_schema(fresh_postgres, f"bot_{name}")
            upgrade(url)
            made.append(await both.enter_async_context(opened(url, tmp_path / name, content)))
        yield made[0], made[1]


async def test_a_day_with_one_bot_is_no_day_with_the_other(houses: tuple[House, House]) -> None:
    north, south = houses
    ann, ben = await north.joined("Ann"), await south.joined("Ben")
    assert (ann.id, north.clinicians.chat) == (ben.id, south.clinicians.chat)  # the same numbers, on purpose
    await north.until("09:00")
    ann.expect_only("daily check")
    ben.nothing_more()
    await ann.taps("Taken")
    ann.expect("taken at 09:00")
    assert (await north.states(ann), await south.states(ben)) == (["taken"], ["open"])
    await ann.presses("Help now")
    north.clinicians.expect("EMERGENCY")
    await south.settle()
    south.clinicians.nothing_more()
    assert await south.cases(ben) == []
    await south.until("09:00")
    ben.expect_only("daily check")
    await ben.taps("Not today")
    assert await north.states(ann) == ["taken"]


async def test_each_bot_holds_leases_and_queues_of_its_own(houses: tuple[House, House]) -> None:
    """Neither is passive because the other polls, and an update id that both have seen counts in both."""
    north, south = houses
    for house in houses:
        assert {name for name in ("polling", "sending", "rounds") if house.steady.leases.grip(name)} == {
            "polling", "sending", "rounds",
        }  # fmt: skip
        assert not any(line["event"] == "passive" for line in house.logs)
    ann, ben = await north.joined("Ann"), await south.joined("Ben")
    await ann.says("/today")
    await ben.says("/today")
    assert [await house.look(count_waiting) for house in houses] == [0, 0]
    assert ann.read()
    assert ben.read()


async def test_a_bot_that_stops_or_stands_before_a_closed_door_stops_no_other(houses: tuple[House, House]) -> None:
    north, south = houses
    ben = await south.joined("Ben")
    await north.fault("401", method=".*")
    await south.until("09:00")
    ben.expect_only("daily check")
    await north.call("DELETE", "/faults")
    await north.stop_steady()
    await ben.taps("Taken")
    ben.expect("taken at 09:00")
    await north.start_steady()


async def test_nothing_of_one_bot_is_in_the_others_tables_nor_in_anybodys(houses: tuple[House, House]) -> None:
    north, south = houses
    await north.joined("Ann")
    before = await south.look(letters)
    await north.until("09:00")
    assert await south.look(letters) == before
    with engine_of(north.steady.store).connect() as connection:
        found = connection.execute(text("select schemaname from pg_tables where tablename = 'outbox' order by 1"))
        assert [row[0] for row in found if row[0] != "public"] == ["bot_north", "bot_south"]
        assert connection.execute(text("select count(*) from bot_south.outbox")).scalar() == before


def letters(session: Session) -> int:
    return session.query(OutboxRow).count()
