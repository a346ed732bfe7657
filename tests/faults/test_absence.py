"""E1: an absence within a running process: the machine slept, another process worked, or a hand moved the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ticks import LAST_ROUND
from storage.marks import set_mark
from tests.faults.test_outage import enrol, one_round
from tests.stories.house import House


class Trusted:
    """A watch over a clock that goes by itself and has nothing to be doubted for."""

    is_doubtful = False

    async def look(self) -> None: ...


def told(house: House) -> int:
    return sum("Steady was not at work" in text for text in house.clinicians.read())


async def slept(house: House, **span: float) -> None:
    """Let the clock have gone by itself for so long while nothing ran."""
    house.steady.ticks._watch = Trusted()  # type: ignore[assignment]
    await one_round(house, **span)


async def test_a_machine_that_slept_tells_what_is_late_and_once(house: House) -> None:
    await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    await house.steady.ticks.make_rounds()
    await slept(house, minutes=50)
    assert told(house) == 1
    await one_round(house, minutes=5)
    assert told(house) == 0  # `read` gives what is new


async def test_hours_in_which_another_process_made_the_rounds_are_no_absence(house: House) -> None:
    await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    await house.steady.ticks.make_rounds()
    house.clock.move_to(house.clock.now() + timedelta(minutes=50))
    await house.steady.desk.write(lambda work: set_mark(work, LAST_ROUND, "made"))
    await slept(house, minutes=1)
    assert told(house) == 0


@pytest.mark.parametrize("days", [1, 30])
async def test_a_clock_moved_by_hand_is_no_absence(house: House, days: int) -> None:
    await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    await house.steady.ticks.make_rounds()
    await one_round(house, days=days)
    assert told(house) == 0
