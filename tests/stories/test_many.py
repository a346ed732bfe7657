"""Two processes on one database: one acts, the other waits, and it takes over when the first is gone or frozen."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.steady import Steady
from storage.outbox import count_owed
from tests.stories.backstage import Backstage
from tests.stories.house import House


@pytest.fixture
async def second(house: House) -> AsyncIterator[Steady]:
    """A second whole Steady, started by mistake."""
    other = Steady(house._settings(), house.content, house.clock)
    await other.start()
    yield other
    if house.steady is not other:
        await other.stop()


def hand_over(house: House, other: Steady) -> None:
    """Let the second one be the one that the story follows."""
    house.steady = other
    house.conductor = Backstage(other, house.clock, house.world)


async def test_a_second_instance_is_passive_and_nothing_is_sent_twice(house: House, second: Steady) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await second.rest()
    ann.expect_only("daily check")
    await ann.taps("Taken")
    await second.rest()
    ann.expect("taken at 09:00")
    assert second.sender.taken == 0
    assert second.leases.grip("sending") is None
    assert any(line["event"] == "passive" for line in house.logs)


async def test_the_second_takes_over_as_soon_as_the_first_stops(house: House, second: Steady) -> None:
    ann = await house.joined()
    first = house.steady
    await first.stop()
    hand_over(house, second)
    await second.leases.keep()
    await house.until("09:00")
    ann.expect_only("daily check")
    await ann.taps("Taken")
    ann.expect("taken at 09:00")


async def test_a_frozen_leader_that_comes_back_writes_nothing(house: House, second: Steady) -> None:
    ann = await house.joined()
    await house.until("08:59")
    first = house.steady
    house.clock.move_to(house.clock.now().replace(second=40))  # the first does not renew: it is frozen
    await second.leases.keep()
    house.allowed.add("lease-lost")
    await ann.presses("Help now")
    before = first.sender.taken
    await first.sender.look()
    await first.sender.idle()
    assert first.sender.taken == before
    hand_over(house, second)
    await house.settle()
    ann.expect("We are glad you pressed this")
    assert await house.look(count_owed) == 0
    await first.stop()
