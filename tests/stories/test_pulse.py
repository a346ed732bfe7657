"""The monitor outside hears from us only while every part is well; the operator hears of wrong books once an hour."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.heartbeat import Heartbeat
from clinic.operator import OPERATOR_CHAT
from clinic.ward import Ward
from storage.cases import open_cases, set_case
from storage.inbox import add_updates, arrival
from storage.marks import set_chat_mark
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from tests.stories.house import House


async def test_while_all_is_well_the_monitor_is_pinged(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    pinged: list[str] = []

    async def ping(_self: Heartbeat, url: str) -> None:
        pinged.append(url)

    monkeypatch.setattr(Heartbeat, "_ping", ping)
    house.steady.watch.heartbeat._url = "http://127.0.0.1:1/ping"
    await house.steady.ticks.make_rounds()
    assert await house.steady.watch.heartbeat.beat()
    await house.forward(minutes=5)
    house.steady.ticks._marked_at = None  # it counts the real clock's minutes, and none has passed
    await house.steady.ticks.make_rounds()
    assert await house.steady.watch.heartbeat.beat()
    assert len(pinged) == 2
    house.steady.intake.trouble = "http 401"
    assert not await house.steady.watch.heartbeat.beat()
    assert len(pinged) == 2


async def test_no_clock_that_stands_still_is_well(house: House) -> None:
    await house.steady.ticks.make_rounds()
    house.clock.move_to(house.clock.now() + timedelta(minutes=4))
    assert "ticks" in await house.steady.watch.heartbeat.ailments()


async def test_a_task_that_ended_is_not_well(house: House) -> None:
    house.allows("error")
    task = house.steady._tasks[0]
    task.cancel()
    await asyncio.wait([task])
    assert "task" in await house.steady.watch.heartbeat.ailments()


@pytest.mark.parametrize("part", ["inbox", "outbox"])
async def test_a_queue_that_does_not_move_is_not_well(house: House, part: str) -> None:
    house.allows("error", "failed")
    for task in house.steady._tasks:
        task.cancel()
    await asyncio.wait(house.steady._tasks)

    def unit(ward: Ward) -> None:
        if part == "inbox":
            add_updates(ward.work, [arrival({"update_id": 5, "message": {"text": "late", "chat": {"id": 1}}})])
        else:
            add_letter(ward.work, Letter(chat_id=house.lee.id, body={}, lane=Lane.PAGE))

    await house.write(unit)
    house.clock.move_to(house.clock.now() + timedelta(minutes=4))
    assert part in await house.steady.watch.heartbeat.ailments()
    await house.stop_steady()
    await house.start_steady()


async def test_a_database_that_does_not_answer_is_not_well(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.allows("error")

    async def refuses(_unit: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(house.steady.desk, "write", refuses)
    assert "database" in await house.steady.watch.heartbeat.ailments()
    monkeypatch.undo()


async def test_wrong_books_page_the_operator_once_an_hour(house: House) -> None:
    house.allows("error", "breach")
    operator = await house.person("Olga")
    ann = await house.joined(begins=False)
    await ann.presses("Help now")

    def spoil(ward: Ward) -> None:
        set_chat_mark(ward.work, OPERATOR_CHAT, operator.id)
        for case in open_cases(ward.work.session):
            set_case(ward.work, case, "spoiled", next_step_at=None)

    await house.write(spoil)
    for _ in range(3):
        await house.steady.watch.check_books()
    await house.settle()
    operator.expect_only("what must not be: case-without-step")
    await house.forward(hours=1)
    await house.steady.watch.check_books()
    await house.settle()
    operator.expect_only("what must not be: case-without-step")
