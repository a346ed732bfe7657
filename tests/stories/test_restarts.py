"""Stopping at any moment and starting again on the same database."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo import conductor
from tests.stories.house import House


async def test_updates_that_came_while_we_were_down_are_all_answered_once(house: House) -> None:
    people = [await house.joined(f"Ann {number}") for number in range(5)]
    await house.until("09:00")
    for ann in people:
        ann.expect("daily check")
    await house.stop_steady()
    for ann in people:
        await house.call("POST", f"/people/{ann.id}/tap", label="Taken")
        await house.call("POST", f"/people/{ann.id}/say", text="all right")
    await house.start_steady()
    await house.settle()
    for ann in people:
        ann.expect("taken at 09:00")
        ann.expect_only("How are you feeling", "passed this to your team")
        assert await house.history((await house.ledger(ann))[0]) == [("open", "taken")]


@pytest.mark.parametrize("times", range(6))
async def test_stopped_in_the_middle_nothing_is_lost_and_nothing_is_done_twice(house: House, times: int) -> None:
    people = [await house.joined(f"Ann {number}") for number in range(4)]
    await house.until("09:00")
    for ann in people:
        ann.expect("daily check")
        await house.call("POST", f"/people/{ann.id}/tap", label="Taken")
        await house.call("POST", f"/people/{ann.id}/say", text="Help now")
    for _ in range(times * 3):  # that far the loop gets before the stop
        await house.call("GET", "/quiet?timeout=0.002")
    await house.stop_steady()
    await house.start_steady()
    await house.settle()
    await house.forward(seconds=5)
    for ann in people:
        assert await house.history((await house.ledger(ann))[0]) == [("open", "taken")]
        texts = ann.read()
        assert 1 <= sum("taken at 09:00" in text for text in texts) <= 2
        assert 1 <= sum("We are glad you pressed this" in text for text in texts) <= 2
        assert 1 <= sum(ann.code in said.text for said in house.clinicians.everything) <= 2
        assert len(await house.cases(ann)) == 1


async def test_letters_owed_at_the_stop_are_sent_after_the_start(house: House) -> None:
    ann = await house.joined()
    await house.fault("status", status=502, method="sendMessage")
    await ann.presses("Help now")
    await house.stop_steady()
    await house.call("DELETE", "/faults")
    await house.start_steady()
    await house.forward(minutes=6)
    ann.expect("We are glad you pressed this")
    house.clinicians.expect("EMERGENCY")


async def test_a_case_goes_on_repeating_after_a_restart(house: House) -> None:
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    house.clinicians.expect("EMERGENCY")
    await house.stop_steady()
    await house.start_steady()
    await house.forward(minutes=10)
    house.clinicians.expect("Second message")


async def test_a_chat_that_was_just_answered_is_answered_by_the_next_process_at_once(shared_house: House) -> None:
    """Where many workers may share the chats, one that stops takes none with it: nobody waits for its claims."""
    house = shared_house
    ann = await house.joined()
    await ann.says("hello")
    await house.stop_steady()
    await house.start_steady()
    async with asyncio.timeout(60):  # by the clock of the house, which stands still, no claim ever runs out
        await ann.presses("Help now")
    house.clinicians.expect("EMERGENCY")


async def test_a_house_that_never_comes_to_rest_is_said_to_be_stuck(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a run of all stories by night would stand there until somebody looked."""

    async def never() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(conductor, "LONGEST_REST", 0.05)
    monkeypatch.setattr(house.steady, "rest", never)
    with pytest.raises(conductor.Stuck, match="taken by nobody"):
        await house.settle()
    monkeypatch.undo()
